package org.listlens.document;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.header.EncodedWords;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Part;
import org.listlens.mail.Participant;
import org.listlens.mail.Role;
import org.listlens.mail.Segment;
import org.listlens.thread.KnownThreads;

/** The document of one mail, however many lists carried it. */
final class MessageDocument {
    private MessageDocument() {}

    /**
     * Writes it. Its digest does not cover its place in the thread and who the author is, on which other mails decide.
     *
     * @param place {@code null} when it is not known yet
     * @param author what is written of the author
     */
    static EncodedDocument write(
            DocumentWriter writer,
            ParsedMail mail,
            MailDocuments.Keys keys,
            Times times,
            KnownThreads.@Nullable Place place,
            AuthorFields.@Nullable Written author) {
        writer.begin("create", DocumentKind.MESSAGE, keys.message());
        writer.time("@timestamp", times.message());
        writer.startObject("message");
        writer.string("id", keys.message());
        writer.number("alterations", keys.alterations());
        writer.endObject();
        writer.startObject("delivery");
        writer.string("id", mail.digest());
        writer.endObject();
        writeEmail(writer, mail, keys, times);
        writer.startObject("mail");
        writer.number("size", mail.size());
        writer.time("list_exit", listExit(mail));
        writer.endObject();
        writeParts(writer, mail.parts());
        writeHeader(writer, mail.headers());
        writeParticipants(writer, mail.participants());
        SharedFields.writeDefects(writer, mail);
        PatchFields.writePatch(writer, mail.patch());
        PatchFields.writeTrailers(writer, mail.trailers());
        QuoteFields.write(writer, mail.text());
        if (author != null) {
            author.digest(writer);
        }
        writer.hash();
        if (author != null) {
            author.write(writer);
        }
        writer.startObject("thread");
        writer.string("parent", parent(mail));
        if (place != null) {
            writer.string("id", place.thread());
            writer.number("depth", place.depth());
            writer.bool("solved", true);
        }
        writer.endObject();
        SharedFields.writeLists(writer, mail, keys);
        return writer.end();
    }

    private static void writeEmail(DocumentWriter writer, ParsedMail mail, MailDocuments.Keys keys, Times times) {
        writer.startObject("email");
        SharedFields.writeSummary(writer, mail, keys.shared());
        writer.time("delivery_timestamp", times.last());
        SharedFields.writeRole(writer, mail, "sender", Role.SENDER);
        SharedFields.writeRole(writer, mail, "reply_to", Role.REPLY_TO);
        SharedFields.writeRecipients(writer, mail, keys.shared());
        SharedFields.writeRole(writer, mail, "bcc", Role.BCC);
        writer.strings("in_reply_to", mail.inReplyTo());
        writer.strings("references", mail.references());
        HeaderField contentType = keys.fields().contentType();
        writer.string("content_type", contentType == null ? null : mediaType(contentType.value()));
        HeaderField mailer = keys.fields().mailer();
        writer.string("x_mailer", mailer == null ? null : decoded(mailer));
        writeAttachments(writer, mail.parts());
        writer.endObject();
    }

    /** Attachments are the parts that are declared so, and those with a file name whatever they are declared. */
    private static void writeAttachments(DocumentWriter writer, List<Part> parts) {
        writer.startArray("attachments");
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if ((part.filename() != null || "attachment".equals(part.disposition())) && !writer.full()) {
                writer.startElement();
                writer.startObject("file");
                writer.string("name", part.filename());
                writer.string("extension", part.filename() == null ? null : extension(part.filename()));
                writer.string("mime_type", part.type());
                writer.number("size", part.size());
                writer.endObject();
                writer.endObject();
            }
        }
        writer.endArray();
    }

    private static void writeParts(DocumentWriter writer, List<Part> parts) {
        writer.startArray("parts");
        for (int i = 0; i < parts.size() && !writer.full(); i++) {
            Part part = parts.get(i);
            writer.startElement();
            writer.string("path", part.path());
            writer.string("type", part.type());
            writer.string("charset", part.charset());
            writer.string("encoding", part.encoding());
            writer.string("disposition", part.disposition());
            writer.string("filename", part.filename());
            writer.number("size", part.size());
            writer.endObject();
        }
        writer.endArray();
    }

    private static void writeHeader(DocumentWriter writer, List<HeaderField> headers) {
        Set<String> names = new HashSet<>(headers.size() * 2);
        writer.startObject("header");
        writer.startArray("names");
        for (int i = 0; i < headers.size() && !writer.full(); i++) {
            if (names.add(headers.get(i).name())) {
                writer.element(headers.get(i).name());
            }
        }
        writer.endArray();
        writer.startArray("lines");
        for (int i = 0; i < headers.size() && !writer.full(); i++) {
            String value = decoded(headers.get(i));
            writer.startText();
            writer.text(headers.get(i).name());
            writer.text(value.isEmpty() ? ":" : ": ");
            writer.text(value);
            writer.endText();
        }
        writer.endArray();
        writer.endObject();
    }

    private static void writeParticipants(DocumentWriter writer, List<Participant> participants) {
        writer.startArray("participants");
        for (int i = 0; i < participants.size() && !writer.full(); i++) {
            Participant participant = participants.get(i);
            writer.startElement();
            writer.string(
                    "role",
                    switch (participant.role()) {
                        case FROM -> "from";
                        case SENDER -> "sender";
                        case REPLY_TO -> "reply-to";
                        case TO -> "to";
                        case CC -> "cc";
                        case BCC -> "bcc";
                    });
            writer.string("name", participant.name());
            writer.string("address", participant.address());
            writer.string("domain", participant.domain());
            writer.endObject();
        }
        writer.endArray();
    }

    /** The stamp at the end of the list's part of the way; where that has one hop alone, its stamp. */
    private static @Nullable Instant listExit(ParsedMail mail) {
        Instant exit = null;
        boolean listSeen = false;
        for (Hop hop : mail.hops()) {
            boolean list = hop.segment() == Segment.LIST;
            listSeen |= list;
            if (hop.stamp() != null
                    && (list || (!listSeen && mail.route().listHost() != null && hop.segment() == Segment.INBOUND))) {
                exit = hop.stamp().instant();
            }
        }
        return exit;
    }

    /** The Message-ID that the mail answers: the last of References, else the first of In-Reply-To; never its own. */
    private static @Nullable String parent(ParsedMail mail) {
        for (int i = mail.references().size() - 1; i >= 0; i--) {
            if (!mail.references().get(i).equals(mail.messageId())) {
                return mail.references().get(i);
            }
        }
        for (int i = 0; i < mail.inReplyTo().size(); i++) {
            if (!mail.inReplyTo().get(i).equals(mail.messageId())) {
                return mail.inReplyTo().get(i);
            }
        }
        return null;
    }

    /** The value of a field as its reader sees it: encoded words (RFC 2047) decoded. */
    private static String decoded(HeaderField field) {
        return EncodedWords.decode(field.value(), null);
    }

    /** The media type of a Content-Type value, in lower case; {@code null} when it has none. */
    private static @Nullable String mediaType(String value) {
        int end = 0;
        boolean slash = false;
        while (end < value.length() && value.charAt(end) != ';' && value.charAt(end) > ' ') {
            slash |= value.charAt(end) == '/';
            end++;
        }
        return slash ? value.substring(0, end).toLowerCase(Locale.ROOT) : null;
    }

    /** The extension of a file name, in lower case; {@code null} when what follows the last dot is none. */
    private static @Nullable String extension(String filename) {
        int dot = filename.lastIndexOf('.');
        if (dot <= 0 || dot == filename.length() - 1) {
            return null;
        }
        for (int i = dot + 1; i < filename.length(); i++) {
            if (!Character.isLetterOrDigit(filename.charAt(i))) {
                return null;
            }
        }
        return filename.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
