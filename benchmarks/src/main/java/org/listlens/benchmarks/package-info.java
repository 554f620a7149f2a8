/** JMH benchmarks of the hot paths. */
@NullMarked
package org.listlens.benchmarks;

import org.jspecify.annotations.NullMarked;
