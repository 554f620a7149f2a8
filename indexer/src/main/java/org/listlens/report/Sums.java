package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;

/** Asks the engine for sums over the documents that a report covers: once over all lists, and once for each list. */
final class Sums {
    /** Buckets of one answer; engines give up at 65,535. */
    private static final int PAGE = 5_000;

    /** Octaves that are counted by one request, all by the width of the first, whose buckets make up those of the others. */
    private static final int AT_ONCE = 3;

    private final EngineSearch engine;
    private final Frame frame;

    Sums(EngineSearch engine, Frame frame) {
        this.engine = engine;
        this.frame = frame;
    }

    Frame frame() {
        return frame;
    }

    /** Takes the sum of a row, {@link Frame#row}, in a period. */
    @FunctionalInterface
    interface Taker {
        void take(int row, int period, JsonNode bucket);
    }

    /**
     * What documents are counted, and by what besides list and period.
     *
     * @param kind where they are
     * @param time the field that says which period a document is of
     * @param query which of them
     * @param key what the third part of the bucket's key comes from, as it stands in a composite aggregation's source;
     *     {@code null} for no third part
     * @param inner aggregations within each bucket; may be empty
     */
    record Asked(
            DocumentKind kind,
            String time,
            ObjectNode query,
            @Nullable ObjectNode key,
            ObjectNode inner) {
        static Asked count(DocumentKind kind, ObjectNode query) {
            return new Asked(kind, Frame.TIME, query, null, JsonNodeFactory.instance.objectNode());
        }

        /** Counts by the values of a field; a document with several counts for each, one without for none. */
        static Asked by(DocumentKind kind, ObjectNode query, String field) {
            ObjectNode key = JsonNodeFactory.instance.objectNode();
            key.putObject("terms").put("field", field);
            return new Asked(kind, Frame.TIME, query, key, JsonNodeFactory.instance.objectNode());
        }

        Asked with(ObjectNode aggregations) {
            return new Asked(kind, time, query, key, aggregations);
        }

        /** The same by the time at which mails were sent. */
        Asked bySent() {
            return new Asked(kind, Frame.SENT, query, key, inner);
        }
    }

    /** All sums that are not empty. The third part of a bucket's key is {@code key.key}. */
    void read(Periods periods, Asked asked, Taker taker) throws EngineException, InterruptedException {
        read(periods, asked, false, taker);
        if (!frame.single()) {
            read(periods, asked, true, taker);
        }
    }

    private void read(Periods periods, Asked asked, boolean byList, Taker taker)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        body.set("query", asked.query());
        ObjectNode all = body.putObject("aggs").putObject("all");
        ObjectNode composite = all.putObject("composite").put("size", PAGE);
        ArrayNode sources = composite.putArray("sources");
        if (byList) {
            sources.addObject().putObject("list").putObject("terms").put("field", "list.id");
        }
        sources.addObject()
                .putObject("time")
                .putObject("date_histogram")
                .put("field", asked.time())
                .put("calendar_interval", periods.interval().calendar());
        if (asked.key() != null) {
            sources.addObject().set("key", asked.key());
        }
        if (!asked.inner().isEmpty()) {
            all.set("aggs", asked.inner());
        }
        while (true) {
            JsonNode answer = engine.search(asked.kind(), body).at("/aggregations/all");
            for (JsonNode bucket : answer.path("buckets")) {
                int row = byList ? frame.row(bucket.at("/key/list").asText()) : 0;
                int period = periods.at(bucket.at("/key/time").asLong());
                if (row >= 0 && period >= 0) {
                    taker.take(row, period, bucket);
                }
            }
            JsonNode after = answer.path("after_key");
            if (after.isMissingNode() || answer.path("buckets").size() < PAGE) {
                return;
            }
            composite.set("after", after);
        }
    }

    /** Durations by row, period and {@link LogBuckets}. */
    record Durations(List<SortedMap<Integer, SortedMap<Integer, Long>>> rows) {
        /** Adds some durations. */
        void add(int row, int period, int bucket, long count) {
            rows.get(row).computeIfAbsent(period, unused -> new TreeMap<>()).merge(bucket, count, Long::sum);
        }

        /** Row by row, period by period: the period and then, for each bucket, how far it is from the last, and the count. */
        ArrayNode json() {
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            for (SortedMap<Integer, SortedMap<Integer, Long>> row : rows) {
                ArrayNode cells = json.addArray();
                row.forEach((period, counts) -> {
                    ArrayNode cell = cells.addArray().add(period);
                    int[] last = {0};
                    counts.forEach((bucket, count) -> {
                        cell.add(bucket - last[0]).add(count);
                        last[0] = bucket;
                    });
                });
            }
            return json;
        }
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Durations that a field of documents holds, in milliseconds. */
    Durations durations(Periods periods, DocumentKind kind, String time, String field)
            throws EngineException, InterruptedException {
        Durations durations = new Durations(new ArrayList<>());
        for (int row = 0; row < frame.rows(); row++) {
            durations.rows().add(new TreeMap<>());
        }
        read(
                periods,
                new Asked(kind, time, frame.query(time, Conditions.below(field, 0)), null, nothing()),
                (row, period, bucket) -> durations.add(
                        row,
                        period,
                        LogBuckets.NEGATIVE,
                        bucket.path("doc_count").asLong()));
        read(
                periods,
                new Asked(kind, time, frame.query(time, Conditions.within(field, 0, 1)), null, nothing()),
                (row, period, bucket) -> durations.add(
                        row, period, LogBuckets.ZERO, bucket.path("doc_count").asLong()));
        int next = 0;
        for (int octave : octaves(kind, time, field)) {
            if (octave < next) {
                continue;
            }
            next = octave + AT_ONCE;
            ObjectNode key = JsonNodeFactory.instance.objectNode();
            key.putObject("histogram").put("field", field).put("interval", LogBuckets.width(octave));
            ObjectNode within = next > LogBuckets.MOST_OCTAVES
                    ? Conditions.not(Conditions.below(field, 1L << octave))
                    : Conditions.within(field, 1L << octave, 1L << next);
            read(
                    periods,
                    new Asked(
                            kind,
                            time,
                            frame.query(time, Conditions.both(Conditions.has(field), within)),
                            key,
                            nothing()),
                    (row, period, bucket) -> durations.add(
                            row,
                            period,
                            LogBuckets.of((long) bucket.at("/key/key").asDouble()),
                            bucket.path("doc_count").asLong()));
        }
        return durations;
    }

    /** The powers of two in which there are durations, by one request. */
    private List<Integer> octaves(DocumentKind kind, String time, String field)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        body.set("query", frame.query(time));
        ObjectNode range = body.putObject("aggs").putObject("octaves").putObject("range");
        ArrayNode ranges = range.put("field", field).putArray("ranges");
        for (int octave = 0; octave <= LogBuckets.MOST_OCTAVES; octave++) {
            ObjectNode one = ranges.addObject().put("from", 1L << octave);
            if (octave < LogBuckets.MOST_OCTAVES) {
                one.put("to", 2L << octave);
            }
        }
        JsonNode buckets = engine.search(kind, body).at("/aggregations/octaves/buckets");
        List<Integer> octaves = new ArrayList<>();
        for (int octave = 0; octave < buckets.size(); octave++) {
            if (buckets.get(octave).path("doc_count").asLong() > 0) {
                octaves.add(octave);
            }
        }
        return octaves;
    }
}
