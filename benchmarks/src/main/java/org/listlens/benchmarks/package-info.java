/**
 * JMH benchmarks of the way from an archive's octets to the documents of its mails, stage by stage, beside a baseline
 * that reads each octet once. docs/performance.md tells how to run them and what they told.
 */
@NullMarked
package org.listlens.benchmarks;

import org.jspecify.annotations.NullMarked;
