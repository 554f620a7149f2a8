package org.listlens.node;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point of time up to which something is waited for. */
record Deadline(long nanoTime, Duration patience) {
    private static final long POLL_MILLIS = 100;

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos(), patience);
    }

    boolean hasPassed() {
        return nanosLeft() <= 0;
    }

    long nanosLeft() {
        return nanoTime - System.nanoTime();
    }

    /** Waits a little before something is asked again. */
    void pause() throws InterruptedException {
        Thread.sleep(Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanosLeft()), 1, POLL_MILLIS));
    }

    /** The whole patience for a message, such as {@code 180 s}. */
    @Override
    public String toString() {
        return patience.toSeconds() + " s";
    }
}
