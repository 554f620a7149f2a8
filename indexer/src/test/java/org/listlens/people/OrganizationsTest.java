package org.listlens.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class OrganizationsTest {
    private static final String OURS = """
            # ours
            example.com            Example Company   # with a comment
            students.example.com   -
            staff.students.example.com Example Staff
            xn--bcher-kva.example  Bücher
            HP.com                 Overridden
            @example.co.uk         Example UK
            fujitsu.com            -
            .web.example.org\tSpaced Name Ltd
            """;

    @ParameterizedTest
    @CsvFileSource(resources = "organizations.tsv", delimiter = '\t')
    void findsByDomain(String address, String expected) throws Exception {
        for (String text : new String[] {OURS, OURS.replace("\n", "\r\n"), '\uFEFF' + OURS}) {
            assertThat(Organizations.shipped().with(text).find(address))
                    .isEqualTo(expected.equals("-") ? null : expected);
        }
    }

    @Test
    void aUsersTableMayLeaveOutTheOneThatIsShipped() throws Exception {
        Organizations ours = Organizations.shipped().with("example.com Example Company\n* -\n");
        assertThat(ours.find("jane@intel.com")).isNull();
        assertThat(ours.find("jane@example.com")).isEqualTo("Example Company");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "com Companies; 2; is no domain",
                "example.com; 2; no name",
                "co.uk British Companies; 2; many organisations",
                "com.br Companies; 2; many organisations",
                "jane@example.com Jane; 2; is no domain",
                "..example.com X; 2; is no domain",
                "example. X; 2; is no domain",
            })
    void aLineThatMakesNoSenseIsNamed(String line, int number, String message) {
        assertThatThrownBy(() -> Organizations.shipped().with("# ours\n" + line + "\n"))
                .isInstanceOfSatisfying(
                        Organizations.MalformedLineException.class,
                        malformed -> assertThat(malformed.line()).isEqualTo(number))
                .hasMessageContaining(message);
    }
}
