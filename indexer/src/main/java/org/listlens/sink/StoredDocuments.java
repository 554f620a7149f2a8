package org.listlens.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.engine.Errors;
import org.listlens.engine.Partitions;
import org.listlens.engine.RequestBody;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

/** Looks up what the engine has of documents: their hashes, copies and lists. Thread-safe. */
final class StoredDocuments {
    /** How many documents are asked for in one request. */
    private static final int AT_ONCE = 1_000;

    private static final String HASH = "event.hash";
    private static final String COPY = "delivery.id";
    private static final String ALTERATIONS = "message.alterations";
    private static final String POSITION = "hop.position";
    private static final String LISTS = "list.id";
    private static final String SOURCES = "archive.sources";
    private static final String SOURCE = "archive.source";

    private final RetryingClient client;
    private final Partitions partitions;

    StoredDocuments(RetryingClient client, Partitions partitions) {
        this.client = client;
        this.partitions = partitions;
    }

    /** The documents of some ids as {@code _mget} wants them. */
    static ObjectNode asked(List<DocumentId> ids, RetryingClient client, Partitions partitions)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode asked = body.putArray("docs");
        for (DocumentId id : ids) {
            String alias = id.kind().alias();
            if (id.part() != null) {
                // One that is not there would be an error.
                partitions.require(alias, id.part());
                alias = partitions.alias(alias, id.part());
            }
            asked.addObject().put("_index", client.index(alias)).put("_id", id.id());
        }
        return body;
    }

    /**
     * Finds documents as they were at the last refresh; those that are newer are missing. Takes the fields from their
     * columns and leaves the documents themselves packed, which makes it some ten times as fast as {@link #get}.
     *
     * @return documents by id
     */
    Map<String, StoredDocument> search(DocumentKind kind, List<String> ids, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        Map<String, StoredDocument> found = HashMap.newHashMap(ids.size());
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> part = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("size", part.size()).put("_source", false).put("track_total_hits", false);
            body.put("stored_fields", "_none_");
            body.putArray("docvalue_fields").add(HASH).add(COPY).add(LISTS);
            body.withArrayProperty("docvalue_fields").add(kind == DocumentKind.HOP ? POSITION : kind.idField());
            if (kind == DocumentKind.MESSAGE) {
                body.withArrayProperty("docvalue_fields").add(ALTERATIONS);
            } else if (kind == DocumentKind.DELIVERY) {
                body.withArrayProperty("docvalue_fields").add(SOURCES);
            }
            ArrayNode values = body.putObject("query").putObject("ids").putArray("values");
            part.forEach(values::add);
            JsonNode hits = client.send(
                    attempts,
                    "POST",
                    '/' + client.index(kind.alias()) + "/_search",
                    Map.of("filter_path", "hits.hits._id,hits.hits.fields"),
                    RequestBody.json(body.toString()),
                    // Where this does not work, looking up the documents does.
                    response ->
                            response.ok() ? response.json().at("/hits/hits") : JsonNodeFactory.instance.arrayNode());
            for (JsonNode hit : hits) {
                JsonNode fields = hit.path("fields");
                found.put(
                        id(kind, hit),
                        new StoredDocument(
                                -1,
                                -1,
                                fields.path(HASH).path(0).textValue(),
                                fields.path(COPY).path(0).textValue(),
                                number(fields.path(ALTERATIONS).path(0)),
                                texts(fields.path(LISTS)),
                                texts(fields.path(SOURCES)),
                                null));
            }
        }
        // Nothing is changed by looking.
        attempts.takeDoubt();
        return found;
    }

    /** What a hit's {@code _id} is, by its columns. */
    private static String id(DocumentKind kind, JsonNode hit) {
        JsonNode fields = hit.path("fields");
        if (hit.has("_id")) {
            return hit.path("_id").asText();
        }
        return kind == DocumentKind.HOP
                ? DocumentId.ofHop(
                        fields.path(COPY).path(0).asText(),
                        fields.path(POSITION).path(0).asInt())
                : fields.path(kind.idField()).path(0).asText();
    }

    /** Reads documents as they are at this moment, in the order of the ids. */
    List<Optional<StoredDocument>> get(List<DocumentId> ids, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        return get(
                ids, "_source_includes", String.join(",", HASH, COPY, ALTERATIONS, LISTS, SOURCES, SOURCE), attempts);
    }

    /** Looks whether documents exist at this moment, in the order of the ids; without their fields. */
    List<Optional<StoredDocument>> exist(List<DocumentId> ids, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        return get(ids, "_source", "false", attempts);
    }

    private List<Optional<StoredDocument>> get(
            List<DocumentId> ids, String parameter, String value, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        Map<String, String> query = Map.of(
                parameter, value, "filter_path", "docs.found,docs._seq_no,docs._primary_term,docs._source,docs.error");
        List<Optional<StoredDocument>> documents = new ArrayList<>(ids.size());
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<DocumentId> part = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
            ObjectNode body = asked(part, client, partitions);
            JsonNode answer =
                    client.send(attempts, "POST", "/_mget", query, RequestBody.json(body.toString()), response -> {
                        if (!response.ok()) {
                            throw client.refused("to show documents", response);
                        }
                        return complete(response.json().path("docs"), part.size());
                    });
            for (JsonNode doc : answer) {
                documents.add(doc.path("found").asBoolean() ? Optional.of(read(doc)) : Optional.empty());
            }
        }
        attempts.takeDoubt();
        return documents;
    }

    private static JsonNode complete(JsonNode docs, int expected) throws IOException {
        if (docs.size() != expected) {
            throw new IOException(docs.size() + " documents where " + expected + " were asked for");
        }
        for (JsonNode doc : docs) {
            if (doc.has("error")) {
                throw new IOException(Errors.describe(doc.path("error")));
            }
        }
        return docs;
    }

    private static StoredDocument read(JsonNode doc) {
        JsonNode source = doc.path("_source");
        return new StoredDocument(
                doc.path("_seq_no").longValue(),
                doc.path("_primary_term").longValue(),
                source.at("/event/hash").textValue(),
                source.at("/delivery/id").textValue(),
                number(source.at("/message/alterations")),
                texts(source.at("/list/id")),
                texts(source.at("/archive/sources")),
                source.at("/archive/source").textValue());
    }

    private static @Nullable Integer number(JsonNode value) {
        return value.isNumber() ? value.intValue() : null;
    }

    /** The texts of an array, or the one that stands without. */
    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.add(value.textValue());
        }
        for (JsonNode element : value) {
            texts.add(element.asText());
        }
        return texts;
    }
}
