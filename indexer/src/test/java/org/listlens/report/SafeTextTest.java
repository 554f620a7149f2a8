package org.listlens.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafeTextTest {
    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("plain", "plain"),
                Arguments.of("  two\r\n\tlines  ", "two lines"),
                Arguments.of("a\u0000b\u001b[31mc\u007f", "ab[31mc"),
                Arguments.of("gnp\u202egpj.exe", "gnpgpj.exe"),
                Arguments.of("\u2066isolated\u2069\u200f\ufeff", "isolated"),
                Arguments.of("half \ud83d", "half"),
                Arguments.of("line\u2028paragraph\u2029", "line paragraph"),
                Arguments.of("\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
                Arguments.of(
                        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
                Arguments.of("", ""));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whatHidesOrReordersIsTakenOut(String text, String line) {
        assertThat(SafeText.line(text, 100)).isEqualTo(line);
    }

    @Test
    void longOnesAreCutBetweenCharacters() {
        assertThat(SafeText.line("x".repeat(10_000), 60)).isEqualTo("x".repeat(60) + '…');
        assertThat(SafeText.line("\ud83d\ude00".repeat(5), 3)).isEqualTo("\ud83d\ude00".repeat(3) + '…');
        assertThat(SafeText.line("abc  ", 3)).isEqualTo("abc");
    }

    @Test
    void markupIsText() {
        assertThat(SafeText.html("<img src=x onerror='a(\"b\")'>&amp;"))
                .isEqualTo("&lt;img src=x onerror=&#39;a(&quot;b&quot;)&#39;&gt;&amp;amp;");
    }

    @Test
    void nothingInJsonEndsTheScriptThatHoldsIt() throws Exception {
        String hostile = "</script><!--<script>\u2028\u2029&lt;";
        String json = new ObjectMapper().writeValueAsString(hostile);
        String script = SafeText.script(json);
        assertThat(script).doesNotContain("<", ">", "&", "\u2028", "\u2029");
        assertThat(new ObjectMapper().readValue(script, String.class)).isEqualTo(hostile);
    }
}
