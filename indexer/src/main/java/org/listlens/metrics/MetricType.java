package org.listlens.metrics;

/** What a metric is. */
public enum MetricType {
    /** Only grows while the process lives; its name ends in {@code _total}. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** A count and a sum. */
    SUMMARY
}
