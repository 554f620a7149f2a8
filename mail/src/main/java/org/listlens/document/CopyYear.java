package org.listlens.document;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The year of a copy, by which deliveries and hops may lie in indices of their own. It follows from what the copy itself
 * says, and so from its {@code _id}: whoever meets the copy, wherever and whenever, looks for its documents in the same
 * index. What others know of it does not count, such as how far clocks were off.
 *
 * <p>Messages have no such year: their copies may differ in the date, and the {@code _id} that these share says nothing
 * of it.
 */
public final class CopyYear {
    /** The part of the copies without a year. */
    public static final String UNDATED = "undated";

    /** Before it there was no mail between hosts; 1970 is what a clock shows that was never set. */
    private static final Instant FIRST = Instant.parse("1971-01-01T00:00:00Z");

    /**
     * No mail is so young yet, but a fixed bound it has to be: one that moves on with the present would send the same
     * copy elsewhere later.
     */
    private static final Instant END = Instant.parse("2070-01-01T00:00:00Z");

    private CopyYear() {}

    /**
     * The part that a copy lies in.
     *
     * @param timestamp the delivery's {@code @timestamp}: its last stamp, by the clock of the host that noted it, else its
     *     Date; {@code null} when it has neither
     * @return the year in UTC, or {@link #UNDATED}
     */
    public static String of(@Nullable Instant timestamp) {
        return timestamp == null || timestamp.isBefore(FIRST) || !timestamp.isBefore(END)
                ? UNDATED
                : Integer.toString(timestamp.atOffset(ZoneOffset.UTC).getYear());
    }
}
