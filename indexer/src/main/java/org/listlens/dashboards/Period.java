package org.listlens.dashboards;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What dashboards show when they are opened, so that an archive of a quarter is not a line at the edge of ten years.
 *
 * @param from as Dashboards writes times: an instant
 * @param to an instant, or {@code now}
 */
public record Period(String from, String to) {
    private static final Duration RECENT = Duration.ofDays(30);

    /**
     * Whole days around the mails of an index; up to now where some are recent.
     *
     * @param now the time; later mails have wrong stamps
     * @return {@code null} when there are no mails before now
     */
    public static @Nullable Period of(Instant oldest, Instant newest, Instant now) {
        if (oldest.isAfter(now)) {
            return null;
        }
        boolean recent = newest.isAfter(now.minus(RECENT));
        return new Period(
                day(oldest).toString(),
                recent ? "now" : day(newest).plus(1, ChronoUnit.DAYS).toString());
    }

    private static Instant day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toInstant();
    }
}
