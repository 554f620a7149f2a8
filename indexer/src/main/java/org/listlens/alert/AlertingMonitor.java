package org.listlens.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A monitor as OpenSearch Alerting takes it: a query-level monitor with one search, one trigger and, where there is a channel
 * to tell, one action. https://docs.opensearch.org/latest/observing-your-data/alerting/api/
 */
public final class AlertingMonitor {
    /** What the names of Listlens' monitors begin with. */
    static final String PREFIX = "listlens-";

    private static final String MARK = " /* listlens ";
    private static final String MARK_END = " */";
    private static final int THROTTLE_MINUTES = 60;

    private AlertingMonitor() {}

    /** What a monitor is called there. */
    public static String name(Monitor monitor) {
        return PREFIX + monitor.name();
    }

    /**
     * The body of the request that makes it.
     *
     * @param index tells what an alias is called
     * @param channel the id of the notification channel to tell; {@code null} for none
     */
    public static ObjectNode json(PreparedMonitor monitor, UnaryOperator<String> index, @Nullable String channel) {
        Monitor definition = monitor.definition();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "monitor")
                .put("name", name(definition))
                .put("monitor_type", "query_level_monitor")
                .put("enabled", true);
        json.withObject("/schedule/period")
                .put("interval", definition.intervalMinutes())
                .put("unit", "MINUTES");
        ObjectNode search = json.putArray("inputs").addObject().putObject("search");
        search.putArray("indices").add(index.apply(definition.kind().alias()));
        search.set("query", monitor.query());
        ObjectNode trigger = json.putArray("triggers").addObject();
        trigger.put("name", definition.title())
                .put("severity", definition.severity().level());
        trigger.withObject("/condition/script")
                .put("source", condition(monitor))
                .put("lang", "painless");
        trigger.putArray("actions");
        if (channel != null) {
            ObjectNode action = trigger.withArray("actions").addObject();
            action.put("name", "notify").put("destination_id", channel);
            action.putObject("message_template")
                    .put("source", AlertingMessage.template(monitor))
                    .put("lang", "mustache");
            action.putObject("subject_template")
                    .put("source", "Listlens: " + definition.title())
                    .put("lang", "mustache");
            action.put("throttle_enabled", true)
                    .putObject("throttle")
                    .put("value", THROTTLE_MINUTES)
                    .put("unit", "MINUTES");
        }
        // A comment is all that the plugin gives back as it was; searches it writes anew, and of metadata it says
        // nothing.
        trigger.withObject("/condition/script").put("source", condition(monitor) + MARK + digest(json) + MARK_END);
        return json;
    }

    /** When it fires: a Painless script over {@code ctx.results}. */
    static String condition(PreparedMonitor monitor) {
        StringJoiner condition = new StringJoiner(" || ");
        condition.setEmptyValue("false");
        for (PreparedMonitor.Part part : monitor.parts()) {
            condition.add("ctx.results[0].aggregations." + part.aggregation() + ".buckets.size() > 0");
        }
        return condition.toString();
    }

    /** The digest of what a monitor was made from, as its condition tells; {@code null} when it has none. */
    static @Nullable String made(String condition) {
        int start = condition.lastIndexOf(MARK);
        int end = start < 0 ? -1 : condition.indexOf(MARK_END, start + MARK.length());
        return end < 0 ? null : condition.substring(start + MARK.length(), end);
    }

    /** The trigger of a monitor as the plugin or {@link #json} has it; missing when it has none. */
    static JsonNode triggerOf(JsonNode monitor) {
        JsonNode trigger = monitor.path("triggers").path(0);
        return trigger.has("query_level_trigger") ? trigger.path("query_level_trigger") : trigger;
    }

    /** The condition of such a monitor; empty when it has none. */
    static String conditionOf(JsonNode monitor) {
        return triggerOf(monitor).at("/condition/script/source").asText();
    }

    private static String digest(ObjectNode json) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(json.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
