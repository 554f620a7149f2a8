package org.listlens.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordTableTest {
    @Test
    void findsWhatAMapFinds() {
        Random random = new Random(7);
        WordTable table = new WordTable();
        Map<String, Integer> map = new HashMap<>();
        for (int i = 1; i <= 3_000; i++) {
            String word = word(random);
            table.put(word, i);
            map.put(word, i);
        }
        for (int i = 0; i < 20_000; i++) {
            String word = word(random);
            String text = "<" + word.toUpperCase(Locale.ROOT) + ">";
            assertThat(table.get(word)).as(word).isEqualTo(map.getOrDefault(word, 0));
            assertThat(table.get(text, 1, 1 + word.length())).as(text).isEqualTo(map.getOrDefault(word, 0));
        }
    }

    /** Of few letters, so that many are alike and share their places. */
    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            word.append("abcdéжя'".charAt(random.nextInt(8)));
        }
        return word.toString();
    }

    @Test
    void wordsWhoseHashesAreTheSame() {
        // 31 * 'a' + 'z' is 31 * 'b' + '['.
        WordTable table = WordTable.of("az");
        table.put("b[", 3);

        assertThat("az").hasSameHashCodeAs("b[");
        assertThat(table.get("AZ")).isEqualTo(1);
        assertThat(table.get("B[")).isEqualTo(3);
        assertThat(table.get("c<")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ΟΔΟΣ", "İzmir", "\uD801\uDC00b", "ÉCRIT", "НАПИСАЛ", "STRASSE", "a"})
    void lowerCaseIsThatOfStrings(String word) {
        WordTable table = new WordTable();
        table.put(word.toLowerCase(Locale.ROOT), 5);
        assertThat(table.get(word)).isEqualTo(5);
        assertThat(table.get('x' + word, 1, 1 + word.length())).isEqualTo(5);
        assertThat(table.contains(word + 'x')).isFalse();
    }

    @Test
    void aTableWithoutWords() {
        assertThat(new WordTable().get("")).isZero();
        assertThat(new WordTable().get("a")).isZero();
    }
}
