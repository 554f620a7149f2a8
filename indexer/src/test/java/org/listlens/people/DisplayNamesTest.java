package org.listlens.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DisplayNamesTest {
    @ParameterizedTest
    @CsvFileSource(resources = "names.tsv", delimiter = '\t', quoteCharacter = '~')
    void cleans(@Nullable String name, String address, String expected) {
        String cleaned = DisplayNames.clean(name == null ? null : unescape(name), address);

        assertThat(cleaned).isEqualTo(expected.equals("-") ? null : expected);
        assertThat(DisplayNames.clean(cleaned, address)).as("cleaned again").isEqualTo(cleaned);
    }

    private static String unescape(String text) {
        StringBuilder unescaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && text.startsWith("u", i + 1)) {
                unescaped.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else if (c == '\\') {
                i++;
                unescaped.append(text.charAt(i) == 't' ? '\t' : text.charAt(i));
            } else {
                unescaped.append(c);
            }
        }
        return unescaped.toString();
    }

    @Test
    void aNameOfAnyLengthIsCutWithoutHalfACharacter() {
        assertThat(DisplayNames.clean("a".repeat(1_000_000), null)).isEqualTo("a".repeat(200));
        assertThat(DisplayNames.clean("a" + "\uD83D\uDC27".repeat(500), null)).endsWith("\uD83D\uDC27");
        assertThat(DisplayNames.clean("(".repeat(500_000) + "Jane", null)).isNull();
        assertThat(DisplayNames.clean("=?UTF-8?Q?" + "a".repeat(500_000), null)).isNotNull();
    }

    @Test
    void whateverComesIsCleanedToSomethingThatStaysSo() {
        String alphabet = "ab J,.()[]<>\"'*|@:=?\\ via\u00E9\u200B\uD83D\uDC27";
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int j = random.nextInt(24); j >= 0; j--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String cleaned = DisplayNames.clean(name.toString(), "jane@example.com");
            if (cleaned != null) {
                assertThat(cleaned)
                        .as(name.toString())
                        .isEqualTo(cleaned.strip())
                        .isNotEmpty();
            }
        }
    }
}
