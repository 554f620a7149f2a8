package org.listlens.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.ClockSolver;
import org.listlens.clock.ClockWindow;
import org.listlens.clock.Correction;
import org.listlens.clock.HostClocks;
import org.listlens.clock.Way;
import org.listlens.document.ClockDocuments;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.document.HashedAction;
import org.listlens.document.HostWindow;
import org.listlens.engine.EngineException;

/**
 * Brings clocks up to date with the deliveries that have come: estimates those of the days on which they travelled and of
 * the days near, and writes the windows and corrected delays that this changes. The outcome depends on the deliveries
 * alone, not on the order in which they came; an update that was cut off is made up for by the next.
 */
final class ClockUpdate {
    private final StoredWays stored;
    private final UpdateWriter writer;
    private final HostClocks clocks = new HostClocks();

    /** The days whose windows {@link #clocks} has, estimated or read. */
    private final Set<Long> known = new HashSet<>();

    /** Changes of deliveries that must not count as done before the days after them are. */
    private final TreeMap<Long, List<EncodedAction>> waiting = new TreeMap<>();

    ClockUpdate(EngineSearch search, UpdateWriter writer) {
        this.stored = new StoredWays(search);
        this.writer = writer;
    }

    /**
     * Updates, after a refresh.
     *
     * @param all whether to estimate all days anew, and not only those that new deliveries touch
     */
    void run(boolean all) throws EngineException, InterruptedException {
        NavigableSet<Long> touched = stored.unsolvedDays();
        if (touched.isEmpty() && !all) {
            return;
        }
        long first = all ? Long.MIN_VALUE : touched.first() - ClockSolver.REACH_DAYS;
        long last = all ? Long.MAX_VALUE : touched.last() + ClockSolver.REACH_DAYS;
        NavigableMap<Long, Long> deliveries = stored.days(first, last);
        // There may be windows of days that have no delivery any more.
        NavigableSet<Long> days = stored.windowDays(first, last);
        days.addAll(deliveries.keySet());
        TreeSet<Long> affected = new TreeSet<>();
        for (long day : all ? days : touched) {
            affected.addAll(days.subSet(day - ClockSolver.REACH_DAYS, true, day + ClockSolver.REACH_DAYS, true));
        }
        for (List<Long> group : DayGroups.of(affected, day -> deliveries.getOrDefault(day, 0L))) {
            update(new TreeSet<>(group), affected, all);
        }
        flush(Long.MAX_VALUE);
    }

    /** Updates some days, the days before them being done. */
    private void update(NavigableSet<Long> days, Set<Long> affected, boolean all)
            throws EngineException, InterruptedException {
        long first = days.first();
        long last = days.last();
        List<TracedDelivery> deliveries =
                stored.deliveries(first - ClockSolver.REACH_DAYS, last + ClockSolver.REACH_DAYS);
        List<Way> ways = new ArrayList<>(deliveries.size());
        for (TracedDelivery delivery : deliveries) {
            ways.add(delivery.way());
        }
        List<ClockWindow> solved = new ArrayList<>();
        for (ClockWindow window : ClockSolver.solve(ways, first, last)) {
            if (days.contains(Math.floorDiv(window.startMs(), Way.DAY_MS))) {
                solved.add(window);
            }
        }
        clocks.add(solved);
        known.addAll(days);
        List<TracedDelivery> here = new ArrayList<>();
        List<ListedWay> waysHere = new ArrayList<>();
        for (TracedDelivery delivery : deliveries) {
            if (!Collections.disjoint(delivery.way().days(), days)) {
                here.add(delivery);
                waysHere.add(new ListedWay(delivery.way(), delivery.listIds()));
                read(delivery.way().days(), affected);
            }
        }
        write(days, Holds.of(waysHere, clocks, solved));
        correct(here, days, affected, all);
    }

    /** Reads the windows of days that are not estimated now. */
    private void read(List<Long> days, Set<Long> affected) throws EngineException, InterruptedException {
        for (long day : days) {
            if (!affected.contains(day) && known.add(day)) {
                List<ClockWindow> read = new ArrayList<>();
                for (StoredWays.StoredWindow window : stored.windows(day, day)) {
                    read.add(window.window());
                }
                clocks.add(read);
            }
        }
    }

    private void write(Set<Long> days, List<HostWindow> hosts) throws EngineException, InterruptedException {
        Map<String, @Nullable String> old = stored.windowHashes(days);
        List<EncodedAction> actions = new ArrayList<>();
        for (HostWindow host : hosts) {
            HashedAction document = ClockDocuments.host(host);
            String hash = old.remove(document.action().id());
            if (!document.hash().equals(hash)) {
                actions.add(document.action());
            }
        }
        for (String id : old.keySet()) {
            actions.add(HashedAction.delete(DocumentKind.HOST, id));
        }
        writer.write(actions);
    }

    /**
     * Corrects the delays of the deliveries whose last affected day is among some days. What is new is marked as done
     * last, and not before all that it affects: a later update would not find that otherwise.
     *
     * @param all whether hops may have been written without what their delivery was written with
     */
    private void correct(List<TracedDelivery> deliveries, NavigableSet<Long> days, Set<Long> affected, boolean all)
            throws EngineException, InterruptedException {
        List<EncodedAction> hops = new ArrayList<>();
        List<EncodedAction> old = new ArrayList<>();
        for (TracedDelivery delivery : deliveries) {
            long latest = Long.MIN_VALUE;
            for (long day : delivery.way().days()) {
                latest = affected.contains(day) ? Math.max(latest, day) : latest;
            }
            if (!days.contains(latest)) {
                continue;
            }
            Correction correction = Correction.of(delivery.way(), clocks);
            boolean same = ClockDocuments.hash(correction).equals(delivery.hash());
            boolean done = same && delivery.solved();
            if (!done || all) {
                hops.addAll(ClockDocuments.hops(delivery.id(), correction, delivery.hash()));
            }
            if (done) {
                continue;
            }
            EncodedAction action = ClockDocuments.delivery(
                    delivery.id(), correction, delivery.originMs(), delivery.hash(), delivery.seen());
            if (delivery.solved()) {
                old.add(action);
            } else {
                waiting.computeIfAbsent(latest, day -> new ArrayList<>()).add(action);
            }
        }
        writer.write(hops);
        writer.write(old);
        flush(days.last() - ClockSolver.REACH_DAYS);
    }

    /** Marks the new deliveries before a day as done. */
    private void flush(long day) throws EngineException, InterruptedException {
        Map<Long, List<EncodedAction>> done = waiting.headMap(day);
        List<EncodedAction> actions = new ArrayList<>();
        done.values().forEach(actions::addAll);
        writer.write(actions);
        done.clear();
    }
}
