package org.listlens.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.LineCounts;
import org.listlens.mail.QuoteSketch;
import org.listlens.mail.Quotes;
import org.listlens.mail.ReplyStyle;

class QuoteParserTest {
    /**
     * The cases of the golden files: a line {@code === name}, then the lines of a text, each after its class, its depth
     * and a bar; two dots stand for a blank line whose class does not matter.
     */
    static Stream<Arguments> goldens() {
        List<Arguments> cases = new ArrayList<>();
        for (String file : List.of("marks", "attributions", "original", "patches", "footers")) {
            String name = "";
            List<String> lines = new ArrayList<>();
            for (String line : read(file + ".txt").split("\n", -1)) {
                if (line.startsWith("=== ")) {
                    if (!lines.isEmpty()) {
                        cases.add(Arguments.of(file + ": " + name, List.copyOf(lines)));
                    }
                    name = line.substring(4);
                    lines.clear();
                } else if (!line.isEmpty()) {
                    lines.add(line);
                }
            }
            cases.add(Arguments.of(file + ": " + name, List.copyOf(lines)));
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldens")
    void classesEachLine(String name, List<String> expected) {
        StringBuilder text = new StringBuilder();
        for (String line : expected) {
            text.append(line, line.indexOf('|') + 1, line.length()).append('\n');
        }

        ClassifiedLines lines = QuoteParser.classify(text.toString());

        List<String> found = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            String mark = expected.get(line).startsWith("..") ? ".." : code(lines.lineClass(line)) + lines.depth(line);
            found.add(mark + '|' + lines.line(line));
        }
        assertThat(found).isEqualTo(expected);
    }

    private static String code(LineClass lineClass) {
        return lineClass.name().substring(0, 1);
    }

    @Test
    void nothingIsNone() {
        assertThat(QuoteParser.parse("")).isEqualTo(Quotes.NONE);
        assertThat(QuoteParser.parse("\n \n\n")).isEqualTo(Quotes.NONE);
    }

    @Test
    void summary() {
        Quotes quotes = QuoteParser.parse("""
                Hello,

                On Tue, 6 Jul 2021, Jane Doe wrote:
                > > Is it
                > > ready?
                >
                > I think so.

                It is.
                Reviewed-by: John Roe <john@example.org>
                --
                John
                """);

        assertThat(quotes.depth()).isEqualTo(2);
        assertThat(quotes.linesByDepth()).containsExactly(6, 2, 2);
        assertThat(quotes.newText()).isEqualTo("Hello,\n\nIt is.\nReviewed-by: John Roe <john@example.org>");
        assertThat(quotes.quotedText()).isEqualTo("Is it\nready?\n\nI think so.");
        assertThat(quotes.quotedLines()).isEqualTo(4);
        assertThat(quotes.unquotedLines()).isEqualTo(6);
        assertThat(quotes.counts()).isEqualTo(new LineCounts(2, 3, 1, 2, 0, 0, 1));
        assertThat(quotes.newRatio()).isEqualTo(0.4);
        assertThat(quotes.style()).isEqualTo(ReplyStyle.BOTTOM);
    }

    @Test
    void textWithoutMarksUnderAnOriginalMessageIsQuoted() {
        Quotes quotes = QuoteParser.parse("""
                Yes.

                -----Original Message-----
                From: Jane Doe
                To: John Roe
                Subject: Ready?

                Is it ready?

                Jane
                """);

        assertThat(quotes.depth()).isEqualTo(1);
        // The dashes and the three fields say who is quoted; blank lines without marks count nowhere.
        assertThat(quotes.linesByDepth()).containsExactly(5, 2);
        assertThat(quotes.newText()).isEqualTo("Yes.");
        assertThat(quotes.quotedText().strip()).isEqualTo("Is it ready?\n\nJane");
    }

    @Test
    void theAuthorsPatchIsNeitherNewNorQuoted() {
        Quotes quotes = QuoteParser.parse("""
                Fix it.
                ---
                diff --git a/a b/a
                --- a/a
                +++ b/a
                @@ -1 +1 @@
                -one
                +two
                """);

        assertThat(quotes)
                .isEqualTo(new Quotes(
                        0,
                        List.of(8),
                        new LineCounts(1, 0, 0, 0, 0, 7, 0),
                        "Fix it.",
                        "",
                        ReplyStyle.NONE,
                        List.of(),
                        List.of()));
    }

    @Test
    void aTextWithoutItsLastLineEndHasTheSameLines() {
        assertThat(QuoteParser.parse("> one\ntwo")).isEqualTo(QuoteParser.parse("> one\ntwo\n"));
    }

    @Test
    void contentIsWithoutMarks() {
        ClassifiedLines lines = QuoteParser.classify("> > two\n>>  wide\n>\nnone\n");

        assertThat(lines.size()).isEqualTo(4);
        assertThat(lines.content(0)).isEqualTo("two");
        assertThat(lines.content(1)).isEqualTo(" wide");
        assertThat(lines.content(2)).isEmpty();
        assertThat(lines.content(3)).isEqualTo("none");
    }

    @Test
    void aSketchOfWhatIsQuotedIsOneOfWhatWasWritten() {
        Quotes source = QuoteParser.parse("""
                The keeper says that the lens has to be turned by hand for now.
                Short line.
                Somebody has to stay up for it, Jane\u2019s turn is on Monday.
                --
                A signature that is long enough to have a hash of its own
                """);
        Quotes reply = QuoteParser.parse("""
                Jane Doe wrote:
                >  The keeper says that the lens has to be turned by hand
                for now.
                > Short line.
                >Somebody has to stay up for it,\tJane\u2019s  turn is on monday.
                The ferry comes at noon on each of these days.
                """);

        QuoteSketch quoted = QuoteSketch.parse(reply.sketch());
        QuoteSketch written = QuoteSketch.parse(source.sketch());
        assertThat(written.hashes(0)).hasSize(2);
        assertThat(quoted.hashes(0)).hasSize(1);
        assertThat(quoted.hashes(1)).hasSize(2);
        assertThat(found(quoted, 1, written)).isEqualTo(1);
        assertThat(found(written, 0, quoted)).isZero();
    }

    /** How many of the lines at a depth another text has as new ones. */
    private static long found(QuoteSketch sketch, int depth, QuoteSketch source) {
        return IntStream.of(sketch.hashes(depth))
                .filter(hash -> IntStream.of(source.hashes(0)).anyMatch(other -> other == hash))
                .count();
    }

    @Test
    void whatAMailerBrokeInTwoHasTheHashOfTheWholeLine() {
        String line = "The keeper says that the lens has to be turned by hand as long as the new";
        Quotes source = QuoteParser.parse(line + "\n");
        Quotes reply = QuoteParser.parse("> " + line.replace(" the new", " the\nnew") + "\n> motor is not there.\n");

        assertThat(reply.linesByDepth()).containsExactly(0, 3);
        assertThat(found(QuoteSketch.parse(reply.sketch()), 1, QuoteSketch.parse(source.sketch())))
                .isEqualTo(1);
    }

    @Test
    void linesOfAFlowedTextHaveHashesAsTheyStoodAndAsTheyRead() {
        String original =
                "The keeper says that the lens has to be \nturned by hand as long as the new motor is away.\n";
        String text = "The keeper says that the lens has to be turned by hand as long as the new motor is away.\n";
        QuoteSketch source =
                QuoteSketch.parse(QuoteParser.classify(text).toQuotes(original).sketch());
        QuoteSketch lines = QuoteSketch.parse(
                QuoteParser.parse("> " + original.replace("\ntur", "\n> tur")).sketch());
        QuoteSketch paragraph = QuoteSketch.parse(QuoteParser.parse("> " + text).sketch());

        assertThat(found(lines, 1, source)).isEqualTo(2);
        assertThat(found(paragraph, 1, source)).isEqualTo(1);
    }

    @Test
    void anAttributionSpeaksForWhatFollows() {
        ClassifiedLines above = QuoteParser.classify("Jane Doe wrote:\n\n> Ready?\n");
        ClassifiedLines inside = QuoteParser.classify(
                "Yes.\n\n> On 6 Jul 2021, at 16:17, Jane Doe <jane@example.com> wrote:\n>\n> Ready?\n");

        assertThat(above.introduces(0)).isEqualTo(1);
        assertThat(inside.lineClass(2)).isEqualTo(LineClass.ATTRIBUTION);
        assertThat(inside.introduces(2)).isEqualTo(1);
    }

    @Test
    void linesAreFoundInTextsThatDoNotBelongTogether() {
        ClassifiedLines lines = QuoteParser.classify("one\n> two\n");

        assertThat(OriginalLines.of("", lines).size()).isZero();
        OriginalLines longer = OriginalLines.of("o\nne\n\n> two\nthree\n\n", lines);
        assertThat(longer.size()).isEqualTo(6);
        assertThat(longer.classified(1)).isZero();
        assertThat(longer.classified(3)).isEqualTo(1);
        assertThat(longer.classified(5)).isEqualTo(1);
        assertThat(OriginalLines.of("one\n", QuoteParser.classify("")).size()).isZero();
    }

    /** Whatever would be quadratic if a rule looked at a line more often than a few times does not end here in time. */
    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void endsOnHostileText(String text, int depth) {
        assertThat(QuoteParser.parse(text).depth()).isEqualTo(depth);
    }

    static Stream<Arguments> hostile() {
        int many = 300_000;
        return Stream.of(
                Arguments.of(">".repeat(many), QuoteParser.MAX_DEPTH),
                Arguments.of("> ".repeat(many), QuoteParser.MAX_DEPTH),
                Arguments.of("| ".repeat(many), 0),
                Arguments.of("|\n".repeat(many), 0),
                Arguments.of("| a\n".repeat(many), 0),
                Arguments.of("--\n".repeat(many), 0),
                Arguments.of("_____\n".repeat(many), 0),
                Arguments.of("---\n+++ x\n".repeat(many), 0),
                Arguments.of("@@ -1,999999 +1,999999 @@\n".repeat(many), 0),
                Arguments.of(" 1 file changed, x\n a | b\n".repeat(many), 0),
                Arguments.of("On 1 January 2001\n".repeat(many) + "> x", 1),
                Arguments.of("wrote:".repeat(many) + "\n> x", 1),
                Arguments.of("On 12:00 a@example.com wrote:\n".repeat(many) + "> x", 1),
                Arguments.of("From: a\nTo: b\nSent: c\n\n".repeat(many), QuoteParser.MAX_DEPTH),
                Arguments.of("From: a\n".repeat(many), 0),
                Arguments.of("AB> x\nCD> y\n".repeat(many), 1),
                Arguments.of("AB> ".repeat(many) + "\nAB> x", QuoteParser.MAX_DEPTH),
                Arguments.of(">>> a wrote:\n\n\n> b\n".repeat(many), 3),
                Arguments.of(
                        "> " + "long ".repeat(14) + "\nrest\n" + ("> " + "a".repeat(70) + "\nb\n").repeat(many), 1),
                Arguments.of("All errors (new ones prefixed by >>):\n" + ">> a\n".repeat(many) + "> >\n", 2),
                Arguments.of(">".repeat(many) + "a wrote:\n> b\n", QuoteParser.MAX_DEPTH),
                Arguments.of(">>> f()\n".repeat(many), 0),
                Arguments.of("a wrote:\n" + "    >     > b\n".repeat(many), 2),
                Arguments.of("-----\nunsubscribe\n".repeat(many), 0),
                Arguments.of("-".repeat(60) + "\n" + "-\n".repeat(many), 0),
                Arguments.of("--\n" + "a\n--\n".repeat(many), 0),
                Arguments.of("---\n\n\n".repeat(many) + "base-commit: x\n", 0),
                Arguments.of("base-commit: x\n" + "\n".repeat(many) + "base-commit: x\n", 0),
                Arguments.of("1:  0123456 = 1:  0123456 x\n    y\n\n".repeat(many), 0),
                Arguments.of("  | a b c\n\n".repeat(many), 0),
                Arguments.of("-----Original Message-----\nFrom: a\n".repeat(many), QuoteParser.MAX_DEPTH),
                Arguments.of("-----Original Message-----\nx\n" + "_____\nlistinfo\n".repeat(many), 1));
    }

    private static String read(String file) {
        try (InputStream in = QuoteParserTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
