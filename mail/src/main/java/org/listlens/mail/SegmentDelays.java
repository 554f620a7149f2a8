package org.listlens.mail;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up delays of hops by the part of the way that they lie in: raw ones, or those that are corrected for clocks. */
public final class SegmentDelays {
    private final Map<Segment, Long> sums = new EnumMap<>(Segment.class);

    /** The sums of the raw delays of hops. */
    public static SegmentDelays of(Iterable<Hop> hops) {
        SegmentDelays delays = new SegmentDelays();
        for (Hop hop : hops) {
            delays.add(hop.segment(), hop.delayMs());
        }
        return delays;
    }

    /** Adds a hop's delay in milliseconds; nothing where either is unknown. */
    public void add(@Nullable Segment segment, @Nullable Long delayMs) {
        if (segment != null && delayMs != null) {
            sums.merge(segment, delayMs, Long::sum);
        }
    }

    /** The sum of a segment in milliseconds, with its sign; {@code null} when no hop's delay lies in it. */
    public @Nullable Long get(Segment segment) {
        return sums.get(segment);
    }
}
