/**
 * Counters and gauges of a running process for Prometheus: {@link org.listlens.metrics.MetricsText} writes its text
 * format, {@link org.listlens.metrics.MetricsServer} serves it on loopback, and {@link org.listlens.metrics.JvmMetrics}
 * has what every Java process can tell. What is measured is the caller's.
 */
@NullMarked
package org.listlens.metrics;

import org.jspecify.annotations.NullMarked;
