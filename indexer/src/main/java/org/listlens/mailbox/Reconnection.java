package org.listlens.mailbox;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.listlens.source.SourceException;

/**
 * A connection that is made anew when it is lost, after pauses that grow, for as long as one waits for an answer.
 *
 * @param <C> the connection
 */
final class Reconnection<C extends Closeable> implements Closeable {
    private static final long FIRST_PAUSE_MS = 100;

    private final Opener<C> opener;
    private final Duration patience;
    private final Failures failures;
    private @Nullable C connection;

    /** Makes a connection. */
    @FunctionalInterface
    interface Opener<C> {
        /**
         * Connects and logs in.
         *
         * @throws SourceException when trying again is of no use
         */
        C open() throws IOException;
    }

    /** @param connection one that is there already */
    Reconnection(Opener<C> opener, @Nullable C connection, Duration patience, Failures failures) {
        this.opener = opener;
        this.connection = connection;
        this.patience = patience;
        this.failures = failures;
    }

    /**
     * The connection; a new one when the last was lost.
     *
     * @throws SourceException when there is none to be had
     */
    C get() throws SourceException, InterruptedIOException {
        if (connection != null) {
            return connection;
        }
        long begin = System.nanoTime();
        long pause = FIRST_PAUSE_MS;
        while (true) {
            try {
                C made = opener.open();
                connection = made;
                return made;
            } catch (IOException e) {
                if (Failures.isFinal(e)) {
                    throw failures.unreachable(e);
                }
                long elapsed = (System.nanoTime() - begin) / 1_000_000;
                if (elapsed + pause > patience.toMillis()) {
                    throw failures.gone(e);
                }
                pause(pause);
                pause *= 2;
            }
        }
    }

    /** Tells that the connection can no longer be used. */
    void lost() {
        close();
    }

    /** Gives the connection away. */
    @Nullable
    C take() {
        C taken = connection;
        connection = null;
        return taken;
    }

    @Override
    public void close() {
        C closed = take();
        if (closed != null) {
            try {
                closed.close();
            } catch (IOException e) {
                return; // It was lost anyway.
            }
        }
    }

    private static void pause(long millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a server");
        }
    }
}
