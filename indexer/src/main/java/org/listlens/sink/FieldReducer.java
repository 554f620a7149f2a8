package org.listlens.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.listlens.document.EncodedAction;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryingClient;

/**
 * Carries out updates that take fields away, which an engine cannot do with a partial document: it would keep the field
 * with {@code null}. Reads the documents, changes them and writes them again if nobody else has meanwhile. Thread-safe.
 */
final class FieldReducer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DocumentEditor editor;

    FieldReducer(RetryingClient client, BulkExchange exchange) {
        this.editor = new DocumentEditor(client, exchange);
    }

    /** Carries out updates; a document that is not there is left so. */
    void write(List<EncodedAction> updates) throws EngineException, InterruptedException {
        List<DocumentId> names = new ArrayList<>(updates.size());
        for (EncodedAction update : updates) {
            names.add(new DocumentId(update.kind(), update.id(), null));
        }
        editor.edit(names, (index, source) -> {
            merge(source, partial(updates.get(index)));
            return DocumentEditor.Verdict.WRITE;
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
