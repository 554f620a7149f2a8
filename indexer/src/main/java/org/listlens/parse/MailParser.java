package org.listlens.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.authentication.AuthenticationParser;
import org.listlens.body.Body;
import org.listlens.body.BodyParser;
import org.listlens.body.ReaderText;
import org.listlens.header.Addresses;
import org.listlens.header.DateTimes;
import org.listlens.header.EncodedWords;
import org.listlens.header.HeaderBlock;
import org.listlens.header.HeaderParser;
import org.listlens.header.MailingLists;
import org.listlens.header.MessageIds;
import org.listlens.mail.BodyText;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;
import org.listlens.mail.MailingList;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.mail.RawMail;
import org.listlens.mail.Stamp;
import org.listlens.quote.ClassifiedLines;
import org.listlens.quote.QuoteParser;
import org.listlens.trace.RouteFinder;
import org.listlens.trace.TraceParser;

/**
 * Parses mails. Whatever the octets, the result is a {@link ParsedMail}; what is wrong with them is among its defects.
 * Not thread-safe: one parser a thread.
 */
public final class MailParser {
    private final Limits limits;
    private final Identity identity = new Identity();

    public MailParser(Limits limits) {
        this.limits = limits;
    }

    /** Parses one mail. */
    public ParsedMail parse(RawMail raw) {
        byte[] bytes = raw.bytes();
        Defects defects = new Defects(limits.defects());
        if (raw.truncated()) {
            defects.add(DefectCode.MAIL_TRUNCATED, bytes.length);
        }
        HeaderBlock header = HeaderParser.parse(bytes, bytes.length, limits, defects);
        List<HeaderField> fields = header.fields();

        List<MailingList> lists = MailingLists.find(header);
        WrappedMail wrapped = WrappedMail.find(bytes, header, lists, limits);
        // What an author says of his mail stands in the inner header, what happened to it on its way in the outer one.
        HeaderBlock own = wrapped == null ? header : wrapped.header();
        String messageId = messageId(own, defects);
        HeaderField subjectField = own.first("Subject");
        String subject = subjectField == null ? null : decode(subjectField, defects);
        Stamp date = date(own, defects);
        if (own.first("From") == null) {
            defects.add(DefectCode.MISSING_FROM);
        }
        List<Participant> participants = Addresses.parseAll(own, limits, defects);
        RouteFinder.Way way = RouteFinder.find(TraceParser.parse(fields, limits, defects), fields, lists);
        Body body = BodyParser.parse(
                bytes, header.bodyOffset(), bytes.length - header.bodyOffset(), fields, limits, defects);
        ReaderText text = wrapped == null ? body.text() : text(wrapped);
        ClassifiedLines lines = text == null ? null : QuoteParser.classify(text.text());
        return new ParsedMail(
                raw.origin(),
                raw.size(),
                identity.ofCopy(bytes, bytes.length),
                identity.ofContent(lines, subject, messageId == null, body.parts()),
                fields,
                messageId,
                subject,
                date,
                participants,
                null,
                ids(own, "In-Reply-To", defects),
                ids(own, "References", defects),
                lists,
                way.hops(),
                way.route(),
                AuthenticationParser.parse(fields, way.hops(), way.route(), defects),
                body.parts(),
                text == null || lines == null
                        ? null
                        : new BodyText(text.text(), text.original(), text.type(), text.charset(), lines.toQuotes()),
                null,
                List.of(),
                defects.toList());
    }

    /**
     * What a mail's trace tells.
     *
     * @param digest {@link ParsedMail#digest()}
     * @param hops {@link ParsedMail#hops()}
     * @param lists {@link ParsedMail#lists()}
     */
    public record Traced(String digest, List<Hop> hops, List<MailingList> lists) {}

    /** Parses the trace of a mail and nothing else; gives what {@link #parse} gives of it. */
    public Traced trace(RawMail raw) {
        byte[] bytes = raw.bytes();
        Defects defects = new Defects(1);
        HeaderBlock header = HeaderParser.parse(bytes, bytes.length, limits, defects);
        List<MailingList> lists = MailingLists.find(header);
        RouteFinder.Way way =
                RouteFinder.find(TraceParser.parse(header.fields(), limits, defects), header.fields(), lists);
        return new Traced(identity.ofCopy(bytes, bytes.length), way.hops(), lists);
    }

    private @Nullable ReaderText text(WrappedMail wrapped) {
        byte[] inner = wrapped.bytes();
        int offset = wrapped.header().bodyOffset();
        return BodyParser.parse(
                        inner,
                        offset,
                        inner.length - offset,
                        wrapped.header().fields(),
                        limits,
                        // The outer body's defects tell of the inner one's, at offsets in the mail.
                        new Defects(1))
                .text();
    }

    private @Nullable String messageId(HeaderBlock header, Defects defects) {
        HeaderField field = header.first("Message-ID");
        if (field == null) {
            defects.add(DefectCode.MISSING_MESSAGE_ID);
            return null;
        }
        List<String> ids = MessageIds.parse(field.value(), 1, defects, field.offset());
        return ids.isEmpty() ? null : ids.getFirst();
    }

    private static @Nullable Stamp date(HeaderBlock header, Defects defects) {
        HeaderField field = header.first("Date");
        if (field == null) {
            defects.add(DefectCode.MISSING_DATE);
            return null;
        }
        Stamp date = DateTimes.parse(field.value());
        if (date == null) {
            defects.add(DefectCode.INVALID_DATE, field.offset());
        }
        return date;
    }

    private List<String> ids(HeaderBlock header, String name, Defects defects) {
        HeaderField field = header.first(name);
        return field == null
                ? List.of()
                : MessageIds.parse(field.value(), limits.references(), defects, field.offset());
    }

    private static String decode(HeaderField field, Defects defects) {
        return EncodedWords.decode(field.value(), defects, field.offset()).strip();
    }
}
