package org.listlens.clock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Estimates clocks from the ways of mails.
 *
 * <p>For two hosts that a mail passed one after the other, the later stamp minus the earlier one is the time that the mail
 * took, which is not negative, plus what the second clock is ahead of the first. All pairs of hosts on a way say so, not
 * only neighbours. For each day it is decided which clocks are wrong ({@link Blame}); the clocks that are right bound
 * those that are not from both sides; a clock that was set in the course of the day has a window before and one after; and
 * its windows on the days around tell its drift.
 */
public final class ClockSolver {
    /** Mails within so many days around a day have a say in its windows. */
    public static final int REACH_DAYS = Blame.DAYS + 4;

    /** Within so many days it is decided who is right: those whose windows tell of a clock's course, and one more. */
    private static final int COURSE_DAYS = REACH_DAYS - Blame.DAYS;

    /** With how many later stamps a stamp is compared; all, but for mails that loop. */
    private static final int PAIRS = 24;

    /** Two hosts that had a mail so far from each other in time say nothing of their clocks. */
    private static final long APART_MS = Way.DAY_MS / 2;

    private final Hosts hosts = new Hosts();
    private final long firstDay;
    private final long lastDay;
    private final TreeMap<Long, DayEvidence> evidence = new TreeMap<>();
    private final TreeMap<Long, Blame> blames = new TreeMap<>();
    private final Map<Integer, TreeMap<Long, Bounds>> bounds = new HashMap<>();

    private ClockSolver(long firstDay, long lastDay) {
        this.firstDay = firstDay;
        this.lastDay = lastDay;
    }

    /**
     * Estimates the clocks of all hosts on some days.
     *
     * @param ways all mails that have a day within {@link #REACH_DAYS} of these days, in any order; others do no harm
     * @param firstDay the first of the days, counted from 1970-01-01
     * @param lastDay the last of the days
     * @return windows by host and time; none for a host that passed a single mail and of whose clock nothing is known
     */
    public static List<ClockWindow> solve(List<Way> ways, long firstDay, long lastDay) {
        return new ClockSolver(firstDay, lastDay).solve(ways);
    }

    /** Something to do with a pair of stamps of one mail, the first the older one. */
    @FunctionalInterface
    private interface PairUse {
        void use(Way way, int first, int firstHost, int second, int secondHost);
    }

    private List<ClockWindow> solve(List<Way> ways) {
        number(ways);
        pairs(ways, (way, first, firstHost, second, secondHost) -> {
            long took = took(way, first, second) + way.passages().get(second).precisionMs();
            evidence.computeIfAbsent(day(way.referenceMs(second)), day -> new DayEvidence())
                    .add(firstHost, secondHost, took);
        });
        evidence.values().forEach(DayEvidence::close);
        for (long day : evidence.keySet()) {
            if (day >= firstDay - COURSE_DAYS && day <= lastDay + COURSE_DAYS) {
                blames.put(day, new Blame(day, evidence));
            }
        }
        pairs(ways, (way, first, firstHost, second, secondHost) -> {
            Blame before = blames.get(day(way.referenceMs(first)));
            Blame after = blames.get(day(way.referenceMs(second)));
            if (before == null || after == null) {
                return;
            }
            long took = took(way, first, second);
            int precision = way.passages().get(second).precisionMs();
            if (before.isRight(firstHost)) {
                bounds(secondHost, way.referenceMs(second)).add(way.referenceMs(second), true, took, precision);
            }
            if (after.isRight(secondHost)) {
                bounds(firstHost, way.referenceMs(first)).add(way.referenceMs(first), false, -took, precision);
            }
        });
        return windows(traffic(ways));
    }

    /** Numbers the hosts by their names, so that the outcome does not depend on the order of the mails. */
    private void number(List<Way> ways) {
        TreeSet<String> names = new TreeSet<>();
        for (Way way : ways) {
            for (Passage passage : way.passages()) {
                if (passage.host() != null) {
                    names.add(passage.host());
                }
            }
        }
        names.forEach(hosts::number);
    }

    private void pairs(List<Way> ways, PairUse use) {
        int[] numbers = new int[0];
        for (Way way : ways) {
            List<Passage> passages = way.passages();
            int count = passages.size();
            if (numbers.length < count) {
                numbers = new int[2 * count];
            }
            for (int i = 0; i < count; i++) {
                numbers[i] = hosts.number(passages.get(i).host());
            }
            for (int i = 0; i < count; i++) {
                for (int j = i + 1; j < Math.min(count, i + 1 + PAIRS) && numbers[i] != Hosts.NONE; j++) {
                    if (numbers[j] != Hosts.NONE
                            && numbers[j] != numbers[i]
                            && Math.abs(way.referenceMs(j) - way.referenceMs(i)) <= APART_MS) {
                        use.use(way, i, numbers[i], j, numbers[j]);
                    }
                }
            }
        }
    }

    private static long took(Way way, int first, int second) {
        return way.passages().get(second).stampMs() - way.passages().get(first).stampMs();
    }

    private Bounds bounds(int host, long timeMs) {
        return bounds.computeIfAbsent(host, number -> new TreeMap<>())
                .computeIfAbsent(day(timeMs), day -> new Bounds());
    }

    /** The times of every host's stamps on the days asked for. */
    private Map<Integer, List<Long>> traffic(List<Way> ways) {
        Map<Integer, List<Long>> traffic = new TreeMap<>();
        for (Way way : ways) {
            for (int i = 0; i < way.passages().size(); i++) {
                long day = day(way.referenceMs(i));
                int host = hosts.number(way.passages().get(i).host());
                if (host != Hosts.NONE && day >= firstDay && day <= lastDay) {
                    traffic.computeIfAbsent(host, number -> new ArrayList<>()).add(way.referenceMs(i));
                }
            }
        }
        return traffic;
    }

    private List<ClockWindow> windows(Map<Integer, List<Long>> traffic) {
        List<ClockWindow> windows = new ArrayList<>();
        for (Map.Entry<Integer, List<Long>> host : traffic.entrySet()) {
            HostTrack track = new HostTrack(hosts.name(host.getKey()));
            TreeMap<Long, Bounds> days = bounds.getOrDefault(host.getKey(), new TreeMap<>());
            for (long time : host.getValue()) {
                days.computeIfAbsent(day(time), day -> new Bounds());
            }
            for (Map.Entry<Long, Bounds> day : days.entrySet()) {
                Blame blame = blames.get(day.getKey());
                track.add(
                        day.getKey(),
                        day.getValue(),
                        blame == null ? ClockWindow.Verdict.RIGHT : blame.verdict(host.getKey()),
                        blame == null ? 0 : blame.confidence(host.getKey()));
            }
            long[] times =
                    host.getValue().stream().mapToLong(Long::longValue).sorted().toArray();
            for (ClockWindow window : track.windows()) {
                if (window.startMs() >= firstDay * Way.DAY_MS
                        && window.startMs() <= lastDay * Way.DAY_MS + Way.DAY_MS - 1) {
                    ClockWindow counted = counted(window, times);
                    if (tells(counted)) {
                        windows.add(counted);
                    }
                }
            }
        }
        return windows;
    }

    private static ClockWindow counted(ClockWindow window, long[] times) {
        return new ClockWindow(
                window.host(),
                window.startMs(),
                window.endMs(),
                window.offsetMs(),
                window.minMs(),
                window.maxMs(),
                window.driftMsPerDay(),
                window.verdict(),
                window.confidence(),
                before(times, window.endMs()) - before(times, window.startMs()));
    }

    /** How many of some sorted times are before a time. */
    private static int before(long[] times, long end) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < end) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether a window is worth a document. */
    private static boolean tells(ClockWindow window) {
        return window.offsetMs() != null || window.verdict() != ClockWindow.Verdict.RIGHT || window.deliveries() > 1;
    }

    static long day(long timeMs) {
        return Math.floorDiv(timeMs, Way.DAY_MS);
    }
}
