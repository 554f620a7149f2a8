package org.listlens.mail;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One transfer of a mail between hosts, as a trace field tells it (RFC 5321 §4.4, RFC 5322 §3.6.7).
 *
 * @param position 1 for the oldest hop, counting up to the newest
 * @param field the trace field that says so
 * @param dialect the software whose way of writing trace lines this is
 * @param from the host that handed the mail over, as the receiver saw it; {@code null} when the line has no
 *     {@code from}
 * @param by the host that took the mail and wrote the line; {@code null} when the line has no {@code by}
 * @param via the {@code via} clause as written, such as {@code listexpand} or {@code Frontend Transport}
 * @param with the protocol, registered names in upper case (RFC 3848), others as written
 * @param tls the TLS session; {@code null} when the line tells of none
 * @param authenticated the user name of an authenticated sender, or an empty string when the line says that the sender
 *     was authenticated but not as whom; {@code null} when it does not say
 * @param id the queue id
 * @param recipient the address of the {@code for} clause, without brackets
 * @param envelopeFrom the address of an {@code envelope-from} comment, without brackets; the null reverse-path is an
 *     empty string
 * @param stamp when the host says it took the mail
 * @param stampSource where {@code stamp} comes from; {@code null} exactly when {@code stamp} is
 * @param stampPrecisionMs how precise {@code stamp} is, in milliseconds: the true reading of the host's clock is at or
 *     after {@code stamp} and before {@code stamp} plus this; {@code null} exactly when {@code stamp} is
 * @param times the other times that the host noted with the mail
 * @param delayMs this hop's stamp minus that of the next older hop that has one, in milliseconds, with its sign;
 *     {@code null} for the oldest hop and where a stamp is missing
 * @param heldBy the host that had the mail meanwhile. Within {@link Segment#LIST} it is the host that runs the list
 *     ({@link Route#listHost}), for a list's own hosts count as one: a relay in front of the list's host accepts mail for
 *     it and waits for it. Elsewhere it is the {@code by} host of the hop that {@code delayMs} counts from, or where that
 *     names none, as qmail does, the host that this hop has it {@code from}; {@code null} when {@code delayMs} is or when
 *     no line names it
 * @param segment the part of the way that {@code delayMs} lies in; {@code null} when no hop has a stamp
 * @param greylistedMs how long of {@code delayMs} this hop's host had the mail wait by greylisting (RFC 6647), in
 *     milliseconds, as its software noted it; {@code null} when it noted nothing
 */
public record Hop(
        int position,
        TraceField field,
        Dialect dialect,
        @Nullable Peer from,
        @Nullable Receiver by,
        @Nullable String via,
        @Nullable String with,
        @Nullable Tls tls,
        @Nullable String authenticated,
        @Nullable String id,
        @Nullable String recipient,
        @Nullable String envelopeFrom,
        @Nullable Stamp stamp,
        @Nullable StampSource stampSource,
        @Nullable Integer stampPrecisionMs,
        Times times,
        @Nullable Long delayMs,
        @Nullable String heldBy,
        @Nullable Segment segment,
        @Nullable Long greylistedMs) {
    public Hop {
        Objects.requireNonNull(field);
        Objects.requireNonNull(dialect);
        Objects.requireNonNull(times);
        if ((stamp == null) != (stampSource == null) || (stamp == null) != (stampPrecisionMs == null)) {
            throw new IllegalArgumentException("a stamp, its source and its precision come together");
        }
    }

    /** The same hop with its place in the way as a whole. */
    public Hop in(@Nullable Segment itsSegment, @Nullable String holder) {
        return new Hop(
                position,
                field,
                dialect,
                from,
                by,
                via,
                with,
                tls,
                authenticated,
                id,
                recipient,
                envelopeFrom,
                stamp,
                stampSource,
                stampPrecisionMs,
                times,
                delayMs,
                holder,
                itsSegment,
                greylistedMs);
    }

    /**
     * Times that a host noted beside its stamp, all by the same clock; each {@code null} when it did not. {@code queued} and
     * {@code connected} are as precise as the id, by the second or better, the signatures' by the second.
     *
     * @param queued when the mail was queued, from the queue id
     * @param connected when the connection was opened, from the queue id
     * @param arcSealed {@code t=} of the ARC-Seal that the host added (RFC 8617 §4.1.3)
     * @param arcSigned {@code t=} of the ARC-Message-Signature that the host added (RFC 8617 §4.1.2)
     * @param dkimSigned {@code t=} of the DKIM-Signature that the host added (RFC 6376 §3.5)
     * @param arrived when the mail entered the organisation, as Exchange notes it
     * @param endToEndMs how long the mail was in the organisation, from its arrival to the mailbox, in milliseconds, as
     *     Exchange measured it
     */
    public record Times(
            @Nullable Instant queued,
            @Nullable Instant connected,
            @Nullable Instant arcSealed,
            @Nullable Instant arcSigned,
            @Nullable Instant dkimSigned,
            @Nullable Instant arrived,
            @Nullable Long endToEndMs) {
        /** No other time. */
        public static final Times NONE = new Times(null, null, null, null, null, null, null);
    }

    /** Which trace field a hop was read from. */
    public enum TraceField {
        RECEIVED,
        /** {@code X-Received}, which Google writes and groups.io renames others to. */
        X_RECEIVED
    }

    /** Where a hop's stamp comes from. */
    public enum StampSource {
        /** The date at the end of the trace line. */
        DATE,
        /** The time in a queue id. */
        QUEUE_ID
    }

    /**
     * The host that handed the mail over.
     *
     * @param helo the name it gave in HELO or EHLO, as written
     * @param host its name by reverse DNS, in lower case without a final dot; {@code null} when the receiver found none
     *     ({@code unknown}) or did not look
     * @param ip its address in canonical text form, IPv6 by RFC 5952
     * @param port its TCP port
     * @param user the {@code user@} or ident part before the address
     */
    public record Peer(
            @Nullable String helo,
            @Nullable String host,
            @Nullable String ip,
            @Nullable Integer port,
            @Nullable String user) {}

    /**
     * The host that took the mail.
     *
     * @param host its name, in lower case without a final dot; its address in canonical form where the line has no name;
     *     {@code null} where it names only a product
     * @param ip its address, where the line gives one
     * @param software the mail software, such as {@code Postfix} or {@code Exim}
     * @param version the software's version
     */
    public record Receiver(
            @Nullable String host,
            @Nullable String ip,
            @Nullable String software,
            @Nullable String version) {}

    /**
     * A TLS session.
     *
     * @param version {@code 1.3}, {@code 1.2}, {@code 1.1}, {@code 1.0} or, before TLS, {@code SSLv3}; {@code null} when
     *     only the use of TLS is told
     * @param cipher the cipher suite as written
     * @param bits the strength of the cipher in bits
     */
    public record Tls(
            @Nullable String version,
            @Nullable String cipher,
            @Nullable Integer bits) {}
}
