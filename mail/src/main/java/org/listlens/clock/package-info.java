/**
 * How far the clocks of hosts are ahead, from the mails themselves. Every mail that passes two hosts bounds the
 * difference of their clocks, because it cannot arrive before it was sent; all pairs of hosts along the ways of many
 * mails tell which clock is wrong, and by how much. {@code docs/clocks.md} has the method, its assumptions and its limits.
 */
@NullMarked
package org.listlens.clock;

import org.jspecify.annotations.NullMarked;
