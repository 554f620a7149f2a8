package org.listlens.generate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a mail as the archive got it: trace, what the author's program wrote, what the list added, text. */
final class MailWriter {
    private static final String BROKEN_DATE = "Foo, 99 Bar 20x1 25:61:99";

    /** How many numbers the signatures of some sites took once; a seed shall go on to give the same discussions. */
    private static final int SIGNATURE_NUMBERS = 131;

    private final Letter letter;
    private final MailList list;
    private final Trip trip;
    private final Authentication authentication;
    private final Prng random;
    private final StringBuilder out = new StringBuilder(4096);

    MailWriter(Letter letter, MailList list, Trip trip, Authentication authentication) {
        this.letter = letter;
        this.list = list;
        this.trip = trip;
        this.authentication = authentication;
        random = trip.random();
    }

    /**
     * Writes the copy.
     *
     * @param ingress the number of the hop into the list's site, below whose line greylisting is noted
     * @param exit the number of the hop out of the list host's expansion
     */
    Copy write(int ingress, int exit, long greylistedMs, long moderatedMs, long blockedMs) {
        spoilTrace();
        trip.finish(ingress, exit, list.host());
        List<Line> lines = lines();
        Format format = letter.format();
        Body body = Body.of(lines, format, letter.malformation(), random);
        Site.Origin origin = letter.author().site().origin();
        if (origin == Site.Origin.GOOGLE || origin == Site.Origin.SUBMISSION) {
            random.skip(SIGNATURE_NUMBERS);
        }
        boolean moderated = moderatedMs > 0;
        out.append("Return-Path: <").append(list.bounces()).append(">\n");
        out.append("Delivered-To: archive@archive.example.net\n");
        List<Hop> hops = trip.hops();
        for (int i = hops.size() - 1; i >= 0; i--) {
            Hop hop = hops.get(i);
            out.append(authentication.above(i)).append(hop.text).append('\n');
            out.append(authentication.below(i));
            if (i == exit) {
                out.append(ListFields.inTrace(list, moderated));
            }
            if (i == ingress && greylistedMs > 0) {
                out.append(ListRoute.greylistField(list, greylistedMs, hop.trueMs + hop.offsetMs))
                        .append('\n');
            }
        }
        authorFields();
        out.append(bodyFields(body));
        long approvedMs = trip.nowMs() + list.host().clock().offsetMs(trip.nowMs());
        out.append(ListFields.atEnd(list, moderated, approvedMs));
        if (!letter.is(Malformation.MISSING_BLANK_LINE)) {
            out.append('\n');
        }
        out.append(body.content());
        if (out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
        return new Copy(
                letter,
                list,
                letter.is(Malformation.INVALID_ENCODED_WORD) ? null : subject(),
                lines,
                hops,
                authentication,
                out.toString(),
                trip.nowMs(),
                greylistedMs,
                moderatedMs,
                moderated ? notedModerationMs(hops.get(exit - 1), approvedMs) : null,
                blockedMs,
                false);
    }

    /** From the stamp of the list's host to the approval that its software notes, to the second; most does not note it. */
    private @Nullable Long notedModerationMs(Hop arrived, long approvedMs) {
        Long stamp = arrived.stampMs;
        return stamp == null || list.software() != MailList.Software.MAILMAN_2
                ? null
                : Math.floorDiv(approvedMs, 1000L) * 1000 - stamp;
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>(letter.draft().lines());
        for (String line : list.footer(letter.format())) {
            lines.add(Line.of(line, Line.Kind.FOOTER));
        }
        return lines;
    }

    private String subject() {
        return letter.prefix() + list.tag() + letter.subject();
    }

    private void authorFields() {
        Person author = letter.author();
        Person.Client client = author.client();
        String charset = client == Person.Client.GMAIL || !letter.format().declared()
                ? "UTF-8"
                : author.language().legacyCharset();
        if (letter.is(Malformation.FROM_LINE_IN_HEADER)) {
            out.append(">From ")
                    .append(author.address())
                    .append(' ')
                    .append(Dates.asctime(letter.sentMs()))
                    .append('\n');
        }
        if (!letter.is(Malformation.MISSING_FROM)) {
            field("From", Mime.phrase(author.name(), charset) + " <" + author.address() + '>');
        }
        recipients(charset);
        field(
                "Subject",
                (letter.is(Malformation.INVALID_ENCODED_WORD) ? "=?UTF-8?B?*?= " : "")
                        + Mime.words(subject(), charset));
        if (letter.is(Malformation.DUPLICATE_FIELD)) {
            field("Subject", "another subject");
        }
        date();
        if (letter.id() != null) {
            field(client == Person.Client.OLD ? "Message-Id" : "Message-ID", '<' + letter.id() + '>');
        }
        if (letter.inReplyTo() != null) {
            field("In-Reply-To", '<' + letter.inReplyTo() + '>');
        }
        if (!letter.references().isEmpty()) {
            field("References", '<' + String.join(">\n <", letter.references()) + '>');
        }
        if (letter.is(Malformation.STRAY_HEADER_LINE)) {
            out.append("this line is not a field\n");
        }
        if (letter.is(Malformation.NUL_IN_HEADER)) {
            field("X-Note", "before\0after");
        }
        if (letter.is(Malformation.RAW_8BIT_HEADER)) {
            field("Organization", Mime.octets("Bäckerei Süßholz", "windows-1252"));
        }
        if (letter.is(Malformation.SPACE_BEFORE_COLON)) {
            field("X-Priority ", "3");
        }
        if (letter.node().patch() != null) {
            field("X-Mailer", "git-send-email 2.39.2");
        } else if (!client.field().isEmpty()) {
            out.append(client.field()).append('\n');
        }
    }

    private void recipients(String charset) {
        Person asked = letter.asked();
        MailList other = letter.plan().crosspost;
        String lists = letter.plan().list.address() + (other == null ? "" : ",\n " + other.address());
        if (asked == null) {
            field("To", lists);
        } else {
            field("To", Mime.phrase(asked.name(), charset) + " <" + asked.address() + '>');
            field("Cc", lists);
        }
    }

    private void date() {
        Long dateMs = letter.dateMs();
        Person author = letter.author();
        if (letter.is(Malformation.INVALID_DATE)) {
            field("Date", "some day in spring");
        } else if (dateMs != null) {
            field(
                    "Date",
                    switch (author.client()) {
                        case OLD -> Dates.date(dateMs, Zone.GMT, "0") + " GMT";
                        case OUTLOOK -> Dates.date(dateMs, Zone.UTC, "") + " -0000";
                        case GMAIL, APPLE_MAIL, THUNDERBIRD -> Dates.plain(dateMs, author.zone());
                        case MUTT -> Dates.zeroPadded(dateMs, author.zone());
                    });
        }
    }

    private String bodyFields(Body body) {
        String fields = body.fields();
        Malformation malformation = letter.malformation();
        if (malformation == null) {
            return fields;
        }
        return switch (malformation) {
            case MISSING_BOUNDARY -> "MIME-Version: 1.0\nContent-Type: multipart/mixed\n";
            case UNKNOWN_CHARSET -> fields.replace("utf-8", "x-unheard-of");
            case WRONG_CHARSET -> fields.replace("windows-1252", "utf-8");
            case UNKNOWN_TRANSFER_ENCODING -> fields.replace("Encoding: 8bit", "Encoding: x-plain");
            default -> fields;
        };
    }

    private void field(String name, String value) {
        out.append(name).append(": ").append(value).append('\n');
    }

    /** Takes the date from the oldest line whose time cannot be had from its id. */
    private void spoilTrace() {
        boolean without = letter.is(Malformation.RECEIVED_WITHOUT_DATE);
        if (!without && !letter.is(Malformation.RECEIVED_INVALID_DATE)) {
            return;
        }
        for (Hop hop : trip.hops()) {
            int semicolon = hop.text.lastIndexOf(';');
            if (hop.idMs == null && semicolon > 0) {
                hop.text = hop.text.substring(0, semicolon) + (without ? "" : "; " + BROKEN_DATE);
                hop.stampMs = null;
                hop.zoneMinutes = null;
                return;
            }
        }
    }
}
