package org.listlens.mailbox;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.listlens.source.SourceWatch;

/** Looks at an archive on a server again and again, but never more often than it may, however often it is asked. */
final class IntervalWatch implements SourceWatch {
    private final long interval;
    private final Look look;
    private Object seen;
    private long last;

    /** What an archive looks like. */
    interface Look extends Closeable {
        /** Something that is equal as long as nothing has changed. */
        Object look() throws IOException;
    }

    /**
     * Begins to look.
     *
     * @param look is closed with this, or when the first look fails
     */
    IntervalWatch(Duration interval, Look look) throws IOException {
        this.interval = interval.toNanos();
        this.look = look;
        try {
            seen = look.look();
        } catch (IOException e) {
            look.close();
            throw e;
        }
        last = System.nanoTime();
    }

    @Override
    public boolean await(Duration atMost) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            long left = atMost.toNanos() - (now - begin);
            long due = interval - (now - last);
            if (due <= 0) {
                Object state = look.look();
                last = System.nanoTime();
                if (!state.equals(seen)) {
                    seen = state;
                    return true;
                }
            } else if (left <= 0) {
                return false;
            } else {
                Thread.sleep(Duration.ofNanos(Math.min(due, left)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        look.close();
    }
}
