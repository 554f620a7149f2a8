package org.listlens.sink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.document.EncodedAction;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineException.Kind;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

/** Carries out actions that do not ask what is there. Thread-safe. */
public final class ActionWriter {
    /** How much goes into one request. */
    private static final int OCTETS = 4_000_000;

    private static final int ACTIONS = 4_000;

    private final RetryingClient client;
    private final BulkExchange exchange;
    private final FieldReducer reducer;

    public ActionWriter(EngineClient client, RetryPolicy retry) {
        this.client = new RetryingClient(client, retry);
        this.exchange = new BulkExchange(this.client);
        this.reducer = new FieldReducer(this.client, exchange);
    }

    /**
     * Carries out actions and waits until they are done. A document to change or to delete that is not there is left
     * so, and so is one that is not in the state any more on the condition of which it was to be changed.
     *
     * @throws EngineException when the engine is gone for good, or refuses a document
     */
    public void write(List<EncodedAction> actions) throws EngineException, InterruptedException {
        List<EncodedAction> plain = new ArrayList<>(actions.size());
        List<EncodedAction> takingAway = new ArrayList<>();
        for (EncodedAction action : actions) {
            (action.takesAway() ? takingAway : plain).add(action);
        }
        writePlain(plain);
        reducer.write(takingAway);
    }

    private void writePlain(List<EncodedAction> actions) throws EngineException, InterruptedException {
        int from = 0;
        while (from < actions.size()) {
            long octets = 0;
            int to = from;
            while (to < actions.size() && to - from < ACTIONS && (to == from || octets < OCTETS)) {
                octets += actions.get(to).body().length;
                to++;
            }
            request(actions.subList(from, to));
            from = to;
        }
    }

    private void request(List<EncodedAction> actions) throws EngineException, InterruptedException {
        List<DocumentId> names = new ArrayList<>(actions.size());
        for (EncodedAction action : actions) {
            names.add(new DocumentId(action.kind(), action.id(), null));
        }
        List<@Nullable DocumentId> found = CopyParts.find(exchange.partitions(), names);
        List<BulkItem> items = new ArrayList<>(actions.size());
        List<EncodedAction> sent = new ArrayList<>(actions.size());
        for (int i = 0; i < actions.size(); i++) {
            DocumentId name = found.get(i);
            if (name != null) {
                EncodedAction action = actions.get(i);
                items.add(new BulkItem(action.kind(), name.part(), List.of(ByteBuffer.wrap(action.body()))));
                sent.add(action);
            }
        }
        exchange.send(items, client.start());
        for (int i = 0; i < items.size(); i++) {
            BulkItem item = items.get(i);
            boolean left =
                    item.status() == 404 || (item.status() == 409 && sent.get(i).conditional());
            if (item.status() >= 300 && !left) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The engine at " + client.where() + " refuses a document (" + item.reason()
                                + "): check the mapping of "
                                + sent.get(i).kind().alias() + '.');
            }
        }
    }
}
