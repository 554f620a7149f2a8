package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
    private static final double[] SHARES = {0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 1};

    private final Distribution distribution = new Distribution();

    @Test
    void ofNothingThereIsNoQuantile() {
        assertThat(distribution.total()).isZero();
        assertThat(distribution.quantile(0.5)).isNull();
    }

    @Test
    void ofOneValueEveryQuantileIsThatValue() {
        distribution.add(-90_000);
        for (double share : SHARES) {
            assertThat(distribution.quantile(share)).isEqualTo(-90_000);
        }
    }

    @Test
    void theMedianOfAnEvenCountIsTheLowerOfTheTwo() {
        for (long value : new long[] {40, 10, 30, 20}) {
            distribution.add(value);
        }
        assertThat(distribution.quantile(0.5)).isEqualTo(20);
        assertThat(distribution.quantile(0.51)).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 99, 100, 101, 20_000})
    void quantilesAreThoseOfTheSortedList(int count) {
        Random random = new Random(count);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            // Whole seconds, many equal, a fifth of them below zero.
            values[i] = (random.nextInt(5_000) - 1_000) * 1_000L;
            distribution.add(values[i]);
        }
        Arrays.sort(values);
        assertThat(distribution.total()).isEqualTo(count);
        for (double share : SHARES) {
            assertThat(distribution.quantile(share))
                    .as("%s of %s", share, count)
                    .isEqualTo(exact(values, share));
        }
    }

    @Test
    void manyDistinctValuesAreRoundedDownByLessThanTen() {
        Random random = new Random(7);
        long[] values = new long[400_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i - 100_000L;
        }
        // In disorder, so that rounding begins amid them.
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long swap = values[i];
            values[i] = values[other];
            values[other] = swap;
        }
        for (long value : values) {
            distribution.add(value);
        }
        Arrays.sort(values);
        assertThat(distribution.total()).isEqualTo(values.length);
        for (double share : SHARES) {
            long exact = exact(values, share);
            assertThat(distribution.quantile(share)).as("share %s", share).isBetween(exact - 9, exact);
        }
    }

    @Test
    void valuesFarApartAreCoarsenedUntilTheyFit() {
        long apart = 1_000_000;
        int count = (1 << 18) + 1_000;
        for (int i = 0; i < count; i++) {
            distribution.add(i * apart);
        }
        assertThat(distribution.total()).isEqualTo(count);
        Long median = distribution.quantile(0.5);
        long exact = ((count + 1) / 2 - 1) * apart;
        assertThat(median).isBetween(exact - 10 * apart, exact);
    }

    /** The smallest value that at least a share of all do not exceed. */
    private static long exact(long[] sorted, double share) {
        for (int i = 0; i < sorted.length; i++) {
            if (i + 1 >= share * sorted.length) {
                return sorted[i];
            }
        }
        throw new AssertionError("a share above 1");
    }
}
