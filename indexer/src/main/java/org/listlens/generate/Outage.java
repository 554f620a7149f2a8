package org.listlens.generate;

import java.util.List;

/**
 * A time in which the queue of a list host stood still.
 *
 * @param list the list that waited
 * @param fromMs when it began
 * @param toMs when the queue moved again
 */
record Outage(MailList list, long fromMs, long toMs) {
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    /** A day and a night for the busiest list, and three hours about noon for the next one. */
    static List<Outage> during(GeneratorOptions options) {
        long start = options.start().toEpochMilli();
        long span = options.span().toMillis();
        long day = Math.floorDiv(start + span * 2 / 5, DAY_MS) * DAY_MS;
        long otherDay = Math.floorDiv(start + span * 7 / 10, DAY_MS) * DAY_MS;
        return List.of(
                new Outage(MailList.ALL.get(0), day + 4 * HOUR_MS, day + 34 * HOUR_MS),
                new Outage(MailList.ALL.get(1), otherDay + 11 * HOUR_MS, otherDay + 14 * HOUR_MS));
    }

    /** How long a mail waits that is in the list host's queue at a time; 0 outside of the outage. */
    long holds(MailList itsList, long atMs, Prng random) {
        return !itsList.equals(list) || atMs < fromMs || atMs >= toMs
                ? 0
                : toMs - atMs + random.logNormal(240_000, 1.0);
    }
}
