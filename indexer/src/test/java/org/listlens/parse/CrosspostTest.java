package org.listlens.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;

/** Which copies are one message: a mail as its author sent it, beside what lists, hosts and archives make of it. */
class CrosspostTest {
    private static final String ID = "Message-ID: <20240301.1@example.com>\n";
    private static final String DATE = "Date: Fri, 01 Mar 2024 10:00:00 +0100\n";

    private static final String HEADER = "From: Zoë Roe <zoe@example.com>\nTo: dev@lists.example.org\n" + DATE
            + "Subject: Grüße from the wiring room, and one question\n";

    private static final String UTF8 =
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n";

    private static final String TEXT = """
            On Thu, 29 Feb 2024 at 18:00, Ann Doe <ann@example.net> wrote:
            > Does the new relay keep a copy of every mail that it passes on, or only
            > of those that it could not deliver at once?
            >> Nobody knows.

            Only of those that wait. From what I saw yesterday at Müller's site, 3.5 % of
            all mail waits for more than 10 minutes, which is "too long" for us.

            \tqueue-run -v -1

            Greetings from the wiring room,
            Zoë

            --\s
            Zoë Roe, Example Corp.
            +49 30 5550100
            """;

    private static final String PATCH = """
            The relay forgets what it has when it is told to stop.

            Signed-off-by: Zoë Roe <zoe@example.com>
            ---
             relay.c | 3 ++-
             1 file changed, 2 insertions(+), 1 deletion(-)

            diff --git a/relay.c b/relay.c
            index 1111111..2222222 100644
            --- a/relay.c
            +++ b/relay.c
            @@ -10,6 +10,7 @@ int stop(struct relay *r)
             {
             \tint left = r->count;
            \s
            -\tif (left < 1)
            +\tif (left <= 1)
            +\t\treturn 0;
             \treturn flush(r);
             }
            --\s
            2.43.0
            """;

    private static final String MAILMAN2 = "_".repeat(47)
            + "\ndev mailing list\ndev@lists.example.org\nhttps://lists.example.org/mailman/listinfo/dev\n";

    private final MailParser parser = new MailParser(Limits.DEFAULT);

    private ParsedMail parse(byte[] mail) {
        return parser.parse(new RawMail(new Origin("a.mbox", "0"), mail, mail.length));
    }

    private String message(byte[] mail) {
        return new MailDocuments().encode(parse(mail)).documents().get(0).id();
    }

    private static byte[] utf8(String mail) {
        return mail.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] original() {
        return utf8(ID + HEADER + UTF8 + '\n' + TEXT);
    }

    private static byte[] withText(String text) {
        return utf8(ID + HEADER + UTF8 + "List-Id: <dev.lists.example.org>\n\n" + text);
    }

    private static byte[] withHeader(String header) {
        return utf8(ID + header + UTF8 + '\n' + TEXT);
    }

    private static byte[] encoded(String text, String charset, String encoding) {
        byte[] octets = text.getBytes(Charset.forName(charset));
        String header = ID + HEADER + "List-Id: <dev.lists.example.org>\nContent-Type: text/plain; charset=" + charset
                + "\nContent-Transfer-Encoding: " + encoding + "\n\n";
        String body = switch (encoding) {
            case "base64" -> Base64.getMimeEncoder().encodeToString(octets);
            case "quoted-printable" -> quotedPrintable(octets);
            default -> new String(octets, StandardCharsets.ISO_8859_1);
        };
        byte[] head = utf8(header);
        byte[] tail = body.getBytes(StandardCharsets.ISO_8859_1);
        byte[] mail = new byte[head.length + tail.length];
        System.arraycopy(head, 0, mail, 0, head.length);
        System.arraycopy(tail, 0, mail, head.length, tail.length);
        return mail;
    }

    private static String quotedPrintable(byte[] octets) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (byte octet : octets) {
            int value = octet & 0xFF;
            String text = value == '\n' || (value >= ' ' && value < 127 && value != '=')
                    ? String.valueOf((char) value)
                    : String.format("=%02X", value);
            if (value != '\n' && column + text.length() > 72) {
                out.append("=\n");
                column = 0;
            }
            out.append(text);
            column = value == '\n' ? 0 : column + text.length();
        }
        return out.toString();
    }

    private static byte[] multipart(String type, String... parts) {
        StringBuilder mail = new StringBuilder(ID + HEADER + "List-Id: <dev.lists.example.org>\nMIME-Version: 1.0\n"
                + "Content-Type: multipart/" + type + "; boundary=\"=_x\"\n\nThis is a multi-part message.\n");
        for (String part : parts) {
            mail.append("--=_x\n").append(part).append('\n');
        }
        return utf8(mail + "--=_x--\n");
    }

    private static String plain(String text) {
        return "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + text;
    }

    /** What mailers make of the same text in HTML: quotes nested, bold and links marked up. */
    private static final String HTML = """
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 8bit

            <html><body><div class="gmail_attr">On Thu, 29 Feb 2024 at 18:00, Ann Doe
            &lt;<a href="mailto:ann@example.net">ann@example.net</a>&gt; wrote:</div><blockquote>Does the new relay keep a
            copy of every mail that it passes on, or only of those that it could not deliver at
            once?<blockquote>Nobody knows.</blockquote></blockquote>
            <p>Only of those that wait. From what I saw yesterday at M&uuml;ller&rsquo;s site, <b>3.5&nbsp;%</b> of all
            mail waits for more than 10 minutes, which is &ldquo;too long&rdquo; for us.</p>
            <pre>        queue-run -v -1</pre>
            <p>Greetings from the wiring room,<br>Zo&euml;</p>
            <div>-- <br>Zo&euml; Roe, Example Corp.<br>+49 30 5550100</div></body></html>
            """;

    private static String flowed() {
        return TEXT.replace("or only\n> of those", "or only \n> of those").replace("3.5 % of\nall", "3.5 % of \nall");
    }

    static Stream<Arguments> copies() {
        Map<String, byte[]> copies = new LinkedHashMap<>();
        copies.put("Mailman 2", withText(TEXT + MAILMAN2));
        copies.put("Mailman 2, an older blank line", withText(TEXT + '\n' + MAILMAN2));
        copies.put(
                "Mailman 3",
                withText(TEXT + "_".repeat(47) + "\ndev mailing list -- dev@lists.example.org\n"
                        + "To unsubscribe send an email to dev-leave@lists.example.org\n"));
        copies.put(
                "Mailman, as a part of its own",
                multipart("mixed", plain(TEXT), "Content-Type: text/plain; charset=us-ascii\n\n" + MAILMAN2));
        copies.put(
                "Google Groups",
                withText(TEXT + "\n-- \nYou received this message because you are subscribed to the Google Groups"
                        + " \"dev\" group.\nTo unsubscribe from this group and stop receiving emails from it, send an"
                        + " email to dev+unsubscribe@example.org.\nTo view this discussion on the web visit"
                        + " https://groups.example.org/d/msgid/dev/20240301.1%40example.com.\n"));
        copies.put(
                "groups.io",
                withText(TEXT + "\n\n-=-=-=-=-=-=-=-=-=-=-=-\nGroups.io Links: You receive all messages sent to this"
                        + " group.\nView/Reply Online (#17): https://lists.example.org/g/dev/message/17\nMute This"
                        + " Topic: https://lists.example.org/mt/1/2\nGroup Owner: dev+owner@lists.example.org\n"
                        + "Unsubscribe: https://lists.example.org/g/dev/unsub [zoe@example.com]\n"
                        + "-=-=-=-=-=-=-=-=-=-=-=-\n\n\n"));
        copies.put(
                "LISTSERV",
                withText(TEXT + "\n########################################################################\n\n"
                        + "To unsubscribe from the DEV list, click the following link:\n"
                        + "https://lists.example.org/cgi-bin/wa?SUBED1=DEV&A=1\n"));
        copies.put(
                "Sympa",
                withText(TEXT + "\n---\nTo unsubscribe from this list, mail sympa@lists.example.org with the subject"
                        + " \"unsubscribe dev\".\n"));
        copies.put(
                "ezmlm",
                withText(TEXT + "\n---------------------------------------------------------------------\n"
                        + "To unsubscribe, e-mail: dev-unsubscribe@lists.example.org\n"
                        + "For additional commands, e-mail: dev-help@lists.example.org\n\n"));
        copies.put(
                "SourceForge",
                withText(TEXT + "\n------------------------------------------------------------------------------\n"
                        + "Check out the vibrant tech community on one of the world's most\n"
                        + "engaging tech sites, example.net! http://sdm.link/example\n"
                        + MAILMAN2));
        copies.put(
                "Yahoo! Groups",
                withText(TEXT + "\n------------------------ Yahoo! Groups Sponsor ---------------------~--> \n"
                        + "4 DVDs Free +s&p Join Now\nhttp://us.click.yahoogroups.com/pt6YBB/NXiEAA/1/2\n"
                        + "---------------------------------------------------------------------~-> \n\n"
                        + "To unsubscribe from this group, send an email to:\ndev-unsubscribe@yahoogroups.com\n\n \n\n"
                        + "Your use of Yahoo! Groups is subject to http://docs.example.com/info/terms/ \n\n\n"));
        copies.put(
                "Majordomo",
                withText(TEXT + "-\nTo unsubscribe from this list: send the line \"unsubscribe dev\" in\n"
                        + "the body of a message to majordomo@lists.example.org\n"
                        + "More majordomo info at  http://lists.example.org/majordomo-info.html\n"));
        copies.put(
                "a header on top",
                withText("This is the dev mailing list, see https://lists.example.org/dev\n" + "-".repeat(50) + "\n\n"
                        + TEXT));
        copies.put(
                "a gateway's warning",
                withText("CAUTION: This email originated from outside of the organization. Do not click\nlinks unless"
                        + " you know the sender.\n\n" + TEXT));
        copies.put("a tag", withHeader(HEADER.replace("Subject: ", "Subject: [dev] ")));
        copies.put(
                "an encoded and folded subject",
                withHeader(HEADER.replace(
                        "Subject: Grüße from the wiring room, and",
                        "Subject: =?utf-8?q?=5Bdev=5D_Gr=C3=BC=C3=9Fe?= from the\n wiring room, and")));
        copies.put(
                "From rewritten",
                withHeader(HEADER.replace(
                                "From: Zoë Roe <zoe@example.com>",
                                "From: Zoë Roe via dev <dev@lists.example.org>\nReply-To: Zoë Roe <zoe@example.com>")
                        + "List-Id: <dev.lists.example.org>\nList-Post: <mailto:dev@lists.example.org>\n"));
        copies.put(
                "wrapped",
                utf8(ID.replace("20240301.1@example.com", "mailman.0.17@lists.example.org")
                        + "From: Zoë Roe via dev <dev@lists.example.org>\nSubject: [dev] Grüße\n"
                        + "List-Id: <dev.lists.example.org>\nList-Post: <mailto:dev@lists.example.org>\n"
                        + "MIME-Version: 1.0\nContent-Type: message/rfc822\nContent-Disposition: inline\n\n"
                        + ID + HEADER + UTF8 + '\n' + TEXT));
        copies.put(
                "wrapped with a note",
                utf8("Message-ID: <mailman.0.18@lists.example.org>\n"
                        + "From: Zoë Roe via dev <dev@lists.example.org>\nSubject: [dev] Grüße\n"
                        + "List-Id: <dev.lists.example.org>\nList-Post: <mailto:dev@lists.example.org>\n"
                        + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"==w\"\n\n--==w\n"
                        + plain("The sender's domain has a DMARC policy.\n")
                        + "\n--==w\nContent-Type: message/rfc822\nMIME-Version: 1.0\nContent-Disposition: inline\n\n"
                        + ID
                        + HEADER + UTF8 + '\n' + TEXT + "\n--==w--\n"));
        copies.put("base64", encoded(TEXT, "utf-8", "base64"));
        copies.put("quoted-printable", encoded(TEXT, "utf-8", "quoted-printable"));
        copies.put("ISO 8859-1", encoded(TEXT, "iso-8859-1", "8bit"));
        copies.put("windows-1252 in base64", encoded(TEXT + MAILMAN2, "windows-1252", "base64"));
        copies.put("UTF-16", encoded(TEXT, "utf-16", "base64"));
        copies.put("decomposed letters", withText(java.text.Normalizer.normalize(TEXT, java.text.Normalizer.Form.NFD)));
        copies.put("CRLF", withText(TEXT.replace("\n", "\r\n")));
        copies.put("trailing blanks gone", withText(TEXT.replaceAll("[ \t]+\n", "\n")));
        copies.put("trailing blanks come", withText(TEXT.replaceAll("([a-z.,])\n", "$1  \n")));
        copies.put("tabs as blanks", withText(TEXT.replace("\t", "        ")));
        copies.put("no-break blanks", withText(TEXT.replace("3.5 %", "3.5\u00a0%")));
        copies.put(
                "curly quotes",
                withText(TEXT.replace("\"too long\"", "“too long”").replace('\'', '’')));
        copies.put(">From", withText(TEXT.replace(" From what I saw", "\n>From what I saw")));
        copies.put(
                "wrapped at 60",
                withText(TEXT.replace(" yesterday at", "\nyesterday at")
                        .replace("mail that it passes", "mail that\n> it passes")));
        copies.put(
                "format=flowed",
                utf8(ID + HEADER + "Content-Type: text/plain; charset=utf-8; format=flowed\n"
                        + "Content-Transfer-Encoding: 8bit\n\n" + flowed()));
        copies.put(
                "format=flowed; delsp=yes",
                utf8(ID + HEADER + "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n"
                        + "Content-Transfer-Encoding: 8bit\n\n"
                        + flowed().replace("or only \n", "or only  \n").replace("% of \n", "% of  \n")));
        copies.put("an addressless archive", withText(TEXT.replace("ann@example.net", "ann at example.net")));
        copies.put("multipart/alternative", multipart("alternative", plain(TEXT), HTML));
        copies.put("HTML alone", multipart("alternative", HTML));
        copies.put("an attachment", multipart("mixed", plain(TEXT), """
                        Content-Type: application/pdf; name=a.pdf
                        Content-Disposition: attachment
                        Content-Transfer-Encoding: base64

                        JVBERi0=
                        """));
        copies.put(
                "an attachment scrubbed",
                withText(TEXT + "-------------- next part --------------\nA non-text attachment was scrubbed...\n"
                        + "Name: a.pdf\nType: application/pdf\nSize: 5 bytes\nDesc: not available\n"
                        + "URL: <https://lists.example.org/pipermail/dev/attachments/20240301/1/a.pdf>\n"));
        copies.put("signature gone", withText(TEXT.substring(0, TEXT.indexOf("-- \n"))));
        copies.put("blank lines at the end", withText(TEXT + "\n\n\n"));
        copies.put(
                "through two lists",
                withText(TEXT + MAILMAN2
                        + "\n-- \nYou received this message because you are subscribed to the Google Groups \"x\".\n"));
        List<Arguments> arguments = new ArrayList<>();
        copies.forEach((name, mail) -> arguments.add(Arguments.of(name, mail)));
        return arguments.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("copies")
    void isTheSameMessage(String name, byte[] copy) {
        assertThat(copy).as(name).isNotEqualTo(original());
        assertThat(AuthoredText.of(lines(copy))).as(name).isEqualTo(AuthoredText.of(lines(original())));
        assertThat(message(copy)).as(name).isEqualTo(message(original()));
    }

    private org.listlens.quote.ClassifiedLines lines(byte[] mail) {
        return org.listlens.quote.QuoteParser.classify(
                Objects.requireNonNull(parse(mail).text()).text());
    }

    static Stream<Arguments> patches() {
        return Stream.of(
                Arguments.of("a footer", withText(PATCH + MAILMAN2)),
                Arguments.of("blanks at line ends gone", withText(PATCH.replaceAll("(?m)[ \t]+$", ""))),
                Arguments.of("CRLF", withText(PATCH.replace("\n", "\r\n"))),
                Arguments.of("quoted-printable", encoded(PATCH, "utf-8", "quoted-printable")),
                Arguments.of("base64", encoded(PATCH + MAILMAN2, "iso-8859-1", "base64")),
                Arguments.of("a tag", withText(PATCH)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patches")
    void aPatchIsTheSameMessage(String name, byte[] copy) {
        assertThat(message(copy)).as(name).isEqualTo(message(utf8(ID + HEADER + UTF8 + '\n' + PATCH)));
    }

    /** A mail without Message-ID goes by Date and what it says. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("copies")
    void isTheSameMessageWithoutAnId(String name, byte[] copy) {
        String mail = new String(copy, StandardCharsets.ISO_8859_1);
        byte[] anonymous = mail.replaceAll("(?m)^Message-ID: <20240301.1@example.com>\n", "")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] withoutId = new String(original(), StandardCharsets.ISO_8859_1)
                .replace(ID, "")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(parse(anonymous).messageId()).as(name).isNull();
        assertThat(message(anonymous)).as(name).isEqualTo(message(withoutId));
    }

    static Stream<Arguments> others() {
        byte[] mail = original();
        byte[] patch = utf8(ID + HEADER + UTF8 + '\n' + PATCH);
        byte[] short1 = utf8(ID + "From: a@example.com\nSubject: Report 17\n\nSee the attachment.\n");
        byte[] empty = utf8(ID + "From: a@example.com\nSubject: Report 17\n\n");
        byte[] pdf = attached("a.pdf");
        return Stream.of(
                Arguments.of("another text", mail, withText("The relay is down again, please call me.\n")),
                Arguments.of("another number", mail, withText(TEXT.replace("3.5 %", "35 %"))),
                Arguments.of("another sign", mail, withText(TEXT.replace("-1\n", "+1\n"))),
                Arguments.of("a sentence more", mail, withText(TEXT.replace("for us.", "for us. Or is it?"))),
                Arguments.of("a word less", mail, withText(TEXT.replace("new relay", "relay"))),
                Arguments.of("the reply without the quote", mail, withText(TEXT.substring(TEXT.indexOf("Only of")))),
                Arguments.of("a patch resent with <", patch, withText(PATCH.replace("<= 1", "== 1"))),
                Arguments.of(
                        "a patch resent with one line more",
                        patch,
                        withText(PATCH.replace("+\t\treturn 0;\n", "+\t\treturn 0;\n+\n+\tlog(r);\n"))),
                Arguments.of("the other patch of a series", patch, withText(PATCH.replace("relay.c", "queue.c"))),
                Arguments.of(
                        "a short text under another subject",
                        short1,
                        utf8(ID + "From: a@example.com\nSubject: Report 18\n\nSee the attachment.\n")),
                Arguments.of(
                        "no text under another subject",
                        empty,
                        utf8(ID + "From: a@example.com\nSubject: Report 18\n\n")),
                Arguments.of("another attachment without text", pdf, attached("b.pdf")),
                Arguments.of("another emoji", withText("👍\n"), withText("👎\n")),
                Arguments.of("another vote", withText("+1\n"), withText("-1\n")),
                Arguments.of("other letters than ASCII", withText("Привет всем\n"), withText("Привет другим\n")));
    }

    private static byte[] attached(String name) {
        return utf8(ID + "From: a@example.com\nSubject: Scan\nMIME-Version: 1.0\nContent-Type: application/pdf; name="
                + name + "\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void staysAMessageOfItsOwn(String name, byte[] one, byte[] other) {
        assertThat(parse(other).messageId()).isEqualTo(parse(one).messageId()).isNotNull();
        assertThat(message(other)).as(name).isNotEqualTo(message(one));
    }
}
