/**
 * Mail and archives that strangers made in order to cost much: they are built in code, in any size, and what they cost
 * is compared with what half of them costs.
 */
@NullMarked
package org.listlens.hostile;

import org.jspecify.annotations.NullMarked;
