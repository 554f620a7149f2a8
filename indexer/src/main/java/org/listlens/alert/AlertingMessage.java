package org.listlens.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What a monitor of OpenSearch Alerting tells a notification channel: a Mustache template over the {@code ctx} that its
 * condition has. A tag for an element that an array has not got makes the plugin send nothing at all, so a value of a first
 * bucket stands in a section over buckets of which the search asks for no more than one. Values come escaped as within a JSON
 * string, which keeps what somebody has put into a name on its line.
 */
final class AlertingMessage {
    private static final String FIRST = ".buckets.0.";
    private static final String BUCKETS = ".buckets";

    private AlertingMessage() {}

    /** The template of a monitor's message. */
    static String template(PreparedMonitor monitor) {
        Monitor definition = monitor.definition();
        StringBuilder text = new StringBuilder(definition.title())
                .append(" (")
                .append("{{ctx.periodEnd}}")
                .append(")\n");
        for (PreparedMonitor.Part part : monitor.parts()) {
            String buckets = "ctx.results.0.aggregations." + part.aggregation() + BUCKETS;
            text.append("{{#").append(buckets).append("}}\n- ");
            text.append(tags(monitor, part, definition.subject()));
            text.append(": ").append(tags(monitor, part, definition.line()));
            text.append("\n{{/").append(buckets).append("}}\n");
        }
        return text.append('\n')
                .append(definition.description())
                .append('\n')
                .append(definition.action())
                .append('\n')
                .toString();
    }

    /** A text of the definition with the tags by which Mustache finds the values within a bucket. */
    private static String tags(PreparedMonitor monitor, PreparedMonitor.Part part, String text) {
        return Placeholders.fill(text, name -> {
            JsonNode parameter = monitor.parameter(name);
            if (parameter != null) {
                Monitor.Parameter declared =
                        monitor.definition().parameters().get(name.substring(name.indexOf('.') + 1));
                return text(parameter, declared == null ? Monitor.Unit.TEXT : declared.unit());
            }
            if (name.equals("each")) {
                return part.each();
            }
            for (Monitor.Value value : monitor.definition().values()) {
                if (value.name().equals(name)) {
                    return tag(monitor, part, value);
                }
            }
            return null;
        });
    }

    private static String tag(PreparedMonitor monitor, PreparedMonitor.Part part, Monitor.Value value) {
        String path = value.path();
        String symbol = value.unit().symbol();
        int last = path.lastIndexOf('.');
        boolean formatted = path.endsWith(".value")
                && aggregation(monitor, part, path.substring(0, last)).has("format");
        String unit = symbol.isEmpty() ? "" : ' ' + symbol;
        int first = path.lastIndexOf(FIRST);
        if (first >= 0
                && aggregation(monitor, part, path.substring(0, first))
                                .path("size")
                                .asInt()
                        == 1) {
            String buckets = path.substring(0, first) + BUCKETS;
            return "{{#" + buckets + "}}{{" + path.substring(first + FIRST.length()) + "}}" + unit + "{{/" + buckets
                    + "}}{{^" + buckets + "}}?{{/" + buckets + "}}";
        }
        return "{{" + path + (formatted ? "_as_string" : "") + "}}" + unit;
    }

    /** The body of the aggregation at a path within a bucket, without those within it. */
    private static JsonNode aggregation(PreparedMonitor monitor, PreparedMonitor.Part part, String path) {
        JsonNode at = monitor.query().path("aggs").path(part.aggregation());
        int start = 0;
        while (start < path.length()) {
            int dot = path.indexOf('.', start);
            int end = dot < 0 ? path.length() : dot;
            String name = path.substring(start, end);
            if (!name.equals("buckets") && !name.equals("0")) {
                at = at.path("aggs").path(name);
            }
            start = end + 1;
        }
        for (Map.Entry<String, JsonNode> body : at.properties()) {
            if (!body.getKey().equals("aggs")) {
                return body.getValue();
            }
        }
        return at;
    }

    /** A threshold with its unit, milliseconds in the largest unit that makes a whole number of them. */
    private static String text(JsonNode value, Monitor.Unit unit) {
        if (value.isArray()) {
            StringJoiner list = new StringJoiner(", ");
            value.forEach(element -> list.add(text(element, unit)));
            return list.toString();
        }
        String text = value.asText();
        if (unit == Monitor.Unit.TIME && !text.isEmpty()) {
            return text.substring(0, text.length() - 1) + ' ' + text.charAt(text.length() - 1);
        }
        if (unit == Monitor.Unit.MS && value.canConvertToLong()) {
            return milliseconds(value.asLong());
        }
        return text + (unit.symbol().isEmpty() ? "" : ' ' + unit.symbol());
    }

    private static String milliseconds(long millis) {
        long number = millis;
        String symbol = "ms";
        for (Step step : Step.values()) {
            if (number == 0 || number % step.of != 0) {
                break;
            }
            number /= step.of;
            symbol = step.symbol;
        }
        return number + " " + symbol;
    }

    /** From each unit of time to the next larger one. */
    private enum Step {
        SECONDS(1_000, "s"),
        MINUTES(60, "min"),
        HOURS(60, "h"),
        DAYS(24, "d");

        private final long of;
        private final String symbol;

        Step(long of, String symbol) {
            this.of = of;
            this.symbol = symbol;
        }
    }
}
