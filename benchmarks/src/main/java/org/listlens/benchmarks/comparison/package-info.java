/**
 * Whole programs beside one another, on one machine and in one run: Listlens, the engine replaying the same documents,
 * decompression alone, and other indexers where they are installed. What is printed are ratios first, since the numbers
 * are those of one machine. Reads {@code /proc}, so it needs Linux.
 */
@NullMarked
package org.listlens.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
