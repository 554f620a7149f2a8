package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.listlens.clock.ClockSolver;
import org.listlens.clock.Way;
import org.listlens.document.ClockDocuments;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.document.HashedAction;
import org.listlens.engine.EngineException;
import org.listlens.sink.ActionWriter;

/**
 * Sees to it that {@link ClockUpdate} looks at the days anew on which deliveries travelled that are about to be deleted:
 * one of the other deliveries of each such day loses its mark. A day that has no others has no windows any more, and one
 * of each day near it loses its mark instead.
 */
final class PrunedClocks {
    /** More days than any archive has; engines do not give more buckets at once. */
    private static final int DAYS = 60_000;

    private final EngineSearch search;
    private final StoredWays ways;
    private final ActionWriter writer;

    PrunedClocks(EngineSearch search, ActionWriter writer) {
        this.search = search;
        this.ways = new StoredWays(search);
        this.writer = writer;
    }

    /** To be called before some deliveries are deleted; does no harm if they are not. */
    void forget(Collection<StoredDeliveries.Delivery> deliveries) throws EngineException, InterruptedException {
        TreeSet<Long> days = new TreeSet<>();
        for (StoredDeliveries.Delivery delivery : deliveries) {
            days.addAll(delivery.days());
        }
        if (days.isEmpty()) {
            return;
        }
        TreeSet<Long> near = new TreeSet<>();
        for (long day : days) {
            for (long other = day - ClockSolver.REACH_DAYS; other <= day + ClockSolver.REACH_DAYS; other++) {
                near.add(other);
            }
        }
        Map<Long, String> others = others(near, deliveries);
        TreeSet<Long> marked = new TreeSet<>();
        List<EncodedAction> actions = new ArrayList<>();
        for (long day : days) {
            if (others.containsKey(day)) {
                marked.add(day);
            } else {
                marked.addAll(near.subSet(day - ClockSolver.REACH_DAYS, true, day + ClockSolver.REACH_DAYS, true));
                for (StoredWays.StoredWindow window : ways.windows(day, day)) {
                    actions.add(HashedAction.delete(DocumentKind.HOST, window.id()));
                }
            }
        }
        List<EncodedAction> marks = new ArrayList<>();
        TreeSet<String> ids = new TreeSet<>();
        for (long day : marked) {
            String other = others.get(day);
            if (other != null && ids.add(other)) {
                marks.add(ClockDocuments.unsolved(other));
            }
        }
        if (!actions.isEmpty()) {
            // Should these stay after all, they want their windows back.
            for (StoredDeliveries.Delivery delivery : deliveries) {
                if (!delivery.days().isEmpty()) {
                    marks.add(ClockDocuments.unsolved(delivery.id()));
                }
            }
        }
        writer.write(marks);
        writer.write(actions);
    }

    /** One delivery of each day that has any but some. */
    private Map<Long, String> others(NavigableSet<Long> days, Collection<StoredDeliveries.Delivery> without)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        ObjectNode bool = body.putObject("query").putObject("bool");
        ArrayNode terms = bool.putArray("filter").addObject().putObject("terms").putArray("delivery.days");
        for (long day : days) {
            terms.add(LocalDate.ofEpochDay(day).toString());
        }
        ArrayNode ids = bool.putArray("must_not").addObject().putObject("ids").putArray("values");
        without.forEach(delivery -> ids.add(delivery.id()));
        ObjectNode aggregation = body.putObject("aggs").putObject("days");
        aggregation.putObject("terms").put("field", "delivery.days").put("size", DAYS);
        ObjectNode one = aggregation.putObject("aggs").putObject("one").putObject("top_hits");
        one.put("size", 1).put("_source", false);
        Map<Long, String> others = new TreeMap<>();
        for (JsonNode bucket : search.search(DocumentKind.DELIVERY, body).at("/aggregations/days/buckets")) {
            others.put(
                    Math.floorDiv(bucket.path("key").asLong(), Way.DAY_MS),
                    bucket.at("/one/hits/hits/0/_id").asText());
        }
        return others;
    }
}
