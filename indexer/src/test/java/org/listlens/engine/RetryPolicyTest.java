package org.listlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final EngineException busy = new EngineException(EngineException.Kind.UNANSWERED, "Busy.");

    private final long[] now = {Long.MAX_VALUE - 5};
    private final List<Long> pauses = new ArrayList<>();

    /** Pauses take the time that they take, and so do attempts. */
    private RetryPolicy policy(RandomGenerator random, Duration attempt) {
        return new RetryPolicy(
                Duration.ofMillis(100),
                Duration.ofMillis(1_000),
                Duration.ofSeconds(4),
                () -> now[0] += attempt.toNanos(),
                pause -> {
                    pauses.add(pause.toMillis());
                    now[0] += pause.toNanos();
                },
                random);
    }

    /** Draws the largest number below any bound that is a power of two or not: all bits set, less the sign. */
    private static RandomGenerator largest() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return Long.MAX_VALUE;
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
    }

    @Test
    void doublesThePausesUpToTheLongestAndStopsInTime() throws Exception {
        RetryPolicy.Attempts attempts = policy(largest(), Duration.ZERO).start();
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> {
                    while (true) {
                        attempts.pause(busy);
                    }
                })
                .withMessage("Busy. (Tried 8 times in 4 s.)")
                .withCause(busy);
        // The last pause is what is left of the four seconds.
        assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L, 500L);
    }

    @Test
    void drawsFromTheWholeRange() throws Exception {
        RetryPolicy.Attempts attempts = policy(() -> 0, Duration.ZERO).start();
        attempts.pause(busy);
        attempts.pause(busy);
        assertThat(pauses).containsExactly(0L, 0L);
    }

    @Test
    void countsTheTimeOfTheAttemptsToo() throws Exception {
        RetryPolicy.Attempts attempts = policy(() -> 0, Duration.ofSeconds(2)).start();
        attempts.pause(busy);
        attempts.pause(busy);
        assertThatExceptionOfType(EngineException.class).isThrownBy(() -> attempts.pause(busy));
    }

    @Test
    void successRestoresPatience() throws Exception {
        RetryPolicy.Attempts attempts = policy(largest(), Duration.ofSeconds(3)).start();
        for (int i = 0; i < 10; i++) {
            attempts.pause(busy);
            attempts.succeeded();
        }
        assertThat(pauses).hasSize(10).containsOnly(100L);
    }
}
