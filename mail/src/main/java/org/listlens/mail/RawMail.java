package org.listlens.mail;

import java.util.Objects;

/**
 * A mail as its source hands it over: header, blank line and body, without what the archive put around it (the mbox
 * {@code From } line, {@code >From } escapes).
 *
 * @param origin where it lies
 * @param bytes the octets; owned by this record, never changed after. Shorter than {@code size} when the mail exceeds
 *     the source's limit
 * @param size how many octets the mail has in its archive, after unescaping
 */
public record RawMail(Origin origin, byte[] bytes, long size) {
    public RawMail {
        Objects.requireNonNull(origin);
        if (size < bytes.length) {
            throw new IllegalArgumentException("size " + size + " is below the " + bytes.length + " octets kept");
        }
    }

    /** Whether the source kept only the mail's first {@code bytes.length} octets. */
    public boolean truncated() {
        return size > bytes.length;
    }
}
