package org.listlens.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exact quantiles of many signed values that repeat a lot, as delays in whole seconds do. Bounded: beyond
 * {@value #DISTINCT} distinct values they are rounded to ever coarser steps. Not thread-safe.
 */
final class Distribution {
    private static final int DISTINCT = 1 << 18;

    private Map<Long, int[]> counts = new HashMap<>();
    private long step = 1;
    private long total;

    void add(long value) {
        count(Math.floorDiv(value, step), 1);
        total++;
        if (counts.size() > DISTINCT) {
            step *= 10;
            Map<Long, int[]> finer = counts;
            counts = new HashMap<>();
            finer.forEach((key, count) -> count(Math.floorDiv(key, 10), count[0]));
        }
    }

    private void count(long key, int by) {
        counts.computeIfAbsent(key, unused -> new int[1])[0] += by;
    }

    /** How many values were added. */
    long total() {
        return total;
    }

    /** The smallest value that at least {@code share} of all values do not exceed; {@code null} when there are none. */
    @Nullable
    Long quantile(double share) {
        if (total == 0) {
            return null;
        }
        long[] keys = new long[counts.size()];
        int filled = 0;
        for (Long key : counts.keySet()) {
            keys[filled++] = key;
        }
        Arrays.sort(keys);
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (long key : keys) {
            int[] count = counts.get(key);
            seen += count == null ? 0 : count[0];
            if (seen >= rank) {
                return key * step;
            }
        }
        throw new IllegalStateException("fewer values counted than added");
    }
}
