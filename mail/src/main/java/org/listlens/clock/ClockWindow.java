package org.listlens.clock;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the clock of one host during one window of time. A positive offset means that the clock is ahead.
 *
 * @param host the host
 * @param startMs the beginning of the window, in milliseconds since 1970: of a day in UTC, or where the clock was set
 * @param endMs its end, exclusive
 * @param offsetMs the estimate for the middle of the window; {@code null} when the mails cannot tell
 * @param minMs what the offset is at least, all through the window; {@code null} when no mail bounds it
 * @param maxMs what the offset is at most, all through the window; {@code null} when no mail bounds it
 * @param driftMsPerDay what the clock gains a day, from the windows around; 0 when it keeps time or that is not known
 * @param verdict whether this clock or others are believed
 * @param confidence the share of the evidence that speaks for the verdict, 0 to 1
 * @param deliveries how many stamps of the window were seen
 */
public record ClockWindow(
        String host,
        long startMs,
        long endMs,
        @Nullable Long offsetMs,
        @Nullable Long minMs,
        @Nullable Long maxMs,
        long driftMsPerDay,
        Verdict verdict,
        double confidence,
        int deliveries) {
    /** Whom the mails of a day blame. */
    public enum Verdict {
        /** No mail contradicts that the clock is right, or those that do are better explained by another clock. */
        RIGHT,
        /** The clock is wrong: other clocks that agree with many contradict it. */
        WRONG,
        /** It or the clock of another host is wrong, and the mails cannot tell which. */
        DISPUTED
    }

    public ClockWindow {
        Objects.requireNonNull(host);
        Objects.requireNonNull(verdict);
    }

    /** How far the clock is ahead at a time in the window, in milliseconds; 0 where that is not known. */
    public double offsetAt(long timeMs) {
        if (offsetMs == null) {
            return 0;
        }
        double middle = (startMs + endMs) / 2.0;
        return offsetMs + driftMsPerDay * (timeMs - middle) / Way.DAY_MS;
    }
}
