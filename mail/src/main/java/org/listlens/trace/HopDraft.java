package org.listlens.trace;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Dialect;
import org.listlens.mail.Hop;
import org.listlens.mail.Stamp;

/** A hop of which other fields have yet to tell more. */
final class HopDraft {
    /** The host that signs for all of Google, whose inner hosts have addresses only. */
    private static final String GOOGLE = "google.com";

    private final int position;
    private final Hop.TraceField field;
    private final Received line;
    private final @Nullable Stamp stamp;
    private final Hop.@Nullable StampSource source;
    private final @Nullable Integer precisionMs;
    private @Nullable Instant queued;
    private @Nullable Instant connected;
    private @Nullable Instant arcSealed;
    private @Nullable Instant arcSigned;
    private @Nullable Instant dkimSigned;
    private @Nullable Instant arrived;
    private @Nullable Long endToEndMs;
    private @Nullable Long delayMs;
    private @Nullable String heldBy;
    private @Nullable Long greylistedMs;

    HopDraft(int position, Hop.TraceField field, Received line, String value) {
        this.position = position;
        this.field = field;
        this.line = line;
        Stamp date = line.stamp();
        QueueIdClock.Reading reading = reading(line);
        if (reading != null) {
            switch (reading.moment()) {
                case QUEUED -> queued = reading.instant();
                case CONNECTED -> connected = reading.instant();
            }
        }
        if (date != null) {
            stamp = date;
            source = Hop.StampSource.DATE;
            precisionMs = StampPrecision.ofMs(value, date);
        } else if (reading != null) {
            stamp = new Stamp(reading.instant(), null);
            source = Hop.StampSource.QUEUE_ID;
            precisionMs = reading.precisionMs();
        } else {
            stamp = null;
            source = null;
            precisionMs = null;
        }
    }

    /**
     * The time in the id. Sendmail makes the id of the next mail when it is done with the last one; over the connections
     * that Proofpoint's filter keeps open to it, that may be hours before the mail, and is no time of it.
     */
    private static QueueIdClock.@Nullable Reading reading(Received line) {
        String id = line.id();
        if (id == null || isProofpoint(line)) {
            return null;
        }
        return line.stamp() == null
                ? QueueIdClock.read(line.dialect(), id)
                : QueueIdClock.read(line.dialect(), id, line.stamp().instant());
    }

    /** {@code from pps.filterd (HOST [127.0.0.1]) by HOST (8.18.1.2/8.18.1.2)}, {@code by pps.reinject (…)}. */
    private static boolean isProofpoint(Received line) {
        Hop.Peer from = line.from();
        Hop.Receiver by = line.by();
        return line.dialect() == Dialect.SENDMAIL
                && ((from != null && from.helo() != null && from.helo().startsWith("pps."))
                        || (by != null && by.host() != null && by.host().startsWith("pps.")));
    }

    @Nullable
    Stamp stamp() {
        return stamp;
    }

    boolean isExchange() {
        return line.dialect() == Dialect.EXCHANGE;
    }

    boolean isGoogle() {
        return line.dialect() == Dialect.GOOGLE;
    }

    /** Whether the host knew the user who handed the mail over. */
    boolean isSubmission() {
        return line.authenticated() != null;
    }

    /** The name of the host that took the mail. */
    @Nullable
    String host() {
        if (isGoogle()) {
            return GOOGLE;
        }
        return line.by() == null ? null : line.by().host();
    }

    /** Whether a host that was named elsewhere, perhaps by its first label only, took the mail. */
    boolean isBy(String name) {
        String host = line.by() == null ? null : line.by().host();
        return host != null
                && host.startsWith(name)
                && (host.length() == name.length() || (name.indexOf('.') < 0 && host.charAt(name.length()) == '.'));
    }

    /** Counts the delay from the next older hop that has a stamp. */
    void follows(HopDraft older) {
        if (stamp != null && older.stamp != null) {
            delayMs = stamp.instant().toEpochMilli() - older.stamp.instant().toEpochMilli();
            heldBy = holder(older.line.by(), line.from());
        }
    }

    /** Who had the mail between two stamps: by its own word, else by the word of the host that got it. */
    private static @Nullable String holder(Hop.@Nullable Receiver by, Hop.@Nullable Peer from) {
        if (by != null && by.host() != null) {
            return by.host();
        }
        if (from == null || from.host() != null) {
            return from == null ? null : from.host();
        }
        return from.helo() == null ? null : from.helo().toLowerCase(Locale.ROOT);
    }

    /** Notes when the host signed. Of several signatures of a kind, the newest counts: then the host still had the mail. */
    void signed(Signature.Kind kind, Instant time) {
        switch (kind) {
            case ARC_SEAL -> arcSealed = newest(arcSealed, time);
            case ARC_MESSAGE -> arcSigned = newest(arcSigned, time);
            case DKIM -> dkimSigned = newest(dkimSigned, time);
        }
    }

    private static Instant newest(@Nullable Instant known, Instant time) {
        return known == null || time.isAfter(known) ? time : known;
    }

    /** Notes when the mail entered the organisation; of several times the first counts. */
    void arrived(Instant time) {
        arrived = arrived == null || time.isBefore(arrived) ? time : arrived;
    }

    void endToEnd(long ms) {
        endToEndMs = ms;
    }

    /** Notes how long the host had the mail wait by greylisting; of several notes the longest time counts. */
    void greylisted(long ms) {
        greylistedMs = greylistedMs == null || greylistedMs < ms ? Long.valueOf(ms) : greylistedMs;
    }

    Hop toHop() {
        boolean noted = queued != null
                || connected != null
                || arcSealed != null
                || arcSigned != null
                || dkimSigned != null
                || arrived != null
                || endToEndMs != null;
        return new Hop(
                position,
                field,
                line.dialect(),
                line.from(),
                line.by(),
                line.via(),
                line.with(),
                line.tls(),
                line.authenticated(),
                line.id(),
                line.recipient(),
                line.envelopeFrom(),
                stamp,
                source,
                precisionMs,
                noted
                        ? new Hop.Times(queued, connected, arcSealed, arcSigned, dkimSigned, arrived, endToEndMs)
                        : Hop.Times.NONE,
                delayMs,
                heldBy,
                null,
                greylistedMs);
    }
}
