package org.listlens.dashboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A visualization that Dashboards draws itself, so that a click on it filters. */
final class Chart {
    private final String id;
    private final String type;
    private final Index index;
    private final String title;
    private final List<Map<String, Object>> aggregations = new ArrayList<>();
    private final List<Map<String, Object>> series = new ArrayList<>();
    private final Map<String, String> colors = new LinkedHashMap<>();
    private String description = "";
    private String query = "";
    private String valueTitle = "";
    private String scale = "linear";
    private String mode = "normal";
    private int least;
    private boolean dots;
    private String categoryTitle = "";

    private Chart(String type, String id, Index index, String title) {
        this.type = type;
        this.id = id;
        this.index = index;
        this.title = title;
    }

    static Chart lines(String id, Index index, String title) {
        return new Chart("line", id, index, title);
    }

    /** Upright bars, one kind of which stands on the other. */
    static Chart bars(String id, Index index, String title) {
        return new Chart("histogram", id, index, title).stacked();
    }

    /** Bars that lie, for names. */
    static Chart ranking(String id, Index index, String title) {
        return new Chart("horizontal_bar", id, index, title);
    }

    static Chart heatmap(String id, Index index, String title) {
        return new Chart("heatmap", id, index, title);
    }

    static Chart table(String id, Index index, String title) {
        return new Chart("table", id, index, title);
    }

    static Chart numbers(String id, Index index, String title) {
        return new Chart("metric", id, index, title);
    }

    private Chart stacked() {
        mode = "stacked";
        return this;
    }

    /** What documents count (KQL). */
    Chart where(String kql) {
        query = kql;
        return this;
    }

    Chart about(String text) {
        description = text;
        return this;
    }

    /** What the axis of values says. */
    Chart values(String label) {
        valueTitle = label;
        return this;
    }

    /** Tenfold steps on the axis of values, for what lies far apart; from a number on, for a logarithm has no zero. */
    Chart logarithmic(int from) {
        scale = "log";
        least = from;
        return this;
    }

    /** Without lines between, for what is not there at all times. */
    Chart dots() {
        dots = true;
        return this;
    }

    /** Shares of a hundred instead of numbers. */
    Chart shares() {
        scale = "percentage";
        return this;
    }

    /** Colours by the names that the legend has. */
    Chart colored(Map<String, String> byName) {
        colors.putAll(byName);
        return this;
    }

    Chart metric(Aggregation metric) {
        String number = add(metric, "metric");
        Map<String, Object> line = new HashMap<>();
        line.put("show", true);
        line.put("type", type.equals("horizontal_bar") ? "histogram" : type);
        line.put("mode", mode);
        line.put("data", Map.of("label", metric.params().getOrDefault("customLabel", "Count"), "id", number));
        line.put("valueAxis", "ValueAxis-1");
        line.put("lineWidth", 2);
        line.put("interpolate", "linear");
        line.put("showCircles", true);
        series.add(line);
        return this;
    }

    /** The axis from left to right; of a ranking from top to bottom. */
    Chart along(Aggregation bucket) {
        if (bucket.type().equals("filters")) {
            categoryTitle = String.valueOf(bucket.params().get("customLabel"));
        }
        add(bucket, "segment");
        return this;
    }

    /** One line, stack or row of a heatmap for each. */
    Chart by(Aggregation bucket) {
        add(bucket, "group");
        return this;
    }

    /** A row of a table for each. */
    Chart rows(Aggregation bucket) {
        add(bucket, "bucket");
        return this;
    }

    private String add(Aggregation aggregation, String schema) {
        String number = String.valueOf(aggregations.size() + 1);
        aggregations.add(Map.of(
                "id",
                number,
                "enabled",
                true,
                "type",
                aggregation.type(),
                "schema",
                schema,
                "params",
                aggregation.params()));
        return number;
    }

    SavedObject object() {
        Map<String, Object> state = Map.of("title", title, "type", type, "aggs", aggregations, "params", params());
        String source = Json.text(Map.of(
                "query",
                Map.of("query", query, "language", "kuery"),
                "filter",
                List.of(),
                "indexRefName",
                SavedObject.INDEX));
        Map<String, Object> attributes = Map.of(
                "title",
                title,
                "description",
                description,
                "version",
                1,
                "visState",
                Json.text(state),
                "uiStateJSON",
                Json.text(state()),
                "kibanaSavedObjectMeta",
                Map.of("searchSourceJSON", source));
        return new SavedObject("visualization", "listlens-" + id, attributes, List.of(SavedObject.index(index)));
    }

    private Map<String, Object> state() {
        return colors.isEmpty() ? Map.of() : Map.of("vis", Map.of("colors", colors));
    }

    private Map<String, Object> params() {
        return switch (type) {
            case "table" ->
                Map.of(
                        "perPage",
                        10,
                        "showPartialRows",
                        false,
                        "showMetricsAtAllLevels",
                        false,
                        "showTotal",
                        false,
                        "totalFunc",
                        "sum",
                        "percentageCol",
                        "");
            case "metric" -> Map.of("addTooltip", true, "addLegend", false, "type", "metric", "metric", metricParams());
            case "heatmap" -> heatmapParams();
            default -> axes();
        };
    }

    private static Map<String, Object> metricParams() {
        return Map.of(
                "percentageMode",
                false,
                "useRanges",
                false,
                "colorSchema",
                "Blues",
                "metricColorMode",
                "None",
                "colorsRange",
                List.of(Map.of("from", 0, "to", 10_000)),
                "labels",
                Map.of("show", true),
                "invertColors",
                false,
                "style",
                Map.of("bgFill", "#000", "bgColor", false, "labelColor", false, "subText", "", "fontSize", 28));
    }

    private Map<String, Object> heatmapParams() {
        Map<String, Object> params = new HashMap<>();
        params.put("type", "heatmap");
        params.put("addTooltip", true);
        params.put("addLegend", true);
        params.put("enableHover", false);
        params.put("legendPosition", "right");
        params.put("times", List.of());
        params.put("colorsNumber", 4);
        params.put("colorSchema", "Blues");
        params.put("setColorRange", true);
        params.put(
                "colorsRange",
                List.of(
                        Map.of("from", 0, "to", 60_000),
                        Map.of("from", 60_000, "to", 600_000),
                        Map.of("from", 600_000, "to", 3_600_000),
                        Map.of("from", 3_600_000, "to", 14_400_000),
                        Map.of("from", 14_400_000, "to", 31_536_000_000L)));
        params.put("invertColors", false);
        params.put("percentageMode", false);
        params.put(
                "valueAxes",
                List.of(Map.of(
                        "show",
                        false,
                        "id",
                        "ValueAxis-1",
                        "type",
                        "value",
                        "scale",
                        Map.of("type", "linear", "defaultYExtents", false),
                        "labels",
                        Map.of("show", false, "rotate", 0, "overwriteColor", false, "color", "black"))));
        return params;
    }

    private Map<String, Object> valueScale() {
        return switch (scale) {
            case "log" -> Map.of("type", "log", "mode", "normal", "setYExtents", true, "min", least);
            case "percentage" -> Map.of("type", "linear", "mode", "percentage");
            default -> Map.of("type", "linear", "mode", "normal");
        };
    }

    private Map<String, Object> axes() {
        boolean lying = type.equals("horizontal_bar");
        Map<String, Object> params = new HashMap<>();
        params.put("type", lying ? "histogram" : type);
        params.put("grid", Map.of("categoryLines", false));
        params.put(
                "categoryAxes",
                List.of(Map.of(
                        "id",
                        // Dashboards titles the first axis by its aggregation, and one of filters "filters".
                        categoryTitle.isEmpty() ? "CategoryAxis-1" : "CategoryAxis-2",
                        "type",
                        "category",
                        "position",
                        lying ? "left" : "bottom",
                        "show",
                        true,
                        "style",
                        Map.of(),
                        "scale",
                        Map.of("type", "linear"),
                        "labels",
                        Map.of("show", true, "rotate", 0, "filter", !lying, "truncate", lying ? 40 : 100),
                        "title",
                        categoryTitle.isEmpty() ? Map.of() : Map.of("text", categoryTitle))));
        params.put(
                "valueAxes",
                List.of(Map.of(
                        "id",
                        "ValueAxis-1",
                        "name",
                        lying ? "BottomAxis-1" : "LeftAxis-1",
                        "type",
                        "value",
                        "position",
                        lying ? "bottom" : "left",
                        "show",
                        true,
                        "style",
                        Map.of(),
                        "scale",
                        valueScale(),
                        "labels",
                        Map.of("show", true, "rotate", 0, "filter", true, "truncate", 100),
                        "title",
                        Map.of("text", valueTitle))));
        series.forEach(line -> line.put("drawLinesBetweenPoints", !dots));
        params.put("seriesParams", series);
        params.put("addTooltip", true);
        params.put("addLegend", true);
        params.put("legendPosition", "bottom");
        params.put("times", List.of());
        params.put("addTimeMarker", false);
        params.put("labels", Map.of("show", false));
        params.put(
                "thresholdLine", Map.of("show", false, "value", 10, "width", 1, "style", "full", "color", "#E7664C"));
        return params;
    }
}
