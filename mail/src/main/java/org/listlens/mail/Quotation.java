package org.listlens.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is quoted at one place of a text, as the attribution above it tells: {@code On …, Jane Doe <jane@example.org>
 * wrote:}, a block of {@code From: / Sent: / To: / Subject:}. Says what the mail says, which may be wrong.
 *
 * @param depth the depth of the lines that are quoted, at least 1: one more than that of the attribution
 * @param name the name of who is quoted, as written; {@code null} when none is given
 * @param address the address of who is quoted, as the attribution or the participants of the mail tell; {@code null}
 *     when neither does
 * @param messageId the Message-ID of the quoted mail without brackets, where the attribution gives it
 * @param date when the quoted mail was written, where the attribution gives it whole; read without a zone as UTC
 * @param lines how many lines at this depth stand under the attribution, up to the next attribution for this depth or a
 *     line that is quoted less
 */
public record Quotation(
        int depth,
        @Nullable String name,
        @Nullable String address,
        @Nullable String messageId,
        @Nullable Instant date,
        int lines) {
    public Quotation {
        if (depth < 1) {
            throw new IllegalArgumentException("what is quoted has a depth of at least 1");
        }
    }
}
