package org.listlens.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Trailer;
import org.listlens.quote.QuoteParser;

class TrailerParserTest {
    private static final String SIGNED = "Signed-off-by: Ada Example <ada@example.com>";

    static Stream<Arguments> lines() {
        return Tables.lines("trailers.txt").map(line -> {
            int bar = line.indexOf(" | ");
            int arrow = line.lastIndexOf(" =>");
            return Arguments.of(
                    line.substring(0, bar),
                    line.substring(bar + 3, arrow),
                    line.substring(arrow + 3).strip());
        });
    }

    @ParameterizedTest(name = "{0} | {1}")
    @MethodSource("lines")
    void tellsTrailersFromProse(String place, String line, String expected) {
        List<Trailer> trailers = switch (place) {
            case "prose" -> parse("We have seen this before.\n" + line + "\nand it went on.\n");
            case "alone" -> parse("Looks good.\n\n" + line + "\n\nMore text below.\n");
            case "block" -> parse("foo: bar\n\nText.\n\n" + SIGNED + "\n" + line + "\n");
            default -> throw new IllegalArgumentException(place);
        };
        List<Trailer> found = place.equals("block") ? trailers.subList(1, trailers.size()) : trailers;
        if (expected.isEmpty()) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found)
                    .singleElement()
                    .satisfies(trailer -> assertThat(described(trailer)).isEqualTo(expected));
        }
    }

    private static String described(Trailer trailer) {
        return (trailer.key()
                        + " | "
                        + trailer.value()
                        + " | "
                        + (trailer.name() == null ? "" : trailer.name())
                        + " | "
                        + (trailer.address() == null ? "" : trailer.address()))
                .strip()
                .replace("|  |", "| |");
    }

    private static List<Trailer> parse(String text) {
        return TrailerParser.parse(QuoteParser.classify(text));
    }

    private static List<String> values(String text) {
        return parse(text).stream()
                .map(trailer -> trailer.key() + ": " + trailer.value())
                .toList();
    }

    @Test
    void quotedTrailersAreNotTheAuthors() {
        assertThat(values("""
                On Tue, 6 Jul 2021, Ada Example wrote:
                > Fixes: 0123456789ab ("foo: add bar")
                > Reviewed-by: Eve Example <eve@example.net>
                > Signed-off-by: Ada Example <ada@example.com>
                Reviewed-by: Jane Doe <jane@example.org>
                > ---
                > > Acked-by: Bob Example <bob@example.net>
                """)).containsExactly("Reviewed-by: Jane Doe <jane@example.org>");
    }

    @Test
    void foldedTrailersAreOne() {
        assertThat(values("""
                foo: bar

                Fixes: 0123456789ab ("foo: a title that is folded as git does
                 with a blank")
                Reviewed-by: Jane Doe
                	<jane@example.org>
                Signed-off-by: Ada Example <ada@example.com>
                """))
                .containsExactly(
                        "Fixes: 0123456789ab (\"foo: a title that is folded as git does with a blank\")",
                        "Reviewed-by: Jane Doe <jane@example.org>",
                        "Signed-off-by: Ada Example <ada@example.com>");
    }

    @Test
    void trailersThatAMailProgramBrokeAreOne() {
        assertThat(values("""
                foo: bar

                Fixes: 0123456789ab ("foo: a title that is longer than what a mail program
                likes")
                Reviewed-by: Jane Doe With a Long Name
                <jane@example.org>
                Link:
                https://lore.example.org/r/20210706134536.12345-1-ada@example.com
                Signed-off-by: Ada Example <ada@example.com>

                <not@example.org>
                """))
                .containsExactly(
                        "Fixes: 0123456789ab (\"foo: a title that is longer than what a mail program likes\")",
                        "Reviewed-by: Jane Doe With a Long Name <jane@example.org>",
                        "Link: https://lore.example.org/r/20210706134536.12345-1-ada@example.com",
                        "Signed-off-by: Ada Example <ada@example.com>");
    }

    @Test
    void indentedTrailersBelowOthersAreTheirOwn() {
        assertThat(values("""
                Looks good.

                  Reviewed-by: Jane Doe <jane@example.org>
                  Tested-by: Jane Doe <jane@example.org>
                """))
                .containsExactly("Reviewed-by: Jane Doe <jane@example.org>", "Tested-by: Jane Doe <jane@example.org>");
    }

    @Test
    void copiesAboveASignatureAreTrailers() {
        assertThat(values(
                        "foo: bar\n\nText.\n\nCc: Jane Doe <jane@example.org>\nCc: list@example.org\n" + SIGNED + "\n"))
                .containsExactly("Cc: Jane Doe <jane@example.org>", "Cc: list@example.org", SIGNED);
        assertThat(values("foo: bar\n\n" + SIGNED + "\n[jane: fixed the title]\nCc: list@example.org\n"))
                .containsExactly(SIGNED, "Cc: list@example.org");
    }

    @Test
    void copiesAloneAreTrailersWhenThereAreSeveral() {
        assertThat(values("foo: bar\n\nCc: Jane Doe <jane@example.org>\nCc: list@example.org\n---\n"))
                .containsExactly("Cc: Jane Doe <jane@example.org>", "Cc: list@example.org");
    }

    @Test
    void moreThanAnyMailHasAreCut() {
        assertThat(parse((SIGNED + "\n").repeat(2_000))).hasSize(TrailerParser.MAX_TRAILERS);
    }

    @Test
    void hostileLinesTakeNoTime() {
        for (String part :
                List.of("Cc: a@example.org\n", "Cc: x\n", "A-b: c\n", "Fixes: (\"\n", " Cc: x\n", "Acked-by: A\n")) {
            assertThat(parse(part.repeat(100_000))).hasSizeLessThanOrEqualTo(TrailerParser.MAX_TRAILERS);
        }
        assertThat(parse(SIGNED + "\n" + " x".repeat(100_000) + "\n" + " y\n".repeat(100_000)))
                .singleElement()
                .satisfies(trailer -> assertThat(trailer.value()).hasSizeLessThan(3_000));
    }
}
