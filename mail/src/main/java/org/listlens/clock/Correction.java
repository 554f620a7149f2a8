package org.listlens.clock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Segment;
import org.listlens.mail.SegmentDelays;

/**
 * The delays of one mail as right clocks would have shown them. A clock of which nothing is known counts as right. A
 * corrected delay keeps its sign; like the stamps that it comes from it has no fraction of their precision.
 *
 * @param delays one for each stamp but the first
 * @param firstOffsetMs how far the clock of the first stamp was ahead; {@code null} when that is not known
 */
public record Correction(List<Delay> delays, @Nullable Long firstOffsetMs) {
    public Correction {
        delays = List.copyOf(delays);
    }

    /**
     * A corrected delay.
     *
     * @param position the position of the hop that ends it
     * @param segment the part of the way that it belongs to
     * @param heldBy who had the mail meanwhile; {@code null} when the trace does not say
     * @param ms the delay in milliseconds
     * @param confidence the smaller confidence of the two clocks, 0 to 1; {@code null} when nothing is known of one
     */
    public record Delay(
            int position,
            @Nullable Segment segment,
            @Nullable String heldBy,
            long ms,
            @Nullable Double confidence) {}

    /** Corrects the delays of a mail. */
    public static Correction of(Way way, HostClocks clocks) {
        List<Passage> passages = way.passages();
        List<Delay> delays = new ArrayList<>(Math.max(0, passages.size() - 1));
        ClockWindow before = null;
        double offsetBefore = 0;
        Long firstOffset = null;
        for (int i = 0; i < passages.size(); i++) {
            Passage passage = passages.get(i);
            ClockWindow clock = passage.host() == null ? null : clocks.at(passage.host(), way.referenceMs(i));
            double offset = clock == null ? 0 : clock.offsetAt(way.referenceMs(i));
            if (i == 0) {
                firstOffset = clock == null || clock.offsetMs() == null ? null : Math.round(offset);
            } else {
                Passage older = passages.get(i - 1);
                double exact = passage.stampMs() - offset - (older.stampMs() - offsetBefore);
                int precision = Math.max(passage.precisionMs(), older.precisionMs());
                delays.add(new Delay(
                        passage.position(),
                        passage.segment(),
                        way.holder(i),
                        Math.round(exact) / precision * precision,
                        confidence(before, clock)));
            }
            before = clock;
            offsetBefore = offset;
        }
        return new Correction(delays, firstOffset);
    }

    private static @Nullable Double confidence(@Nullable ClockWindow a, @Nullable ClockWindow b) {
        return a == null || b == null || a.offsetMs() == null || b.offsetMs() == null
                ? null
                : (Double) Math.min(a.confidence(), b.confidence());
    }

    /** From the first stamp to the last; {@code null} without delays. */
    public @Nullable Long latencyMs() {
        if (delays.isEmpty()) {
            return null;
        }
        long sum = 0;
        for (Delay delay : delays) {
            sum += delay.ms();
        }
        return sum;
    }

    /** The time spent in each part of the way. */
    public SegmentDelays segments() {
        SegmentDelays sums = new SegmentDelays();
        for (Delay delay : delays) {
            sums.add(delay.segment(), delay.ms());
        }
        return sums;
    }

    /** The longest delay above 0, the older of equals; {@code null} when there is none. */
    public @Nullable Delay longest() {
        Delay longest = null;
        for (Delay delay : delays) {
            if (delay.ms() > (longest == null ? 0 : longest.ms())) {
                longest = delay;
            }
        }
        return longest;
    }

    /** A number that differs, as good as always, when anything of the correction does. */
    public long fingerprint() {
        long hash = firstOffsetMs == null ? 17 : 31 * firstOffsetMs + 1;
        for (Delay delay : delays) {
            Double confidence = delay.confidence();
            long[] values = {
                delay.position(),
                delay.ms(),
                confidence == null ? -1 : Math.round(confidence * 100),
                delay.segment() == null ? -1 : delay.segment().name().hashCode(),
                delay.heldBy() == null ? 0 : delay.heldBy().hashCode()
            };
            hash = (hash ^ Arrays.hashCode(values)) * 0x9E3779B97F4A7C15L + (hash >>> 29);
        }
        return hash;
    }
}
