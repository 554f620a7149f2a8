package org.listlens.generate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One trace line with the truth about it. A {@link LineStyle} fills it while it writes the line, so that the two cannot
 * differ. {@code null} and absent in the manifest: what the line does not say.
 */
final class Hop {
    /** The parts of a mail's way; a hop is of the one that its delay lies in. */
    enum Part {
        ORIGIN,
        INBOUND,
        LIST,
        OUTBOUND,
        ARCHIVE
    }

    /** The whole field with its folds, from {@code Received:} on, without the last line end. */
    String text = "";

    String dialect = "rfc5321";

    @Nullable
    String fromHelo;

    @Nullable
    String fromHost;

    @Nullable
    String fromIp;

    @Nullable
    Integer fromPort;

    @Nullable
    String fromUser;

    /** The name in lower case, or the address where the line says nothing else. */
    @Nullable
    String byHost;

    @Nullable
    String byIp;

    @Nullable
    String software;

    @Nullable
    String version;

    @Nullable
    String via;

    @Nullable
    String with;

    @Nullable
    String tlsVersion;

    @Nullable
    String tlsCipher;

    @Nullable
    Integer tlsBits;

    @Nullable
    String authenticated;

    @Nullable
    String id;

    @Nullable
    String recipient;

    @Nullable
    String envelopeFrom;

    /** The time that the line's date says, to the second but where the software writes fractions. */
    @Nullable
    Long stampMs;

    /** The zone of that date in minutes; {@code null} for {@code -0000}. */
    @Nullable
    Integer zoneMinutes;

    /** The time in the queue id. */
    @Nullable
    Long idMs;

    /** The host that stamped, also where its line does not name it. */
    String stampedBy = "";

    /** When it truly took the mail, how far its clock was ahead then, and what the time since the older hop was. */
    long trueMs;

    long offsetMs;
    long holdMs;
    long transitMs;

    /** Set by {@link Trip#finish} as the indexer's Hop defines them. */
    Part part = Part.ORIGIN;

    @Nullable
    Long delayMs;

    @Nullable
    String heldBy;

    /** The same line and truth, for another copy of the mail. */
    Hop copy() {
        Hop copy = new Hop();
        copy.text = text;
        copy.dialect = dialect;
        copy.fromHelo = fromHelo;
        copy.fromHost = fromHost;
        copy.fromIp = fromIp;
        copy.fromPort = fromPort;
        copy.fromUser = fromUser;
        copy.byHost = byHost;
        copy.byIp = byIp;
        copy.software = software;
        copy.version = version;
        copy.via = via;
        copy.with = with;
        copy.tlsVersion = tlsVersion;
        copy.tlsCipher = tlsCipher;
        copy.tlsBits = tlsBits;
        copy.authenticated = authenticated;
        copy.id = id;
        copy.recipient = recipient;
        copy.envelopeFrom = envelopeFrom;
        copy.stampMs = stampMs;
        copy.zoneMinutes = zoneMinutes;
        copy.idMs = idMs;
        copy.stampedBy = stampedBy;
        copy.trueMs = trueMs;
        copy.offsetMs = offsetMs;
        copy.holdMs = holdMs;
        copy.transitMs = transitMs;
        return copy;
    }

    /** Names the field {@code X-Received}, as groups.io does with the lines of others. */
    void rename() {
        if (!xReceived()) {
            text = "X-" + text;
        }
    }

    boolean xReceived() {
        return text.startsWith("X-Received");
    }

    void by(Host host, String softwareName, @Nullable String softwareVersion) {
        byHost = host.name().toLowerCase(Locale.ROOT);
        software = softwareName;
        version = softwareVersion;
    }

    void from(Peer peer) {
        fromHelo = peer.helo();
        fromHost = peer.rdns();
        fromIp = peer.ip();
    }

    void tls(String protocol, String cipher, int bits) {
        tlsVersion = protocol;
        tlsCipher = cipher;
        tlsBits = bits;
    }
}
