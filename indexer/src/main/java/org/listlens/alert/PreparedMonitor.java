package org.listlens.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A monitor whose parameters have values, so that only the time is open as of which it is evaluated. */
public final class PreparedMonitor {
    /** The time as of which a search is, as OpenSearch Alerting calls it: milliseconds since 1970. */
    static final String PERIOD_END = "period_end";

    private static final String EACH = "{{each}}";
    /** What repeated aggregations are called, with a number behind. */
    private static final String NAME = "each_";

    private static final String END = "{{" + PERIOD_END + "}}";

    private final Monitor definition;
    private final Map<String, JsonNode> parameters;
    private final ObjectNode query;
    private final List<Part> parts;

    private PreparedMonitor(Monitor definition, Map<String, JsonNode> parameters, ObjectNode query, List<Part> parts) {
        this.definition = definition;
        this.parameters = parameters;
        this.query = query;
        this.parts = parts;
    }

    /**
     * An aggregation whose buckets fire.
     *
     * @param aggregation its name, at the top of the query
     * @param each what it was repeated for; {@code null} when it was not
     */
    record Part(String aggregation, @Nullable String each) {}

    /**
     * An end of a range in the query.
     *
     * @param field the date field that is compared
     * @param back how long before the time of evaluation it lies
     */
    record Edge(String field, Duration back) {}

    /**
     * Gives a monitor its values.
     *
     * @param lists the lists that the index knows, for a monitor that repeats for each
     */
    public static PreparedMonitor of(Monitor monitor, Thresholds thresholds, List<KnownList> lists) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (String name : monitor.parameters().keySet()) {
            JsonNode value = thresholds.value(monitor, name);
            parameters.put(name, value);
            values.put("param." + name, value);
        }
        List<Part> parts = new ArrayList<>();
        JsonNode query = monitor.query();
        if (monitor.each() == null) {
            parts.add(new Part(monitor.subjects(), null));
        } else {
            List<Map<String, JsonNode>> each = each(monitor, parameters, lists);
            query = repeat(query, each);
            for (int i = 0; i < each.size(); i++) {
                parts.add(new Part(
                        NAME + i,
                        Objects.requireNonNull(each.get(i).get("each")).asText()));
            }
        }
        return new PreparedMonitor(monitor, parameters, (ObjectNode) Placeholders.fill(query, values), parts);
    }

    /**
     * Repeats the fields that are named {@code {{each}}}, and the elements of arrays that are an object with such a field.
     */
    private static JsonNode repeat(JsonNode json, List<Map<String, JsonNode>> each) {
        if (json.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : json.properties()) {
                if (!field.getKey().equals(EACH)) {
                    copy.set(field.getKey(), repeat(field.getValue(), each));
                    continue;
                }
                for (int i = 0; i < each.size(); i++) {
                    copy.set(NAME + i, Placeholders.fill(field.getValue(), each.get(i)));
                }
            }
            return copy;
        }
        if (json.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (JsonNode element : json) {
                if (element.has(EACH)) {
                    each.forEach(own -> copy.add(Placeholders.fill(element.path(EACH), own)));
                } else {
                    copy.add(repeat(element, each));
                }
            }
            return copy;
        }
        return json;
    }

    private static List<Map<String, JsonNode>> each(
            Monitor monitor, Map<String, JsonNode> parameters, List<KnownList> lists) {
        List<Map<String, JsonNode>> each = new ArrayList<>();
        if (Monitor.LISTS.equals(monitor.each())) {
            for (KnownList list : lists) {
                ArrayNode posts = JsonNodeFactory.instance.arrayNode();
                list.posts().forEach(posts::add);
                each.add(Map.of("each", TextNode.valueOf(list.id()), "each.posts", posts));
            }
        } else {
            Objects.requireNonNull(parameters.get(monitor.each())).forEach(value -> each.add(Map.of("each", value)));
        }
        return each;
    }

    /** The monitor that got values. */
    public Monitor definition() {
        return definition;
    }

    /** The parameters' values by their names. */
    public Map<String, JsonNode> parameters() {
        return parameters;
    }

    /** The aggregations whose buckets fire; none when it repeats for lists and there is no list. */
    List<Part> parts() {
        return parts;
    }

    /** The search, with the time as of which it is still open. */
    ObjectNode query() {
        return query;
    }

    /** The search as of a time. */
    ObjectNode query(Instant asOf) {
        return (ObjectNode)
                Placeholders.fill(query, Map.of(PERIOD_END, TextNode.valueOf(Long.toString(asOf.toEpochMilli()))));
    }

    /** What fires by the answer to the search, in the order of the answer, each subject once. */
    List<Firing> firings(JsonNode answer) {
        List<Firing> firings = new ArrayList<>();
        Set<String> subjects = new HashSet<>();
        for (Part part : parts) {
            for (JsonNode bucket :
                    answer.path("aggregations").path(part.aggregation()).path("buckets")) {
                Firing firing = firing(part, bucket);
                if (subjects.add(firing.subject())) {
                    firings.add(firing);
                }
            }
        }
        return firings;
    }

    private Firing firing(Part part, JsonNode bucket) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        if (part.each() != null) {
            values.put("each", TextNode.valueOf(part.each()));
        }
        for (Monitor.Value value : definition.values()) {
            JsonNode found = at(bucket, value.path());
            if (found.isValueNode() && !found.isNull()) {
                values.put(value.name(), found);
            }
        }
        String subject = Placeholders.fill(definition.subject(), path -> {
            if (path.equals("each")) {
                return part.each();
            }
            JsonNode found = at(bucket, path);
            return found.isMissingNode() ? "" : found.asText();
        });
        JsonNode since = definition.since() == null ? null : at(bucket, definition.since());
        return new Firing(
                this,
                subject,
                values,
                since == null || !since.isNumber() ? null : Instant.ofEpochMilli(since.longValue()));
    }

    private static JsonNode at(JsonNode bucket, String path) {
        JsonNode node = bucket;
        int start = 0;
        while (start <= path.length()) {
            int dot = path.indexOf('.', start);
            int end = dot < 0 ? path.length() : dot;
            String name = path.substring(start, end);
            node = node.isArray() ? node.path(Integer.parseInt(name)) : node.path(name);
            start = end + 1;
        }
        return node;
    }

    /**
     * The ends of all ranges that move with the time of evaluation. The answer stays the same while no document passes one
     * of them.
     */
    Set<Edge> edges() {
        Set<Edge> edges = new LinkedHashSet<>();
        collect(query, edges);
        return edges;
    }

    /**
     * Which documents the search concerns at any time: its query without the ranges that move. No other document changes an
     * answer.
     */
    ObjectNode concerned() {
        ObjectNode copy = query.path("query").deepCopy();
        if (copy.at("/bool/filter") instanceof ArrayNode filters) {
            for (int i = filters.size() - 1; i >= 0; i--) {
                if (filters.get(i).has("range") && filters.get(i).toString().contains(END)) {
                    filters.remove(i);
                }
            }
        }
        if (!copy.toString().contains(END)) {
            return copy;
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putObject("match_all");
        return all;
    }

    private static void collect(JsonNode json, Set<Edge> edges) {
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (field.getKey().equals("range")) {
                field.getValue().properties().forEach(range -> ends(range.getKey(), range.getValue(), edges));
            } else if (field.getKey().equals("date_range")) {
                String dates = field.getValue().path("field").asText();
                field.getValue().path("ranges").forEach(range -> ends(dates, range, edges));
            } else {
                collect(field.getValue(), edges);
            }
        }
        if (json.isArray()) {
            json.forEach(element -> collect(element, edges));
        }
    }

    private static void ends(String dates, JsonNode range, Set<Edge> edges) {
        for (JsonNode end : range) {
            if (end.isTextual() && end.textValue().startsWith(END)) {
                edges.add(new Edge(dates, back(end.textValue())));
            }
        }
    }

    /** How far back {@code {{period_end}}||-6h-1w} lies. */
    private static Duration back(String end) {
        Duration back = Duration.ZERO;
        String math = end.substring(END.length());
        int start = math.startsWith("||-") ? 3 : math.length();
        while (start < math.length()) {
            int minus = math.indexOf('-', start);
            int stop = minus < 0 ? math.length() : minus;
            Duration part = Thresholds.duration(math.substring(start, stop));
            if (part == null) {
                throw new IllegalArgumentException("no time relative to that of the evaluation: " + end);
            }
            back = back.plus(part);
            start = stop + 1;
        }
        return back;
    }

    /** The value of a parameter that a line of text calls {@code param.NAME}; {@code null} for any other name. */
    public @Nullable JsonNode parameter(String placeholder) {
        return placeholder.startsWith("param.") ? parameters.get(placeholder.substring("param.".length())) : null;
    }

    /** The monitor's line about a subject. */
    public String line(Function<String, @Nullable String> values) {
        return Placeholders.fill(definition.line(), values);
    }
}
