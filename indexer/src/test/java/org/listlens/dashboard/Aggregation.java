package org.listlens.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One aggregation of a chart: a number per bucket, or a way to make buckets.
 *
 * @param type as Dashboards calls it
 * @param params its parameters, with a {@code customLabel} where it has one
 */
record Aggregation(String type, Map<String, Object> params) {
    static Aggregation count(String label) {
        return new Aggregation("count", Map.of("customLabel", label));
    }

    /** A number of one field: avg, sum, min, max, median, cardinality. */
    static Aggregation number(String type, String field, String label) {
        return new Aggregation(type, Map.of("field", field, "customLabel", label));
    }

    static Aggregation percentiles(String field, String label, Integer... percents) {
        return new Aggregation(
                "percentiles", Map.of("field", field, "percents", Arrays.asList(percents), "customLabel", label));
    }

    /** Time, in steps that Dashboards chooses so that there are not too many. */
    static Aggregation time(String label) {
        return time("auto", label);
    }

    /** Time in steps, which are made larger where that would be too many. */
    static Aggregation time(String step, String label) {
        return new Aggregation(
                "date_histogram",
                Map.of(
                        "field",
                        "@timestamp",
                        "interval",
                        step,
                        "drop_partials",
                        false,
                        "min_doc_count",
                        1,
                        "extended_bounds",
                        Map.of(),
                        "scaleMetricValues",
                        false,
                        "customLabel",
                        label));
    }

    /** The whole numbers of a field. */
    static Aggregation histogram(String field, String label) {
        return new Aggregation(
                "histogram",
                Map.of(
                        "field",
                        field,
                        "interval",
                        1,
                        "min_doc_count",
                        false,
                        "has_extended_bounds",
                        false,
                        "extended_bounds",
                        Map.of("min", "", "max", ""),
                        "customLabel",
                        label));
    }

    /** These numbers, with those between two bounds that no document has; else a heatmap's rows are in disorder. */
    Aggregation between(int first, int last) {
        return with("min_doc_count", true)
                .with("has_extended_bounds", true)
                .with("extended_bounds", Map.of("min", first, "max", last));
    }

    /** The values that most documents have. */
    static Aggregation terms(String field, int size, String label) {
        return terms(field, size, "1", label);
    }

    /**
     * The first values by something.
     *
     * @param by the number of one of the chart's metrics, from 1 on, with a dot and the percentile for percentiles;
     *     {@code _key}, ascending then; or {@code custom} for how many documents have it
     */
    static Aggregation terms(String field, int size, String by, String label) {
        Map<String, Object> params = new HashMap<>();
        params.put("field", field);
        params.put("size", size);
        params.put("orderBy", by);
        params.put("order", by.equals("_key") ? "asc" : "desc");
        params.put("otherBucket", false);
        params.put("otherBucketLabel", "others");
        params.put("missingBucket", false);
        params.put("missingBucketLabel", "none noted");
        params.put("customLabel", label);
        if (by.equals("custom")) {
            params.put(
                    "orderAgg",
                    Map.of(
                            "id", "orderAgg",
                            "enabled", true,
                            "type", "count",
                            "schema", "orderAgg",
                            "params", Map.of()));
        }
        return new Aggregation("terms", params);
    }

    /** These terms, with a bucket for documents that have none. */
    Aggregation orNone() {
        return with("missingBucket", true);
    }

    /** Buckets by queries (KQL): names and queries in turn. */
    static Aggregation filters(String label, String... namesAndQueries) {
        List<Map<String, Object>> filters = new ArrayList<>();
        for (int i = 0; i < namesAndQueries.length; i += 2) {
            filters.add(Map.of(
                    "input",
                    Map.of("query", namesAndQueries[i + 1], "language", "kuery"),
                    "label",
                    namesAndQueries[i]));
        }
        return new Aggregation("filters", Map.of("filters", filters, "customLabel", label));
    }

    private Aggregation with(String key, Object value) {
        Map<String, Object> changed = new HashMap<>(params);
        changed.put(key, value);
        return new Aggregation(type, changed);
    }
}
