package org.listlens.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogBucketsTest {
    @ParameterizedTest
    @CsvSource({
        "-5, -1",
        "-1, -1",
        "0, 0",
        "1, 1",
        "2, 2",
        "3, 3",
        "15, 15",
        "16, 16",
        "31, 31",
        "32, 32.5",
        "33, 32.5",
        "34, 34.5",
    })
    void smallOnesAreExact(long millis, double middle) {
        assertThat(LogBuckets.middle(LogBuckets.of(millis))).isEqualTo(middle);
    }

    @Test
    void noMiddleIsFartherOffThanTheBoundSays() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            long millis = 1 + (random.nextLong() >>> (23 + random.nextInt(40)));
            assertThat(LogBuckets.middle(LogBuckets.of(millis)))
                    .isCloseTo((double) millis, within(millis * LogBuckets.ERROR));
        }
    }

    @Test
    void bucketsFollowOneAnotherWithoutGaps() {
        int last = LogBuckets.of(16);
        for (long millis = 17; millis < 100_000; millis++) {
            int bucket = LogBuckets.of(millis);
            assertThat(bucket).isBetween(last, last + 1);
            last = bucket;
        }
    }

    @Test
    void whatIsLongerThanAllHasTheLastBucket() {
        assertThat(LogBuckets.of(Long.MAX_VALUE)).isEqualTo(LogBuckets.of((2L << LogBuckets.MOST_OCTAVES) - 1));
    }

    @Test
    void theEngineCutsAsWeDo() {
        // The lower bound of a bucket, as a histogram aggregation of the octave's width tells it, is in that bucket.
        for (int octave = 4; octave <= LogBuckets.MOST_OCTAVES; octave++) {
            double width = LogBuckets.width(octave);
            for (int part = 0; part < 16; part++) {
                double lower = (1L << octave) + part * width;
                assertThat(Math.floor(lower / width) * width).isEqualTo(lower);
                assertThat(LogBuckets.of((long) lower)).isEqualTo(LogBuckets.of(1L << octave) + part);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 0.95, 0.99, 1})
    void percentilesAreWithinTheBoundOfExactOnes(double share) {
        Random random = new Random(2);
        for (int size : new int[] {1, 2, 7, 100, 9_999}) {
            long[] millis = new long[size];
            TreeMap<Integer, Long> counts = new TreeMap<>();
            for (int i = 0; i < size; i++) {
                millis[i] = Math.round(Math.exp(6 + random.nextGaussian() * 4));
                counts.merge(LogBuckets.of(millis[i]), 1L, Long::sum);
            }
            Arrays.sort(millis);
            long exact = millis[(int) Math.max(1, Math.ceil(share * size)) - 1];
            assertThat(LogBuckets.percentile(counts, share))
                    .isCloseTo((double) exact, within(exact * LogBuckets.ERROR));
        }
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(LogBuckets.percentile(new TreeMap<>(), 0.5)).isNaN();
    }
}
