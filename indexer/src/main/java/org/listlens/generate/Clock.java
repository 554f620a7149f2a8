package org.listlens.generate;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * How far the clock of a host is ahead of the true time (negative: behind).
 *
 * @param baseMs the part that stays
 * @param driftMsPerDay what it gains each day, until it is set back to {@code baseMs} at the start of a month in UTC
 */
record Clock(long baseMs, long driftMsPerDay) {
    static final Clock EXACT = new Clock(0, 0);

    private static final long DAY_MS = 86_400_000;

    /** Milliseconds that the clock is ahead at a true time. */
    long offsetMs(long trueMs) {
        if (driftMsPerDay == 0) {
            return baseMs;
        }
        LocalDateTime monthStart =
                Zone.utc(trueMs).toLocalDate().withDayOfMonth(1).atStartOfDay();
        long sinceReset = trueMs - monthStart.toEpochSecond(ZoneOffset.UTC) * 1000;
        return baseMs + sinceReset * driftMsPerDay / DAY_MS;
    }
}
