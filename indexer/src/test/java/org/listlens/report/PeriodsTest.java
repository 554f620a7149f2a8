package org.listlens.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodsTest {
    @ParameterizedTest
    @CsvSource({
        "DAY, 2021-03-03, 2021-03-03", "WEEK, 2021-03-03, 2021-03-01", "WEEK, 2021-03-01, 2021-03-01",
        "WEEK, 2021-01-03, 2020-12-28", "MONTH, 2021-03-03, 2021-03-01", "QUARTER, 2021-03-31, 2021-01-01",
        "QUARTER, 2021-04-01, 2021-04-01", "QUARTER, 2021-12-31, 2021-10-01", "YEAR, 2021-12-31, 2021-01-01",
    })
    void periodsBeginAsInTheEngine(Interval interval, String day, LocalDate start) {
        assertThat(interval.floor(Instant.parse(day + "T23:59:59Z"))).isEqualTo(start);
    }

    @Test
    void everyTimeOfTheSpanIsInOnePeriod() {
        Instant from = Instant.parse("2020-02-28T12:00:00Z");
        Instant to = Instant.parse("2021-03-02T00:00:00Z");
        for (Interval interval : Interval.values()) {
            Periods periods = Periods.of(interval, from, to);
            int last = 0;
            for (Instant time = from; time.isBefore(to); time = time.plusSeconds(3_600)) {
                int at = periods.at(time.toEpochMilli());
                assertThat(at).as("%s %s", interval, time).isBetween(last, last + 1);
                last = at;
            }
            assertThat(last).isEqualTo(periods.size() - 1);
            assertThat(periods.at(Instant.parse("2019-12-31T23:59:59Z").toEpochMilli()))
                    .isEqualTo(-1);
            assertThat(periods.at(Instant.parse("2022-01-01T00:00:00Z").toEpochMilli()))
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // from, to, rows, deliveries, fine, coarse
        "2021-01-01, 2022-01-01, 1, 3400, DAY, WEEK",
        "2021-01-01, 2021-02-01, 1, 500, DAY, DAY",
        "2019-04-29, 2026-07-16, 11, 29484, DAY, MONTH",
        "2021-01-01, 2025-01-01, 21, 1000000, QUARTER, QUARTER",
        "1995-01-01, 2025-01-01, 31, 10000000, YEAR, YEAR",
    })
    void largeIndicesAreCutCoarsely(
            String from, String to, long rows, long deliveries, Interval fine, Interval coarse) {
        Resolution resolution = Resolution.of(
                Instant.parse(from + "T00:00:00Z"),
                Instant.parse(to + "T00:00:00Z"),
                rows,
                deliveries,
                Resolution.COUNTS);
        assertThat(resolution.fine().interval()).isEqualTo(fine);
        assertThat(resolution.coarse().interval()).isEqualTo(coarse);
    }
}
