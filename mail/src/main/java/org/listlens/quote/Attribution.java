package org.listlens.quote;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.listlens.quote.AttributionTokens.Kind;

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

    /** Reads the value of a From field: a name, an address, or both. */
    static Attribution ofMailbox(String value) {
        AttributionTokens tokens = new AttributionTokens(AttributionText.normalize(value));
        String address = null;
        int end = 0;
        while (end < tokens.count && tokens.kinds[end] != Kind.ADDRESS) {
            end++;
        }
        for (int i = end; i < tokens.count && address == null; i++) {
            address = tokens.kinds[i] == Kind.ADDRESS ? MailAddress.of(tokens.piece(i)) : null;
        }
        for (int i = 0; i < end; i++) {
            if (tokens.kinds[i] == Kind.NUMBER) {
                tokens.kinds[i] = Kind.NAME;
            }
        }
        String name = end == 0 ? null : PersonName.of(tokens.text, tokens, 0, end, true);
        if (address == null && end == tokens.count) {
            address = MailAddress.of(value);
            name = address == null ? name : null;
        }
        return new Attribution(name, address, null, null);
    }

    /** Whether it says who wrote. */
    boolean names() {
        return name != null || address != null;
    }
}
