package org.listlens.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.listlens.clock.Passage;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Segment;
import org.listlens.mail.SegmentDelays;

/** The document of one archived copy. */
final class DeliveryDocument {
    private DeliveryDocument() {}

    /**
     * Writes it. Its digest covers those of its hops too: what replaces a hop's document takes away the corrected delay,
     * and only deliveries are looked at for what is to be corrected again.
     */
    static EncodedDocument write(
            DocumentWriter writer,
            ParsedMail mail,
            MailDocuments.Keys keys,
            Times times,
            MailDocuments.Clocks clocks,
            List<EncodedDocument> hops) {
        writer.begin("create", DocumentKind.DELIVERY, mail.digest());
        writer.time("@timestamp", times.delivery());
        writer.startObject("message");
        writer.string("id", keys.message());
        writer.endObject();
        writer.startObject("email");
        SharedFields.writeSummary(writer, mail, keys.shared());
        SharedFields.writeRecipients(writer, mail, keys.shared());
        writer.endObject();
        AuthenticationFields.write(writer, mail.authentication());
        SharedFields.writeLists(writer, mail, keys);
        SharedFields.writeDefects(writer, mail);
        writeDelivery(writer, mail, times, clocks, hops);
        if (clocks.correction() != null) {
            ClockDocuments.writeClock(writer, clocks.correction(), clocks.solved());
        }
        writer.hash();
        writer.startObject("archive");
        writer.string("source", mail.origin().source());
        writer.string("position", mail.origin().position());
        writer.number("size", mail.size());
        writer.startArray("sources");
        writer.element(mail.origin().source());
        writer.endArray();
        writer.endObject();
        return writer.end();
    }

    private static void writeDelivery(
            DocumentWriter writer,
            ParsedMail mail,
            Times times,
            MailDocuments.Clocks clocks,
            List<EncodedDocument> hops) {
        boolean delays = false;
        boolean skewed = false;
        for (int i = 0; i < mail.hops().size(); i++) {
            Long delay = mail.hops().get(i).delayMs();
            delays |= delay != null;
            skewed |= delay != null && delay < 0;
        }
        writer.startObject("delivery");
        writer.string("id", mail.digest());
        if (!mail.hops().isEmpty()) {
            writer.number("hops", mail.hops().size());
        }
        Instant sorted = times.delivery();
        if (sorted != null) {
            long hours = Math.floorDiv(sorted.getEpochSecond(), 3600);
            writer.number("hour", Math.floorMod(hours, 24));
            // Counted from Monday, 1; the first day of 1970 was a Thursday.
            writer.number("weekday", Math.floorMod(Math.floorDiv(hours, 24) + 3, 7) + 1);
        }
        writer.time("first_stamp", times.first());
        writer.time("last_stamp", times.last());
        writer.number("latency_ms", times.latencyMs());
        writer.number("origin_ms", times.originMs());
        writeSegments(writer, "_ms", SegmentDelays.of(mail.hops()));
        writer.number("greylisted_ms", mail.greylistedMs());
        writer.number("moderated_ms", mail.route().moderatedMs());
        writer.string("list_host", mail.route().listHost());
        ParsedMail.Hold hold = mail.longestHold();
        if (hold != null) {
            writer.string("held_by", hold.host());
            writer.number("held_ms", hold.ms());
        }
        if (delays) {
            writer.bool("skewed", skewed);
        }
        writer.startArray("days");
        for (long day : clocks.way().days()) {
            writer.startText();
            writer.day(day);
            writer.endText();
        }
        writer.endArray();
        writer.startArray("passages");
        for (Passage passage : clocks.way().passages()) {
            ClockDocuments.writePassage(writer, passage);
        }
        writer.endArray();
        for (EncodedDocument hop : hops) {
            writer.digest(hop.hash().getBytes(StandardCharsets.US_ASCII));
        }
        writer.seal();
        if (clocks.correction() != null) {
            ClockDocuments.writeCorrected(writer, clocks.correction(), times.originMs());
        }
        writer.endObject();
    }

    /** What hosts of the way spent, part by part; {@code suffix} tells what the delays are. */
    static void writeSegments(DocumentWriter writer, String suffix, SegmentDelays delays) {
        writer.number("inbound" + suffix, delays.get(Segment.INBOUND));
        writer.number("list" + suffix, delays.get(Segment.LIST));
        writer.number("outbound" + suffix, delays.get(Segment.OUTBOUND));
        writer.number("archive" + suffix, delays.get(Segment.ARCHIVE));
    }
}
