package org.listlens.generate;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the truth about each copy, one JSON object a line, in the order of arrival. What is unknown is absent. Times are
 * milliseconds since 1970, durations milliseconds.
 *
 * <p>{@code offset} is that of the {@code From } line in {@code file}, {@code size} the octets of the mail without that
 * line, the blank line after it and the quoting of {@code From } lines. {@code thread.number} numbers the mails that
 * In-Reply-To and References link, mail that is not in the archive included; {@code thread.conversation} what its people
 * would call one discussion, for a patch series all its versions. {@code thread.depth} counts the mails above, those not
 * in the archive too. {@code quote.lines} counts the lines of the whole text after undoing {@code format=flowed} (for HTML
 * mail: its divs), by depth; element 0 those that are not blank, of which {@code …_lines} tell what they are for: the
 * author's, attributions, patch, signature with its dashes, list footer. Trace: {@code stamp_ms} and {@code zone_minutes}
 * are what the line's date says, {@code id_ms} what the queue id does; {@code true_ms} is when the host truly took the
 * mail, after {@code hold_ms} at the host before and {@code transit_ms} on the way; {@code offset_ms} how far the clock
 * of {@code stamped_by} was ahead. {@code segment} is the part of the way that {@code delay_ms} lies in, and
 * {@code inbound_ms} and its like add the delays up; within the list's site it is {@code list_host} that held the mail.
 * {@code authentication} has the signatures, oldest first, each with where it truly broke, the host that noted it whole
 * last and the one that noted it broken first; then what hosts wrote that they found, oldest first; and the ARC sets.
 * {@code noted_moderation_ms} is what the list software's note of an approval tells, where it leaves one.
 */
final class Manifest implements Closeable {
    private final JsonGenerator json;

    Manifest(Path file) throws IOException {
        json = new JsonFactory()
                .createGenerator(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), JsonEncoding.UTF8);
        json.setRootValueSeparator(null);
    }

    void write(Copy copy, long offset) throws IOException {
        Letter letter = copy.letter();
        Malformation malformation = letter.malformation();
        json.writeStartObject();
        json.writeStringField("file", copy.list().file());
        json.writeNumberField("offset", offset);
        json.writeNumberField("size", copy.octets().length());
        string("message_id", letter.id());
        string("in_reply_to", letter.inReplyTo());
        strings("references", letter.references());
        strings("lists", List.of(copy.list().id()));
        thread(letter);
        from(letter);
        string("subject", copy.subject());
        number("date_ms", letter.dateMs());
        json.writeNumberField("sent_ms", letter.sentMs());
        text(copy);
        patch(letter);
        trace(copy);
        authentication(copy.authentication());
        duration("greylisted_ms", copy.greylistedMs());
        duration("moderated_ms", copy.moderatedMs());
        number("noted_moderation_ms", copy.notedModerationMs());
        duration("blocked_ms", copy.blockedMs());
        json.writeBooleanField("crosspost", letter.plan().crosspost != null);
        json.writeBooleanField("duplicate", copy.duplicate());
        if (malformation != null) {
            json.writeStringField("malformed", malformation.label());
        }
        strings("defects", malformation == null ? List.of() : malformation.defects());
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void thread(Letter letter) throws IOException {
        json.writeObjectFieldStart("thread");
        json.writeNumberField("number", letter.partition().number);
        string("root", letter.partition().root);
        string("parent", letter.parent());
        json.writeNumberField("depth", letter.depth());
        json.writeNumberField("conversation", letter.plan().conversation);
        json.writeStringField("linkage", label(letter.node().linkage()));
        json.writeEndObject();
    }

    private void from(Letter letter) throws IOException {
        if (letter.is(Malformation.MISSING_FROM)) {
            return;
        }
        json.writeObjectFieldStart("from");
        json.writeStringField("address", letter.author().address());
        json.writeStringField("name", letter.author().name());
        json.writeEndObject();
    }

    private void text(Copy copy) throws IOException {
        Letter letter = copy.letter();
        Format format = letter.format();
        Draft.Reply reply = letter.draft().reply();
        json.writeObjectFieldStart("text");
        json.writeStringField("shape", label(format.shape()));
        if (format.declared()) {
            json.writeStringField("charset", format.charset());
            json.writeStringField("encoding", format.encoding().label());
        }
        json.writeBooleanField("flowed", format.flowed());
        json.writeBooleanField("delsp", format.delSp());
        string("attachment", format.attachment());
        json.writeStringField("language", label(letter.language()));
        json.writeEndObject();
        int[] lines = copy.linesByDepth();
        json.writeObjectFieldStart("quote");
        json.writeNumberField("depth", lines.length - 1);
        json.writeFieldName("lines");
        json.writeArray(lines, 0, lines.length);
        for (Line.Kind kind : Line.Kind.values()) {
            json.writeNumberField(label(kind) + "_lines", copy.count(kind));
        }
        if (reply != null) {
            json.writeStringField("reply", reply.label());
        }
        json.writeEndObject();
    }

    private void patch(Letter letter) throws IOException {
        ThreadPlan.Series series = letter.plan().series;
        Integer index = letter.node().patch();
        if (series != null && index != null) {
            json.writeObjectFieldStart("patch");
            json.writeNumberField("version", series.version());
            json.writeNumberField("index", index);
            json.writeNumberField("total", series.total());
            json.writeBooleanField("rfc", series.rfc());
            json.writeEndObject();
        }
        json.writeArrayFieldStart("trailers");
        for (Draft.Trailer trailer : letter.draft().trailers()) {
            json.writeStartObject();
            json.writeStringField("key", trailer.key());
            json.writeStringField("name", trailer.name());
            json.writeStringField("address", trailer.address());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void trace(Copy copy) throws IOException {
        List<Hop> hops = copy.hops();
        json.writeArrayFieldStart("hops");
        for (int i = 0; i < hops.size(); i++) {
            hop(hops.get(i), i + 1);
        }
        json.writeEndArray();
        Hop oldest = null;
        Hop newest = null;
        Hop slowest = null;
        Hop longest = null;
        String longestAt = null;
        boolean skewed = false;
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            Long delay = hop.delayMs;
            if (hop.stampMs != null) {
                oldest = oldest == null ? hop : oldest;
                newest = hop;
            }
            if (delay != null) {
                skewed |= delay < 0;
                if (delay > 0 && hop.heldBy != null && (slowest == null || delay > delay(slowest))) {
                    slowest = hop;
                }
            }
            if (i > 0 && (longest == null || hop.holdMs > longest.holdMs)) {
                longest = hop;
                longestAt = hops.get(i - 1).stampedBy;
            }
        }
        if (oldest != null && newest != null && oldest != newest && oldest.stampMs != null && newest.stampMs != null) {
            json.writeNumberField("latency_ms", newest.stampMs - oldest.stampMs);
            json.writeNumberField("true_latency_ms", newest.trueMs - oldest.trueMs);
        }
        string("held_by", slowest == null ? null : slowest.heldBy);
        string("true_held_by", longestAt);
        json.writeBooleanField("skewed", skewed);
        json.writeStringField("list_host", copy.list().host().name());
        parts(hops);
    }

    private void parts(List<Hop> hops) throws IOException {
        Map<Hop.Part, Long> parts = new EnumMap<>(Hop.Part.class);
        for (Hop hop : hops) {
            if (hop.delayMs != null) {
                parts.merge(hop.part, hop.delayMs, Long::sum);
            }
        }
        for (Map.Entry<Hop.Part, Long> part : parts.entrySet()) {
            json.writeNumberField(label(part.getKey()) + "_ms", part.getValue());
        }
    }

    private static long delay(Hop hop) {
        Long delay = hop.delayMs;
        return delay == null ? Long.MIN_VALUE : delay;
    }

    private void hop(Hop hop, int position) throws IOException {
        json.writeStartObject();
        json.writeNumberField("position", position);
        json.writeStringField("field", hop.xReceived() ? "x-received" : "received");
        json.writeStringField("dialect", hop.dialect);
        if (hop.fromHelo != null || hop.fromHost != null || hop.fromIp != null || hop.fromUser != null) {
            json.writeObjectFieldStart("from");
            string("helo", hop.fromHelo);
            string("host", hop.fromHost);
            string("ip", hop.fromIp);
            integer("port", hop.fromPort);
            string("user", hop.fromUser);
            json.writeEndObject();
        }
        if (hop.byHost != null || hop.byIp != null) {
            json.writeObjectFieldStart("by");
            string("host", hop.byHost);
            string("ip", hop.byIp);
            string("software", hop.software);
            string("version", hop.version);
            json.writeEndObject();
        }
        string("via", hop.via);
        string("with", hop.with);
        if (hop.tlsVersion != null) {
            json.writeObjectFieldStart("tls");
            string("version", hop.tlsVersion);
            string("cipher", hop.tlsCipher);
            integer("bits", hop.tlsBits);
            json.writeEndObject();
        }
        string("authenticated", hop.authenticated);
        string("id", hop.id);
        string("recipient", hop.recipient);
        string("envelope_from", hop.envelopeFrom);
        number("stamp_ms", hop.stampMs);
        integer("zone_minutes", hop.zoneMinutes);
        number("id_ms", hop.idMs);
        json.writeStringField("stamped_by", hop.stampedBy);
        json.writeNumberField("true_ms", hop.trueMs);
        json.writeNumberField("offset_ms", hop.offsetMs);
        json.writeNumberField("hold_ms", hop.holdMs);
        json.writeNumberField("transit_ms", hop.transitMs);
        number("delay_ms", hop.delayMs);
        string("held_by", hop.heldBy);
        json.writeStringField("segment", label(hop.part));
        json.writeEndObject();
    }

    private void authentication(Authentication authentication) throws IOException {
        json.writeObjectFieldStart("authentication");
        json.writeArrayFieldStart("signatures");
        for (Signature signature : authentication.signatures()) {
            json.writeStartObject();
            json.writeStringField("domain", signature.key.domain());
            json.writeStringField("selector", signature.key.selector());
            json.writeStringField("algorithm", signature.key.algorithm().label());
            json.writeNumberField("position", signature.position);
            json.writeNumberField("signed_ms", signature.signedMs);
            json.writeBooleanField("broken", !signature.whole());
            if (!signature.whole()) {
                json.writeStringField("altered", label(signature.altered));
                string("broken_after", signature.brokenAfter);
                string("broken_at", signature.brokenAt);
                string("broken_by", signature.brokenBy);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("verdicts");
        for (Verdict verdict : authentication.verdicts()) {
            json.writeStartObject();
            json.writeNumberField("position", verdict.position);
            string("authserv_id", verdict.host);
            string("spf", verdict.spf);
            string("mail_from", verdict.mailFrom);
            string("helo", verdict.helo);
            string("client_ip", verdict.clientIp);
            string("iprev", verdict.iprev);
            strings("dkim", verdict.dkim);
            string("dmarc", verdict.dmarc);
            string("policy", verdict.policy);
            string("arc", verdict.arc);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("arc");
        for (Seal seal : authentication.seals()) {
            json.writeStartObject();
            json.writeNumberField("instance", seal.instance());
            json.writeStringField("domain", seal.domain());
            json.writeStringField("cv", seal.cv());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void string(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private void integer(String name, @Nullable Integer value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    private void number(String name, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    private void duration(String name, long ms) throws IOException {
        if (ms > 0) {
            json.writeNumberField(name, ms);
        }
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
