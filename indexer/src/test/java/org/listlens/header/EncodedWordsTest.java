package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;

class EncodedWordsTest {
    @ParameterizedTest
    @CsvFileSource(
            resources = "encoded-words.tsv",
            delimiter = '\t',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false)
    void decodes(String written, @Nullable String decoded, @Nullable String defect) {
        Defects defects = new Defects(10);

        assertThat(EncodedWords.decode(written.replace("\\t", "\t"), defects, 7))
                .isEqualTo(decoded == null ? "" : decoded);
        if (defect == null) {
            assertThat(defects.toList()).isEmpty();
        } else {
            assertThat(defects.toList()).containsExactly(new Defect(DefectCode.valueOf(defect), 7));
        }
    }

    @Test
    void returnsAValueWithoutWordsAsItIs() {
        String value = new String("no words, just = and ?");

        assertThat(EncodedWords.decode(value, null)).isSameAs(value);
    }

    @Test
    void copesWithManyWordsThatDoNotEnd() {
        String value = "=?utf-8?Q?a ".repeat(200_000);

        assertThat(EncodedWords.decode(value, null).equals(value)).isTrue();
        assertThat(EncodedWords.decode(value + "?=", null).length()).isLessThan(value.length());
        assertThat(EncodedWords.decode("=?".repeat(500_000), null).length()).isEqualTo(1_000_000);
        assertThat(EncodedWords.decode("=?utf-8?Q?".repeat(100_000), null).length())
                .isLessThanOrEqualTo(1_000_000);
    }

    @Test
    void joinsManyAdjacentWords() {
        String decoded = EncodedWords.decode("=?utf-8?Q?=C3?= =?utf-8?Q?=A4?= ".repeat(50_000), null);

        assertThat(decoded.trim().equals("ä".repeat(50_000))).isTrue();
    }

    @Test
    void neverThrowsAndStaysBoundedInAnyCharset() {
        Random random = new Random(1);
        byte[] octets = new byte[200];
        for (String charset : Charset.availableCharsets().keySet()) {
            for (int round = 0; round < 20; round++) {
                random.nextBytes(octets);
                String text = Base64.getEncoder().encodeToString(octets);
                String value = "=?" + charset + "?B?" + text + "?=";

                String decoded = EncodedWords.decode(value, null);

                assertThat(decoded).as(charset).hasSizeLessThanOrEqualTo(2 * octets.length);
                assertThat(decoded.chars()).as(charset).noneMatch(c -> c < ' ');
            }
        }
    }

    @Test
    void neverThrowsOnMutations() {
        Random random = new Random(2);
        String alphabet = "=?=?=??*_ \tBbQqutf-8ISO-2022-JP()<>\"\\,äé\u0000\r\n\uD83D\uDE00AC34";
        for (int round = 0; round < 50_000; round++) {
            StringBuilder value = new StringBuilder("=?utf-8?Q?a?=");
            for (int i = random.nextInt(30); i > 0; i--) {
                value.insert(random.nextInt(value.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
            }

            assertThat(EncodedWords.decode(value.toString(), null)).isNotNull();
        }
    }
}
