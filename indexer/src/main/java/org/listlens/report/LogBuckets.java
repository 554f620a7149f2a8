package org.listlens.report;

import java.util.Map;
import java.util.SortedMap;

/**
 * The buckets that durations are counted in: one below 0, one for 0, then sixteen to each power of two of milliseconds.
 * A bucket stands for its middle, which lies within 1/32 (3.2 %) of all that it holds; so a percentile that is told by
 * counts alone is off by that much at most. The page has the same in {@code buckets.js}.
 */
final class LogBuckets {
    /** The bucket of negative durations. */
    static final int NEGATIVE = 0;

    /** The bucket of 0. */
    static final int ZERO = 1;

    /** How far the middle of a bucket is from what it holds at most, as a share of that. */
    static final double ERROR = 1.0 / 32;

    /** What is as long as two to the power of this, 34 years, is counted there. */
    static final int MOST_OCTAVES = 40;

    private static final int FIRST = 2;
    private static final int BITS = 4;
    private static final int PER_OCTAVE = 1 << BITS;

    private LogBuckets() {}

    /** The number of the bucket that a duration in milliseconds belongs to. */
    static int of(long millis) {
        if (millis <= 0) {
            return millis < 0 ? NEGATIVE : ZERO;
        }
        int octave = 63 - Long.numberOfLeadingZeros(millis);
        if (octave > MOST_OCTAVES) {
            return FIRST + (MOST_OCTAVES + 1) * PER_OCTAVE - 1;
        }
        long part = octave >= BITS ? millis >>> (octave - BITS) : millis << (BITS - octave);
        return FIRST + octave * PER_OCTAVE + (int) (part & (PER_OCTAVE - 1));
    }

    /** How wide the buckets of an octave are, in milliseconds; a power of two, so that multiples of it are exact. */
    static double width(int octave) {
        return Math.scalb(1.0, octave - BITS);
    }

    /** What a bucket stands for, in milliseconds; -1 for the negative ones. */
    static double middle(int bucket) {
        if (bucket < FIRST) {
            return bucket - 1.0;
        }
        int octave = (bucket - FIRST) / PER_OCTAVE;
        double width = width(octave);
        double lower = Math.scalb(1.0, octave) + (bucket - FIRST) % PER_OCTAVE * width;
        return width <= 1 ? lower : lower + (width - 1) / 2;
    }

    /**
     * The percentile by nearest rank.
     *
     * @param counts how many there are, by bucket
     * @param share from 0 to 1
     * @return milliseconds; {@link Double#NaN} when there are none
     */
    static double percentile(SortedMap<Integer, Long> counts, double share) {
        long total = 0;
        for (long count : counts.values()) {
            total += count;
        }
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return middle(bucket.getKey());
            }
        }
        return Double.NaN;
    }
}
