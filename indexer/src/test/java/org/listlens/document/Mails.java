package org.listlens.document;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Authentication;
import org.listlens.mail.Author;
import org.listlens.mail.BodyText;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Dialect;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.LineCounts;
import org.listlens.mail.MailingList;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Part;
import org.listlens.mail.Participant;
import org.listlens.mail.Patch;
import org.listlens.mail.Quotation;
import org.listlens.mail.Quotes;
import org.listlens.mail.ReplyStyle;
import org.listlens.mail.Role;
import org.listlens.mail.Route;
import org.listlens.mail.Segment;
import org.listlens.mail.Stamp;
import org.listlens.mail.Trailer;

/** Mails as a parser would hand them over, for the goldens beside this package's test resources. */
final class Mails {
    /** Every mail that has a golden, by its name. */
    static final Map<String, ParsedMail> GOLDENS = Map.ofEntries(
            Map.entry("full", full()),
            Map.entry("patch", patch()),
            Map.entry("authentication", AuthenticatedMail.mail()),
            Map.entry("plain", plain()),
            Map.entry("rewritten", rewritten()),
            Map.entry("crosspost", crosspost()),
            Map.entry("list-way", listWay()),
            Map.entry("without-message-id", withoutMessageId()),
            Map.entry("absurd-dates", absurdDates()),
            Map.entry("date-beyond-all-dates", dateBeyondAllDates()),
            Map.entry("lone-surrogates", loneSurrogates()));

    private Mails() {}

    /** What a test says of a mail; the rest is absent. */
    static final class Draft {
        Origin origin = new Origin("/archive/list.mbox", "0");
        long size = 1000;
        String digest = "0123456789abcdef0123456789abcdef";
        String contentDigest = "fedcba9876543210fedcba9876543210";
        final List<HeaderField> headers = new ArrayList<>();

        @Nullable
        String messageId;

        @Nullable
        String subject;

        @Nullable
        Stamp date;

        final List<Participant> participants = new ArrayList<>();
        final List<String> inReplyTo = new ArrayList<>();
        final List<String> references = new ArrayList<>();
        final List<MailingList> lists = new ArrayList<>();
        final List<Hop> hops = new ArrayList<>();
        Route route = Route.NONE;
        Authentication authentication = Authentication.NONE;
        final List<Part> parts = new ArrayList<>();

        @Nullable
        Author author;

        @Nullable
        BodyText text;

        @Nullable
        Patch patch;

        final List<Trailer> trailers = new ArrayList<>();

        final List<Defect> defects = new ArrayList<>();

        Draft header(String name, String value) {
            headers.add(new HeaderField(name, value, 0));
            return this;
        }

        /** Gives the last hop its place in the way. */
        Draft in(Segment segment) {
            Hop last = hops.removeLast();
            hops.add(last.in(segment, last.heldBy()));
            return this;
        }

        /** A hop with nothing but a host and a stamp. */
        Draft hop(String host, @Nullable String stamp, @Nullable Long delayMs, @Nullable String heldBy) {
            hops.add(new Hop(
                    hops.size() + 1,
                    Hop.TraceField.RECEIVED,
                    Dialect.POSTFIX,
                    null,
                    new Hop.Receiver(host, null, null, null),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    stamp == null ? null : stamp(stamp, ZoneOffset.UTC),
                    stamp == null ? null : Hop.StampSource.DATE,
                    stamp == null ? null : 1000,
                    Hop.Times.NONE,
                    delayMs,
                    heldBy,
                    null,
                    null));
            return this;
        }

        ParsedMail mail() {
            return new ParsedMail(
                    origin,
                    size,
                    digest,
                    contentDigest,
                    headers,
                    messageId,
                    subject,
                    date,
                    participants,
                    author,
                    inReplyTo,
                    references,
                    lists,
                    hops,
                    route,
                    authentication,
                    parts,
                    text,
                    patch,
                    trailers,
                    defects);
        }
    }

    static Stamp stamp(String instant, @Nullable ZoneOffset offset) {
        return new Stamp(Instant.parse(instant), offset);
    }

    private static Instant at(String time) {
        return Instant.parse("2021-07-06T" + time + "Z");
    }

    /** Of a hop whose stamp is the time of its id. */
    private static Hop.Times googleTimes() {
        return new Hop.Times(null, at("13:45:40.840"), at("13:45:41"), at("13:45:42"), null, null, null);
    }

    private static Hop.Times relayTimes() {
        return new Hop.Times(
                at("15:04:09.987654"), at("15:03:40"), null, null, at("15:04:11"), at("15:04:08.5"), 1_896L);
    }

    /** A reply that has everything that a mail can have. */
    static ParsedMail full() {
        Draft draft = new Draft();
        draft.origin = new Origin("/archive/2021.mbox.zst", "4096");
        draft.size = 5321;
        draft.header(
                        "Received",
                        "from relay.example.net (relay.example.net [192.0.2.7]) by lists.example.org (Postfix)")
                .header("Received", "by client.example.com with HTTP")
                .header("From", "Ada Example <Ada@example.com>")
                .header("X-Mailer", "git-send-email 2.30.2")
                .header("User-Agent", "Never/1.0")
                .header("X-Empty", "")
                .header("Content-Type", "Multipart/Mixed; boundary=\"b\"");
        draft.messageId = "reply@example.com";
        draft.subject = "Re: [PATCH] naïve café ☕";
        draft.date = stamp("2021-07-06T13:45:36Z", ZoneOffset.ofHours(3));
        draft.participants.addAll(List.of(
                new Participant(Role.FROM, "Ada Example", "Ada@example.com", null),
                new Participant(Role.SENDER, null, "owner@lists.example.org", null),
                new Participant(Role.REPLY_TO, "Ada", "ada@home.example.com", null),
                new Participant(Role.TO, "Bob", "bob@example.net", null),
                new Participant(Role.TO, null, "undeliverable", null),
                new Participant(Role.CC, "The list", "list@lists.example.org", "Lists"),
                new Participant(Role.BCC, null, "hidden@example.net", null)));
        draft.inReplyTo.add("other@example.net");
        draft.references.addAll(List.of("root@example.net", "parent@example.net"));
        draft.lists.add(new MailingList("list.lists.example.org", "The list", "list@lists.example.org"));
        draft.hops.add(new Hop(
                1,
                Hop.TraceField.X_RECEIVED,
                Dialect.GOOGLE,
                null,
                new Hop.Receiver("client.example.com", "2001:db8::1", null, null),
                null,
                "HTTP",
                null,
                "",
                "a1b2",
                null,
                "",
                stamp("2021-07-06T13:45:40.840Z", ZoneOffset.ofHours(-7)),
                Hop.StampSource.QUEUE_ID,
                1,
                googleTimes(),
                null,
                null,
                null,
                null));
        draft.hops.add(new Hop(
                2,
                Hop.TraceField.RECEIVED,
                Dialect.POSTFIX,
                new Hop.Peer("Relay", "relay.example.net", "192.0.2.7", 51234, "ada"),
                new Hop.Receiver("lists.example.org", "fe80::1%eth0", "Postfix", "3.6"),
                "listexpand",
                "ESMTPSA",
                new Hop.Tls("1.3", "TLS_AES_256_GCM_SHA384", 256),
                "ada",
                "4GKq7Q",
                "list@lists.example.org",
                "ada@example.com",
                stamp("2021-07-06T15:04:10Z", ZoneOffset.UTC),
                Hop.StampSource.DATE,
                1000,
                relayTimes(),
                4_709_160L,
                "client.example.com",
                null,
                900_000L));
        draft.hops.add(new Hop(
                3,
                Hop.TraceField.RECEIVED,
                Dialect.UNKNOWN,
                new Hop.Peer(null, null, null, null, null),
                null,
                null,
                null,
                new Hop.Tls(null, null, null),
                null,
                null,
                null,
                null,
                stamp("2021-07-06T15:02:40Z", null),
                Hop.StampSource.DATE,
                1000,
                Hop.Times.NONE,
                -90_000L,
                "lists.example.org",
                null,
                null));
        draft.parts.addAll(List.of(
                new Part("1", "text/plain", "UTF-8", "8bit", "inline", null, 300),
                new Part("2", "text/x-patch", null, "base64", "attachment", "0001-fix.PATCH", 2000),
                new Part("3", "image/png", null, null, "inline", "no extension. here", 700),
                new Part("4", "application/octet-stream", null, null, "attachment", null, 9)));
        String text = "> > a\n> b\n> c\nnew\n";
        draft.text = new BodyText(
                text,
                text,
                "text/plain",
                "UTF-8",
                new Quotes(
                        2,
                        List.of(1, 2, 1),
                        new LineCounts(1, 3, 0, 0, 0, 0, 0),
                        "new",
                        "a\nb\nc",
                        ReplyStyle.BOTTOM,
                        quotations(),
                        List.of("0 AAAAAQ==", "1 AAAAAgAAAAM=")));
        draft.defects.addAll(List.of(
                new Defect(DefectCode.INVALID_ADDRESS, 120),
                new Defect(DefectCode.RECEIVED_UNPARSED, 0),
                new Defect(DefectCode.INVALID_ADDRESS, 240)));
        return draft.mail();
    }

    /** A mail whose From a list has rewritten. */
    static ParsedMail rewritten() {
        Draft draft = new Draft();
        draft.messageId = "rewritten@example.com";
        draft.participants.add(new Participant(Role.FROM, "Jane Doe via List", "list@lists.example.org", null));
        draft.author = new Author("Jane Doe", "jane.doe@example.com", "Example Company", false, true);
        return draft.mail();
    }

    /** A patch of a series, with what git and b4 note, and trailers with and without a person. */
    static ParsedMail patch() {
        Draft draft = new Draft();
        draft.messageId = "patch@example.com";
        draft.subject = "[RFC PATCH net-next v2 1/3] drivers: foo: fix the frobnicator";
        draft.participants.add(new Participant(Role.FROM, "Ada Example", "ada@example.com", null));
        draft.references.add("cover@example.com");
        draft.patch = new Patch(
                Patch.Kind.PATCH,
                2,
                1,
                3,
                List.of("RFC", "PATCH", "net-next"),
                "drivers: foo: fix the frobnicator",
                List.of("change-id:20230705-foo-722d22567d68", "title:0123456789abcdef01234567"),
                List.of("drivers/foo.c", "drivers/naïve name.h"),
                2,
                7,
                0,
                "0123456789abcdef0123456789abcdef01234567",
                "20230705-foo-722d22567d68",
                List.of("patch-id: 89abcdef0123456789abcdef0123456789abcdef"));
        draft.trailers.add(new Trailer("Fixes", "0123456789ab (\"drivers: foo: add the frobnicator\")", null, null));
        draft.trailers.add(
                new Trailer("Signed-off-by", "Ada Example <ada@example.com>", "Ada Example", "ada@example.com"));
        return draft.mail();
    }

    /** One said whole, one by name alone, one that repeats an address. */
    private static List<Quotation> quotations() {
        return List.of(
                new Quotation(
                        1,
                        "Jane Doe",
                        "jane@example.com",
                        "quoted@example.com",
                        Instant.parse("2021-07-06T10:11:12Z"),
                        2),
                new Quotation(2, "Max Mustermann", null, null, null, 1),
                new Quotation(2, null, "jane@example.com", null, null, 0));
    }

    /** The plainest mail: no list, one hop, unquoted HTML. */
    static ParsedMail plain() {
        Draft draft = new Draft();
        draft.header("Message-ID", "<plain@example.com>");
        draft.messageId = "plain@example.com";
        draft.subject = "Hello";
        draft.date = stamp("2024-02-29T23:59:59Z", ZoneOffset.UTC);
        draft.participants.add(new Participant(Role.FROM, null, "ada@example.com", null));
        draft.hop("mx.example.net", "2024-03-01T00:00:02Z", null, null);
        draft.parts.add(new Part("1", "text/html", null, null, null, null, 40));
        draft.text = new BodyText(
                "Hello",
                "Hello",
                "text/html",
                null,
                new Quotes(
                        0,
                        List.of(1),
                        new LineCounts(1, 0, 0, 0, 0, 0, 0),
                        "Hello",
                        "",
                        ReplyStyle.NONE,
                        List.of(),
                        List.of()));
        return draft.mail();
    }

    /** One copy of a mail that two lists carried, one of them named twice. */
    static ParsedMail crosspost() {
        Draft draft = new Draft();
        draft.messageId = "cross@example.com";
        draft.subject = "To two lists";
        draft.lists.addAll(List.of(
                new MailingList("zebra.example.org", "Zebra", null),
                new MailingList("ant.example.org", null, "ant@example.org"),
                new MailingList("zebra.example.org", null, "zebra@example.org")));
        draft.hop("a.example.org", null, null, null).hop("b.example.org", "2020-01-01T00:00:10Z", null, null);
        return draft.mail();
    }

    /** All parts of the way, with a relay in front of the list's host, and a list clock that runs ahead. */
    static ParsedMail listWay() {
        Draft draft = new Draft();
        draft.messageId = "way@example.com";
        draft.date = stamp("2021-07-06T13:45:36Z", ZoneOffset.UTC);
        draft.hop("out.example.com", "2021-07-06T13:46:00Z", null, null)
                .in(Segment.ORIGIN)
                .hop("mx.lists.example.org", "2021-07-06T13:57:00Z", 660_000L, "out.example.com")
                .in(Segment.INBOUND)
                .hop("lists.example.org", "2021-07-06T15:15:32Z", 4_712_000L, "lists.example.org")
                .in(Segment.LIST)
                .hop("lists.example.org", "2021-07-06T15:15:39Z", 7_000L, "lists.example.org")
                .in(Segment.LIST)
                .hop("mx.example.net", "2021-07-06T15:14:09Z", -90_000L, "lists.example.org")
                .in(Segment.OUTBOUND)
                .hop("mail.example.net", "2021-07-06T15:14:10Z", 1_000L, "mx.example.net")
                .in(Segment.ARCHIVE);
        Hop relay = draft.hops.get(1);
        draft.hops.set(1, greylisted(relay, 600_000L));
        draft.route = new Route("lists.example.org", 4_000_000L);
        return draft.mail();
    }

    private static Hop greylisted(Hop hop, long ms) {
        return new Hop(
                hop.position(),
                hop.field(),
                hop.dialect(),
                hop.from(),
                hop.by(),
                hop.via(),
                hop.with(),
                hop.tls(),
                hop.authenticated(),
                hop.id(),
                hop.recipient(),
                hop.envelopeFrom(),
                hop.stamp(),
                hop.stampSource(),
                hop.stampPrecisionMs(),
                hop.times(),
                hop.delayMs(),
                hop.heldBy(),
                hop.segment(),
                ms);
    }

    /** No Message-ID, no hops, no text: all that is left of some mails in old archives. */
    static ParsedMail withoutMessageId() {
        Draft draft = new Draft();
        draft.subject = "Nameless";
        draft.date = stamp("1995-05-05T05:05:05Z", null);
        draft.participants.addAll(List.of(
                new Participant(Role.TO, null, "bob@example.net", null),
                new Participant(Role.FROM, null, "ada@example.com", null)));
        draft.defects.add(new Defect(DefectCode.MISSING_MESSAGE_ID, -1));
        return draft.mail();
    }

    /** A Date in 2085 beside stamps of 2021, of which one says 1970 and one the year 12021. */
    static ParsedMail absurdDates() {
        Draft draft = new Draft();
        draft.messageId = "absurd@example.com";
        draft.date = stamp("2085-01-01T00:00:00Z", ZoneOffset.ofHoursMinutes(5, 30));
        draft.hop("a.example.org", "2021-03-03T03:03:03Z", null, null)
                .hop("b.example.org", "1970-01-01T00:00:00Z", -1_614_740_583_000L, "a.example.org")
                .hop("c.example.org", "+12021-01-01T00:00:00Z", 317_000_000_000_000L, "b.example.org");
        return draft.mail();
    }

    /** A Date that no engine can hold, and nothing else. */
    static ParsedMail dateBeyondAllDates() {
        Draft draft = new Draft();
        draft.messageId = "beyond@example.com";
        draft.date = stamp("-0001-01-01T00:00:00Z", ZoneOffset.UTC);
        return draft.mail();
    }

    /** Surrogates without their halves, whole ones, and control characters. */
    static ParsedMail loneSurrogates() {
        Draft draft = new Draft();
        draft.messageId = "surrogates\uDC00@example.com";
        draft.subject = "\uD83D\uDE00 \uD83D \uDE00\uD83D";
        draft.header("X-\uD800", "nul \u0000 and escape \u001B");
        draft.participants.add(new Participant(Role.FROM, "\uDFFF", "ada@example.com", null));
        return draft.mail();
    }
}
