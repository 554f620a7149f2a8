package org.listlens.report;

import java.time.Instant;

/**
 * How fine a span of time is cut, so that the page does not become large.
 *
 * @param fine the periods that delays and mails are counted by
 * @param coarse longer ones, or the same, for what has many values
 */
record Resolution(Periods fine, Periods coarse) {
    /** How many counts of latency a page may have at first; some five octets each, and the parts of the way take as much. */
    static final long COUNTS = 100_000;

    /** Longer periods that are told apart. */
    private static final int COARSE = 100;

    /** The same over all rows. */
    private static final long COARSE_CELLS = 1_600;

    /**
     * The finest that is small enough.
     *
     * @param rows how many sums there are to each period, {@link Frame#rows}
     * @param deliveries how many copies of mails there are
     * @param counts how many counts of latency there may be about
     */
    static Resolution of(Instant from, Instant to, long rows, long deliveries, long counts) {
        Periods fine = Periods.of(Interval.YEAR, from, to);
        Periods coarse = fine;
        for (Interval interval : Interval.values()) {
            Periods periods = Periods.of(interval, from, to);
            if (fine.size() < periods.size() && expected(rows * periods.size(), rows, deliveries) <= counts) {
                fine = periods;
            }
            if (coarse.size() < periods.size() && periods.size() <= COARSE && periods.size() * rows <= COARSE_CELLS) {
                coarse = periods;
            }
        }
        return new Resolution(fine, coarse.size() > fine.size() ? fine : coarse);
    }

    /** How many buckets of {@link LogBuckets} are not empty: of a few mails about as many, of many some hundred. */
    private static double expected(long cells, long rows, long deliveries) {
        double each = (double) deliveries * Math.min(rows, 2) / cells;
        return cells * Math.min(each, 16 * Math.log(1 + each) / Math.log(2));
    }
}
