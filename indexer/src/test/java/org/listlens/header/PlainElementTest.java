package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;
import org.listlens.mail.Participant;
import org.listlens.mail.Role;

class PlainElementTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Jane Doe <jane@example.com>, John <john@example.com> | 27",
                "jane@example.com | 16",
                "Jane Doe <jane@example.com> | 27",
                "=?utf-8?q?Doe,_Jane?= <jane@example.com>, x | 40",
                "Doe, Jane <jane@example.com> | -1",
                "\"Doe, Jane\" <jane@example.com> | -1",
                "Jane (Doe) <jane@example.com> | -1",
                "Group: jane@example.com; | -1",
                "Jane <jane@example.com> Doe, x | -1",
                "Jane <jane@example.com> =?utf-8?q?a,b?= | -1",
                "=?utf-8?q?Doe, Jane <jane@example.com> | -1",
                "Jane <jane@example.com> <doe@example.com> | -1",
                "Jane <jane@example.com, John | -1"
            })
    void findsElementsThatStandForThemselves(String value, int end) {
        assertThat(PlainElement.end(value, 0)).isEqualTo(end);
    }

    @Test
    void aPlainElementHasTheRoleOfItsField() {
        assertThat(parse(Role.FROM, "Jane Roe <jane.roe@example.com>"))
                .containsExactly(new Participant(Role.FROM, "Jane Roe", "jane.roe@example.com", null));
        assertThat(parse(Role.CC, "John <john@example.com>,Jane Roe <jane.roe@example.com>"))
                .containsExactly(
                        new Participant(Role.CC, "John", "john@example.com", null),
                        new Participant(Role.CC, "Jane Roe", "jane.roe@example.com", null));
    }

    @Test
    void whatHasADefectHasItEachTime() {
        for (int time = 0; time < 3; time++) {
            Defects defects = new Defects(10);
            HeaderField field = new HeaderField("To", "x@y@, jane@example.com", time);
            Addresses.parse(Role.TO, field, Limits.DEFAULT, defects);

            assertThat(defects.toList()).hasSize(1);
            assertThat(defects.toList().getFirst().offset()).isEqualTo(time);
        }
    }

    @Test
    void theLimitHoldsForWhatIsKnown() {
        String value = "a@example.com, b@example.com, c@example.com";
        parse(Role.TO, value);
        List<Participant> room = new ArrayList<>();
        boolean complete = new AddressList(Role.TO, new HeaderField("To", value, 0), 2, new Defects(10), room).parse();

        assertThat(complete).isFalse();
        assertThat(room).hasSize(2);
    }

    /** What was read before makes no difference, whatever stands around an element. */
    @Test
    void fieldsReadTheSameTheSecondTimeAndAmongOthers() {
        String[] pieces = {
            "Jane <j@example.com>",
            "Doe",
            "=?utf-8?q?a,b?=",
            "=?utf-8?q?",
            "x@example.org",
            "<",
            ">",
            ",",
            ", ",
            ":",
            ";",
            "(",
            ")",
            "\"",
            " ",
            "team",
            "j at example.com",
            "=",
            "\\",
            "[",
            "]"
        };
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder value = new StringBuilder();
            for (int piece = random.nextInt(6); piece >= 0; piece--) {
                value.append(pieces[random.nextInt(pieces.length)]);
            }
            parse(Role.TO, value.toString());

            assertThat(parse(Role.TO, value.toString())).as(value.toString()).isEqualTo(unknown(value.toString()));
        }
    }

    private static List<Participant> parse(Role role, String value) {
        return Addresses.parse(role, new HeaderField("X", value, 0), Limits.DEFAULT, new Defects(10));
    }

    /** Reads a field as if nothing had been read before. */
    private static List<Participant> unknown(String value) {
        for (int i = 0; i < value.length(); i++) {
            int end = PlainElement.end(value, i);
            if (end >= 0) {
                PlainElement.KNOWN.forget(value.substring(i, end));
            }
        }
        return parse(Role.TO, value);
    }
}
