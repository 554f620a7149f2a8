package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.engine.RequestBody;
import org.listlens.engine.RetryingClient;

/**
 * Searches that tell everything or fail: an answer without some of its shards is asked for again; an index that is not
 * there is an empty one. Thread-safe.
 */
public final class EngineSearch {
    /** Hits or buckets of one answer. */
    private static final int PAGE = 2_000;

    private final RetryingClient client;

    public EngineSearch(RetryingClient client) {
        this.client = client;
    }

    /** Takes a hit or a bucket. */
    @FunctionalInterface
    interface Taker {
        void take(JsonNode element) throws EngineException, InterruptedException;
    }

    /** Makes everything that was written visible to searches. */
    public void refresh(List<DocumentKind> kinds) throws EngineException, InterruptedException {
        StringJoiner aliases = new StringJoiner(",");
        for (DocumentKind kind : kinds) {
            aliases.add(client.index(kind.alias()));
        }
        client.send("POST", "/" + aliases + "/_refresh", Map.of(), null, response -> {
            if (!response.ok()) {
                throw client.refused("to refresh " + aliases, response);
            }
            return true;
        });
    }

    /** The answer to one search. */
    public JsonNode search(DocumentKind kind, ObjectNode body) throws EngineException, InterruptedException {
        return client.send(
                "POST",
                '/' + client.index(kind.alias()) + "/_search",
                Map.of("ignore_unavailable", "true"),
                RequestBody.json(body.toString()),
                response -> {
                    if (!response.ok()) {
                        throw client.refused("to search " + kind.alias(), response);
                    }
                    JsonNode json = response.json();
                    if (json.path("timed_out").asBoolean()
                            || json.at("/_shards/failed").asInt() > 0) {
                        throw new IOException("not all shards have answered");
                    }
                    return json;
                });
    }

    /**
     * All hits of a query, page by page.
     *
     * @param query as it stands under {@code query}
     * @param source which fields of the documents are wanted
     * @param sort fields that together tell every document from any other
     * @param hits takes each hit
     */
    void all(DocumentKind kind, ObjectNode query, List<String> source, List<String> sort, Taker hits)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", PAGE).put("track_total_hits", false);
        ArrayNode fields = body.putArray("_source");
        source.forEach(fields::add);
        body.set("query", query);
        ArrayNode order = body.putArray("sort");
        sort.forEach(field -> order.addObject().put(field, "asc"));
        while (true) {
            JsonNode page = search(kind, body).at("/hits/hits");
            for (JsonNode hit : page) {
                hits.take(hit);
            }
            if (page.size() < PAGE) {
                return;
            }
            body.set("search_after", page.get(page.size() - 1).path("sort"));
        }
    }

    /**
     * All buckets of a composite aggregation, page by page.
     *
     * @param query which documents are counted
     * @param fields the keyword fields whose values make the keys of the buckets, by the names that these have there; a
     *     document without such a value is in none
     * @param inner aggregations within each bucket, as they stand under {@code aggs}
     * @param buckets takes each bucket: {@code key.NAME}, {@code doc_count} and the inner aggregations
     */
    void buckets(DocumentKind kind, ObjectNode query, Map<String, String> fields, ObjectNode inner, Taker buckets)
            throws EngineException, InterruptedException {
        buckets(kind, query, fields, Set.of(), inner, buckets);
    }

    /**
     * All buckets of a composite aggregation, page by page.
     *
     * @param optional the names of the fields that a document in a bucket need not have; the key has {@code null} there
     */
    void buckets(
            DocumentKind kind,
            ObjectNode query,
            Map<String, String> fields,
            Set<String> optional,
            ObjectNode inner,
            Taker buckets)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        body.set("query", query);
        ObjectNode all = body.putObject("aggs").putObject("all");
        ObjectNode composite = all.putObject("composite").put("size", PAGE);
        ArrayNode sources = composite.putArray("sources");
        fields.forEach((name, field) -> {
            ObjectNode terms = sources.addObject().putObject(name).putObject("terms");
            terms.put("field", field);
            if (optional.contains(name)) {
                terms.put("missing_bucket", true);
            }
        });
        if (!inner.isEmpty()) {
            all.set("aggs", inner);
        }
        while (true) {
            JsonNode answer = search(kind, body).at("/aggregations/all");
            for (JsonNode bucket : answer.path("buckets")) {
                buckets.take(bucket);
            }
            JsonNode after = answer.path("after_key");
            if (after.isMissingNode() || answer.path("buckets").size() < PAGE) {
                return;
            }
            composite.set("after", after);
        }
    }

    /** How many documents a query finds. */
    long count(DocumentKind kind, ObjectNode query) throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", true);
        body.set("query", query);
        return search(kind, body).at("/hits/total/value").asLong();
    }
}
