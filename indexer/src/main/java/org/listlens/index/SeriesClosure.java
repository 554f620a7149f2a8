package org.listlens.index;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.listlens.engine.EngineException;

/**
 * Everything that some mails have to do with, as far as series go: the patches that have a key in common with them, that
 * they answer or that answer them, and so on from those; the answers to all of these; and the documents of series that
 * have any of them. What comes together here may fall into many series, but no series lies in it by a part only.
 */
final class SeriesClosure {
    /** Before a Message-ID, the key of whatever belongs to that mail. */
    static final String LINK = "message-id:";

    private final StoredPatches stored;
    private final Map<String, PostedPatch> patches = new HashMap<>();
    private final Map<String, PatchReply> replies = new HashMap<>();
    private final Map<String, StoredPatches.StoredSeries> series = new HashMap<>();

    /** What is asked for next, by field. */
    private final Asked keys = new Asked();

    private final Asked ids = new Asked();
    private final Asked answered = new Asked();
    private final Asked replied = new Asked();
    private final Asked members = new Asked();

    /** Values of a field: those that were asked for, and those that are to be. */
    private static final class Asked {
        private final Set<String> known = new HashSet<>();
        private Set<String> next = new HashSet<>();

        void add(String value) {
            if (known.add(value)) {
                next.add(value);
            }
        }

        Set<String> take() {
            Set<String> taken = next;
            next = new HashSet<>();
            return taken;
        }

        boolean isDone() {
            return next.isEmpty();
        }
    }

    private SeriesClosure(StoredPatches stored) {
        this.stored = stored;
    }

    /** Finds what some patches and answers have to do with; answers to what is no patch count for nothing. */
    static SeriesClosure of(StoredPatches stored, List<PostedPatch> patches, List<PatchReply> replies)
            throws EngineException, InterruptedException {
        SeriesClosure closure = new SeriesClosure(stored);
        patches.forEach(closure::add);
        for (PatchReply reply : replies) {
            reply.refers().forEach(closure.ids::add);
        }
        closure.run();
        return closure;
    }

    private void run() throws EngineException, InterruptedException {
        while (!keys.isDone() || !ids.isDone() || !answered.isDone() || !replied.isDone() || !members.isDone()) {
            stored.find(
                    new StoredPatches.Wanted(keys.take(), ids.take(), answered.take(), replied.take()),
                    id -> patches.containsKey(id) || replies.containsKey(id),
                    this::add,
                    this::add);
            stored.series(members.take(), this::add);
        }
    }

    private void add(PostedPatch patch) {
        if (patches.putIfAbsent(patch.id(), patch) != null) {
            return;
        }
        for (String key : patch.patch().seriesKeys()) {
            keys.add(key);
            if (key.startsWith(LINK)) {
                ids.add(key.substring(LINK.length()));
            }
        }
        for (String id : patch.refers()) {
            ids.add(id);
            answered.add(id);
        }
        if (patch.messageId() != null) {
            keys.add(LINK + patch.messageId());
            ids.add(patch.messageId());
            answered.add(patch.messageId());
            replied.add(patch.messageId());
            members.add(patch.messageId());
        }
    }

    private void add(PatchReply reply) {
        if (replies.putIfAbsent(reply.id(), reply) == null) {
            reply.refers().forEach(ids::add);
        }
    }

    private void add(StoredPatches.StoredSeries document) {
        if (series.putIfAbsent(document.id(), document) == null) {
            document.messageIds().forEach(ids::add);
            document.messageIds().forEach(members::add);
        }
    }

    Collection<PostedPatch> patches() {
        return patches.values();
    }

    Collection<PatchReply> replies() {
        return replies.values();
    }

    /** The documents of series, as they stand, by their ids. */
    Map<String, StoredPatches.StoredSeries> series() {
        return series;
    }
}
