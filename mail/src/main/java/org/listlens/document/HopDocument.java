package org.listlens.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.Correction;
import org.listlens.mail.Hop;
import org.listlens.mail.ParsedMail;

/** The document of one hop of one archived copy. */
final class HopDocument {
    private HopDocument() {}

    /** @param corrected the hop's delay by right clocks; {@code null} when nothing is known of clocks */
    static EncodedDocument write(
            DocumentWriter writer,
            ParsedMail mail,
            Hop hop,
            MailDocuments.Keys keys,
            Correction.@Nullable Delay corrected) {
        writer.begin("create", DocumentKind.HOP, id(mail.digest(), hop.position()));
        writer.time("@timestamp", hop.stamp() == null ? null : hop.stamp().instant());
        writeMail(writer, mail, keys);
        writeHop(writer, hop, corrected);
        writer.hash();
        return writer.end();
    }

    /** Writes what all hops of a mail have. */
    private static void writeMail(DocumentWriter writer, ParsedMail mail, MailDocuments.Keys keys) {
        if (writer.again(keys.shared().ofHops)) {
            return;
        }
        int start = writer.position();
        writer.startObject("message");
        writer.string("id", keys.message());
        writer.endObject();
        writer.startObject("delivery");
        writer.string("id", mail.digest());
        writer.endObject();
        writer.startObject("email");
        writer.string("message_id", mail.messageId());
        writer.endObject();
        writer.startObject("list");
        writer.strings("id", keys.listIds());
        writer.endObject();
        keys.shared().ofHops = writer.members(start);
    }

    /** The {@code _id}: that of the copy and the position, with leading zeros so that ids sort as hops do. */
    static String id(String copyId, int position) {
        String zeros = position < 10 ? "-000" : position < 100 ? "-00" : position < 1000 ? "-0" : "-";
        return copyId + zeros + position;
    }

    private static void writeHop(DocumentWriter writer, Hop hop, Correction.@Nullable Delay corrected) {
        writer.startObject("hop");
        writer.number("position", hop.position());
        writer.string(
                "field",
                switch (hop.field()) {
                    case RECEIVED -> "received";
                    case X_RECEIVED -> "x-received";
                });
        writer.string("dialect", hop.dialect().label());
        writeHosts(writer, hop.from(), hop.by());
        writer.string("via", hop.via());
        writer.string("with", hop.with());
        if (hop.tls() != null) {
            writer.startObject("tls");
            writer.bool("established", true);
            writer.string("version", hop.tls().version());
            writer.string("cipher", hop.tls().cipher());
            writer.number("bits", hop.tls().bits());
            writer.endObject();
        }
        if (hop.authenticated() != null) {
            writer.bool("authenticated", true);
            writer.string("authenticated_as", hop.authenticated());
        }
        writer.string("id", hop.id());
        writer.string("for", hop.recipient());
        if (hop.envelopeFrom() != null) {
            writer.string("envelope_from", hop.envelopeFrom().isEmpty() ? "<>" : hop.envelopeFrom());
        }
        if (hop.stamp() != null
                && hop.stampSource() != null
                && DocumentWriter.representable(hop.stamp().instant())) {
            writer.time("stamp", hop.stamp().instant());
            writer.zone("stamp_zone", hop.stamp().offset());
            writer.string(
                    "stamp_source",
                    switch (hop.stampSource()) {
                        case DATE -> "date";
                        case QUEUE_ID -> "queue-id";
                    });
            writer.number("stamp_precision_ms", hop.stampPrecisionMs());
        }
        writeTimes(writer, hop.times());
        writer.number("connection_ms", connectionMs(hop));
        writer.number("end_to_end_ms", hop.times().endToEndMs());
        writer.number("delay_ms", hop.delayMs());
        writer.string("held_by", hop.heldBy());
        writer.number("greylisted_ms", hop.greylistedMs());
        writer.string("segment", hop.segment() == null ? null : hop.segment().label());
        writer.seal();
        if (corrected != null) {
            writer.number("delay_corrected_ms", corrected.ms());
            if (corrected.confidence() != null) {
                writer.decimal("confidence", ClockDocuments.percent(corrected.confidence()));
            }
        }
        writer.endObject();
    }

    private static void writeHosts(DocumentWriter writer, Hop.@Nullable Peer from, Hop.@Nullable Receiver by) {
        if (from != null) {
            writer.startObject("from");
            writer.string("helo", from.helo());
            writer.string("host", from.host());
            writer.string("ip", withoutScope(from.ip()));
            writer.number("port", from.port());
            writer.string("user", from.user());
            writer.endObject();
        }
        if (by != null) {
            writer.startObject("by");
            writer.string("host", by.host());
            writer.string("ip", withoutScope(by.ip()));
            writer.string("software", by.software());
            writer.string("version", by.version());
            writer.endObject();
        }
    }

    private static void writeTimes(DocumentWriter writer, Hop.Times times) {
        writer.startObject("times");
        writer.time("queued", times.queued());
        writer.time("connected", times.connected());
        writer.time("arc_sealed", times.arcSealed());
        writer.time("arc_signed", times.arcSigned());
        writer.time("dkim_signed", times.dkimSigned());
        writer.time("arrived", times.arrived());
        writer.endObject();
    }

    /** How long the connection had lasted when the mail was taken; a stamp from the id that tells of it says nothing. */
    private static @Nullable Long connectionMs(Hop hop) {
        Instant connected = hop.times().connected();
        return connected == null || hop.stamp() == null || hop.stampSource() != Hop.StampSource.DATE
                ? null
                : hop.stamp().instant().toEpochMilli() - connected.toEpochMilli();
    }

    /** An address without its scope zone ({@code fe80::1%eth0}, RFC 4007 §11), for which the engines' type has no room. */
    private static @Nullable String withoutScope(@Nullable String ip) {
        int percent = ip == null ? -1 : ip.indexOf('%');
        return ip == null || percent < 0 ? ip : ip.substring(0, percent);
    }
}
