package org.listlens.quote;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.BodyText;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.Participant;
import org.listlens.mail.Quotation;
import org.listlens.mail.RawMail;
import org.listlens.mail.Role;
import org.listlens.parse.MailParser;

/** Who is quoted in whole mails, whatever the charset and encoding they come in. */
class QuotationsTest {
    private static final String HEADER = """
            From: John Roe <john@example.org>
            To: Jane Doe <jane@example.com>
            Cc: "Roe, Richard" <richard@example.net>, Max Mustermann <max@example.net>, list@lists.example.org
            Subject: Does it work?
            Date: Wed, 7 Jul 2021 10:11:12 +0200
            Message-ID: <reply@example.org>
            MIME-Version: 1.0
            """;

    private static final List<Charset> CHARSETS = List.of(
            Charset.forName("ISO-8859-1"),
            Charset.forName("KOI8-R"),
            Charset.forName("GB18030"),
            Charset.forName("ISO-2022-JP"));

    static Stream<Arguments> mails() {
        List<Arguments> cases = new ArrayList<>();
        String name = "";
        List<String> text = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String line : read("quotations.txt").split("\n", -1)) {
            if (line.startsWith("=== ")) {
                if (!name.isEmpty()) {
                    cases.add(Arguments.of(name, String.join("\n", text) + '\n', List.copyOf(expected)));
                }
                name = line.substring(4);
                text.clear();
                expected.clear();
            } else if (line.startsWith("= ")) {
                expected.add(line.substring(2));
            } else if (!name.isEmpty()) {
                text.add(line);
            }
        }
        cases.add(Arguments.of(name, String.join("\n", text) + '\n', List.copyOf(expected)));
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void plain(String name, String text, List<String> expected) {
        assertThat(found(text, StandardCharsets.UTF_8, "8bit", "\n")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void withCarriageReturns(String name, String text, List<String> expected) {
        assertThat(found(text, StandardCharsets.UTF_8, "8bit", "\r\n")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void encoded(String name, String text, List<String> expected) {
        assertThat(found(text, StandardCharsets.UTF_8, "quoted-printable", "\n"))
                .isEqualTo(expected);
        assertThat(found(text, StandardCharsets.UTF_8, "base64", "\n")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void inOtherCharsets(String name, String text, List<String> expected) {
        int fits = 0;
        for (Charset charset : CHARSETS) {
            if (charset.newEncoder().canEncode(text)) {
                assertThat(found(text, charset, "8bit", "\n"))
                        .as(charset.name())
                        .isEqualTo(expected);
                assertThat(found(text, charset, "base64", "\r\n"))
                        .as(charset.name())
                        .isEqualTo(expected);
                fits++;
            }
        }
        assertThat(fits).as("GB18030 has all letters").isPositive();
    }

    @Test
    void aNameThatTwoHaveIsNotCompleted() {
        List<Participant> two = List.of(
                new Participant(Role.TO, "Jane Doe", "jane@example.com", null),
                new Participant(Role.CC, "\"Doe, Jane\"", "jane.doe@example.net", null));
        ClassifiedLines lines = QuoteParser.classify("Jane Doe wrote:\n> Does it work?\n");

        assertThat(Quotations.of(lines, two)).containsExactly(new Quotation(1, "Jane Doe", null, null, null, 1));
        assertThat(Quotations.of(lines, two.subList(1, 2)))
                .containsExactly(new Quotation(1, "Jane Doe", "jane.doe@example.net", null, null, 1));
    }

    @Test
    void anAddressIsCompletedWithACleanName() {
        List<Participant> list =
                List.of(new Participant(Role.FROM, "Jane Doe via Example List", "list@example.com", null));
        ClassifiedLines lines = QuoteParser.classify("list@EXAMPLE.com wrote:\n> Does it work?\n");

        assertThat(Quotations.of(lines, list))
                .containsExactly(new Quotation(1, "Jane Doe", "list@example.com", null, null, 1));
    }

    /** What looks at a line again for each line above it does not end here in time. */
    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void endsOnHostileText(String text) {
        ClassifiedLines lines = QuoteParser.classify(text);
        assertThat(Quotations.of(lines, List.of())).hasSizeLessThanOrEqualTo(1_000);
    }

    static Stream<String> hostile() {
        int many = 100_000;
        return Stream.of(
                "Jane Doe <jane@example.com> wrote:\n> x\n".repeat(many),
                "> Jane Doe <jane@example.com> wrote:\n".repeat(many),
                "> From: Jane\n> Date: x\n".repeat(many),
                "> From: Jane\n\n".repeat(many),
                "<".repeat(many) + " wrote:\n> x",
                "On " + "Tue, ".repeat(many) + " wrote:\n> x",
                ("On " + "Tue, ".repeat(100) + " wrote:\n> x\n").repeat(many / 100),
                ("\"".repeat(500) + ":\n> x\n").repeat(many / 100),
                ("(".repeat(500) + ":\n> x\n").repeat(many / 100),
                ("<".repeat(500) + ":\n> x\n").repeat(many / 100),
                ("6 ".repeat(250) + ":\n> x\n").repeat(many / 100),
                ("at 6 ".repeat(100) + ":\n> x\n").repeat(many / 100),
                ("一二".repeat(250) + "：\n> x\n").repeat(many / 100),
                ">>>>> \"A\" == B writes:\n".repeat(many),
                "-----Original Message-----\nFrom: Jane\n".repeat(many));
    }

    private static List<String> found(String text, Charset charset, String encoding, String lineEnd) {
        byte[] body = text.replace("\n", lineEnd).getBytes(charset);
        byte[] encoded = switch (encoding) {
            case "quoted-printable" -> quotedPrintable(body);
            case "base64" ->
                Base64.getMimeEncoder(76, lineEnd.getBytes(StandardCharsets.US_ASCII))
                        .encode(body);
            default -> body;
        };
        String header = HEADER + "Content-Type: text/plain; charset=" + charset.name() + "\nContent-Transfer-Encoding: "
                + encoding + "\n\n";
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes(header.replace("\n", lineEnd).getBytes(StandardCharsets.US_ASCII));
        mail.writeBytes(encoded);
        byte[] bytes = mail.toByteArray();
        BodyText read = Objects.requireNonNull(new MailParser(Limits.DEFAULT)
                .parse(new RawMail(new Origin("test", "0"), bytes, bytes.length))
                .text());
        List<String> found = new ArrayList<>();
        for (Quotation quotation : read.quote().quotations()) {
            found.add(quotation.depth() + " | " + or(quotation.name()) + " | " + or(quotation.address()) + " | "
                    + quotation.lines());
        }
        return found;
    }

    private static byte[] quotedPrintable(byte[] body) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (byte octet : body) {
            int c = octet & 0xff;
            if (c == '\n') {
                out.append('\n');
                column = 0;
                continue;
            }
            String piece = c == '=' || c > 126 || c < ' ' ? String.format("=%02X", c) : String.valueOf((char) c);
            if (column + piece.length() > 72) {
                out.append("=\n");
                column = 0;
            }
            out.append(piece);
            column += piece.length();
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String or(@Nullable Object said) {
        return Objects.requireNonNullElse(said, "-").toString();
    }

    private static String read(String file) {
        try (InputStream in = QuotationsTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
