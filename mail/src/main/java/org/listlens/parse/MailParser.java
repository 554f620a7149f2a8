package org.listlens.parse;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
import org.listlens.mail.Author;
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
import org.listlens.mail.Role;
import org.listlens.mail.Stamp;
import org.listlens.patch.PatchParser;
import org.listlens.patch.TrailerParser;
import org.listlens.people.People;
import org.listlens.quote.ClassifiedLines;
import org.listlens.quote.Quotations;
import org.listlens.quote.QuoteParser;
import org.listlens.trace.RouteFinder;
import org.listlens.trace.TraceParser;

/**
 * Parses mails. Whatever the octets, the result is a {@link ParsedMail}; what is wrong with them is among its defects.
 * Not thread-safe: one parser a thread.
 */
public final class MailParser {
    /** So many participants are compared with the ids that a mail refers to. */
    private static final int PARTICIPANTS = 200;

    private final Limits limits;
    private final People people;
    private final Identity identity = new Identity();
    private final PatchParser patches = new PatchParser();

    /** A parser that knows of people what comes with the program. */
    public MailParser(Limits limits) {
        this(limits, People.SHIPPED);
    }

    public MailParser(Limits limits, People people) {
        this.limits = limits;
        this.people = people;
    }

    /** Parses one mail, without what mailbox software has written into it ({@link MailboxFields}). */
    public ParsedMail parse(RawMail archived) {
        RawMail raw = MailboxFields.takenOut(archived);
        byte[] bytes = raw.bytes();
        Defects defects = new Defects(limits.defects());
        if (raw.truncated()) {
            defects.add(DefectCode.MAIL_TRUNCATED, bytes.length);
        }
        HeaderBlock header = HeaderParser.parse(bytes, bytes.length, limits, defects);
        List<HeaderField> fields = header.fields();

        List<MailingList> lists = MailingLists.find(header, defects);
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
        if (isStripped(header, participants)) {
            defects.add(DefectCode.MISSING_TRACE);
        }
        RouteFinder.Way way = RouteFinder.find(TraceParser.parse(fields, limits, defects), fields, lists);
        Body body = BodyParser.parse(
                bytes, header.bodyOffset(), bytes.length - header.bodyOffset(), fields, limits, defects);
        ReaderText text = wrapped == null ? body.text() : text(wrapped);
        ClassifiedLines lines = text == null ? null : QuoteParser.classify(text.text());
        Author author = author(own, participants, lists, wrapped != null);
        List<String> inReplyTo = ids(own, "In-Reply-To", participants, defects);
        List<String> references = ids(own, "References", participants, defects);
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
                author,
                inReplyTo,
                references,
                lists,
                way.hops(),
                way.route(),
                AuthenticationParser.parse(fields, way.hops(), way.route(), defects),
                body.parts(),
                text == null || lines == null
                        ? null
                        : new BodyText(
                                text.text(),
                                text.original(),
                                text.type(),
                                text.charset(),
                                lines.toQuotes(text.original()).with(Quotations.of(lines, participants))),
                patches.parse(
                        subject,
                        author == null ? null : author.address(),
                        !inReplyTo.isEmpty() || !references.isEmpty(),
                        body.parts(),
                        lines),
                lines == null ? List.of() : TrailerParser.parse(lines),
                defects.toList());
    }

    /** What tells a mail from others: {@link ParsedMail#digest()} and {@link ParsedMail#messageId()}. */
    public record Identified(String digest, @Nullable String messageId) {}

    /** Reads no more of a mail than {@link Identified} needs; gives what {@link #parse} gives of it. */
    public Identified identify(RawMail raw) {
        byte[] bytes = raw.bytes();
        Defects defects = new Defects(1);
        HeaderBlock header = HeaderParser.parse(bytes, bytes.length, limits, defects);
        WrappedMail wrapped = WrappedMail.find(bytes, header, MailingLists.find(header), limits);
        return new Identified(
                identity.ofCopy(bytes, bytes.length), messageId(wrapped == null ? header : wrapped.header(), defects));
    }

    /**
     * What a mail's header tells of its way and of the mails that it belongs with.
     *
     * @param digest {@link ParsedMail#digest()}
     * @param hops {@link ParsedMail#hops()}
     * @param lists {@link ParsedMail#lists()}
     * @param messageId {@link ParsedMail#messageId()}
     * @param inReplyTo {@link ParsedMail#inReplyTo()}
     * @param references {@link ParsedMail#references()}
     * @param date {@link ParsedMail#date()}
     * @param participants {@link ParsedMail#participants()}
     * @param author {@link ParsedMail#author()}
     */
    public record Traced(
            String digest,
            List<Hop> hops,
            List<MailingList> lists,
            @Nullable String messageId,
            List<String> inReplyTo,
            List<String> references,
            @Nullable Stamp date,
            List<Participant> participants,
            @Nullable Author author) {}

    /** Parses the header of a mail as far as {@link Traced} needs it; gives what {@link #parse} gives of it. */
    public Traced trace(RawMail raw) {
        byte[] bytes = MailboxFields.takenOut(raw).bytes();
        Defects defects = new Defects(1);
        HeaderBlock header = HeaderParser.parse(bytes, bytes.length, limits, defects);
        List<MailingList> lists = MailingLists.find(header, defects);
        RouteFinder.Way way =
                RouteFinder.find(TraceParser.parse(header.fields(), limits, defects), header.fields(), lists);
        WrappedMail wrapped = WrappedMail.find(bytes, header, lists, limits);
        HeaderBlock own = wrapped == null ? header : wrapped.header();
        List<Participant> participants = Addresses.parseAll(own, limits, defects);
        return new Traced(
                identity.ofCopy(bytes, bytes.length),
                way.hops(),
                lists,
                messageId(own, defects),
                ids(own, "In-Reply-To", participants, defects),
                ids(own, "References", participants, defects),
                date(own, defects),
                participants,
                author(own, participants, lists, wrapped != null));
    }

    /** Who wrote a mail; a list that has wrapped it stands in the outer From, as one that has rewritten From. */
    private @Nullable Author author(
            HeaderBlock own, List<Participant> participants, List<MailingList> lists, boolean wrapped) {
        Author author = people.author(own.fields(), participants, lists);
        return author == null || !wrapped
                ? author
                : new Author(author.name(), author.address(), author.organization(), author.robot(), true);
    }

    /**
     * Whether an archive that obscures addresses has taken the trace. Elsewhere a mail without any may be a draft or one
     * that was sent, which never had one.
     */
    private static boolean isStripped(HeaderBlock header, List<Participant> participants) {
        HeaderField from = header.first("From");
        if (from == null || from.value().indexOf('@') >= 0 || header.first("Received") != null) {
            return false;
        }
        for (int i = 0; i < participants.size() && i < PARTICIPANTS; i++) {
            if (participants.get(i).role() == Role.FROM) {
                return participants.get(i).address().indexOf('@') > 0;
            }
        }
        return false;
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

    /**
     * The Message-IDs of a field, of all where it stands several times. Left out are addresses of participants, which
     * some programs put into In-Reply-To, and answers to the question for an id, {@code y}, that old versions of git
     * send-email asked.
     */
    private List<String> ids(HeaderBlock header, String name, List<Participant> participants, Defects defects) {
        List<String> ids = List.of();
        Set<String> all = null;
        for (HeaderField field : header.all(name)) {
            List<String> more = MessageIds.parse(field.value(), limits.references(), defects, field.offset());
            if (ids.isEmpty()) {
                ids = more;
                continue;
            }
            if (all == null) {
                all = new LinkedHashSet<>(ids);
            }
            all.addAll(more);
            if (all.size() > limits.references()) {
                defects.add(DefectCode.TOO_MANY_REFERENCES, field.offset());
                break;
            }
        }
        if (all != null) {
            ids = all.stream().limit(limits.references()).toList();
        }
        for (String id : ids) {
            if (!isReference(id, participants)) {
                return ids.stream()
                        .filter(other -> isReference(other, participants))
                        .toList();
            }
        }
        return ids;
    }

    private static boolean isReference(String id, List<Participant> participants) {
        for (int i = 0; i < participants.size() && i < PARTICIPANTS; i++) {
            if (id.equalsIgnoreCase(participants.get(i).address())) {
                return false;
            }
        }
        return id.length() > 3 || id.indexOf('@') >= 0;
    }

    private static String decode(HeaderField field, Defects defects) {
        return EncodedWords.decode(field.value(), defects, field.offset()).strip();
    }
}
