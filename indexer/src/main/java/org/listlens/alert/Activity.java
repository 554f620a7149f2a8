package org.listlens.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;

/**
 * In which steps of time documents have come, by one of their dates. Where none passes an end of a monitor's ranges, its
 * answer is that of the step before.
 */
final class Activity {
    /** Buckets of one answer; engines give some 65,000. */
    private static final int PAGE = 20_000;

    private final long first;
    private final long step;
    private final BitSet steps = new BitSet();

    private Activity(Instant first, Duration step) {
        this.first = first.toEpochMilli();
        this.step = step.toMillis();
    }

    /**
     * Asks the engine.
     *
     * @param query which documents count
     * @param field the date that they came at
     * @param first an end of a step; earlier documents do not count
     * @param last later documents do not count
     */
    static Activity read(
            EngineSearch search,
            DocumentKind kind,
            ObjectNode query,
            String field,
            Instant first,
            Instant last,
            Duration step)
            throws EngineException, InterruptedException {
        Activity activity = new Activity(first, step);
        for (Instant start = first; start.isBefore(last); start = start.plus(step.multipliedBy(PAGE))) {
            Instant end = start.plus(step.multipliedBy(PAGE));
            activity.page(search, kind, query, field, start, end.isBefore(last) ? end : last);
        }
        return activity;
    }

    private void page(
            EngineSearch search, DocumentKind kind, ObjectNode query, String field, Instant start, Instant end)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        ArrayNode filter = body.withObject("/query/bool").putArray("filter").add(query);
        filter.addObject()
                .putObject("range")
                .putObject(field)
                .put("gt", start.toEpochMilli())
                .put("lte", end.toEpochMilli())
                .put("format", "epoch_millis");
        // A step ends with its last instant, so buckets begin one millisecond later.
        body.withObject("/aggs/steps/date_histogram")
                .put("field", field)
                .put("fixed_interval", step + "ms")
                .put("offset", Math.floorMod(first + 1, step) + "ms")
                .put("min_doc_count", 1);
        for (JsonNode bucket : search.search(kind, body).at("/aggregations/steps/buckets")) {
            steps.set(Math.toIntExact(Math.floorDiv(bucket.path("key").asLong() - first - 1, step)));
        }
    }

    /** Whether a document came after {@code after} and no later than {@code until}; rather too often than too seldom. */
    boolean between(Instant after, Instant until) {
        long start = Math.floorDiv(after.toEpochMilli() - first, step);
        long end = Math.floorDiv(until.toEpochMilli() - first - 1, step);
        if (start < 0) {
            return true;
        }
        int next = steps.nextSetBit(Math.toIntExact(start));
        return next >= 0 && next <= end;
    }
}
