package org.listlens.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Dashboards asks the engine for a panel: its aggregations, query and period as a search. */
public final class PanelQuery {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SavedFile file;
    private final Map<String, String> scripts;
    private final List<JsonNode> buckets = new ArrayList<>();
    private final List<JsonNode> metrics = new ArrayList<>();

    private PanelQuery(SavedFile file, String alias) {
        this.file = file;
        this.scripts = file.scripts(alias);
    }

    /** A search for the numbers of a chart. */
    public static ObjectNode ofChart(SavedFile file, JsonNode panel, String from, String to) {
        PanelQuery query = new PanelQuery(file, file.alias(panel));
        for (JsonNode aggregation :
                SavedFile.inner(panel.at("/attributes/visState")).path("aggs")) {
            (bucket(aggregation) ? query.buckets : query.metrics).add(aggregation);
        }
        ObjectNode search = query.search(panel, from, to).put("size", 0);
        query.nest(search, 0);
        return search;
    }

    /** A search for the documents of a list, with its columns that are scripts. */
    public static ObjectNode ofDocuments(SavedFile file, JsonNode panel, String from, String to) {
        PanelQuery query = new PanelQuery(file, file.alias(panel));
        ObjectNode search = query.search(panel, from, to).put("size", 500).put("_source", true);
        JsonNode sort = panel.at("/attributes/sort/0");
        search.putArray("sort")
                .addObject()
                .put(sort.path(0).asText(), sort.path(1).asText());
        query.scripts.forEach((name, script) ->
                search.withObjectProperty("script_fields").putObject(name).set("script", script(script)));
        return search;
    }

    /** A search of a Vega specification, with the period in the place of Dashboards' context. */
    public static ObjectNode ofVega(JsonNode url, String from, String to) {
        ObjectNode search = (ObjectNode) url.path("body").deepCopy();
        search.putObject("query")
                .putObject("range")
                .putObject(url.path("%timefield%").asText())
                .put("gte", from)
                .put("lt", to);
        return search;
    }

    static boolean bucket(JsonNode aggregation) {
        return !aggregation.path("schema").asText().equals("metric");
    }

    private ObjectNode search(JsonNode panel, String from, String to) {
        JsonNode source = SavedFile.inner(panel.at("/attributes/kibanaSavedObjectMeta/searchSourceJSON"));
        ObjectNode search = JSON.objectNode().put("track_total_hits", true);
        ObjectNode period = JSON.objectNode();
        period.putObject("range").putObject("@timestamp").put("gte", from).put("lt", to);
        search.putObject("query")
                .putObject("bool")
                .putArray("filter")
                .add(period)
                .add(Kql.parse(source.at("/query/query").asText()).query());
        return search;
    }

    private void nest(ObjectNode parent, int level) {
        ObjectNode aggregations = parent.putObject("aggs");
        for (JsonNode metric : metrics) {
            if (!metric.path("type").asText().equals("count")) {
                aggregations.set(metric.path("id").asText(), metric(metric));
            }
        }
        if (level < buckets.size()) {
            JsonNode bucket = buckets.get(level);
            ObjectNode translated = bucket(bucket, bucket.path("params"));
            aggregations.set(bucket.path("id").asText(), translated);
            nest(translated, level + 1);
        }
        if (aggregations.isEmpty()) {
            parent.remove("aggs");
        }
    }

    private ObjectNode metric(JsonNode metric) {
        String type = metric.path("type").asText();
        ObjectNode translated = JSON.objectNode();
        ObjectNode body = of(metric.path("params").path("field").asText());
        if (type.equals("percentiles")) {
            body.set("percents", metric.path("params").path("percents"));
        } else if (type.equals("median")) {
            body.putArray("percents").add(50);
        }
        translated.set(type.equals("median") ? "percentiles" : type, body);
        return translated;
    }

    private ObjectNode bucket(JsonNode bucket, JsonNode params) {
        String type = bucket.path("type").asText();
        ObjectNode translated = JSON.objectNode();
        if (type.equals("filters")) {
            ObjectNode filters = translated.putObject(type).putObject(type);
            for (JsonNode filter : params.path("filters")) {
                filters.set(
                        filter.path("label").asText(),
                        Kql.parse(filter.at("/input/query").asText()).query());
            }
            return translated;
        }
        ObjectNode body = of(params.path("field").asText());
        translated.set(type, body);
        switch (type) {
            case "date_histogram" -> {
                // As Dashboards would choose for some months, or some hundred days.
                body.put("fixed_interval", params.path("interval").asText().equals("d") ? "1d" : "7d");
                body.put("min_doc_count", params.path("min_doc_count").asInt()).put("time_zone", "UTC");
            }
            case "histogram" -> {
                body.set("interval", params.path("interval"));
                body.put("min_doc_count", params.path("min_doc_count").asBoolean() ? 0 : 1);
                if (params.path("has_extended_bounds").asBoolean()) {
                    body.set("extended_bounds", params.path("extended_bounds"));
                }
            }
            case "terms" -> {
                body.set("size", params.path("size"));
                body.putObject("order").put(order(params), params.path("order").asText());
                if (params.path("missingBucket").asBoolean()) {
                    body.put("missing", "__missing__");
                }
            }
            default -> throw new AssertionError(type + " is more than this test understands");
        }
        return translated;
    }

    private String order(JsonNode params) {
        String by = params.path("orderBy").asText();
        if (by.equals("_key")) {
            return by;
        }
        if (by.equals("custom")) {
            return params.at("/orderAgg/type").asText().equals("count") ? "_count" : "unknown";
        }
        for (JsonNode metric : metrics) {
            if (metric.path("id").asText().equals(by)) {
                return metric.path("type").asText().equals("count") ? "_count" : by;
            }
        }
        throw new AssertionError(file.name() + " orders by " + by + ", which is no metric");
    }

    private ObjectNode of(String field) {
        ObjectNode body = JSON.objectNode();
        String script = scripts.get(field);
        if (script == null) {
            return body.put("field", field);
        }
        body.set("script", script(script));
        return body;
    }

    private static ObjectNode script(String source) {
        return JSON.objectNode().put("lang", "painless").put("source", source);
    }
}
