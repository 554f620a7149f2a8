package org.listlens.trace;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Dialect;
import org.listlens.mail.Hop;
import org.listlens.mail.Stamp;

/**
 * What one trace line says (RFC 5321 §4.4), before its place among the others is known. The components mean what those of
 * {@link Hop} mean.
 *
 * @param dialect the software whose way of writing trace lines this is; {@link Dialect#UNKNOWN} when no host, protocol or
 *     id was found
 * @param from the host that handed the mail over
 * @param by the host that took it; without a host's name where a line names only the software
 * @param via the link
 * @param with the protocol
 * @param tls the TLS session
 * @param authenticated the authenticated user, an empty string for one without a name
 * @param id the queue id
 * @param recipient the address of the {@code for} clause
 * @param envelopeFrom the envelope's sender
 * @param stamp the date; {@code null} when the line has none, or none that can be read
 * @param isDated whether there is something in the place of the date
 */
public record Received(
        Dialect dialect,
        Hop.@Nullable Peer from,
        Hop.@Nullable Receiver by,
        @Nullable String via,
        @Nullable String with,
        Hop.@Nullable Tls tls,
        @Nullable String authenticated,
        @Nullable String id,
        @Nullable String recipient,
        @Nullable String envelopeFrom,
        @Nullable Stamp stamp,
        boolean isDated) {
    public Received {
        Objects.requireNonNull(dialect);
    }

    /** The same with another id and date. */
    Received with(@Nullable String otherId, @Nullable Stamp date) {
        return new Received(
                dialect, from, by, via, with, tls, authenticated, otherId, recipient, envelopeFrom, date, isDated);
    }
}
