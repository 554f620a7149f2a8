package org.listlens.clock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Hop;
import org.listlens.mail.Segment;

/**
 * The way of one mail from stamp to stamp, oldest first.
 *
 * <p>Each stamp has a reference time, by which it is put into its day: the middle one of itself and its two neighbours,
 * at an end of the way that of the three there. So a host whose clock is off by years is still found on the day on which
 * it had the mail.
 */
public final class Way {
    /** Milliseconds of a day, the base of all windows. */
    public static final long DAY_MS = 86_400_000;

    /** Times that documents can hold: the years 1 to 9999, and so no sum of two that overflows. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final List<Passage> passages;
    private final long[] referenceMs;

    /** @param passages oldest first */
    public Way(List<Passage> passages) {
        this.passages = List.copyOf(passages);
        int count = this.passages.size();
        referenceMs = new long[count];
        for (int i = 0; i < count; i++) {
            int middle = Math.min(Math.max(i, 1), count - 2);
            referenceMs[i] = count < 3
                    ? this.passages.get(count - 1).stampMs()
                    : median(stampMs(middle - 1), stampMs(middle), stampMs(middle + 1));
        }
    }

    /** The way that hops tell of; those without a stamp are not on it. */
    public static Way of(List<Hop> hops) {
        List<Passage> passages = new ArrayList<>(hops.size());
        for (Hop hop : hops) {
            if (hop.stamp() == null
                    || hop.stampPrecisionMs() == null
                    || hop.stamp().instant().isBefore(FIRST)
                    || hop.stamp().instant().isAfter(LAST)) {
                continue;
            }
            passages.add(new Passage(
                    hop.position(),
                    hop.by() == null ? null : hop.by().host(),
                    hop.stamp().instant().toEpochMilli(),
                    hop.stampPrecisionMs(),
                    hop.segment()));
        }
        return new Way(passages);
    }

    /** The stamps, oldest first. */
    public List<Passage> passages() {
        return passages;
    }

    /** The time by which a stamp is put into its day, in milliseconds since 1970. */
    public long referenceMs(int index) {
        return referenceMs[index];
    }

    /** The days, counted from 1970-01-01, on which named hosts had the mail; sorted, each once. */
    public List<Long> days() {
        List<Long> days = List.of();
        TreeSet<Long> sorted = null;
        for (int i = 0; i < referenceMs.length; i++) {
            if (passages.get(i).host() == null) {
                continue;
            }
            long day = Math.floorDiv(referenceMs[i], DAY_MS);
            if (sorted != null) {
                sorted.add(day);
            } else if (days.isEmpty()) {
                // Most mails need no more than a day.
                days = List.of(day);
            } else if (days.getFirst() != day) {
                sorted = new TreeSet<>(days);
                sorted.add(day);
            }
        }
        return sorted == null ? days : List.copyOf(sorted);
    }

    /**
     * Who had the mail before a stamp: the host of the stamp before, but for the hosts of a list, which count as one,
     * that which sends the mail on.
     */
    public @Nullable String holder(int index) {
        if (passages.get(index).segment() == Segment.LIST) {
            int last = index;
            while (last + 1 < passages.size() && passages.get(last + 1).segment() == Segment.LIST) {
                last++;
            }
            if (passages.get(last).host() != null) {
                return passages.get(last).host();
            }
        }
        return index == 0 ? null : passages.get(index - 1).host();
    }

    private long stampMs(int index) {
        return passages.get(index).stampMs();
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
