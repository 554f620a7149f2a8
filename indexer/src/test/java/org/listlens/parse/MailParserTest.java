package org.listlens.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.document.MailDocuments;
import org.listlens.mail.BodyText;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;
import org.listlens.mail.MailingList;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.mail.RawMail;
import org.listlens.mail.Stamp;

class MailParserTest {
    private static final Origin ORIGIN = new Origin("/archive/a.mbox", "42");

    /**
     * Three hops: the second host's clock is 90 s behind the first, the third took the mail 1 h 18 min after the
     * second. In the text every level of quoting from 1 to 8 stands once.
     */
    private static final String EIGHT_LEVELS = """
            Received: from relay.example.net (relay.example.net [198.51.100.7])
            \tby lists.example.org (Postfix) with ESMTPS id 4ThirdHop1
            \tfor <dev@lists.example.org>; Fri,  1 Mar 2024 14:16:30 +0100 (CET)
            Received: from mail.example.com (mail.example.com [192.0.2.25])
            \tby relay.example.net (Postfix) with ESMTP id 4SecondHop
            \tfor <dev@lists.example.org>; Fri,  1 Mar 2024 11:58:30 +0000 (UTC)
            Received: from desk.example.com (desk.example.com [192.0.2.99])
            \tby mail.example.com (Postfix) with ESMTPSA id 4FirstHop1
            \tfor <dev@lists.example.org>; Fri,  1 Mar 2024 07:00:00 -0500 (EST)
            From: =?UTF-8?Q?Ren=C3=A9e?= Example <renee@example.com>
            To: dev@lists.example.org
            Cc: "Doe, J." <j@example.net>
            Subject: Re: Depth of =?UTF-8?B?w7ZsIHdlbGxz?=
            Date: Fri, 1 Mar 2024 06:59:58 -0500
            Message-ID: <eight@example.com>
            In-Reply-To: <seven@example.net>
            References: <one@example.org> <seven@example.net>
            List-Id: Development <dev.lists.example.org>
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            On Thu, 29 Feb 2024, J. Doe wrote:
            > level one
            >> level two
            >>> level three
            >>>> level four
            >>>>> level five
            >>>>>> level six
            >>>>>>> level seven
            >>>>>>>> level eight

            So deep it is.
            """;

    private static final String PLAIN = """
            From: a@example.com
            Date: Fri, 1 Mar 2024 12:00:00 +0000
            Message-ID: <same@example.com>
            Subject: Same
            List-Id: <one.lists.example.org>

            The first line,
            and the second.
            """;

    private final MailParser parser = new MailParser(Limits.DEFAULT);

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void aWholeMail(String lineEnd) {
        byte[] octets = octets(EIGHT_LEVELS.replace("\n", lineEnd));
        ParsedMail mail = parser.parse(new RawMail(ORIGIN, octets, octets.length));

        assertThat(mail.origin()).isEqualTo(ORIGIN);
        assertThat(mail.size()).isEqualTo(octets.length);
        assertThat(mail.defects()).isEmpty();
        assertThat(mail.headers())
                .extracting(HeaderField::name)
                .containsExactly(
                        "Received",
                        "Received",
                        "Received",
                        "From",
                        "To",
                        "Cc",
                        "Subject",
                        "Date",
                        "Message-ID",
                        "In-Reply-To",
                        "References",
                        "List-Id",
                        "Content-Type",
                        "Content-Transfer-Encoding");
        assertThat(mail.messageId()).isEqualTo("eight@example.com");
        assertThat(mail.inReplyTo()).containsExactly("seven@example.net");
        assertThat(mail.references()).containsExactly("one@example.org", "seven@example.net");
        assertThat(mail.subject()).isEqualTo("Re: Depth of öl wells");
        assertThat(mail.date()).isEqualTo(new Stamp(Instant.parse("2024-03-01T11:59:58Z"), ZoneOffset.ofHours(-5)));
        assertThat(mail.lists()).extracting(MailingList::id).containsExactly("dev.lists.example.org");
        assertThat(mail.participants())
                .extracting(Participant::address)
                .containsExactly("renee@example.com", "dev@lists.example.org", "j@example.net");
        assertThat(mail.participants()).extracting(Participant::name).containsExactly("Renée Example", null, "Doe, J.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void hopsAreOldestFirstWithSignedDelaysAndWhoHeldTheMail(String lineEnd) {
        ParsedMail mail = parse(EIGHT_LEVELS.replace("\n", lineEnd));

        assertThat(mail.hops()).extracting(Hop::position).containsExactly(1, 2, 3);
        assertThat(mail.hops()).extracting(Hop::id).containsExactly("4FirstHop1", "4SecondHop", "4ThirdHop1");
        assertThat(mail.hops()).extracting(Hop::delayMs).containsExactly(null, -90_000L, 4_680_000L);
        assertThat(mail.hops()).extracting(Hop::heldBy).containsExactly(null, "mail.example.com", "relay.example.net");
        assertThat(mail.hops())
                .extracting(hop -> Objects.requireNonNull(hop.stamp()).instant())
                .containsExactly(
                        Instant.parse("2024-03-01T12:00:00Z"),
                        Instant.parse("2024-03-01T11:58:30Z"),
                        Instant.parse("2024-03-01T13:16:30Z"));
        assertThat(mail.latencyMs()).isEqualTo(4_680_000L - 90_000);
        assertThat(mail.longestHold()).isEqualTo(new ParsedMail.Hold("relay.example.net", 4_680_000));
        assertThat(mail.skewed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void eightLevelsOfQuotes(String lineEnd) {
        BodyText text = text(parse(EIGHT_LEVELS.replace("\n", lineEnd)));

        assertThat(text.type()).isEqualTo("text/plain");
        assertThat(text.charset()).isEqualToIgnoringCase("utf-8");
        assertThat(text.text()).doesNotContain("\r").contains("So deep it is.");
        assertThat(text.quote().depth()).isEqualTo(8);
        assertThat(text.quote().quotedLines()).isEqualTo(8);
        assertThat(text.quote().linesByDepth()).containsExactly(2, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(text.quote().newText()).contains("So deep it is.").doesNotContain("level");
        assertThat(text.quote().quotedText().lines().map(String::strip))
                .startsWith("level one")
                .endsWith("level eight");
    }

    @Test
    void crlfIsTheSameMail() {
        ParsedMail lf = parse(EIGHT_LEVELS);
        ParsedMail crlf = parse(EIGHT_LEVELS.replace("\n", "\r\n"));
        ParsedMail moreLines = parse(EIGHT_LEVELS + "\n\r\n\n");

        assertThat(crlf.digest()).isEqualTo(lf.digest()).matches("[0-9a-f]{32}");
        assertThat(crlf.contentDigest()).isEqualTo(lf.contentDigest()).matches("[0-9a-f]{32}");
        assertThat(crlf.text()).isEqualTo(lf.text());
        assertThat(crlf.hops()).isEqualTo(lf.hops());
        assertThat(moreLines.digest()).as("line ends at the end").isEqualTo(lf.digest());
    }

    @Test
    void oneOctetMoreIsAnotherCopy() {
        ParsedMail mail = parse(PLAIN);
        assertThat(parse(PLAIN.replace("Same", "same")).digest()).isNotEqualTo(mail.digest());
        assertThat(parse(PLAIN.replace("Subject: Same", "Subject: Same ")).digest())
                .isNotEqualTo(mail.digest());
        assertThat(parse(PLAIN.replace("first line,\n", "first line,\n\n")).digest())
                .isNotEqualTo(mail.digest());
    }

    @Test
    void copiesByTwoListsShareTheirContent() {
        ParsedMail one = parse(PLAIN + """
                _______________________________________________
                One mailing list
                One@lists.example.org
                https://lists.example.org/mailman/listinfo/one
                """);
        ParsedMail two = parse(PLAIN.replace("one.lists", "two.lists") + """
                _______________________________________________
                Two mailing list -- two@lists.example.org
                To unsubscribe send an email to two-leave@lists.example.org
                """);
        ParsedMail direct = parse(PLAIN);

        assertThat(two.contentDigest()).isEqualTo(one.contentDigest()).isEqualTo(direct.contentDigest());
        assertThat(one.digest()).isNotEqualTo(two.digest()).isNotEqualTo(direct.digest());
        assertThat(two.messageId()).isEqualTo(one.messageId()).isEqualTo("same@example.com");
        assertThat(two.lists()).isNotEqualTo(one.lists());
    }

    @Test
    void anotherTransferEncodingIsTheSameContent() {
        ParsedMail quotedPrintable =
                parse(PLAIN.replace("Subject: Same\n", "Subject: Same\nContent-Transfer-Encoding: quoted-printable\n")
                        .replace("The first line,\n", "The fi=\nrst =6Cine,\n"));

        assertThat(quotedPrintable.contentDigest()).isEqualTo(parse(PLAIN).contentDigest());
    }

    @Test
    void anotherTextUnderTheSameMessageIdIsOtherContent() {
        ParsedMail other = parse(PLAIN.replace("the second", "the third"));

        assertThat(other.messageId()).isEqualTo(parse(PLAIN).messageId());
        assertThat(other.contentDigest()).isNotEqualTo(parse(PLAIN).contentDigest());
    }

    @Test
    void aRuleFarAboveTheEndBelongsToTheAuthor() {
        String rule = "____________________\n";
        String much = "A line of the author after the rule.\n".repeat(100);

        assertThat(parse(PLAIN + rule + much).contentDigest())
                .isNotEqualTo(parse(PLAIN).contentDigest())
                .isNotEqualTo(parse(PLAIN + rule + much + "One line more.\n").contentDigest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n\n", "\r\n"})
    void aMailWithoutABody(String end) {
        ParsedMail mail = parse("""
                From: a@example.com
                Date: Fri, 1 Mar 2024 12:00:00 +0000
                Message-ID: <none@example.com>
                Subject: Nothing
                """ + end);

        assertThat(mail.subject()).isEqualTo("Nothing");
        assertThat(mail.messageId()).isEqualTo("none@example.com");
        assertThat(mail.text() == null || mail.text().text().isBlank()).isTrue();
        assertThat(mail.hops()).isEmpty();
        assertThat(mail.latencyMs()).isNull();
        assertThat(mail.longestHold()).isNull();
        assertThat(mail.skewed()).isFalse();
        assertThat(mail.digest()).matches("[0-9a-f]{32}");
        assertThat(mail.contentDigest()).matches("[0-9a-f]{32}");
    }

    @Test
    void whatIsMissingIsAbsentAndNamed() {
        ParsedMail mail = parse("Subject: Only this\n\nText.\n");

        assertThat(mail.messageId()).isNull();
        assertThat(mail.date()).isNull();
        assertThat(mail.participants()).isEmpty();
        assertThat(mail.references()).isEmpty();
        assertThat(mail.inReplyTo()).isEmpty();
        assertThat(mail.lists()).isEmpty();
        assertThat(mail.defects())
                .extracting(Defect::code)
                .containsExactlyInAnyOrder(
                        DefectCode.MISSING_MESSAGE_ID, DefectCode.MISSING_DATE, DefectCode.MISSING_FROM);
        assertThat(parse("Text: a\n\nText.\n").subject()).isNull();
    }

    @Test
    void anInvalidDateIsNamedWithItsPlace() {
        String header = "From: a@example.com\nMessage-ID: <a@example.com>\n";
        ParsedMail mail = parse(header + "Date: the day before yesterday\n\nText.\n");

        assertThat(mail.date()).isNull();
        assertThat(mail.defects()).containsExactly(new Defect(DefectCode.INVALID_DATE, header.length()));
    }

    @Test
    void aTruncatedMailIsKeptAndNamed() {
        byte[] octets = octets(PLAIN);
        int kept = octets.length - 8;
        ParsedMail mail = parser.parse(new RawMail(ORIGIN, Arrays.copyOf(octets, kept), octets.length));

        assertThat(mail.size()).isEqualTo(octets.length);
        assertThat(mail.defects()).contains(new Defect(DefectCode.MAIL_TRUNCATED, kept));
        assertThat(mail.messageId()).isEqualTo("same@example.com");
        assertThat(text(mail).text()).contains("The first line,").doesNotContain("second");
        assertThat(parse(PLAIN).defects()).isEmpty();
    }

    @Test
    void aParserKeepsNothingOfTheMailBefore() {
        ParsedMail fresh = new MailParser(Limits.DEFAULT).parse(raw(octets(EIGHT_LEVELS)));
        parser.parse(raw(octets(PLAIN)));
        parser.parse(raw(new byte[0]));

        assertThat(parser.parse(raw(octets(EIGHT_LEVELS)))).isEqualTo(fresh);
    }

    @Test
    void noOctetsAreAMailToo() {
        ParsedMail mail = parser.parse(raw(new byte[0]));

        assertThat(mail.size()).isZero();
        assertThat(mail.headers()).isEmpty();
        assertThat(mail.defects()).extracting(Defect::code).contains(DefectCode.EMPTY_MAIL);
    }

    @Test
    void hostileOctetsNeverThrow() {
        Random random = new Random(20_240_301);
        MailDocuments documents = new MailDocuments();
        Limits tight = new Limits(4_096, 256, 20, 5, 3, 4, 4, 2, 512, 6);
        MailParser bounded = new MailParser(tight);
        for (int i = 0; i < 2_000; i++) {
            byte[] octets = i % 2 == 0 ? noise(random) : mutated(random);
            byte[] before = octets.clone();
            ParsedMail mail = parser.parse(raw(octets));

            assertThat(octets).as("input %s is not written to", i).isEqualTo(before);
            assertThat(mail.digest()).matches("[0-9a-f]{32}");
            assertThat(mail.contentDigest()).matches("[0-9a-f]{32}");
            assertThat(documents.encode(mail).length()).isPositive();

            ParsedMail small = bounded.parse(raw(octets));
            assertThat(small.digest()).isEqualTo(mail.digest());
            assertThat(small.headers()).hasSizeLessThanOrEqualTo(tight.fields());
            assertThat(small.participants()).hasSizeLessThanOrEqualTo(tight.addresses());
            assertThat(small.references()).hasSizeLessThanOrEqualTo(tight.references());
            assertThat(small.hops()).hasSizeLessThanOrEqualTo(tight.hops());
            assertThat(small.parts()).hasSizeLessThanOrEqualTo(tight.parts());
            assertThat(small.defects()).hasSizeLessThanOrEqualTo(tight.defects());
            if (small.text() != null) {
                assertThat(small.text().text()).hasSizeLessThanOrEqualTo(tight.textChars());
            }
        }
    }

    private static byte[] noise(Random random) {
        byte[] octets = new byte[random.nextInt(2_000)];
        random.nextBytes(octets);
        // Half of them with what structures are made of.
        if (random.nextBoolean()) {
            byte[] marks =
                    octets("\n\n\r\t :;<>@()\"\\=?--,.From: Received: by Content-Type: multipart/mixed; boundary=");
            for (int i = 0; i < octets.length; i++) {
                octets[i] = marks[(octets[i] & 0xff) % marks.length];
            }
        }
        return octets;
    }

    private static byte[] mutated(Random random) {
        byte[] octets = octets(random.nextBoolean() ? EIGHT_LEVELS : multipart());
        for (int i = 1 + random.nextInt(30); i > 0; i--) {
            int at = random.nextInt(octets.length);
            switch (random.nextInt(4)) {
                case 0 -> octets[at] = (byte) random.nextInt(256);
                case 1 -> octets[at] = '\n';
                case 2 -> {
                    int from = random.nextInt(octets.length);
                    int length = Math.min(random.nextInt(60), octets.length - Math.max(at, from));
                    System.arraycopy(octets, from, octets, at, length);
                }
                default -> octets = Arrays.copyOf(octets, Math.max(1, octets.length - random.nextInt(20)));
            }
        }
        return octets;
    }

    private static String multipart() {
        return """
                From: a@example.com
                Subject: =?utf-8?Q?=E2=82=AC?= =?utf-8?B?4oKs?=
                Content-Type: multipart/mixed; boundary="b"

                --b
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: base64

                PHA+SGVsbG8gPGI+d29ybGQ8L2I+PC9wPg==
                --b
                Content-Type: message/rfc822

                Subject: inner
                Content-Type: multipart/alternative; boundary=c

                --c
                Content-Transfer-Encoding: quoted-printable

                =E2=82=AC=
                --c--
                --b--
                """;
    }

    private ParsedMail parse(String mail) {
        return parser.parse(raw(octets(mail)));
    }

    private static BodyText text(ParsedMail mail) {
        return Objects.requireNonNull(mail.text(), "the mail has a text");
    }

    private static RawMail raw(byte[] octets) {
        return new RawMail(ORIGIN, octets, octets.length);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
