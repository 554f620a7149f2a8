package org.listlens.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.listlens.thread.ThreadIds;

/**
 * Which threads and new mails have to be looked at together: those that have a Message-ID in common. Threads and
 * Message-IDs are the same here, as a thread is named by the hash of the Message-ID at its root. Not thread-safe.
 */
final class ThreadUnits {
    private final ThreadIds ids = new ThreadIds();
    private final Map<Long, Integer> numbers = new HashMap<>();
    private int[] parents = new int[64];

    /** Of each new mail a number of what it names. */
    private final TreeMap<String, Integer> mails = new TreeMap<>();

    private final TreeMap<String, Integer> threads = new TreeMap<>();

    /** Threads and new mails that make a closed whole. */
    static final class Unit {
        final List<String> threads = new ArrayList<>();
        final List<String> mails = new ArrayList<>();
    }

    /** Adds a thread. */
    void thread(String thread) {
        threads.put(thread, number(ThreadIds.named(thread)));
    }

    /**
     * Adds a new mail.
     *
     * @param id of its document
     * @param names its Message-ID and those that it refers to
     */
    void mail(String id, Collection<String> names) {
        int number = -1;
        for (String name : names) {
            int next = number(ids.hash(name));
            if (number >= 0) {
                join(number, next);
            }
            number = next;
        }
        mails.put(id, number < 0 ? number(ids.hash("no Message-ID\n" + id)) : number);
    }

    /** Joins a thread with the Message-IDs in it that new mails have. */
    void join(String thread, Collection<String> names) {
        thread(thread);
        int number = number(ThreadIds.named(thread));
        for (String name : names) {
            Integer known = numbers.get(ids.hash(name));
            if (known != null) {
                join(number, known);
            }
        }
    }

    /** The units, each in itself and all of them sorted. */
    List<Unit> units() {
        Map<Integer, Unit> units = new HashMap<>();
        threads.forEach((thread, number) ->
                units.computeIfAbsent(find(number), root -> new Unit()).threads.add(thread));
        mails.forEach((mail, number) ->
                units.computeIfAbsent(find(number), root -> new Unit()).mails.add(mail));
        return new ArrayList<>(units.values());
    }

    private int number(long hash) {
        int next = numbers.size();
        Integer known = numbers.putIfAbsent(hash, next);
        if (known != null) {
            return known;
        }
        if (next == parents.length) {
            parents = Arrays.copyOf(parents, 2 * parents.length);
        }
        parents[next] = next;
        return next;
    }

    private int find(int number) {
        int at = number;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    private void join(int one, int other) {
        int a = find(one);
        int b = find(other);
        parents[Math.max(a, b)] = Math.min(a, b);
    }
}
