package org.listlens.thread;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where mails have their places in threads, known before the mails are written. To be filled with all mails first; asked
 * by many threads then. A thread in which two mails under one Message-ID refer to different mails is not known: which of
 * them counts is decided when they are written.
 */
public final class KnownThreads {
    private final ThreadIds ids = new ThreadIds();
    private final ThreadGraph graph = new ThreadGraph();
    private final Map<Long, Integer> references = new HashMap<>();
    private final Set<Long> doubtful = new HashSet<>();
    private final Map<Long, Place> places = new HashMap<>();

    /**
     * The place of a mail.
     *
     * @param thread {@link ThreadIds#name} of the thread
     * @param depth how many mails lie above it, missing ones included
     */
    public record Place(String thread, int depth) {}

    /**
     * Adds a mail.
     *
     * @param copy anything that tells it from other mails, where it has no Message-ID
     */
    public void add(@Nullable String messageId, List<String> itsReferences, List<String> inReplyTo, String copy) {
        long id = ids.hash(messageId == null ? copy : messageId);
        ThreadIds.References refers = ids.references(itsReferences, inReplyTo);
        graph.add(id, refers.references(), refers.related());
        int hash = 31 * itsReferences.hashCode() + inReplyTo.hashCode();
        Integer other = references.putIfAbsent(id, hash);
        if (other != null && other != hash) {
            doubtful.add(id);
        }
    }

    /** Ends adding. */
    public void solve() {
        Set<Long> unknown = new HashSet<>();
        for (long id : doubtful) {
            unknown.add(graph.thread(id));
        }
        for (long id : references.keySet()) {
            long thread = graph.thread(id);
            if (!unknown.contains(thread)) {
                places.put(id, new Place(ThreadIds.name(thread), graph.depth(id)));
            }
        }
        references.clear();
    }

    /**
     * The place of the mails with a Message-ID; {@code null} when it is not known.
     *
     * @param hashes of the thread that asks
     */
    public @Nullable Place place(@Nullable String messageId, ThreadIds hashes) {
        return messageId == null || places.isEmpty() ? null : places.get(hashes.hash(messageId));
    }
}
