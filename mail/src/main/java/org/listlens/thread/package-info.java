/**
 * Threads: which mails belong to one discussion, and which answers which. {@link org.listlens.thread.ThreadGraph} takes
 * who refers to whom, in any order, and gives the trees (RFC 5256 §3, the algorithm that Jamie Zawinski described as
 * <em>Message threading</em>); {@link org.listlens.thread.Discussion} tells what went on in one of them. Both depend on
 * the mails alone, not on the order in which they came.
 */
@NullMarked
package org.listlens.thread;

import org.jspecify.annotations.NullMarked;
