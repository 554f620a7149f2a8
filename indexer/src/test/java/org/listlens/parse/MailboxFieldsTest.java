package org.listlens.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;

/** {@code |} in a sample is a line end. */
class MailboxFieldsTest {
    private static final Origin ORIGIN = new Origin("/archive", "0");

    /** What is left without the fields in brackets. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[X-Mozilla-Status: 0001|X-Mozilla-Status2: 00000000|X-Mozilla-Keys:        |]From: a@example.org||b|",
                "From: a@example.org|[Status: RO|X-Status: A|X-Keywords: NonJunk|X-UID: 12|]Subject: s||b|",
                "From: a@example.org|[X-IMAPbase: 1 2|X-IMAP: 1 2|STATUS : |]Subject: s||b|",
                "[X-GM-THRID: 15|X-Gmail-Labels: =?UTF-8?Q?a?=| =?UTF-8?Q?b?=|]From: a@example.org||b|",
                "From: a@example.org|[Content-Length: 2|Lines: 1|]|b|",
                "From: a@example.org|Lines: 1|[Content-Length: 2|]|b|",
                "|[X-UIDL: x|]From: a@example.org|[status:RO|]|b|",
                ">From a@example.org Fri Jul  8 12:08:34 2011|[X-Evolution: 1-2|]From: a@example.org||b|",
                "From: a@example.org|[X-UIDL: at the end]",
                "From: a@example.org|Status: NEW||b|",
                "From: a@example.org|Status: open for 3 days||b|",
                "From: a@example.org|X-Statusbar: A|X-UIDs: 1|Lines: 3||b|",
                "From: a@example.org||Status: RO|X-Status: A|",
                "no field|Status: RO||b|",
                "",
                "Status",
            })
    void takesOutWhatMailboxSoftwareWrote(String sample) {
        for (String lineEnd : new String[] {"\n", "\r\n"}) {
            String marked = sample.replace("|", lineEnd);
            byte[] whole = octets(marked.replace("[", "").replace("]", ""));
            String expected = marked.replaceAll("(?s)\\[[^]]*]", "");
            RawMail left = MailboxFields.takenOut(new RawMail(ORIGIN, whole, whole.length + 7));
            assertThat(new String(left.bytes(), StandardCharsets.US_ASCII)).isEqualTo(expected);
            assertThat(left.size()).isEqualTo(expected.length() + 7);
        }
    }

    @Test
    void aMailWithoutThemIsNotCopied() {
        RawMail mail = new RawMail(ORIGIN, octets("From: a@example.org\n\nb\n"), 24);
        assertThat(MailboxFields.takenOut(mail)).isSameAs(mail);
    }

    @Test
    void aMailThatIsReadStaysTheSameCopyWithTheSameDocuments() {
        String maildir = """
                        Received: from a.example.org by b.example.org; no date
                        From: a@example.org
                        Message-ID: <1@example.org>
                        Subject: s

                        Some text of the author
                        """;
        String unread = "X-Mozilla-Status: 0000\n" + maildir;
        String read = "X-Mozilla-Status: 0001\nX-Mozilla-Keys: $label1\n"
                + maildir.replace("Subject", "Status: RO\nContent-Length: 25\nSubject");
        MailParser parser = new MailParser(Limits.DEFAULT);
        ParsedMail expected = parser.parse(raw(maildir));
        for (String mailbox : new String[] {unread, read}) {
            ParsedMail mail = parser.parse(raw(mailbox));
            assertThat(mail.digest()).isEqualTo(expected.digest());
            assertThat(parser.trace(raw(mailbox)).digest()).isEqualTo(expected.digest());
            assertThat(mail.headers()).isEqualTo(expected.headers());
            assertThat(mail.defects()).isEqualTo(expected.defects()).isNotEmpty();
            assertThat(document(mail)).isEqualTo(document(expected));
        }
        assertThat(parser.parse(raw(maildir.replace("Subject: s", "Subject: t")))
                        .digest())
                .isNotEqualTo(expected.digest());
    }

    private static byte[] document(ParsedMail mail) {
        return new MailDocuments().encode(mail).body();
    }

    private static RawMail raw(String text) {
        return new RawMail(ORIGIN, octets(text), text.length());
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
