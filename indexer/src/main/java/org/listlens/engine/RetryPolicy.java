package org.listlens.engine;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * How long and how often an engine that is busy or away is asked again: exponential back-off with full jitter (each
 * pause is drawn evenly between nothing and a bound that doubles), until the time is over.
 *
 * @param firstDelay bound of the first pause
 * @param longestDelay bound that the doubling stops at
 * @param patience how long failures may follow one another without anything done in between
 * @param nanoTime the clock, as {@link System#nanoTime}
 * @param sleeper how to pause
 * @param random draws the pauses; thread-safe
 */
public record RetryPolicy(
        Duration firstDelay,
        Duration longestDelay,
        Duration patience,
        LongSupplier nanoTime,
        Sleeper sleeper,
        RandomGenerator random) {
    public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(5);

    /** Pauses a thread. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Pauses of up to 0.2 s at first and 15 s at most, for as long as {@code patience}. */
    public static RetryPolicy lasting(Duration patience) {
        return new RetryPolicy(
                Duration.ofMillis(200),
                Duration.ofSeconds(15),
                patience,
                System::nanoTime,
                Thread::sleep,
                () -> ThreadLocalRandom.current().nextLong());
    }

    /** The same policy with another way to pause. */
    public RetryPolicy with(Sleeper other) {
        return new RetryPolicy(firstDelay, longestDelay, patience, nanoTime, other, random);
    }

    /** The same policy with at most so much patience. */
    public RetryPolicy lastingAtMost(Duration most) {
        return patience.compareTo(most) <= 0
                ? this
                : new RetryPolicy(firstDelay, longestDelay, most, nanoTime, sleeper, random);
    }

    /** Begins to count the failures of one piece of work. */
    public Attempts start() {
        return new Attempts();
    }

    /** The failures of one piece of work. For one thread. */
    public final class Attempts {
        private int failures;
        private long since;
        private boolean inDoubt;

        private Attempts() {}

        /** Something was done: patience begins anew. */
        public void succeeded() {
            failures = 0;
        }

        /** The last attempt may have been carried out although no usable answer came. */
        public void doubt() {
            inDoubt = true;
        }

        /** Whether an attempt since the last call of this method may have been carried out unseen. */
        public boolean takeDoubt() {
            boolean doubt = inDoubt;
            inDoubt = false;
            return doubt;
        }

        /** How often it failed since anything was last done. */
        public int failures() {
            return failures;
        }

        /**
         * Pauses before the next attempt.
         *
         * @param what what failed, the sentence for the user if this was the last attempt
         * @throws EngineException when patience is over
         */
        public void pause(EngineException what) throws EngineException, InterruptedException {
            long now = nanoTime.getAsLong();
            if (failures == 0) {
                since = now;
            }
            long left = patience.toNanos() - (now - since);
            if (left <= 0) {
                throw new EngineException(
                        EngineException.Kind.REFUSED,
                        what.getMessage() + " (Tried " + (failures + 1) + " times in " + patience.toSeconds() + " s.)",
                        what);
            }
            long bound = firstDelay.toNanos();
            for (int i = 0; i < failures && bound < longestDelay.toNanos(); i++) {
                bound *= 2;
            }
            bound = Math.min(bound, longestDelay.toNanos());
            failures++;
            sleeper.sleep(Duration.ofNanos(Math.min(random.nextLong(bound + 1), left)));
        }
    }
}
