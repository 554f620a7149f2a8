package org.listlens.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts items that belong together into wholes, in whatever order they come: a whole is given away with its last item.
 * Only so many items may wait; when there are more, the wholes that were begun first are given up. Not thread-safe.
 */
final class Gathering<T> {
    private final int most;

    /** By whole, how many items are still to come; less than 0 when it was given up. */
    private final Map<Long, Integer> missing = new HashMap<>();

    /** The items of wholes that were begun. */
    private final LinkedHashMap<Long, List<T>> begun = new LinkedHashMap<>();

    private int waiting;

    /** @param most how many items may wait */
    Gathering(int most) {
        this.most = most;
    }

    /** Announces further items of a whole. */
    void expect(long whole, int items) {
        missing.merge(whole, items, Integer::sum);
    }

    /** Adds an item; returns all items of its whole when this is the last of them. One that was not announced is left out. */
    @Nullable
    List<T> add(long whole, T item) {
        Integer left = missing.get(whole);
        if (left == null || left <= 0) {
            return null;
        }
        List<T> items = begun.computeIfAbsent(whole, unused -> new ArrayList<>(2));
        items.add(item);
        waiting++;
        if (left == 1) {
            missing.remove(whole);
            begun.remove(whole);
            waiting -= items.size();
            return items;
        }
        missing.put(whole, left - 1);
        while (waiting > most) {
            giveUpFirst();
        }
        return null;
    }

    private void giveUpFirst() {
        Iterator<Map.Entry<Long, List<T>>> first = begun.entrySet().iterator();
        Map.Entry<Long, List<T>> entry = first.next();
        missing.put(entry.getKey(), -1);
        waiting -= entry.getValue().size();
        first.remove();
    }

    /** The wholes that were announced and not given away. */
    Set<Long> rest() {
        return new TreeSet<>(missing.keySet());
    }
}
