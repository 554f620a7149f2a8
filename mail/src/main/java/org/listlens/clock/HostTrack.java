package org.listlens.clock;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One clock over several days: the parts between the times at which it was set, and what each says of the others. */
final class HostTrack {
    /** Bounds that are no farther apart say where the clock is, not only where it is not. */
    private static final double TIGHT_MS = 10_000;

    /** Windows that are farther away say nothing of a clock's drift. */
    private static final double NEAR_DAYS = 3;

    /** A clock gains or loses no more than this in a day, or it was set; well beyond what any quartz does. */
    private static final double DRIFT_MS_PER_DAY = 20_000;

    /** What a wrong clock may gain or lose in a day as long as nothing tells: 35 parts in a million. */
    private static final double UNKNOWN_DRIFT_MS_PER_DAY = 3_000;

    /** How far neighbouring windows may be from a line, by the roundings of stamps. */
    private static final double NOISE_MS = 2_000;

    private final String host;
    private final List<Entry> entries = new ArrayList<>();

    HostTrack(String host) {
        this.host = host;
    }

    /** A part of a day with the verdict of that day. */
    private static final class Entry {
        final Bounds bounds;
        final Bounds.Part part;
        final ClockWindow.Verdict verdict;
        final double confidence;

        /** Where the clock is in the middle, when the bounds say so. */
        final @Nullable Double tight;

        Entry(Bounds bounds, Bounds.Part part, ClockWindow.Verdict verdict, double confidence) {
            this.bounds = bounds;
            this.part = part;
            this.verdict = verdict;
            this.confidence = confidence;
            this.tight = middle(bounds.range(part, 0));
        }

        double days() {
            return (double) part.middleMs() / Way.DAY_MS;
        }
    }

    /** A straight line through windows: offset and drift at a time, and how far off the drift may be. */
    private record Line(double days, double offsetMs, double driftMsPerDay, double errorMsPerDay) {
        double at(double time) {
            return offsetMs + driftMsPerDay * (time - days);
        }
    }

    private static @Nullable Double middle(Bounds.Range range) {
        Double width = range.width();
        return width == null || width > TIGHT_MS || range.innerMin() == null || range.innerMax() == null
                ? null
                : (Double) ((range.innerMin() + range.innerMax()) / 2);
    }

    /** Adds a day; days come in order. */
    void add(long day, Bounds bounds, ClockWindow.Verdict verdict, double confidence) {
        for (Bounds.Part part : bounds.parts(day * Way.DAY_MS, (day + 1) * Way.DAY_MS)) {
            entries.add(new Entry(bounds, part, verdict, confidence));
        }
    }

    /** The windows, in order. */
    List<ClockWindow> windows() {
        List<ClockWindow> windows = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            ClockWindow window = entries.get(i).verdict == ClockWindow.Verdict.RIGHT ? continued(i) : wrong(i);
            windows.add(window == null ? right(entries.get(i)) : window);
        }
        return windows;
    }

    /**
     * A window in which nothing contradicts a clock that was wrong before or after, because its host held all mails back
     * or few came: the clock goes on as it did, if the bounds let it. With windows on one side only it could have been
     * set meanwhile, so the bounds must be as near to its course as mails in a hurry bring them. {@code null} when it did
     * not go on.
     */
    private @Nullable ClockWindow continued(int index) {
        Entry entry = entries.get(index);
        Double width = entry.bounds.range(entry.part, 0).width();
        if (width != null && width <= TIGHT_MS) {
            return null;
        }
        Integer before = nearestWrong(index, -1);
        Integer after = nearestWrong(index, 1);
        Integer nearest = before == null ? after : before;
        Line course = nearest == null ? null : course(nearest, entry.days());
        if (nearest == null || course == null) {
            return null;
        }
        boolean onBothSides = false;
        if (before != null && after != null) {
            Entry other = entries.get(after);
            onBothSides = Math.abs(course.at(other.days()) - offset(other)) <= 3 * NOISE_MS;
        }
        double offset = course.at(entry.days());
        Bounds.Range range = entry.bounds.range(entry.part, course.driftMsPerDay());
        boolean allowed = (range.outerMin() == null || range.outerMin() <= offset + NOISE_MS)
                && (range.outerMax() == null || range.outerMax() >= offset - NOISE_MS);
        boolean near = isNear(range.innerMin(), offset) || isNear(range.innerMax(), offset);
        if (!allowed || Math.abs(offset) <= TIGHT_MS || (!onBothSides && !near)) {
            return null;
        }
        Entry like = entries.get(nearest);
        Entry wrong = new Entry(entry.bounds, entry.part, ClockWindow.Verdict.WRONG, like.confidence);
        return window(
                wrong,
                range,
                within(range, offset),
                course.driftMsPerDay(),
                Math.abs(course.driftMsPerDay()) + course.errorMsPerDay());
    }

    private static boolean isNear(@Nullable Double bound, double offset) {
        return bound != null && Math.abs(bound - offset) <= TIGHT_MS;
    }

    private ClockWindow right(Entry entry) {
        Bounds.Range range = entry.bounds.range(entry.part, 0);
        Double offset = null;
        if (range.innerMin() != null && range.innerMax() != null) {
            offset = range.allowsZero() ? (Double) 0.0 : (Double) ((range.innerMin() + range.innerMax()) / 2);
        }
        return window(entry, range, offset, 0, 0);
    }

    private ClockWindow wrong(int index) {
        Entry entry = entries.get(index);
        Line line = line(index, entry.days());
        double drift = line == null ? 0 : line.driftMsPerDay();
        double swing = line == null ? UNKNOWN_DRIFT_MS_PER_DAY : Math.abs(drift) + line.errorMsPerDay();
        Bounds.Range range = entry.bounds.range(entry.part, drift);
        Double offset = middle(range);
        if (offset == null) {
            Line neighbour = line == null ? neighbour(index) : line;
            offset = neighbour != null ? (Double) within(range, neighbour.at(entry.days())) : least(range);
            drift = neighbour == null ? drift : neighbour.driftMsPerDay();
        }
        boolean excluded = !range.allowsZero();
        if (entry.verdict == ClockWindow.Verdict.DISPUTED && !excluded) {
            offset = null;
        }
        return window(entry, range, offset, drift, swing);
    }

    /** The offset nearest to none that the bounds allow; {@code null} when they allow any, or contradict each other. */
    private static @Nullable Double least(Bounds.Range range) {
        if (range.innerMin() == null && range.innerMax() == null) {
            return null;
        }
        if (range.innerMin() != null && range.innerMax() != null && range.innerMin() > range.innerMax()) {
            return null;
        }
        return within(range, 0);
    }

    private static double within(Bounds.Range range, double value) {
        double result = value;
        if (range.innerMax() != null) {
            result = Math.min(result, range.innerMax());
        }
        if (range.innerMin() != null) {
            result = Math.max(result, range.innerMin());
        }
        return result;
    }

    /**
     * The least-squares line through a window and those around that continue it; {@code null} for fewer than two.
     *
     * @param days only windows near this time count
     */
    private @Nullable Line line(int index, double days) {
        Entry middle = entries.get(index);
        if (middle.tight == null) {
            return null;
        }
        List<Entry> near = new ArrayList<>();
        near.add(middle);
        collect(index, -1, days, near);
        collect(index, 1, days, near);
        return near.size() < 2 ? null : fit(near);
    }

    /** The line of the nearest window that says where the clock was, of two as near the earlier. */
    private @Nullable Line neighbour(int index) {
        double here = entries.get(index).days();
        Integer before = nearestWrong(index, -1);
        Integer after = nearestWrong(index, 1);
        if (before == null || after == null) {
            Integer only = before == null ? after : before;
            return only == null ? null : course(only, here);
        }
        boolean isBefore =
                here - entries.get(before).days() <= entries.get(after).days() - here;
        return course(isBefore ? before : after, here);
    }

    /** The nearest window in one direction that says where the wrong clock was. */
    private @Nullable Integer nearestWrong(int index, int step) {
        double here = entries.get(index).days();
        for (int i = index + step; i >= 0 && i < entries.size(); i += step) {
            Entry other = entries.get(i);
            if (Math.abs(other.days() - here) > NEAR_DAYS) {
                return null;
            }
            if (other.tight != null && other.verdict == ClockWindow.Verdict.WRONG) {
                return i;
            }
        }
        return null;
    }

    /** The course of the clock in a window, by those that are near a time. */
    private @Nullable Line course(int index, double days) {
        Line line = line(index, days);
        Entry entry = entries.get(index);
        return line == null && entry.tight != null
                ? new Line(entry.days(), entry.tight, 0, UNKNOWN_DRIFT_MS_PER_DAY)
                : line;
    }

    /** Collects in one direction the windows that lie on one course with the one before. */
    private void collect(int index, int step, double days, List<Entry> near) {
        Entry before = entries.get(index);
        for (int i = index + step; i >= 0 && i < entries.size(); i += step) {
            Entry next = entries.get(i);
            if (Math.abs(next.days() - days) > NEAR_DAYS) {
                return;
            }
            if (next.tight == null || before.tight == null) {
                continue;
            }
            double apart = Math.abs(next.days() - before.days());
            if (Math.abs(next.tight - before.tight) > NOISE_MS + DRIFT_MS_PER_DAY * apart) {
                return;
            }
            near.add(next);
            before = next;
        }
    }

    private static Line fit(List<Entry> points) {
        double days = 0;
        double offset = 0;
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (Entry point : points) {
            days += point.days() / points.size();
            offset += offset(point) / points.size();
            first = Math.min(first, point.days());
            last = Math.max(last, point.days());
        }
        double product = 0;
        double square = 0;
        for (Entry point : points) {
            product += (point.days() - days) * (offset(point) - offset);
            square += (point.days() - days) * (point.days() - days);
        }
        return last == first
                ? new Line(days, offset, 0, UNKNOWN_DRIFT_MS_PER_DAY)
                : new Line(
                        days, offset, product / square, Math.min(NOISE_MS / (last - first), UNKNOWN_DRIFT_MS_PER_DAY));
    }

    private static double offset(Entry point) {
        return point.tight == null ? 0 : point.tight;
    }

    /** A window; its bounds hold from its beginning to its end, however the clock drifts meanwhile. */
    private ClockWindow window(
            Entry entry, Bounds.Range range, @Nullable Double offset, double drift, double swingMsPerDay) {
        double swing = swingMsPerDay * (entry.part.endMs() - entry.part.startMs()) / 2 / Way.DAY_MS;
        Double min = range.outerMin();
        Double max = range.outerMax();
        if (min != null && max != null && min > max) {
            Double lower = max;
            max = min;
            min = lower;
        }
        return new ClockWindow(
                host,
                entry.part.startMs(),
                entry.part.endMs(),
                offset == null ? null : (Long) Math.round(offset),
                min == null ? null : (Long) (long) Math.floor(min - swing),
                max == null ? null : (Long) (long) Math.ceil(max + swing),
                Math.round(drift),
                entry.verdict,
                entry.confidence,
                0);
    }
}
