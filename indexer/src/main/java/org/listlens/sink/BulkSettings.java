package org.listlens.sink;

import java.util.Objects;
import org.listlens.engine.RetryPolicy;

/**
 * How a {@link BulkSink} writes.
 *
 * @param octets of a request body; a mail that is larger goes alone
 * @param documents in a request; a mail that has more goes alone
 * @param inFlight requests at the same time
 * @param retry patience with the engine
 */
public record BulkSettings(int octets, int documents, int inFlight, RetryPolicy retry) {
    /** 5 MB and 5,000 documents in each of two requests, five minutes of patience. */
    public static final BulkSettings DEFAULT =
            new BulkSettings(5_000_000, 5_000, 2, RetryPolicy.lasting(RetryPolicy.DEFAULT_PATIENCE));

    public BulkSettings {
        Objects.requireNonNull(retry);
        if (octets < 1 || documents < 1 || inFlight < 1) {
            throw new IllegalArgumentException("octets, documents and requests in flight are at least 1");
        }
    }
}
