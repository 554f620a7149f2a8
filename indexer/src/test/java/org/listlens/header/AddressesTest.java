package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;
import org.listlens.mail.Participant;
import org.listlens.mail.Role;

class AddressesTest {
    @ParameterizedTest
    @CsvFileSource(resources = "addresses.tsv", delimiter = '\t', quoteCharacter = '`')
    void parses(String value, String expected, @Nullable String defect) {
        Defects defects = new Defects(10);

        List<Participant> found = parse(value.replace("\\t", "\t"), defects);

        assertThat(found).containsExactlyElementsOf(participants(expected));
        if (defect == null) {
            assertThat(defects.toList()).isEmpty();
        } else {
            assertThat(defects.toList()).containsExactly(new Defect(DefectCode.valueOf(defect), 3));
        }
    }

    private static List<Participant> participants(String table) {
        List<Participant> participants = new ArrayList<>();
        if (!table.equals("-")) {
            for (String cell : table.split(" ;; ", -1)) {
                String[] parts = cell.split("\\|", -1);
                participants.add(new Participant(
                        Role.TO, parts[0].isEmpty() ? null : parts[0], parts[1], parts.length < 3 ? null : parts[2]));
            }
        }
        return participants;
    }

    private static List<Participant> parse(String value, Defects defects) {
        return Addresses.parse(Role.TO, new HeaderField("To", value, 3), Limits.DEFAULT, defects);
    }

    @Test
    void anEmptyFieldHasNoParticipants() {
        Defects defects = new Defects(9);

        assertThat(parse("", defects)).isEmpty();
        assertThat(defects.toList()).isEmpty();
    }

    @Test
    void readsAllFieldsInTheOrderOfTheMail() {
        HeaderBlock header = new HeaderBlock(
                List.of(
                        new HeaderField("To", "a@example.com", 0),
                        new HeaderField("From", "b@example.com", 1),
                        new HeaderField("X-To", "x@example.com", 2),
                        new HeaderField("from", "c@example.com", 3),
                        new HeaderField("TO", "d@example.com", 4),
                        new HeaderField("Reply-To", "e@example.com", 5),
                        new HeaderField("Sender", "f@example.com", 6),
                        new HeaderField("Cc", "g@example.com", 7),
                        new HeaderField("Bcc", "h@example.com", 8)),
                9);

        assertThat(Addresses.parseAll(header, Limits.DEFAULT, new Defects(9)))
                .extracting(participant -> participant.role() + " " + participant.address())
                .containsExactly(
                        "TO a@example.com",
                        "FROM b@example.com",
                        "TO d@example.com",
                        "REPLY_TO e@example.com",
                        "SENDER f@example.com",
                        "CC g@example.com",
                        "BCC h@example.com");
    }

    @Test
    void stopsAtTheLimitOfAllFieldsTogether() {
        Limits limits = new Limits(1000, 1000, 10, 3, 10, 10, 10, 10, 1000, 10);
        HeaderBlock header = new HeaderBlock(
                List.of(
                        new HeaderField("To", "a@example.com, b@example.com", 0),
                        new HeaderField("Cc", "c@example.com, d@example.com", 30),
                        new HeaderField("Bcc", "e@example.com", 60)),
                90);
        Defects defects = new Defects(9);

        assertThat(Addresses.parseAll(header, limits, defects))
                .extracting(Participant::address)
                .containsExactly("a@example.com", "b@example.com", "c@example.com");
        assertThat(defects.toList()).containsExactly(new Defect(DefectCode.TOO_MANY_ADDRESSES, 30));
    }

    @Test
    void asManyAddressesAsTheLimitAreNotTooMany() {
        Defects defects = new Defects(9);

        assertThat(parse("a@example.com, ".repeat(Limits.DEFAULT.addresses()), defects))
                .hasSize(Limits.DEFAULT.addresses());
        assertThat(defects.toList()).isEmpty();
    }

    @Test
    void survivesHostileSizes() {
        int many = 100_000;
        List<String> values = List.of(
                "a@example.com, ".repeat(many),
                "Jane <a@example.com>".repeat(many),
                "(".repeat(many * 10),
                "(".repeat(many) + "a@example.com" + ")".repeat(many),
                "\"".repeat(many * 10 + 1),
                "\"a\\".repeat(many),
                "\\\"\\\\".repeat(many),
                "<".repeat(many * 10),
                "<a@".repeat(many),
                "<a \"(".repeat(many),
                "a:".repeat(many * 5),
                "a:;".repeat(many),
                "[".repeat(many * 5),
                "@[".repeat(many * 5),
                "Doe,".repeat(many),
                "a@ ".repeat(many),
                "a @ b ".repeat(many),
                " at ".repeat(many),
                "=?utf-8?Q?".repeat(many),
                "@".repeat(many * 10),
                ".".repeat(many * 10) + "@example.com");

        for (String value : values) {
            Defects defects = new Defects(100);

            assertThat(parse(value, defects).size()).isLessThanOrEqualTo(Limits.DEFAULT.addresses());
            assertThat(defects.toList().size()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void neverThrowsOnMutations() {
        Random random = new Random(4);
        String alphabet = "<>()[]\"\\,;:@. '=?abä\uD83D\uDE00\t at xn--";
        for (int round = 0; round < 100_000; round++) {
            StringBuilder value = new StringBuilder("\"Doe, J\" <jane@xn--bcher-kva.example>, A: b@c (d);");
            for (int i = random.nextInt(12); i >= 0; i--) {
                int at = random.nextInt(value.length() + 1);
                if (random.nextInt(3) > 0) {
                    value.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                } else {
                    value.delete(at, Math.min(value.length(), at + random.nextInt(6)));
                }
            }

            for (Participant participant : parse(value.toString(), new Defects(9))) {
                assertThat(participant.address()).as(value.toString()).isNotBlank();
                assertThat(participant.name()).as(value.toString()).isNotEqualTo("");
            }
        }
    }
}
