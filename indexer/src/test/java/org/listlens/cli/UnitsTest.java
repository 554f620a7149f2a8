package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "1, 1 ms",
        "999, 999 ms",
        "-1, -1 ms",
        "1000, 1 s",
        "59999, 59 s",
        "60000, 1 min 0 s",
        "-90000, -1 min 30 s",
        "3599999, 59 min 59 s",
        "4680000, 1 h 18 min",
        "86399999, 23 h 59 min",
        "86400000, 1 d 0 h",
        "-180000000, -2 d 2 h",
        "34560000000, 400 d 0 h",
    })
    void durationsInTheirTwoLargestUnits(long millis, String text) {
        assertThat(Units.duration(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "840, 840 ms",
        "-840, -840 ms",
        "7999, 7 s",
        "-90000, -1 min 30 s",
        "3600000, 1 h 0 min 0 s",
        "4719000, 1 h 18 min 39 s",
        "-90061000, -1 d 1 h 1 min 1 s",
    })
    void durationsToTheSecond(long millis, String text) {
        assertThat(Units.exact(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 kB", "1, 0.0 kB", "1500, 1.5 kB", "1000000, 1.0 MB", "1250000000, 1250.0 MB"})
    void sizes(long octets, String text) {
        assertThat(Units.octets(octets)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0 | 0 mails", "1 | 1 | 1 mail", "999 | 999 | 999 mails", "22794 | 22,794 | 22,794 mails"})
    void counts(long count, String number, String withNoun) {
        assertThat(Units.count(count)).isEqualTo(number);
        assertThat(Units.count(count, "mail")).isEqualTo(withNoun);
    }

    @Test
    void theUsersLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Units.count(1_234_567)).isEqualTo("1,234,567");
            assertThat(Units.octets(2_500_000)).isEqualTo("2.5 MB");
        } finally {
            Locale.setDefault(before);
        }
    }
}
