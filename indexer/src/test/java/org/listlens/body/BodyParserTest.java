package org.listlens.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.Limits;
import org.listlens.mail.Part;
import org.listlens.quote.QuoteParser;

class BodyParserTest {
    /**
     * The cases of the golden files: a line {@code === name}, a mail with {@code \xHH} for octets that are not printable
     * ASCII and a backslash at the end for a missing line end, a line {@code =>}, and what is expected of it.
     */
    static Stream<Arguments> goldens() {
        List<Arguments> cases = new ArrayList<>();
        for (String file : List.of("charsets", "mime", "encodings", "flowed", "html")) {
            for (String golden : read(file + ".txt").split("(^|\n)=== ", -1)) {
                if (!golden.isEmpty()) {
                    int name = golden.indexOf('\n');
                    int expected = golden.indexOf("\n=>\n");
                    cases.add(Arguments.of(
                            file + ": " + golden.substring(0, name),
                            unescape(golden.substring(name + 1, expected + 1)),
                            golden.substring(expected + 4).stripTrailing()));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldens")
    void reads(String name, byte[] mail, String expected) {
        assertThat(describe(mail)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldens")
    void readsWithCrlf(String name, byte[] mail, String expected) {
        assertThat(describe(Mails.withCrlf(mail))).isEqualTo(expected);
    }

    /** A mail may break off anywhere; whatever is left gives a body. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("goldens")
    void everyBeginningOfAMailIsRead(String name, byte[] mail, String expected) {
        for (int length = 0; length < mail.length; length += 3) {
            Body body = Mails.parse(Arrays.copyOf(mail, length), Limits.DEFAULT, new Defects(100));

            assertThat(body.parts().size()).isLessThanOrEqualTo(5);
        }
    }

    private static String describe(byte[] mail) {
        Defects defects = new Defects(100);
        Body body = Mails.parse(mail, Limits.DEFAULT, defects);
        StringBuilder out = new StringBuilder();
        for (Part part : body.parts()) {
            out.append("part ").append(part.path()).append(' ').append(part.type());
            append(out, "charset", part.charset());
            append(out, "encoding", part.encoding());
            append(out, "disposition", part.disposition());
            append(out, "filename", part.filename());
            out.append('\n');
        }
        for (Defect defect : defects.toList()) {
            out.append("defect ").append(defect.code().label()).append('\n');
        }
        ReaderText text = body.text();
        if (text == null) {
            return out.append("no text").toString();
        }
        out.append("text ").append(text.type()).append(' ').append(text.charset());
        for (String line : withoutLastLineEnds(text.text()).split("\n", -1)) {
            out.append("\n|").append(line);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, String name, @Nullable String value) {
        if (value != null) {
            out.append(' ').append(name).append('=').append(value);
        }
    }

    private static String withoutLastLineEnds(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return text.substring(0, end);
    }

    @Test
    void defectsStandWhereTheyAre() {
        Defects defects = new Defects(100);
        String mail = """
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: odd

                Hello
                --b
                Content-Transfer-Encoding: base64

                SGV*sbG8=
                """;

        Mails.parse(mail, defects);

        assertThat(defects.toList())
                .containsExactly(
                        new Defect(DefectCode.UNTERMINATED_MULTIPART, mail.indexOf("--b")),
                        new Defect(DefectCode.INVALID_CONTENT_TYPE, mail.indexOf("Content-Type: odd")),
                        new Defect(DefectCode.INVALID_TRANSFER_ENCODING, mail.indexOf('*')));
    }

    @Test
    void sizesAreThoseBeforeDecoding() {
        Body body = Mails.parse("""
                Content-Type: multipart/mixed; boundary=b

                --b

                Hello
                --b
                Content-Transfer-Encoding: base64

                SGVsbG8=
                --b--
                """, new Defects(100));

        assertThat(body.parts()).extracting(Part::size).containsExactly(5L, 8L);
    }

    @Test
    void quotesAreCountedInTheTextThatIsSeen() {
        ReaderText text = text("Content-Type: text/html\n\n<p>Yes.</p><blockquote>Ready?"
                + "<blockquote>Steady?</blockquote></blockquote>");

        assertThat(QuoteParser.parse(text.text()).depth()).isEqualTo(2);
        assertThat(QuoteParser.parse(text.text()).newText()).isEqualTo("Yes.");
    }

    @Test
    void flowedLinesCountOnce() {
        ReaderText text =
                text("Content-Type: text/plain; format=flowed\n\n>> a quoted paragraph \n>> of two lines\nYes.\n");

        assertThat(QuoteParser.parse(text.text()).linesByDepth()).containsExactly(1, 0, 1);
    }

    @Test
    void lineEndsOfAllKindsBecomeOne() {
        assertThat(text("\na\r\nb\rc\nd\r\r\n").text()).isEqualTo("a\nb\nc\nd\n\n");
    }

    @Test
    void longTextsAreCut() {
        Defects defects = new Defects(100);
        Limits limits = new Limits(1000, 1000, 10, 10, 10, 10, 10, 10, 20, 10);

        Body body = Mails.parse("\nHello\n".repeat(10).getBytes(StandardCharsets.US_ASCII), limits, defects);

        assertThat(Objects.requireNonNull(body.text()).text()).hasSize(20);
        assertThat(defects.toList()).containsExactly(new Defect(DefectCode.TEXT_TOO_LONG, 1));
    }

    @Test
    void aCutDoesNotBreakACharacter() {
        Limits limits = new Limits(1000, 1000, 10, 10, 10, 10, 10, 10, 3, 10);
        byte[] mail = "\nab\uD83D\uDE00cd".getBytes(StandardCharsets.UTF_8);

        Body body = Mails.parse(mail, limits, new Defects(10));

        assertThat(Objects.requireNonNull(body.text()).text()).isEqualTo("ab");
    }

    @Test
    void nestingIsBounded() {
        Defects defects = new Defects(100);
        StringBuilder mail = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\n");
        for (int i = 0; i < 100_000; i++) {
            mail.append("\n--b")
                    .append(i)
                    .append("\nContent-Type: multipart/mixed; boundary=b")
                    .append(i + 1)
                    .append('\n');
        }

        Body body = Mails.parse(mail.toString(), defects);

        assertThat(body.parts()).hasSize(1);
        assertThat(defects.toList()).extracting(Defect::code).contains(DefectCode.NESTING_TOO_DEEP);
    }

    @Test
    void messagesInMessagesAreBounded() {
        Defects defects = new Defects(100);

        Body body = Mails.parse("Content-Type: message/rfc822\n\n".repeat(100_000), defects);

        assertThat(body.parts()).hasSize(Limits.DEFAULT.nesting() + 1);
        assertThat(defects.toList()).extracting(Defect::code).containsExactly(DefectCode.NESTING_TOO_DEEP);
    }

    @Test
    void partsAreBounded() {
        Defects defects = new Defects(100);

        Body body =
                Mails.parse("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(500_000), defects);

        assertThat(body.parts()).hasSize(Limits.DEFAULT.parts());
        assertThat(defects.toList()).extracting(Defect::code).containsExactly(DefectCode.TOO_MANY_PARTS);
    }

    /** What would be quadratic does not end here in time, or not in this heap. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void endsOnHostileMail(String name, String header, String body) {
        Body parsed = Mails.parse(header + "\n\n" + body, new Defects(100));

        assertThat(parsed.parts()).isNotEmpty();
        if (parsed.text() != null) {
            assertThat(parsed.text().text().length()).isLessThanOrEqualTo(Limits.DEFAULT.textChars());
        }
    }

    static Stream<Arguments> hostile() {
        int many = 1_000_000;
        String html = "Content-Type: text/html";
        String mixed = "Content-Type: multipart/mixed; boundary=";
        return Stream.of(
                Arguments.of("no line break", "X: y", "a".repeat(30 * many)),
                Arguments.of("no line break in HTML", html, "a".repeat(5 * many)),
                Arguments.of("no line break in a multipart", mixed + "b", "-".repeat(5 * many)),
                Arguments.of("boundary of dashes", mixed + "-".repeat(50_000), "-".repeat(5 * many)),
                Arguments.of("lines of dashes", mixed + "-".repeat(50_000), ("-".repeat(40_000) + "\n").repeat(100)),
                Arguments.of("boundaries that go on", mixed + "b", "--bb\n".repeat(many)),
                Arguments.of("headers without end", mixed + "b", "--b\n" + "A: b\n".repeat(many)),
                Arguments.of("folds without end", mixed + "b", "--b\nContent-Type: a\n" + " b\n".repeat(many)),
                Arguments.of("guesses", mixed + "b", "--c\n\n".repeat(many)),
                Arguments.of("nested elements", html, "<div>".repeat(many / 5)),
                Arguments.of("nested quotes", html, "<blockquote>x".repeat(many / 10)),
                Arguments.of(
                        "nested quotes, many lines",
                        html,
                        "<blockquote>".repeat(300) + "<pre>" + "x\n".repeat(many / 2)),
                Arguments.of("nested tables", html, "<table><tr><td>".repeat(many / 20)),
                Arguments.of("formatting", html, "<b><i><a href=x>y</p>".repeat(many / 40)),
                Arguments.of("attributes", html, "<p " + "a b c ".repeat(many / 6)),
                Arguments.of("entities", html, "&amp;&lt".repeat(many / 8)),
                Arguments.of("flowed", "Content-Type: text/plain; format=flowed", "> \n".repeat(many / 2)),
                Arguments.of("flowed marks", "Content-Type: text/plain; format=flowed", ">".repeat(many)),
                Arguments.of("escapes", "X: y", "\u001b$B!!".repeat(many / 5)),
                Arguments.of(
                        "broken UTF-8",
                        "Content-Type: text/plain; charset=utf-8",
                        "ü ".repeat(many).substring(1)));
    }

    @Test
    void anOffsetOutsideIsMisuse() {
        assertThatThrownBy(() -> BodyParser.parse(new byte[3], 2, 2, List.of(), Limits.DEFAULT, new Defects(1)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static ReaderText text(String mail) {
        return Objects.requireNonNull(Mails.parse(mail, new Defects(100)).text());
    }

    private static byte[] unescape(String mail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < mail.length(); i++) {
            char c = mail.charAt(i);
            if (c != '\\') {
                out.write(c);
            } else if (mail.charAt(++i) == 'x') {
                out.write(Integer.parseInt(mail.substring(i + 1, i + 3), 16));
                i += 2;
            } else if (mail.charAt(i) != '\n') {
                out.write(mail.charAt(i));
            }
        }
        return out.toByteArray();
    }

    private static String read(String file) {
        try (InputStream in = BodyParserTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
