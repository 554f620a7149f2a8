package org.listlens.source;

import java.io.IOException;
import java.time.Duration;

/** Looks at an archive again and again; less often where looking takes long, so that it costs little. */
public final class PollingWatch implements SourceWatch {
    /** How much longer the pause is than the look, at least. */
    private static final long PAUSES = 15;

    private final Duration interval;
    private final Look look;
    private Object seen;

    /** What an archive looks like. */
    @FunctionalInterface
    public interface Look {
        /** Something that is equal as long as nothing has changed. */
        Object look() throws IOException;
    }

    /**
     * Begins to look.
     *
     * @param interval how long to wait between two looks
     */
    public PollingWatch(Duration interval, Look look) throws IOException {
        this.interval = interval;
        this.look = look;
        this.seen = look.look();
    }

    @Override
    public boolean await(Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long began = System.nanoTime();
            Object now = look.look();
            long pause = Math.max(interval.toMillis(), PAUSES * (System.nanoTime() - began) / 1_000_000);
            if (!now.equals(seen)) {
                seen = now;
                return true;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            Thread.sleep(Math.min(pause, left / 1_000_000 + 1));
        }
    }

    @Override
    public void close() {}
}
