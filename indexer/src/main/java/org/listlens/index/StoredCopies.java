package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;

/**
 * Asks the engine which of some copies it has, and whether all documents of theirs are there. Takes fields from their
 * columns and leaves the documents packed. Thread-safe.
 */
final class StoredCopies {
    /** So many ids may be asked for at once. */
    static final int AT_ONCE = 2_000;

    private final EngineSearch search;

    StoredCopies(EngineSearch search) {
        this.search = search;
    }

    /**
     * A delivery.
     *
     * @param message {@code message.id}
     * @param hops {@code delivery.hops}, 0 when absent
     */
    record Delivery(@Nullable String message, long hops) {}

    /** Makes everything that was written visible to the searches here. */
    void refresh() throws EngineException, InterruptedException {
        search.refresh(List.of(DocumentKind.DELIVERY, DocumentKind.MESSAGE, DocumentKind.HOP, DocumentKind.IMPORT));
    }

    /** The deliveries of some copies, by their ids. */
    Map<String, Delivery> deliveries(Collection<String> copies) throws EngineException, InterruptedException {
        Map<String, Delivery> found = HashMap.newHashMap(copies.size());
        for (JsonNode hit : byIds(DocumentKind.DELIVERY, copies, List.of("message.id", "delivery.hops"))) {
            JsonNode fields = hit.path("fields");
            found.put(
                    hit.path("_id").asText(),
                    new Delivery(
                            fields.path("message.id").path(0).textValue(),
                            fields.path("delivery.hops").path(0).asLong()));
        }
        return found;
    }

    /** Those of some documents that exist. */
    Set<String> existing(DocumentKind kind, Collection<String> ids) throws EngineException, InterruptedException {
        Set<String> found = HashSet.newHashSet(ids.size());
        for (JsonNode hit : byIds(kind, ids, List.of())) {
            found.add(hit.path("_id").asText());
        }
        return found;
    }

    /** How many hops some copies have in the engine; those without any are left out. */
    Map<String, Long> hops(Collection<String> copies) throws EngineException, InterruptedException {
        return counts(DocumentKind.HOP, "delivery.id", copies);
    }

    /** How many documents have each of some values in a field; those that none has are left out. */
    Map<String, Long> counts(DocumentKind kind, String field, Collection<String> values)
            throws EngineException, InterruptedException {
        Map<String, Long> counts = HashMap.newHashMap(values.size());
        if (values.isEmpty()) {
            return counts;
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        ArrayNode terms = body.putObject("query").putObject("terms").putArray(field);
        values.forEach(terms::add);
        // Few documents of many: a map of theirs is cheaper than the numbers of all values.
        body.putObject("aggs")
                .putObject("all")
                .putObject("terms")
                .put("field", field)
                .put("size", values.size())
                .put("execution_hint", "map");
        for (JsonNode bucket : search.search(kind, body).at("/aggregations/all/buckets")) {
            counts.put(bucket.path("key").asText(), bucket.path("doc_count").asLong());
        }
        return counts;
    }

    private List<JsonNode> byIds(DocumentKind kind, Collection<String> ids, List<String> fields)
            throws EngineException, InterruptedException {
        List<JsonNode> hits = new ArrayList<>(ids.size());
        if (ids.isEmpty()) {
            return hits;
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", ids.size()).put("_source", false).put("track_total_hits", false);
        if (!fields.isEmpty()) {
            fields.forEach(body.putArray("docvalue_fields")::add);
        }
        ids.forEach(body.putObject("query").putObject("ids").putArray("values")::add);
        search.search(kind, body).at("/hits/hits").forEach(hits::add);
        return hits;
    }
}
