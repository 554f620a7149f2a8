package org.listlens.metrics;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Writes metrics in the text format of Prometheus, version 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). For one thread.
 */
public final class MetricsText {
    /** The media type of the text. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(8_192);
    private final Set<String> names = new HashSet<>();
    private String family = "";

    /**
     * Begins a metric, all samples of which follow at once.
     *
     * @param name with the base unit, as in {@code listlens_bulk_request_bytes_total}
     * @param help a sentence
     */
    public MetricsText metric(String name, MetricType type, String help) {
        if (!names.add(name) || (type == MetricType.COUNTER) != name.endsWith("_total")) {
            throw new IllegalArgumentException(name);
        }
        family = name;
        text.append("# HELP ").append(name).append(' ');
        escape(help, false);
        text.append("\n# TYPE ").append(name).append(' ').append(type.name().toLowerCase(Locale.ROOT));
        text.append('\n');
        return this;
    }

    /** The value of the metric begun last. */
    public MetricsText sample(double value) {
        text.append(family);
        return value(value);
    }

    /** The value of the metric begun last, a whole number. */
    public MetricsText sample(long value) {
        text.append(family).append(' ').append(value).append('\n');
        return this;
    }

    /** A value of the metric begun last, of several that a label tells apart. */
    public MetricsText sample(String label, String labelValue, long value) {
        return sample("", label, labelValue, (double) value);
    }

    /** A value of the metric begun last, of several that a label tells apart. */
    public MetricsText sample(String label, String labelValue, double value) {
        return sample("", label, labelValue, value);
    }

    /**
     * One of the values of a summary.
     *
     * @param suffix {@code _count} or {@code _sum}
     */
    public MetricsText sample(String suffix, String label, String labelValue, double value) {
        text.append(family).append(suffix).append('{').append(label).append("=\"");
        escape(labelValue, true);
        text.append("\"}");
        return value(value);
    }

    private MetricsText value(double value) {
        text.append(' ');
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            text.append((long) value);
        } else {
            text.append(value);
        }
        text.append('\n');
        return this;
    }

    private void escape(String value, boolean quoted) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '"' -> text.append(quoted ? "\\\"" : "\"");
                default -> text.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
