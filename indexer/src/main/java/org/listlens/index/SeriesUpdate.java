package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.document.HashedAction;
import org.listlens.document.PatchSeries;
import org.listlens.document.SeriesDocuments;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.sink.ActionWriter;

/**
 * Brings patch series up to date with the messages that have come: those that are patches or answer some, and are not
 * {@code thread.solved} yet, which this does not set. The outcome depends on the messages in the index alone, not on
 * the order in which they came; an update that was cut off is made up for by the next.
 */
public final class SeriesUpdate {
    private final StoredPatches stored;
    private final ActionWriter writer;

    /** The messages whose series are up to date. */
    private DigestSet done = new DigestSet();

    public SeriesUpdate(EngineClient client, RetryPolicy retry) {
        this.stored = new StoredPatches(new EngineSearch(new RetryingClient(client, retry)));
        this.writer = new ActionWriter(client, retry);
    }

    /** Updates; does nothing when nothing has come. */
    public void run() throws EngineException, InterruptedException {
        stored.refresh();
        run(false);
        // Messages that were written with their places in threads, or an update that was cut off.
        if (stored.counted() != stored.patches()) {
            done = new DigestSet();
            run(true);
        }
    }

    private void run(boolean all) throws EngineException, InterruptedException {
        JsonNode next = null;
        do {
            StoredPatches.Page page = all ? stored.allPatches(next) : stored.unsolved(next);
            update(page);
            next = page.next();
        } while (next != null);
    }

    private void update(StoredPatches.Page page) throws EngineException, InterruptedException {
        List<PostedPatch> patches = new ArrayList<>();
        for (PostedPatch patch : page.patches()) {
            if (done.add(patch.id())) {
                patches.add(patch);
            }
        }
        List<PatchReply> replies = new ArrayList<>();
        for (PatchReply reply : page.replies()) {
            if (done.add(reply.id())) {
                replies.add(reply);
            }
        }
        if (patches.isEmpty() && replies.isEmpty()) {
            return;
        }
        SeriesClosure closure = SeriesClosure.of(stored, patches, replies);
        Map<String, @Nullable String> old = new HashMap<>();
        closure.series().forEach((id, series) -> old.put(id, series.hash()));
        List<EncodedAction> actions = new ArrayList<>();
        for (PatchSeries series :
                SeriesGrouping.group(List.copyOf(closure.patches()), List.copyOf(closure.replies()))) {
            HashedAction document = SeriesDocuments.series(series);
            if (!document.hash().equals(old.remove(document.action().id()))) {
                actions.add(document.action());
            }
        }
        for (String id : old.keySet()) {
            actions.add(HashedAction.delete(DocumentKind.SERIES, id));
        }
        writer.write(actions);
        if (!actions.isEmpty()) {
            stored.refresh();
        }
        closure.patches().forEach(patch -> done.add(patch.id()));
        closure.replies().forEach(reply -> done.add(reply.id()));
    }
}
