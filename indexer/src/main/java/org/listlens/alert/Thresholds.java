package org.listlens.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters' values that a user has set, by monitor and parameter. */
public final class Thresholds {
    private static final int LONGEST_DAYS = 3_660;

    private final Map<String, Map<String, JsonNode>> values = new LinkedHashMap<>();
    private final List<Monitor> monitors;

    /** Nothing set yet. */
    public Thresholds(List<Monitor> monitors) {
        this.monitors = List.copyOf(monitors);
    }

    /**
     * Sets a parameter.
     *
     * @param assignment {@code MONITOR.PARAMETER=VALUE}
     * @throws IllegalArgumentException with a sentence when there is no such parameter, or the value makes no sense
     */
    public void set(String assignment) {
        int equals = assignment.indexOf('=');
        int dot = assignment.indexOf('.');
        if (dot < 1 || equals < dot) {
            throw new IllegalArgumentException("\"" + assignment
                    + "\" sets nothing: write MONITOR.PARAMETER=VALUE, such as list-dwell.limit_ms=30m.");
        }
        set(assignment.substring(0, dot), assignment.substring(dot + 1, equals), assignment.substring(equals + 1));
    }

    /**
     * Sets the parameters of a YAML or JSON text: a map of monitors to maps of parameters.
     *
     * @throws IllegalArgumentException with a sentence when it is anything else, or as {@link #set(String)}
     */
    public void read(String text) {
        JsonNode root;
        try {
            root = new ObjectMapper(new YAMLFactory()).readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "It is no YAML ("
                            + e.getOriginalMessage().lines().findFirst().orElse("") + ").",
                    e);
        }
        for (Map.Entry<String, JsonNode> monitor : root.properties()) {
            if (!monitor.getValue().isObject()) {
                throw new IllegalArgumentException(
                        "\"" + monitor.getKey() + "\" has no map of parameters, such as limit_ms: 30m.");
            }
            for (Map.Entry<String, JsonNode> value : monitor.getValue().properties()) {
                JsonNode given = value.getValue();
                StringBuilder list = new StringBuilder(given.asText());
                given.forEach(element -> list.append(list.isEmpty() ? "" : ",").append(element.asText()));
                set(monitor.getKey(), value.getKey(), list.toString());
            }
        }
        if (!root.isObject() && !root.isMissingNode() && !root.isNull()) {
            throw new IllegalArgumentException("It is no map of monitors to their parameters.");
        }
    }

    private void set(String name, String parameter, String value) {
        Monitor monitor = find(monitors, name);
        Monitor.Parameter known = monitor.parameters().get(parameter);
        if (known == null) {
            throw new IllegalArgumentException("The monitor " + name + " has no parameter \"" + parameter
                    + "\": it has " + String.join(", ", monitor.parameters().keySet()) + ".");
        }
        JsonNode parsed = known.standard().isArray() ? parseList(known.unit(), value) : parse(known.unit(), value);
        if (parsed == null) {
            throw new IllegalArgumentException("\"" + value + "\" is no value for " + name + "." + parameter + ": "
                    + (known.unit() == Monitor.Unit.TEXT
                            ? "use letters, digits, and - _ . between."
                            : known.unit() == Monitor.Unit.TIME
                                    ? "write a duration such as 90m, 6h, 28d or 8w."
                                    : known.unit() == Monitor.Unit.MS
                                            ? "write milliseconds, or a duration such as 90s, 30m or 12h."
                                            : "write a number."));
        }
        values.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(parameter, parsed);
    }

    /**
     * The monitor of a name.
     *
     * @throws IllegalArgumentException with a sentence when there is none
     */
    public static Monitor find(List<Monitor> monitors, String name) {
        return monitors.stream()
                .filter(monitor -> monitor.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no monitor \"" + name + "\": there are "
                        + String.join(", ", monitors.stream().map(Monitor::name).toList()) + "."));
    }

    /** What the parameter of a monitor is set to; its default when it is not set. */
    public JsonNode value(Monitor monitor, String parameter) {
        JsonNode set = values.getOrDefault(monitor.name(), Map.of()).get(parameter);
        if (set != null) {
            return set;
        }
        Monitor.Parameter known = monitor.parameters().get(parameter);
        if (known == null) {
            throw new IllegalArgumentException("no parameter " + parameter);
        }
        return known.standard();
    }

    private static @Nullable JsonNode parseList(Monitor.Unit unit, String text) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            JsonNode element = parse(unit, text.substring(start, end).strip());
            if (element == null) {
                return null;
            }
            list.add(element);
            start = end + 1;
        }
        return list;
    }

    private static @Nullable JsonNode parse(Monitor.Unit unit, String text) {
        Duration duration = duration(text);
        return switch (unit) {
            case TIME -> duration == null || duration.isZero() ? null : TextNode.valueOf(text);
            case TEXT -> plain(text) ? TextNode.valueOf(text) : null;
            case MS -> duration == null ? number(text) : JsonNodeFactory.instance.numberNode(duration.toMillis());
            default -> number(text);
        };
    }

    private static boolean plain(String text) {
        return !text.isEmpty()
                && text.length() <= 100
                && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
    }

    private static @Nullable JsonNode number(String text) {
        try {
            BigDecimal number = text.length() > 20 ? null : new BigDecimal(text);
            if (number == null || number.signum() < 0 || Math.abs(number.scale()) > 18) {
                return null;
            }
            return number.stripTrailingZeros().scale() <= 0
                    ? JsonNodeFactory.instance.numberNode(number.longValue())
                    : JsonNodeFactory.instance.numberNode(number.doubleValue());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A duration as date math has it, such as {@code 90m}; {@code null} when it is none. */
    static @Nullable Duration duration(String text) {
        int length = text.length() - 1;
        if (length < 1 || length > 9) {
            return null;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            number = number * 10 + c - '0';
        }
        Duration duration = switch (text.charAt(length)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            case 'w' -> Duration.ofDays(7 * number);
            default -> null;
        };
        return duration == null || duration.toDays() > LONGEST_DAYS ? null : duration;
    }
}
