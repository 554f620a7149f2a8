package org.listlens.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.listlens.clock.ClockSolver;
import org.listlens.clock.ClockWindow;
import org.listlens.clock.HostClocks;
import org.listlens.clock.Way;
import org.listlens.document.ClockDocuments;
import org.listlens.document.EncodedAction;

/** Estimates the clocks of surveyed mails, some days after the other; gives the documents of the hosts' windows. */
final class SurveyedClocks {
    private final SurveyedWays ways;
    private final HostClocks clocks;

    /** @param clocks to which the estimates are added */
    SurveyedClocks(SurveyedWays ways, HostClocks clocks) {
        this.ways = ways;
        this.clocks = clocks;
    }

    /** The days to be estimated together, one group after the other. */
    List<List<Long>> groups() {
        return DayGroups.of(ways.days(), ways::count);
    }

    /** Estimates the clocks of a group, those before it being done. */
    List<EncodedAction> solve(List<Long> days) throws IOException {
        long first = days.getFirst();
        long last = days.getLast();
        List<Way> near = new ArrayList<>();
        for (ListedWay listed : ways.between(first - ClockSolver.REACH_DAYS, last + ClockSolver.REACH_DAYS)) {
            near.add(listed.way());
        }
        List<ClockWindow> windows = ClockSolver.solve(near, first, last);
        clocks.add(windows);
        List<EncodedAction> actions = new ArrayList<>(windows.size());
        Holds.of(ways.between(first, last), clocks, windows)
                .forEach(host -> actions.add(ClockDocuments.host(host).action()));
        return actions;
    }
}
