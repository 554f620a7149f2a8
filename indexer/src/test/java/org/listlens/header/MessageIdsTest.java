package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;

class MessageIdsTest {
    @ParameterizedTest
    @CsvFileSource(resources = "message-ids.tsv", delimiter = '\t', quoteCharacter = '`')
    void parses(String value, String expected, @Nullable String defect) {
        Defects defects = new Defects(10);

        List<String> ids = MessageIds.parse(value.replace("\\t", "\t"), 10, defects, 5);

        assertThat(String.join(" ", ids)).isEqualTo(expected.equals("-") ? "" : expected);
        if (defect == null) {
            assertThat(defects.toList()).isEmpty();
        } else {
            assertThat(defects.toList()).containsExactly(new Defect(DefectCode.valueOf(defect), 5));
        }
    }

    @Test
    void anEmptyValueHasNoId() {
        Defects defects = new Defects(10);

        assertThat(MessageIds.parse("", 10, defects, 5)).isEmpty();
        assertThat(defects.toList()).containsExactly(new Defect(DefectCode.INVALID_MESSAGE_ID, 5));
    }

    @Test
    void whatIsLongerThanALineIsNoId() {
        Defects defects = new Defects(10);
        String longest = "a".repeat(MessageIds.LONGEST - 2) + "@x";

        assertThat(MessageIds.parse("<a" + longest + "> <" + longest + ">", 10, defects, 5))
                .containsExactly(longest);
        assertThat(defects.toList()).containsExactly(new Defect(DefectCode.INVALID_MESSAGE_ID, 5));
    }

    @Test
    void keepsTheFirstIdsUpToTheLimit() {
        Defects defects = new Defects(10);
        String value = IntStream.range(0, 5).mapToObj(i -> "<" + i + "@x>").collect(Collectors.joining(" "));

        assertThat(MessageIds.parse(value, 3, defects, 5)).containsExactly("0@x", "1@x", "2@x");
        assertThat(defects.toList()).containsExactly(new Defect(DefectCode.TOO_MANY_REFERENCES, 5));
    }

    @Test
    void repeatsDoNotCountTowardsTheLimit() {
        Defects defects = new Defects(10);

        assertThat(MessageIds.parse("<a@x> <b@x> <a@x> <b@x>", 2, defects, 5)).containsExactly("a@x", "b@x");
        assertThat(defects.toList()).isEmpty();
    }

    @Test
    void survivesHostileSizes() {
        int many = 200_000;
        for (String value : List.of(
                "<".repeat(many),
                "<a".repeat(many),
                "<a ".repeat(many),
                ">".repeat(many),
                "(".repeat(many),
                "\"".repeat(many + 1),
                "\"\\".repeat(many),
                "<a@b> ".repeat(many),
                "a@b ".repeat(many),
                "a ".repeat(many),
                "@".repeat(many))) {
            assertThat(MessageIds.parse(value, 2_000, new Defects(10), 0).size())
                    .isLessThanOrEqualTo(2_000);
        }
    }

    @Test
    void neverThrowsOnMutations() {
        Random random = new Random(5);
        String alphabet = "<>()\"\\,; @ab\u00e4";
        for (int round = 0; round < 50_000; round++) {
            StringBuilder value = new StringBuilder();
            for (int i = random.nextInt(25); i >= 0; i--) {
                value.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }

            assertThat(MessageIds.parse(value.toString(), 5, new Defects(10), 0))
                    .as(value.toString())
                    .allMatch(id -> !id.isEmpty() && id.indexOf(' ') < 0);
        }
    }
}
