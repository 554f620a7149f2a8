package org.listlens.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineException.Kind;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

/** Writes the documents of the ledger, one after another, over what is there under the same id. Thread-safe. */
public final class ImportWriter {
    private final RetryingClient client;
    private final BulkExchange exchange;

    public ImportWriter(EngineClient client, RetryPolicy retry) {
        this.client = new RetryingClient(client, retry);
        this.exchange = new BulkExchange(this.client);
    }

    /**
     * A document of the ledger.
     *
     * @param id its {@code _id}
     * @param json the document, on one line, without a line feed
     */
    public record ImportDocument(String id, byte[] json) {
        public ImportDocument {
            Objects.requireNonNull(id);
            for (byte b : json) {
                if (b == '\n') {
                    throw new IllegalArgumentException("a document on more than one line");
                }
            }
        }
    }

    /**
     * Writes documents and waits until they are written.
     *
     * @throws EngineException when the engine is gone for good, or refuses a document
     */
    public void write(List<ImportDocument> documents) throws EngineException, InterruptedException {
        List<BulkItem> items = new ArrayList<>(documents.size());
        for (ImportDocument document : documents) {
            items.add(BulkItem.unconditional("index", DocumentKind.IMPORT, document.id(), document.json()));
        }
        exchange.send(items, client.start());
        for (BulkItem item : items) {
            if (item.status() >= 300) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The engine at " + client.where() + " refuses an entry of the ledger (" + item.reason()
                                + "): check the mapping of " + DocumentKind.IMPORT.alias() + '.');
            }
        }
    }
}
