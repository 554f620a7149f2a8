package org.listlens.mail;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One address of an address field, with what it is there for.
 *
 * @param role the field it comes from
 * @param name the decoded display name; {@code null} when there is none
 * @param address {@code local@domain}, local part as written, domain in lower case and in Unicode form (IDN, RFC 5890);
 *     what cannot be parsed as an address is kept as written
 * @param group the decoded name of the group (RFC 5322 §3.4) it stands in; {@code null} outside of groups
 */
public record Participant(
        Role role,
        @Nullable String name,
        String address,
        @Nullable String group) {
    public Participant {
        Objects.requireNonNull(role);
        Objects.requireNonNull(address);
    }

    /** The part after the last {@code @}; {@code null} when there is none. */
    public @Nullable String domain() {
        int at = address.lastIndexOf('@');
        return at < 0 || at == address.length() - 1 ? null : address.substring(at + 1);
    }
}
