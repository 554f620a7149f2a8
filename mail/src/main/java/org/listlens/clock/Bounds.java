package org.listlens.clock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bounds that the mails of one day put on the offset of one clock, each at its time, against clocks that are right.
 * A mail that took {@code d} by the stamps from a right clock to this one says that this is at most {@code d} ahead; one
 * that took {@code d} from this clock to a right one, that it is at least {@code -d} ahead.
 */
final class Bounds {
    /** A bound that contradicts another by more than this shows that the clock was set in between. */
    private static final long STEP_MS = 5_000;

    /** How often a day is divided at most. */
    private static final int DEPTH = 5;

    private long[] timeMs = new long[8];
    private long[] valueMs = new long[8];
    private int[] precisionMs = new int[8];
    private boolean[] upper = new boolean[8];
    private int size;

    /** Adds a bound: the value by the stamps, and how much more (or for a lower bound less) they allow. */
    void add(long time, boolean isUpper, long value, int precision) {
        if (size == timeMs.length) {
            timeMs = Arrays.copyOf(timeMs, 2 * size);
            valueMs = Arrays.copyOf(valueMs, 2 * size);
            precisionMs = Arrays.copyOf(precisionMs, 2 * size);
            upper = Arrays.copyOf(upper, 2 * size);
        }
        timeMs[size] = time;
        valueMs[size] = value;
        precisionMs[size] = precision;
        upper[size] = isUpper;
        size++;
    }

    /**
     * The tightest bounds of a part of the day, as they are in its middle. The inner ones allow for half of the stamps'
     * precision, which is what the truth is near to; the outer ones for all of it.
     */
    record Range(
            @Nullable Double innerMin,
            @Nullable Double innerMax,
            @Nullable Double outerMin,
            @Nullable Double outerMax) {
        /** How far the clock can be from its bounds' middle; {@code null} when it is bounded on one side only. */
        @Nullable
        Double width() {
            return innerMin == null || innerMax == null ? null : Math.abs(innerMax - innerMin);
        }

        boolean allowsZero() {
            return (outerMin == null || outerMin <= 0) && (outerMax == null || outerMax >= 0);
        }
    }

    /** A part of the day in which the clock was not set: bounds {@code from} to {@code to}, exclusive. */
    record Part(int from, int to, long startMs, long endMs) {
        long middleMs() {
            return startMs + (endMs - startMs) / 2;
        }
    }

    /** Divides a day where the clock was set. */
    List<Part> parts(long startMs, long endMs) {
        sort();
        List<Part> parts = new ArrayList<>();
        divide(new Part(0, size, startMs, endMs), DEPTH, parts);
        return parts;
    }

    /** The bounds of a part, carried to its middle by a drift. */
    Range range(Part part, double driftMsPerDay) {
        double innerMin = Double.NEGATIVE_INFINITY;
        double outerMin = Double.NEGATIVE_INFINITY;
        double innerMax = Double.POSITIVE_INFINITY;
        double outerMax = Double.POSITIVE_INFINITY;
        for (int i = part.from(); i < part.to(); i++) {
            double value = valueMs[i] - driftMsPerDay * (timeMs[i] - part.middleMs()) / Way.DAY_MS;
            if (upper[i]) {
                innerMax = Math.min(innerMax, value + precisionMs[i] / 2.0);
                outerMax = Math.min(outerMax, value + precisionMs[i]);
            } else {
                innerMin = Math.max(innerMin, value - precisionMs[i] / 2.0);
                outerMin = Math.max(outerMin, value - precisionMs[i]);
            }
        }
        return new Range(finite(innerMin), finite(innerMax), finite(outerMin), finite(outerMax));
    }

    private static @Nullable Double finite(double value) {
        return Double.isInfinite(value) ? null : (Double) value;
    }

    private void sort() {
        Integer[] order = new Integer[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Long.compare(timeMs[a], timeMs[b]));
        long[] times = new long[size];
        long[] values = new long[size];
        int[] precisions = new int[size];
        boolean[] uppers = new boolean[size];
        for (int i = 0; i < size; i++) {
            times[i] = timeMs[order[i]];
            values[i] = valueMs[order[i]];
            precisions[i] = precisionMs[order[i]];
            uppers[i] = upper[order[i]];
        }
        timeMs = times;
        valueMs = values;
        precisionMs = precisions;
        upper = uppers;
    }

    /** Divides at the time that leaves the least contradiction on both sides, of equals in the widest gap. */
    private void divide(Part part, int depth, List<Part> parts) {
        int count = part.to() - part.from();
        long[] before = new long[count + 1];
        long[] after = new long[count + 1];
        Contradiction forth = new Contradiction();
        Contradiction back = new Contradiction();
        for (int i = 0; i < count; i++) {
            before[i + 1] = forth.with(part.from() + i);
            after[count - 1 - i] = back.with(part.to() - 1 - i);
        }
        if (before[count] <= STEP_MS || depth == 0) {
            parts.add(part);
            return;
        }
        int best = 0;
        long least = before[count];
        long widest = 0;
        for (int i = 1; i < count; i++) {
            long gap = timeMs[part.from() + i] - timeMs[part.from() + i - 1];
            long left = before[i] + after[i];
            if (gap > 0 && (left < least || (left == least && gap > widest))) {
                best = i;
                least = left;
                widest = gap;
            }
        }
        if (best == 0) {
            parts.add(part);
            return;
        }
        int at = part.from() + best;
        long cut = timeMs[at - 1] + (timeMs[at] - timeMs[at - 1]) / 2;
        divide(new Part(part.from(), at, part.startMs(), cut), depth - 1, parts);
        divide(new Part(at, part.to(), cut, part.endMs()), depth - 1, parts);
    }

    /** By how much the bounds so far contradict each other, in milliseconds. */
    private final class Contradiction {
        private boolean bothSides;
        private boolean lower;
        private boolean upperSeen;
        private long min;
        private long max;

        long with(int index) {
            if (upper[index]) {
                max = upperSeen
                        ? Math.min(max, valueMs[index] + precisionMs[index])
                        : valueMs[index] + precisionMs[index];
                upperSeen = true;
            } else {
                min = lower ? Math.max(min, valueMs[index] - precisionMs[index]) : valueMs[index] - precisionMs[index];
                lower = true;
            }
            bothSides = lower && upperSeen;
            return bothSides ? Math.max(0, min - max) : 0;
        }
    }
}
