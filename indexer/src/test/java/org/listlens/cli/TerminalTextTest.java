package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
    @Test
    void plainTextStaysAsItIs() {
        assertThat(TerminalText.line("Re: [PATCH v2] größer, weiter", 80)).isEqualTo("Re: [PATCH v2] größer, weiter");
        assertThat(TerminalText.line("", 80)).isEmpty();
    }

    @Test
    void linesAndBlanksBecomeOneBlank() {
        assertThat(TerminalText.line("  one\r\n\ttwo\u2028three\u00a0 \u3000four \n", 80))
                .isEqualTo("one two three four");
        assertThat(TerminalText.line(" \t\n ", 80)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00,
                0x07,
                0x08,
                0x1b,
                0x7f,
                0x80,
                0x85,
                0x9b,
                0x9d, // C0 and C1, ESC, CSI and OSC
                0x200e,
                0x200f,
                0x202a,
                0x202b,
                0x202c,
                0x202d,
                0x202e,
                0x2066,
                0x2067,
                0x2068,
                0x2069,
                0x061c, // bidi
                0x200b,
                0x200d,
                0x2060,
                0xfeff,
                0x00ad,
                0xe0041, // invisible
                0xe000,
                0xffff,
                0xd800,
                0xdc00 // private use, not a character, half a pair
            })
    void whatMovesReordersOrHidesIsTakenOut(int point) {
        String hostile = point < 0x10000 ? String.valueOf((char) point) : Character.toString(point);
        assertThat(TerminalText.line("ab" + hostile + "cd", 80)).isEqualTo("abcd");
    }

    @Test
    void anEscapeSequenceIsOnlyLettersThen() {
        assertThat(TerminalText.line("\u001b[2J\u001b]0;title\u0007red\u009b31m", 80))
                .isEqualTo("[2J]0;titlered31m");
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdef, 5, abcd…",
        "abcdef, 1, …",
        "日本語, 6, 日本語",
        "日本語, 5, 日本…",
        "日本語, 4, 日…",
        "한국어, 5, 한국…",
        "ＡＢ, 3, Ａ…",
        "😀😀, 4, 😀😀",
        "😀😀, 3, 😀…",
        "a日b, 4, a日b",
    })
    void isCutToColumns(String text, int columns, String line) {
        assertThat(TerminalText.line(text, columns)).isEqualTo(line);
    }

    @Test
    void combiningMarksTakeNoColumn() {
        assertThat(TerminalText.line("e\u0301e\u0301e\u0301", 4)).isEqualTo("e\u0301e\u0301e\u0301");
    }

    @Test
    void randomTextIsHarmless() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int c = random.nextInt(60); c > 0; c--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x180 : 0x10000));
            }
            String line = TerminalText.line(text.toString(), 20);
            assertThat(line.codePoints()
                            .noneMatch(point -> Character.isISOControl(point)
                                    || Character.getType(point) == Character.FORMAT
                                    || Character.getType(point) == Character.SURROGATE))
                    .as("no control in %s", line)
                    .isTrue();
            assertThat(line).doesNotStartWith(" ").doesNotContain("  ");
        }
    }
}
