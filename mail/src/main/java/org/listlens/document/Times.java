package org.listlens.document;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Hop;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Stamp;

/**
 * The times of a mail, those aside that no engine can hold.
 *
 * @param date the Date field
 * @param first the stamp of the oldest hop that has one
 * @param last the stamp of the newest hop that has one
 * @param latencyMs from {@code first} to {@code last}, with its sign; {@code null} with fewer than two stamps
 * @param message what a message is sorted by: Date, when it lies between {@link #BEFORE} the earliest and {@link #AFTER}
 *     the latest stamp, else {@code first}; Date, when there is no stamp
 */
record Times(
        @Nullable Instant date,
        @Nullable Instant first,
        @Nullable Instant last,
        @Nullable Long latencyMs,
        @Nullable Instant message) {
    /** How long a mail may be written before it is sent: drafts, offline machines, moderation on the author's side. */
    private static final Duration BEFORE = Duration.ofDays(7);

    /** How far an author's clock or zone may be ahead. */
    private static final Duration AFTER = Duration.ofDays(1);

    static Times of(ParsedMail mail) {
        return of(mail.date(), mail.hops());
    }

    static Times of(@Nullable Stamp written, List<Hop> hops) {
        Instant date = written == null || !DocumentWriter.representable(written.instant()) ? null : written.instant();
        Instant first = null;
        Instant last = null;
        Instant earliest = null;
        Instant latest = null;
        int stamps = 0;
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            if (hop.stamp() == null || !DocumentWriter.representable(hop.stamp().instant())) {
                continue;
            }
            Instant stamp = hop.stamp().instant();
            first = first == null ? stamp : first;
            last = stamp;
            earliest = earliest == null || stamp.isBefore(earliest) ? stamp : earliest;
            latest = latest == null || stamp.isAfter(latest) ? stamp : latest;
            stamps++;
        }
        boolean plausible = date != null && (earliest == null || latest == null || isPlausible(date, earliest, latest));
        Long latencyMs =
                first == null || last == null || stamps < 2 ? null : last.toEpochMilli() - first.toEpochMilli();
        return new Times(date, first, last, latencyMs, plausible ? date : first);
    }

    private static boolean isPlausible(Instant date, Instant earliest, Instant latest) {
        return !date.isBefore(earliest.minus(BEFORE)) && !date.isAfter(latest.plus(AFTER));
    }

    /** What a delivery is sorted by: the last stamp, else as its message. */
    @Nullable
    Instant delivery() {
        return last == null ? message : last;
    }

    /** Milliseconds from Date to the first stamp, with their sign. */
    @Nullable
    Long originMs() {
        return date == null || first == null ? null : first.toEpochMilli() - date.toEpochMilli();
    }
}
