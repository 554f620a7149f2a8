package org.listlens.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class PersonRulesTest {
    @ParameterizedTest
    @CsvFileSource(resources = "person-rules.tsv", delimiter = '\t', quoteCharacter = '~')
    void aKeyIsAFullNameAndWhatTheLocalPartHasToDoWithIt(String name, String address, String expected) {
        String key = PersonRules.key(name.equals("-") ? null : name, address.toLowerCase(Locale.ROOT), false, false);
        assertThat(key).isEqualTo(expected.equals("-") ? null : expected);
    }

    @ParameterizedTest
    @CsvSource({
        "syzbot+12@bots.example.com, syzbot@bots.example.com|robot",
        "bot+a+b@example.com, bot@example.com|robot",
        "bot@example.com,",
        "+bot@example.com,",
    })
    void aRobotGoesByItsAddress(String address, String expected) {
        assertThat(PersonRules.key("Jane Doe", address, true, false)).isEqualTo(expected);
    }

    @Test
    void anAddressOfManyPeopleIsToldApartByName() {
        assertThat(PersonRules.key("Jane Doe", "list@example.org", false, true)).isEqualTo("doe jane|list");
        assertThat(PersonRules.key("Jane", "list@example.org", false, true)).isEqualTo("jane|list");
        assertThat(PersonRules.key(null, "list@example.org", false, true)).isEqualTo("|list");
    }

    @Test
    void hostileNamesTakeNoTime() {
        String name = "aa ".repeat(8).strip();
        assertThat(PersonRules.key(name, "a".repeat(63) + "b@example.com", false, false))
                .endsWith("b");
        assertThat(PersonRules.key("aa ".repeat(60).strip(), "aab@example.com", false, false))
                .isNull();
    }
}
