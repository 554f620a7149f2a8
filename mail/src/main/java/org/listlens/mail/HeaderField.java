package org.listlens.mail;

import java.util.Objects;

/**
 * One header field (RFC 5322 §2.2), in the order of the mail.
 *
 * @param name the field name as written, without the colon and blanks around it
 * @param value the unfolded value (RFC 5322 §2.2.3: the line break goes, the blank stays), trimmed; encoded words are
 *     still encoded; octets above 127 are read as UTF-8, or as windows-1252 where they are not UTF-8
 * @param offset the octet in the mail at which the name begins
 */
public record HeaderField(String name, String value, int offset) {
    public HeaderField {
        Objects.requireNonNull(name);
        Objects.requireNonNull(value);
    }

    /** Whether this field has that name; case does not matter (RFC 5322 §1.2.2). */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
