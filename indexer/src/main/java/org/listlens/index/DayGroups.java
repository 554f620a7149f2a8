package org.listlens.index;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.ToLongFunction;
import org.listlens.clock.ClockSolver;

/** Groups days whose clocks are estimated together. */
final class DayGroups {
    /**
     * So many deliveries are held in memory at once, but for single days that have more: with what is found out of them,
     * and with those of the days near, they take up to a third of it.
     */
    private static final long AT_ONCE = Math.clamp(Runtime.getRuntime().maxMemory() >> 14, 5_000L, 40_000L);

    private DayGroups() {}

    /** Days in their order, grouped: none far from the one before, and together not too many deliveries. */
    static List<List<Long>> of(SortedSet<Long> days, ToLongFunction<Long> deliveries) {
        List<List<Long>> groups = new ArrayList<>();
        List<Long> group = new ArrayList<>();
        long sum = 0;
        for (long day : days) {
            long count = deliveries.applyAsLong(day);
            if (!group.isEmpty() && (day - group.getLast() > ClockSolver.REACH_DAYS || sum + count > AT_ONCE)) {
                groups.add(group);
                group = new ArrayList<>();
                sum = 0;
            }
            group.add(day);
            sum += count;
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }
}
