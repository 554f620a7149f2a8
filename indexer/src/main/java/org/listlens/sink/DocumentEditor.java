package org.listlens.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineException.Kind;
import org.listlens.engine.RequestBody;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

/**
 * Reads documents, has them changed, and writes them again if nobody else has changed them meanwhile; otherwise does so
 * again with what they are then. Thread-safe.
 */
public final class DocumentEditor {
    private static final int AT_ONCE = 1_000;
    private static final int ROUNDS = 10;

    private final RetryingClient client;
    private final BulkExchange exchange;

    public DocumentEditor(EngineClient client, RetryPolicy retry) {
        this(new RetryingClient(client, retry));
    }

    private DocumentEditor(RetryingClient client) {
        this(client, new BulkExchange(client));
    }

    DocumentEditor(RetryingClient client, BulkExchange exchange) {
        this.client = client;
        this.exchange = exchange;
    }

    /** What is to become of a document. */
    public enum Verdict {
        /** It stays as it is stored. */
        KEEP,
        /** It becomes what it has been changed to. */
        WRITE,
        /** It is deleted. */
        DELETE
    }

    /** Changes a document. */
    @FunctionalInterface
    public interface Edit {
        /**
         * Looks at a document as it is at this moment, and may change it. Called again when somebody else was faster.
         *
         * @param id its {@code _id}
         * @param source the document
         */
        Verdict apply(String id, ObjectNode source);
    }

    /** Edits documents of one kind; one that is not there is left so. */
    public void edit(DocumentKind kind, Collection<String> ids, Edit edit)
            throws EngineException, InterruptedException {
        List<DocumentId> names = new ArrayList<>(ids.size());
        for (String id : ids) {
            names.add(new DocumentId(kind, id, null));
        }
        edit(names, (index, source) -> edit.apply(names.get(index).id(), source));
    }

    /** Changes the document of a number. */
    @FunctionalInterface
    interface NumberedEdit {
        Verdict apply(int index, ObjectNode source);
    }

    /** Edits documents; each is named by its place in the list, and its part is found out. */
    void edit(List<DocumentId> documents, NumberedEdit edit) throws EngineException, InterruptedException {
        for (int from = 0; from < documents.size(); from += AT_ONCE) {
            int to = Math.min(from + AT_ONCE, documents.size());
            List<@Nullable DocumentId> found = CopyParts.find(exchange.partitions(), documents.subList(from, to));
            List<Named> open = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                DocumentId name = found.get(i);
                if (name != null) {
                    open.add(new Named(from + i, name));
                }
            }
            for (int round = 0; !open.isEmpty(); round++) {
                if (round == ROUNDS) {
                    throw new EngineException(
                            Kind.UNANSWERED,
                            "Documents at " + client.where()
                                    + " keep changing while they are changed: let fewer indexers run at once.");
                }
                open = round(open, edit);
            }
        }
    }

    private record Named(int index, DocumentId name) {}

    /** Tries once; returns those that others came in between of. */
    private List<Named> round(List<Named> open, NumberedEdit edit) throws EngineException, InterruptedException {
        RetryPolicy.Attempts attempts = client.start();
        JsonNode stored = read(open, attempts);
        List<Named> edited = new ArrayList<>();
        List<BulkItem> items = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            JsonNode document = stored.path(i);
            if (document.path("_source") instanceof ObjectNode source) {
                Verdict verdict = edit.apply(open.get(i).index(), source);
                if (verdict != Verdict.KEEP) {
                    boolean deletion = verdict == Verdict.DELETE;
                    edited.add(open.get(i));
                    items.add(BulkItem.conditional(
                            deletion ? "delete" : "index",
                            open.get(i).name(),
                            document.path("_seq_no").longValue(),
                            document.path("_primary_term").longValue(),
                            deletion ? null : BulkItem.line(source.toString())));
                }
            }
        }
        exchange.send(items, attempts);
        List<Named> again = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            BulkItem item = items.get(i);
            if (item.status() == 409) {
                again.add(edited.get(i));
            } else if (item.status() >= 300 && item.status() != 404) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The engine at " + client.where() + " refuses a document ("
                                + item.reason() + "): check the mapping of "
                                + edited.get(i).name().kind().alias() + '.');
            }
        }
        return again;
    }

    private JsonNode read(List<Named> open, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        ObjectNode body = StoredDocuments.asked(open.stream().map(Named::name).toList(), client, exchange.partitions());
        return client.send(attempts, "POST", "/_mget", Map.of(), RequestBody.json(body.toString()), response -> {
            if (!response.ok()) {
                throw client.refused("to show documents", response);
            }
            JsonNode answer = response.json().path("docs");
            if (answer.size() != open.size()) {
                throw new IOException(answer.size() + " documents where " + open.size() + " were asked for");
            }
            return answer;
        });
    }
}
