package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.MailingList;

class MailingListsTest {
    @ParameterizedTest
    @CsvFileSource(resources = "mailing-lists.tsv", delimiter = '\t', quoteCharacter = '`')
    void finds(String fields, String expected) {
        List<MailingList> lists = new ArrayList<>();
        if (!expected.equals("-")) {
            for (String list : expected.split(" ;; ", -1)) {
                String[] parts = list.split("\\|", -1);
                lists.add(new MailingList(
                        parts[0], parts[1].isEmpty() ? null : parts[1], parts[2].isEmpty() ? null : parts[2]));
            }
        }

        assertThat(MailingLists.find(header(fields))).containsExactlyElementsOf(lists);
    }

    private static HeaderBlock header(String table) {
        List<HeaderField> fields = new ArrayList<>();
        for (String field : table.split(" ;; ", -1)) {
            int colon = field.indexOf(':');
            fields.add(new HeaderField(
                    field.substring(0, colon), field.substring(colon + 1).trim(), fields.size()));
        }
        return new HeaderBlock(fields, 0);
    }

    @Test
    void survivesHostileSizes() {
        int many = 100_000;
        List<String> values = List.of(
                "(".repeat(many),
                "@".repeat(many),
                "a@ ".repeat(many),
                "<".repeat(many),
                "%40".repeat(many),
                "mailto:".repeat(many));
        for (String name :
                List.of("List-Id", "List-Post", "X-Mailing-List", "Mailing-List", "X-Loop", "Sender", "Return-Path")) {
            for (String value : values) {
                assertThat(MailingLists.find(new HeaderBlock(List.of(new HeaderField(name, value, 0)), 0))
                                .size())
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void leavesOutListsBeyondAHundred() {
        List<HeaderField> fields = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            fields.add(new HeaderField("X-BeenThere", "list" + i + "@example.com", i));
        }

        Defects defects = new Defects(10);
        assertThat(MailingLists.find(new HeaderBlock(fields, 0), defects)).hasSize(100);
        assertThat(defects.toList()).extracting(Defect::code).containsOnly(DefectCode.TOO_MANY_LISTS);
    }

    @Test
    void neverThrowsOnMutations() {
        Random random = new Random(6);
        String[] names = {"List-Id", "List-Post", "X-Mailing-List", "Mailing-List", "X-BeenThere", "Sender", "X-Loop"};
        String alphabet = "<>()\"\\,;: @ab.-+?%4\u00e4";
        for (int round = 0; round < 50_000; round++) {
            List<HeaderField> fields = new ArrayList<>();
            for (String name : names) {
                StringBuilder value = new StringBuilder("list-bounces@example.com");
                for (int i = random.nextInt(6); i >= 0; i--) {
                    value.insert(
                            random.nextInt(value.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
                }
                fields.add(new HeaderField(name, value.toString(), 0));
            }

            assertThat(MailingLists.find(new HeaderBlock(fields, 0)))
                    .as(fields.toString())
                    .allMatch(list -> !list.id().isBlank() && !"".equals(list.name()));
        }
    }
}
