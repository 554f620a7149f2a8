package org.listlens.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.BodyText;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.quote.ClassifiedLines;
import org.listlens.quote.OriginalLines;
import org.listlens.quote.QuoteParser;

/**
 * Authored mails with the class and depth of every line, each in several charsets and transfer encodings.
 *
 * <p>A case of a golden file is a line {@code === name | reply style | parameters of the type}, and the lines of the text
 * as they stand in the mail, each after the first letter of its class, its depth and a bar. Where the mail is HTML, its
 * source stands first, and a line {@code =>} before the lines of its text.
 */
class QuoteGoldenTest {
    private static final List<String> FILES =
            List.of("replies", "marks", "wrapped", "footers", "patches", "flowed", "html");

    private static final List<String> CHARSETS = List.of(
            "UTF-8",
            "ISO-8859-1",
            "ISO-8859-2",
            "ISO-8859-5",
            "ISO-8859-15",
            "KOI8-R",
            "GB18030",
            "ISO-2022-JP",
            "windows-1252");

    /** How the octets of the body are written. */
    private enum Form {
        LF,
        CRLF,
        QUOTED_PRINTABLE,
        BASE64
    }

    /** One authored mail. */
    record Golden(String name, String style, String type, String body, List<String> lines) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Golden> goldens() {
        List<Golden> goldens = new ArrayList<>();
        for (String file : FILES) {
            for (String golden : read(file + ".txt").split("(^|\n)=== ", -1)) {
                if (!golden.isEmpty()) {
                    goldens.add(golden(file, golden));
                }
            }
        }
        return goldens.stream();
    }

    private static Golden golden(String file, String text) {
        int end = text.indexOf('\n');
        String[] head = text.substring(0, end).split(" \\| ", -1);
        String rest = text.substring(end + 1);
        int arrow = rest.indexOf("=>\n");
        boolean html = file.equals("html");
        StringBuilder body = new StringBuilder(html ? rest.substring(0, arrow) : "");
        List<String> lines = new ArrayList<>();
        for (String line : rest.substring(html ? arrow + 3 : 0).split("\n", -1)) {
            if (!line.isEmpty()) {
                lines.add(line);
                body.append(html ? "" : line.substring(line.indexOf('|') + 1) + "\n");
            }
        }
        String type = (html ? "text/html" : "text/plain") + (head.length > 2 ? "; " + head[2] : "");
        return new Golden(file + ": " + head[0], head[1].strip(), type, body.toString(), lines);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldens")
    void classesEachLine(Golden golden) {
        int variants = 0;
        for (String name : CHARSETS) {
            Charset charset = Charset.forName(name);
            if (!charset.newEncoder().canEncode(golden.body)) {
                continue;
            }
            for (Form form : Form.values()) {
                String variant = golden.name + " in " + name + ", " + form;
                BodyText text = Objects.requireNonNull(parse(mail(golden, charset, form)), variant);
                assertThat(describe(text)).as(variant).isEqualTo(golden.lines);
                assertThat(text.quote().style().label()).as(variant).isEqualTo(golden.style);
                variants++;
            }
        }
        assertThat(variants).isGreaterThanOrEqualTo(2 * Form.values().length);
    }

    /** A reader sees the plain text of a mail that has HTML besides, and so does the parser. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("goldens")
    void thePlainAlternativeIsPreferred(Golden golden) {
        if (golden.type.startsWith("text/html")) {
            return;
        }
        String mail = "Content-Type: multipart/alternative; boundary=\"=b\"\n\n--=b\nContent-Type: " + golden.type
                + "; charset=UTF-8\n\n" + golden.body + "\n--=b\nContent-Type: text/html\n\n<p>HTML</p>\n--=b--\n";

        assertThat(describe(Objects.requireNonNull(parse(mail.getBytes(StandardCharsets.UTF_8)))))
                .isEqualTo(golden.lines);
    }

    @Test
    void thereAreEnough() {
        assertThat(goldens().count()).isGreaterThan(130);
    }

    private static List<String> describe(BodyText text) {
        ClassifiedLines classified = QuoteParser.classify(text.text());
        OriginalLines lines = OriginalLines.of(text.original(), classified);
        List<String> found = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            int of = lines.classified(line);
            found.add(classified.lineClass(of).name().charAt(0) + "" + classified.depth(of) + "|" + lines.line(line));
        }
        // A source that ends in a part of its own, or in blank lines, has them in its text, too.
        while (!found.isEmpty()
                && found.getLast().substring(found.getLast().indexOf('|') + 1).isBlank()) {
            found.removeLast();
        }
        return found;
    }

    private static BodyText parse(byte[] mail) {
        return Objects.requireNonNull(new MailParser(Limits.DEFAULT)
                .parse(new RawMail(new Origin("test", "0"), mail, mail.length))
                .text());
    }

    private static byte[] mail(Golden golden, Charset charset, Form form) {
        byte[] octets = golden.body.getBytes(charset);
        String encoding = switch (form) {
            case LF, CRLF -> "8bit";
            case QUOTED_PRINTABLE -> "quoted-printable";
            case BASE64 -> "base64";
        };
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes(
                ("From: Jane Doe <jane@example.com>\nMessage-ID: <1@example.com>\nMIME-Version: 1.0\nContent-Type: "
                                + golden.type + "; charset=" + charset.name() + "\nContent-Transfer-Encoding: "
                                + encoding
                                + "\n\n")
                        .getBytes(StandardCharsets.US_ASCII));
        switch (form) {
            case LF, CRLF -> mail.writeBytes(octets);
            case QUOTED_PRINTABLE -> mail.writeBytes(quotedPrintable(octets));
            case BASE64 ->
                mail.writeBytes(Base64.getMimeEncoder(76, new byte[] {'\n'}).encode(octets));
        }
        return form == Form.CRLF ? withCrlf(mail.toByteArray()) : mail.toByteArray();
    }

    /** RFC 2045 §6.7, with soft line breaks after 60 columns. */
    private static byte[] quotedPrintable(byte[] octets) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (int i = 0; i < octets.length; i++) {
            int octet = octets[i] & 0xFF;
            if (octet == '\n') {
                out.append('\n');
                column = 0;
                continue;
            }
            if (column > 60) {
                out.append("=\n");
                column = 0;
            }
            boolean last = i + 1 == octets.length || octets[i + 1] == '\n';
            if (octet > 126 || octet < ' ' || octet == '=' || (octet == ' ' && last)) {
                out.append(String.format("=%02X", octet));
                column += 3;
            } else {
                out.append((char) octet);
                column++;
            }
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] withCrlf(byte[] mail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte octet : mail) {
            if (octet == '\n') {
                out.write('\r');
            }
            out.write(octet);
        }
        return out.toByteArray();
    }

    private static String read(String file) {
        try (InputStream in = QuoteGoldenTest.class.getResourceAsStream("quotes/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
