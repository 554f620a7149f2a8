package org.listlens.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import org.listlens.clock.ClockSolver;
import org.listlens.clock.ClockWindow;
import org.listlens.clock.HostClocks;
import org.listlens.clock.Way;
import org.listlens.document.ClockDocuments;
import org.listlens.document.EncodedAction;

/** Estimates the clocks of surveyed deliveries, some days after the other; gives the documents of the hosts' windows. */
final class SurveyedClocks implements Iterable<List<EncodedAction>> {
    /** So many deliveries are looked at in one go, but for single days that have more. */
    private static final int AT_ONCE = 40_000;

    private final TreeMap<Long, List<TracedDelivery>> byDay = new TreeMap<>();
    private final HostClocks clocks;

    /** @param clocks to which the estimates are added */
    SurveyedClocks(List<TracedDelivery> deliveries, HostClocks clocks) {
        this.clocks = clocks;
        for (TracedDelivery delivery : deliveries) {
            for (long day : delivery.way().days()) {
                byDay.computeIfAbsent(day, unused -> new ArrayList<>()).add(delivery);
            }
        }
    }

    @Override
    public Iterator<List<EncodedAction>> iterator() {
        List<Long> days = new ArrayList<>(byDay.keySet());
        return new Iterator<>() {
            private int from;

            @Override
            public boolean hasNext() {
                return from < days.size();
            }

            @Override
            public List<EncodedAction> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int to = from + 1;
                long deliveries = count(days.get(from));
                while (to < days.size()
                        && days.get(to) - days.get(to - 1) <= ClockSolver.REACH_DAYS
                        && deliveries + count(days.get(to)) <= AT_ONCE) {
                    deliveries += count(days.get(to));
                    to++;
                }
                List<EncodedAction> hosts = solve(days.get(from), days.get(to - 1));
                from = to;
                return hosts;
            }
        };
    }

    private int count(long day) {
        return byDay.getOrDefault(day, List.of()).size();
    }

    private List<EncodedAction> solve(long first, long last) {
        Set<TracedDelivery> near = new HashSet<>();
        Set<TracedDelivery> here = new HashSet<>();
        byDay.subMap(first - ClockSolver.REACH_DAYS, true, last + ClockSolver.REACH_DAYS, true)
                .forEach((day, deliveries) -> {
                    near.addAll(deliveries);
                    if (day >= first && day <= last) {
                        here.addAll(deliveries);
                    }
                });
        List<Way> ways = new ArrayList<>(near.size());
        for (TracedDelivery delivery : near) {
            ways.add(delivery.way());
        }
        List<ClockWindow> windows = ClockSolver.solve(ways, first, last);
        clocks.add(windows);
        List<EncodedAction> actions = new ArrayList<>(windows.size());
        Holds.of(here, clocks, windows)
                .forEach(host -> actions.add(ClockDocuments.host(host).action()));
        return actions;
    }
}
