package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.listlens.document.DocumentKind;
import org.listlens.document.Revision;
import org.listlens.engine.EngineException;
import org.listlens.engine.Errors;
import org.listlens.engine.RequestBody;
import org.listlens.engine.RetryingClient;

/**
 * Searches that tell everything or fail: an answer without some of its shards is asked for again; an index that is not
 * there is an empty one. Thread-safe.
 */
public final class EngineSearch {
    /** Hits or buckets of one answer. */
    static final int PAGE = 2_000;

    /** Hits of one answer where they are small; engines give no more. Documents that lie together are unpacked once. */
    static final int LARGE_PAGE = 10_000;

    /** How long the engine waits to be asked for the next page. */
    private static final String SCROLL = "10m";

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
        String aliases = aliases(kinds);
        client.send("POST", '/' + aliases + "/_refresh", Map.of("ignore_unavailable", "true"), null, response -> {
            if (!response.ok()) {
                throw client.refused("to refresh " + aliases, response);
            }
            whole(response.json());
            return true;
        });
    }

    private String aliases(List<DocumentKind> kinds) {
        StringJoiner aliases = new StringJoiner(",");
        kinds.forEach(kind -> aliases.add(client.index(kind.alias())));
        return aliases.toString();
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
                    return whole(response.json());
                });
    }

    private static JsonNode whole(JsonNode answer) throws IOException {
        JsonNode shards = answer.path("_shards");
        if (!shards.has("failed")) {
            throw new IOException("an answer of no shards");
        }
        if (answer.path("timed_out").asBoolean() || shards.path("failed").asInt() > 0) {
            throw new IOException("not all shards have answered");
        }
        return answer;
    }

    /**
     * One search of several that are sent together.
     *
     * @param kind where to search
     * @param body as for one search
     */
    public record Asked(DocumentKind kind, ObjectNode body) {}

    /** The answers to several searches, in their order, by one request. */
    public List<JsonNode> searchAll(List<Asked> searches) throws EngineException, InterruptedException {
        List<ByteBuffer> lines = new ArrayList<>(searches.size() * 2);
        for (Asked search : searches) {
            lines.add(line(JsonNodeFactory.instance
                    .objectNode()
                    .put("index", client.index(search.kind().alias()))
                    .put("ignore_unavailable", true)));
            lines.add(line(search.body()));
        }
        return client.send("POST", "/_msearch", Map.of(), RequestBody.ndjson(lines), response -> {
            if (!response.ok()) {
                throw client.refused("to search", response);
            }
            JsonNode answers = response.json().path("responses");
            if (answers.size() != searches.size()) {
                throw new IOException(answers.size() + " answers to " + searches.size() + " searches");
            }
            List<JsonNode> whole = new ArrayList<>(searches.size());
            for (JsonNode answer : answers) {
                if (answer.has("error")) {
                    String reason = Errors.describe(answer.path("error"));
                    if (RetryingClient.passing(
                            answer.path("status").asInt(),
                            answer.at("/error/type").asText())) {
                        throw new IOException(reason);
                    }
                    throw new EngineException(
                            EngineException.Kind.REFUSED,
                            "The engine at " + client.where() + " refuses to search (" + reason + ")"
                                    + (reason.contains("script_lang not supported [painless]")
                                            ? ": it has no Painless, which this needs; run it with its module lang-painless."
                                            : "."));
                }
                whole.add(whole(answer));
            }
            return whole;
        });
    }

    private static ByteBuffer line(ObjectNode json) {
        return ByteBuffer.wrap((json.toString() + '\n').getBytes(StandardCharsets.UTF_8));
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
        ArrayNode fields = body.putArray("_source");
        source.forEach(fields::add);
        all(kind, PAGE, body, query, sort, hits);
    }

    /**
     * All hits of a query like {@link #all}, which also tell in which state they are, and have some columns.
     *
     * @param page {@link #PAGE} or {@link #LARGE_PAGE}
     */
    void states(
            DocumentKind kind,
            int page,
            ObjectNode query,
            List<String> source,
            List<String> columns,
            List<String> sort,
            Taker hits)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode fields = body.put("seq_no_primary_term", true).putArray("_source");
        source.forEach(fields::add);
        if (!columns.isEmpty()) {
            ArrayNode values = body.putArray("docvalue_fields");
            columns.forEach(values::add);
        }
        all(kind, page, body, query, sort, hits);
    }

    /**
     * All documents as they are now, page by page, in the order in which they lie in the index: several times as fast as
     * {@link #states}, as the engine keeps them packed by some dozens. A page whose answer is lost on its way is left
     * out, and so is the rest when the engine cannot go on; so this is for those who know what is to come.
     *
     * @param source which fields of the documents are wanted
     * @param hits takes each hit, with its state and the columns
     */
    void inIndexOrder(DocumentKind kind, List<String> source, List<String> columns, Taker hits)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", PAGE).put("seq_no_primary_term", true);
        ArrayNode fields = body.putArray("_source");
        source.forEach(fields::add);
        ArrayNode values = body.putArray("docvalue_fields");
        columns.forEach(values::add);
        body.putArray("sort").add("_doc");
        String path = '/' + client.index(kind.alias()) + "/_search";
        Map<String, String> query = Map.of("ignore_unavailable", "true", "scroll", SCROLL);
        String scroll = null;
        while (true) {
            JsonNode page = client.send("POST", path, query, RequestBody.json(body.toString()), response -> {
                if (response.status() == 400) {
                    throw client.refused("to search " + kind.alias(), response);
                }
                return response.ok() ? response.json() : JsonNodeFactory.instance.missingNode();
            });
            for (JsonNode hit : page.at("/hits/hits")) {
                hits.take(hit);
            }
            scroll = page.path("_scroll_id").asText(scroll);
            if (page.at("/hits/hits").isEmpty() || scroll == null) {
                break;
            }
            path = "/_search/scroll";
            query = Map.of();
            body = JsonNodeFactory.instance.objectNode().put("scroll", SCROLL).put("scroll_id", scroll);
        }
        if (scroll != null) {
            ObjectNode ended = JsonNodeFactory.instance.objectNode().put("scroll_id", scroll);
            client.send("DELETE", "/_search/scroll", Map.of(), RequestBody.json(ended.toString()), response -> true);
        }
    }

    /**
     * All hits of a query, page by page, with the values of some fields under {@code fields}, each once and sorted. These
     * come from the columns of the index, and where the kind has an {@link DocumentKind#idField()}, so does {@code _id}:
     * no document has to be unpacked, which is some twenty times as fast as {@link #all}.
     *
     * @param columns fields that have columns
     * @param sort fields that together tell every document from any other
     */
    void columns(DocumentKind kind, ObjectNode query, List<String> columns, List<String> sort, Taker hits)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("_source", false);
        ArrayNode fields = body.putArray("docvalue_fields");
        columns.forEach(fields::add);
        String id = kind.idField();
        if (id == null) {
            all(kind, LARGE_PAGE, body, query, sort, hits);
            return;
        }
        body.put("stored_fields", "_none_");
        if (!columns.contains(id)) {
            fields.add(id);
        }
        all(kind, LARGE_PAGE, body, query, sort, hit -> {
            if (!hit.has("_id")) {
                ((ObjectNode) hit).set("_id", hit.path("fields").path(id).path(0));
            }
            hits.take(hit);
        });
    }

    /** The texts of an array, or the one that stands without. */
    static List<String> texts(JsonNode value) {
        if (value.isTextual()) {
            return List.of(value.textValue());
        }
        List<String> texts = new ArrayList<>(value.size());
        value.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /** What document a hit is of, and in which state. */
    static Revision revision(JsonNode hit) {
        return new Revision(
                hit.path("_seq_no").asLong(), hit.path("_primary_term").asLong());
    }

    private void all(DocumentKind kind, int size, ObjectNode body, ObjectNode query, List<String> sort, Taker hits)
            throws EngineException, InterruptedException {
        body.put("size", size).put("track_total_hits", false);
        body.set("query", query);
        ArrayNode order = body.putArray("sort");
        sort.forEach(field -> order.addObject().put(field, "asc"));
        while (true) {
            JsonNode page = search(kind, body).at("/hits/hits");
            for (JsonNode hit : page) {
                hits.take(hit);
            }
            if (page.size() < size) {
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
