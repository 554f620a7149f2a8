package org.listlens.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.listlens.clock.ClockSolver;
import org.listlens.clock.ClockWindow;
import org.listlens.clock.HostClocks;
import org.listlens.clock.Way;
import org.listlens.document.ClockDocuments;
import org.listlens.document.EncodedAction;

/** Estimates the clocks of surveyed deliveries, some days after the other; gives the documents of the hosts' windows. */
final class SurveyedClocks {
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

    /** The days to be estimated together, one group after the other. */
    List<List<Long>> groups() {
        return DayGroups.of(
                byDay.navigableKeySet(),
                day -> byDay.getOrDefault(day, List.of()).size());
    }

    /** Estimates the clocks of a group, those before it being done. */
    List<EncodedAction> solve(List<Long> days) {
        long first = days.getFirst();
        long last = days.getLast();
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
