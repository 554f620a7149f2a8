package org.listlens.source;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** Looks out for new mail in an archive. Used by one thread. */
public interface SourceWatch extends Closeable {
    /**
     * Waits until the archive may hold something that it did not hold when the watch began, or when this returned
     * {@code true} the last time.
     *
     * @param atMost how long to wait
     * @return whether it may; reading it tells
     * @throws IOException when the archive cannot be watched at present, as when a connection is lost; the watch is to
     *     be closed then, and another one begun later
     */
    boolean await(Duration atMost) throws IOException, InterruptedException;
}
