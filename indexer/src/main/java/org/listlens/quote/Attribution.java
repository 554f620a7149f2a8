package org.listlens.quote;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an attribution says of the quoted mail.
 *
 * @param name who wrote it; {@code null} when not named
 * @param address the address of who wrote it; {@code null} when not given, or hidden
 * @param messageId the Message-ID without brackets; {@code null} when not given
 * @param date when it was written; {@code null} when not given whole
 */
record Attribution(
        @Nullable String name,
        @Nullable String address,
        @Nullable String messageId,
        @Nullable Instant date) {
    /** Says nothing. */
    static final Attribution NONE = new Attribution(null, null, null, null);

    /** Reads a line, or several that were put together, that is known to be an attribution. */
    static Attribution of(String text) {
        return new AttributionReader(text).read();
    }

    /** Whether it says who wrote. */
    boolean names() {
        return name != null || address != null;
    }
}
