package org.listlens.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;

/** Mails as the archives of Mailman show them: addresses obscured, only a few fields left. */
class PipermailTest {
    private static final String REST = """
                        Date: Fri, 07 May 2004 12:08:34 +0200
                        Subject: [Dev] Numbers
                        In-Reply-To: <0@example.net>
                        References: <00@example.net>
                        \t<0@example.net>
                        Message-ID: <1@example.org>

                        Some text.
                        -------------- next part --------------
                        An HTML attachment was scrubbed...
                        URL: <http://lists.example.org/pipermail/dev/attachments/20040507/0a1b2c3d/attachment.htm>
                        """;

    private static ParsedMail parse(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return new MailParser(Limits.DEFAULT).parse(new RawMail(new Origin("/a", "0"), octets, octets.length));
    }

    private static List<DefectCode> codes(ParsedMail mail) {
        return mail.defects().stream().map(Defect::code).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane at example.org (Jane at Work)",
                "jane en example.org (Jane at Work)",
                "jane à example.org (Jane at Work)",
                "jane(a)example.org (Jane at Work)",
                "Jane at Work <jane at example.org>"
            })
    void addressesAreAddressesAgainAndTheHeaderStaysAsItIs(String from) {
        ParsedMail mail = parse("From: " + from + '\n' + REST);
        assertThat(mail.participants()).singleElement().satisfies(author -> {
            assertThat(author.address()).isEqualTo("jane@example.org");
            assertThat(author.name()).isEqualTo("Jane at Work");
        });
        assertThat(Objects.requireNonNull(mail.author()).address()).isEqualTo("jane@example.org");
        assertThat(mail.headers()).first().isEqualTo(new HeaderField("From", from, 0));
        assertThat(mail.references()).containsExactly("00@example.net", "0@example.net");
        assertThat(mail.messageId()).isEqualTo("1@example.org");
        assertThat(codes(mail)).containsExactly(DefectCode.OBSCURED_ADDRESS, DefectCode.MISSING_TRACE);
    }

    @Test
    void aTraceIsMissedOnlyWhereAnArchiveHasTakenIt() {
        assertThat(codes(parse("From: Jane <jane@example.org>\n" + REST))).isEmpty();
        assertThat(codes(parse("From: jane at example.org\nReceived: from a.example.org by b.example.org;"
                        + " Fri, 07 May 2004 12:08:34 +0200\n" + REST)))
                .containsExactly(DefectCode.OBSCURED_ADDRESS);
        assertThat(codes(parse("From: Jane at Work\n" + REST))).containsExactly(DefectCode.INVALID_ADDRESS);
    }

    @Test
    void theContentIsThatOfTheMailThatWasSent() {
        assertThat(parse("From: jane at example.org (Jane)\n" + REST).contentDigest())
                .isEqualTo(parse("From: Jane <jane@example.org>\n" + REST.substring(0, REST.indexOf("-----")))
                        .contentDigest());
    }
}
