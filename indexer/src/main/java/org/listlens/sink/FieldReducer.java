package org.listlens.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.listlens.document.EncodedAction;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineException.Kind;
import org.listlens.engine.RequestBody;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

/**
 * Carries out updates that take fields away, which an engine cannot do with a partial document: it would keep the field
 * with {@code null}. Reads the documents, changes them and writes them again if nobody else has meanwhile. Thread-safe.
 */
final class FieldReducer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AT_ONCE = 1_000;
    private static final int ROUNDS = 10;

    private final RetryingClient client;
    private final BulkExchange exchange;

    FieldReducer(RetryingClient client, BulkExchange exchange) {
        this.client = client;
        this.exchange = exchange;
    }

    /** Carries out updates; a document that is not there is left so. */
    void write(List<EncodedAction> updates) throws EngineException, InterruptedException {
        for (int from = 0; from < updates.size(); from += AT_ONCE) {
            List<EncodedAction> open = updates.subList(from, Math.min(from + AT_ONCE, updates.size()));
            for (int round = 0; !open.isEmpty(); round++) {
                if (round == ROUNDS) {
                    throw new EngineException(
                            Kind.UNANSWERED,
                            "Documents at " + client.where()
                                    + " keep changing while they are changed: let fewer indexers run at once.");
                }
                open = round(open);
            }
        }
    }

    /** Tries once; returns the updates that others came in between of. */
    private List<EncodedAction> round(List<EncodedAction> updates) throws EngineException, InterruptedException {
        RetryPolicy.Attempts attempts = client.start();
        JsonNode stored = read(updates, attempts);
        List<EncodedAction> found = new ArrayList<>();
        List<BulkItem> items = new ArrayList<>();
        for (int i = 0; i < updates.size(); i++) {
            EncodedAction update = updates.get(i);
            JsonNode document = stored.path(i);
            if (document.path("_source") instanceof ObjectNode source) {
                merge(source, partial(update));
                found.add(update);
                items.add(BulkItem.conditional(
                        "index",
                        update.kind(),
                        update.id(),
                        document.path("_seq_no").longValue(),
                        document.path("_primary_term").longValue(),
                        BulkItem.line(source.toString())));
            }
        }
        exchange.send(items, attempts);
        List<EncodedAction> again = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).status() == 409) {
                again.add(found.get(i));
            } else if (items.get(i).status() >= 300) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The engine at " + client.where() + " refuses a document ("
                                + items.get(i).reason() + "): check the mapping of "
                                + found.get(i).kind().alias() + '.');
            }
        }
        return again;
    }

    private JsonNode read(List<EncodedAction> updates, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode asked = body.putArray("docs");
        for (EncodedAction update : updates) {
            asked.addObject().put("_index", client.index(update.kind().alias())).put("_id", update.id());
        }
        return client.send(attempts, "POST", "/_mget", Map.of(), RequestBody.json(body.toString()), response -> {
            if (!response.ok()) {
                throw client.refused("to show documents", response);
            }
            JsonNode documents = response.json().path("docs");
            if (documents.size() != updates.size()) {
                throw new IOException(documents.size() + " documents where " + updates.size() + " were asked for");
            }
            return documents;
        });
    }

    /** The fields of an update, which are in its second line. */
    private static ObjectNode partial(EncodedAction update) {
        byte[] body = update.body();
        int line = 0;
        while (body[line] != '\n') {
            line++;
        }
        ByteBuffer source = ByteBuffer.wrap(body, line + 1, body.length - line - 1);
        try {
            return (ObjectNode)
                    JSON.readTree(StandardCharsets.UTF_8.decode(source).toString())
                            .path("doc");
        } catch (IOException e) {
            throw new IllegalArgumentException("an update that is no JSON", e);
        }
    }

    private static void merge(ObjectNode document, ObjectNode change) {
        for (Map.Entry<String, JsonNode> field : change.properties()) {
            if (field.getValue().isNull()) {
                document.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode object
                    && document.path(field.getKey()) instanceof ObjectNode present) {
                merge(present, object);
            } else {
                document.set(field.getKey(), field.getValue());
            }
        }
    }
}
