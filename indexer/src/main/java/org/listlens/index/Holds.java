package org.listlens.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.ClockWindow;
import org.listlens.clock.Correction;
import org.listlens.clock.HostClocks;
import org.listlens.clock.Passage;
import org.listlens.clock.Way;
import org.listlens.document.HostWindow;

/** How long hosts held mails in each window, and whose. */
final class Holds {
    /** What was seen of a host in one window. */
    private static final class Seen {
        final List<Long> holds = new ArrayList<>();
        final TreeSet<String> lists = new TreeSet<>();
    }

    private Holds() {}

    /** Sums up the ways of deliveries for windows; a hold counts in the window in which the mail left. */
    static List<HostWindow> of(Collection<ListedWay> ways, HostClocks clocks, List<ClockWindow> windows) {
        Map<ClockWindow, Seen> seen = new HashMap<>();
        for (ClockWindow window : windows) {
            seen.put(window, new Seen());
        }
        for (ListedWay way : ways) {
            add(way, clocks, seen);
        }
        List<HostWindow> hosts = new ArrayList<>(windows.size());
        for (ClockWindow window : windows) {
            Seen sums = seen.getOrDefault(window, new Seen());
            sums.holds.sort(null);
            hosts.add(new HostWindow(
                    window, List.copyOf(sums.lists), percentile(sums.holds, 0.5), percentile(sums.holds, 0.95)));
        }
        return hosts;
    }

    private static void add(ListedWay listed, HostClocks clocks, Map<ClockWindow, Seen> seen) {
        Way way = listed.way();
        List<Passage> passages = way.passages();
        List<Correction.Delay> delays = Correction.of(way, clocks).delays();
        for (int i = 0; i < passages.size(); i++) {
            long time = way.referenceMs(i);
            Seen stamping = find(passages.get(i).host(), time, clocks, seen);
            if (stamping != null) {
                stamping.lists.addAll(listed.listIds());
            }
            if (i > 0) {
                Seen holding = find(delays.get(i - 1).heldBy(), time, clocks, seen);
                if (holding != null) {
                    holding.holds.add(delays.get(i - 1).ms());
                }
            }
        }
    }

    private static @Nullable Seen find(
            @Nullable String host, long time, HostClocks clocks, Map<ClockWindow, Seen> seen) {
        ClockWindow window = host == null ? null : clocks.at(host, time);
        return window == null ? null : seen.get(window);
    }

    /** The least value that a share of all does not exceed; {@code null} of none. */
    private static @Nullable Long percentile(List<Long> sorted, double share) {
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
