package org.listlens.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Quotation;

/** The table of attributions, each above something quoted, at no depth and within a quote. */
class AttributionLinesTest {
    static Stream<Arguments> table() {
        List<Arguments> cases = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        boolean bare = false;
        for (String line : read("attribution-lines.txt").split("\n", -1)) {
            if (line.startsWith("= ")) {
                cases.add(Arguments.of(List.copyOf(lines), bare, line.substring(2)));
                lines.clear();
                bare = false;
            } else if (line.equals("@ bare")) {
                bare = true;
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(line);
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void unquoted(List<String> lines, boolean bare, String expected) {
        String text = String.join("\n", lines) + (bare ? "\nDoes it work?\n" : "\n> Does it work?\n");

        assertThat(found(text, 1, bare)).isEqualTo(whole(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void quoted(List<String> lines, boolean bare, String expected) {
        String text = "Fine.\n\n> Before.\n> > "
                + String.join("\n> > ", lines)
                + (bare ? "\n> > Does it work?\n" : "\n> > > Does it work?\n");

        assertThat(found(text, 3, bare)).isEqualTo(whole(expected));
    }

    /** What the one quotation of a text says. */
    private static String found(String text, int depth, boolean bare) {
        ClassifiedLines lines = QuoteParser.classify(text);
        List<Quotation> quotations = Quotations.of(lines, List.of());
        if (quotations.isEmpty()) {
            return "none";
        }
        assertThat(quotations).hasSize(1);
        Quotation quotation = quotations.getFirst();
        if (!bare) {
            assertThat(quotation.depth()).isEqualTo(depth);
            assertThat(quotation.lines()).isEqualTo(1);
        }
        return or(quotation.name())
                + " | "
                + or(quotation.address())
                + " | "
                + or(quotation.date())
                + " | "
                + or(quotation.messageId());
    }

    private static String or(@Nullable Object said) {
        return Objects.requireNonNullElse(said, "-").toString();
    }

    private static String whole(String expected) {
        String whole = expected;
        for (int bars = (int) expected.chars().filter(c -> c == '|').count();
                !expected.equals("none") && bars < 3;
                bars++) {
            whole += " | -";
        }
        return whole;
    }

    private static String read(String file) {
        try (InputStream in = AttributionLinesTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
