package org.listlens.thread;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
    /** By the number of an id what its mail refers to, as a hash; 0 where no mail has it. */
    private int[] references = new int[1 << 10];

    private final Set<Long> doubtful = new HashSet<>();
    /** The threads that are not known. */
    private final Set<Long> unknown = new HashSet<>();

    private boolean solved;

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
        int number = graph.add(id, refers.references(), refers.related());
        if (number >= references.length) {
            references = Arrays.copyOf(references, Math.max(number + 1, references.length * 2));
        }
        int hash = 31 * itsReferences.hashCode() + inReplyTo.hashCode() | 1;
        if (references[number] != 0 && references[number] != hash) {
            doubtful.add(id);
        }
        references[number] = hash;
    }

    /** How many ids were met, those that mails only refer to included. */
    public int size() {
        return graph.size();
    }

    /** Ends adding. */
    public void solve() {
        graph.solve();
        for (long id : doubtful) {
            unknown.add(graph.thread(id));
        }
        references = new int[0];
        solved = true;
    }

    /**
     * The place of the mails with a Message-ID; {@code null} when it is not known.
     *
     * @param hashes of the thread that asks
     */
    public @Nullable Place place(@Nullable String messageId, ThreadIds hashes) {
        if (messageId == null || !solved) {
            return null;
        }
        long id = hashes.hash(messageId);
        if (!graph.has(id)) {
            return null;
        }
        long thread = graph.thread(id);
        return unknown.contains(thread) ? null : new Place(ThreadIds.name(thread), graph.depth(id));
    }
}
