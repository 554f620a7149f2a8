package org.listlens.benchmarks.comparison;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a run of something took.
 *
 * @param seconds by the clock on the wall
 * @param cpuSeconds of processors, of all processes that took part
 * @param peakRss the largest resident set of its process, in octets; 0 where none was looked at
 */
record Cost(double seconds, double cpuSeconds, long peakRss) {
    static Cost of(Duration wall, double cpuSeconds, long peakRss) {
        return new Cost(wall.toNanos() / 1e9, cpuSeconds, peakRss);
    }

    /** With the processor time of another process that worked for it. */
    Cost plusCpu(double more) {
        return new Cost(seconds, cpuSeconds + more, peakRss);
    }

    /** The medians of several runs, each number by itself; the largest of the resident sets. */
    static Cost median(List<Cost> runs) {
        return new Cost(
                median(runs, Cost::seconds),
                median(runs, Cost::cpuSeconds),
                runs.stream().mapToLong(Cost::peakRss).max().orElseThrow());
    }

    private static double median(List<Cost> runs, ToDoubleFunction<Cost> number) {
        double[] sorted = runs.stream().mapToDouble(number).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
