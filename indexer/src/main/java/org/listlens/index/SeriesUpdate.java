package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.document.HashedAction;
import org.listlens.document.PatchSeries;
import org.listlens.document.SeriesDocuments;
import org.listlens.engine.EngineException;

/**
 * Brings patch series up to date with the messages that have come: those that are patches or answer some, and are not
 * {@code thread.solved} yet, which this does not set. The outcome depends on the messages in the index alone, not on
 * the order in which they came; an update that was cut off is made up for by the next.
 */
final class SeriesUpdate {
    /** How many documents are collected before they are sent. */
    private static final int ACTIONS = 2_000;

    private final EngineSearch search;
    private final StoredPatches stored;
    private final UpdateWriter writer;

    private final List<EncodedAction> actions = new ArrayList<>();

    /** The messages whose series are up to date. */
    private DigestSet done = new DigestSet();

    /** Whether series were written that searches do not see yet. */
    private boolean changed;

    /** Where all patches are looked at: the documents that none of them has led to yet. */
    private Set<String> orphans = new TreeSet<>();

    SeriesUpdate(EngineSearch search, UpdateWriter writer) {
        this.search = search;
        this.stored = new StoredPatches(search);
        this.writer = writer;
    }

    /** Updates, after a refresh, what has to do with new messages. */
    void run() throws EngineException, InterruptedException {
        run(stored::unsolved);
    }

    /** Looks at what has to do with some threads anew, whose messages are fewer than they were. */
    void heal(Collection<String> threads) throws EngineException, InterruptedException {
        List<String> all = List.copyOf(threads);
        for (int from = 0; from < all.size(); from += StoredPatches.TERMS) {
            List<String> some = all.subList(from, Math.min(all.size(), from + StoredPatches.TERMS));
            run(after -> stored.of(some, after));
        }
    }

    /** Looks at all patches anew. */
    void all() throws EngineException, InterruptedException {
        begin();
        run(stored::allPatches);
        deleteOrphans();
    }

    /** Begins to write all series anew. */
    void begin() throws EngineException, InterruptedException {
        done = new DigestSet();
        orphans = stored.series();
    }

    /** Writes, after {@link #begin}, the series of some patches and answers, which nothing else has to do with. */
    void write(List<PostedPatch> patches, List<PatchReply> replies) throws EngineException, InterruptedException {
        for (PatchSeries series : SeriesGrouping.group(patches, replies)) {
            EncodedAction document = SeriesDocuments.series(series).action();
            orphans.remove(document.id());
            actions.add(document);
        }
        if (actions.size() >= ACTIONS) {
            flush();
        }
    }

    /** Ends what {@link #begin} began, with a look at some threads whose patches were not written. */
    void end(Collection<String> threads) throws EngineException, InterruptedException {
        flush();
        heal(threads);
        deleteOrphans();
    }

    private void flush() throws EngineException, InterruptedException {
        writer.write(actions);
        changed |= !actions.isEmpty();
        actions.clear();
    }

    private void deleteOrphans() throws EngineException, InterruptedException {
        List<EncodedAction> deletions = new ArrayList<>();
        for (String id : orphans) {
            deletions.add(HashedAction.delete(DocumentKind.SERIES, id));
        }
        writer.write(deletions);
        orphans.clear();
    }

    /** Messages, page by page. */
    @FunctionalInterface
    private interface Pages {
        StoredPatches.Page page(@Nullable JsonNode after) throws EngineException, InterruptedException;
    }

    private void run(Pages pages) throws EngineException, InterruptedException {
        JsonNode next = null;
        do {
            StoredPatches.Page page = pages.page(next);
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
        if (changed) {
            search.refresh(List.of(DocumentKind.SERIES));
            changed = false;
        }
        SeriesClosure closure = SeriesClosure.of(stored, patches, replies);
        Map<String, @Nullable String> old = new HashMap<>();
        closure.series().forEach((id, series) -> old.put(id, series.hash()));
        List<EncodedAction> actions = new ArrayList<>();
        for (PatchSeries series :
                SeriesGrouping.group(List.copyOf(closure.patches()), List.copyOf(closure.replies()))) {
            HashedAction document = SeriesDocuments.series(series);
            orphans.remove(document.action().id());
            if (!document.hash().equals(old.remove(document.action().id()))) {
                actions.add(document.action());
            }
        }
        orphans.removeAll(old.keySet());
        for (String id : old.keySet()) {
            actions.add(HashedAction.delete(DocumentKind.SERIES, id));
        }
        writer.write(actions);
        changed |= !actions.isEmpty();
        closure.patches().forEach(patch -> done.add(patch.id()));
        closure.replies().forEach(reply -> done.add(reply.id()));
    }
}
