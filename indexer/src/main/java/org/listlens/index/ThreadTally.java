package org.listlens.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which mails of a run hang together, for its summary: every Message-ID of a mail's own, References and In-Reply-To is
 * one thread (RFC 5256 without the subject fallback). Union-find over 64-bit hashes of the ids; about 40 octets for
 * each id. Not thread-safe.
 */
final class ThreadTally {
    private long[] keys = new long[1 << 12];
    private int[] nodes = new int[1 << 12];
    private int[] parents = new int[1 << 10];
    private int[] mails = new int[1 << 10];
    private int size;
    private final Map<Integer, Head> heads = new HashMap<>();

    /** The oldest mail known of a thread. */
    private record Head(@Nullable String subject, long at) {}

    /**
     * A thread of the run.
     *
     * @param subject the subject of its oldest mail; {@code null} when that has none
     * @param mails how many mails of the run belong to it
     */
    record Tally(@Nullable String subject, int mails) {}

    /**
     * Counts a mail.
     *
     * @param id hash of its Message-ID, 0 when it has none: such a mail belongs to the thread it refers to, if any
     * @param related hashes of the Message-IDs that it refers to
     * @param subject its subject
     * @param at when it was received, in epoch seconds; {@link Long#MAX_VALUE} when unknown
     */
    void add(long id, long[] related, @Nullable String subject, long at) {
        if (id == 0 && related.length == 0) {
            return;
        }
        int root = find(node(id == 0 ? related[0] : id));
        for (long other : related) {
            root = union(root, find(node(other)));
        }
        mails[root]++;
        merge(root, new Head(subject, at));
    }

    /** The threads with the most mails, the largest first. */
    List<Tally> busiest(int count) {
        List<Tally> tallies = new ArrayList<>();
        heads.forEach((root, head) -> tallies.add(new Tally(head.subject(), mails[root])));
        tallies.sort(Comparator.comparingInt(Tally::mails)
                .reversed()
                .thenComparing(tally -> tally.subject() == null ? "" : tally.subject()));
        return List.copyOf(tallies.subList(0, Math.min(count, tallies.size())));
    }

    /** How many threads have a mail in this run. */
    int threads() {
        return heads.size();
    }

    private int node(long key) {
        long hash = key == 0 ? 1 : key;
        if ((size + 1) * 3L > keys.length * 2L) {
            grow();
        }
        int at = slot(keys, hash);
        if (keys[at] == hash) {
            return nodes[at];
        }
        if (size == parents.length) {
            parents = Arrays.copyOf(parents, size * 2);
            mails = Arrays.copyOf(mails, size * 2);
        }
        keys[at] = hash;
        nodes[at] = size;
        parents[size] = size;
        return size++;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNodes = nodes;
        keys = new long[oldKeys.length * 2];
        nodes = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = slot(keys, oldKeys[i]);
                keys[at] = oldKeys[i];
                nodes[at] = oldNodes[i];
            }
        }
    }

    private static int slot(long[] keys, long hash) {
        int mask = keys.length - 1;
        int at = (int) ((hash * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (keys[at] != 0 && keys[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int find(int node) {
        int at = node;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    private int union(int one, int other) {
        if (one == other) {
            return one;
        }
        // By age of the node, not by rank: path halving alone keeps chains short enough.
        int root = Math.min(one, other);
        int child = Math.max(one, other);
        parents[child] = root;
        mails[root] += mails[child];
        Head head = heads.remove(child);
        if (head != null) {
            merge(root, head);
        }
        return root;
    }

    private void merge(int root, Head head) {
        heads.merge(root, head, (known, more) -> more.at() < known.at() ? more : known);
    }
}
