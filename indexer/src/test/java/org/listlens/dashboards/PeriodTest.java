package org.listlens.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final Instant NOW = Instant.parse("2021-07-06T13:45:36Z");

    @Test
    void anOldArchiveIsShownFromItsFirstDayToItsLast() {
        assertThat(Period.of(Instant.parse("2004-02-29T23:59:59Z"), Instant.parse("2005-12-31T00:00:01Z"), NOW))
                .isEqualTo(new Period("2004-02-29T00:00:00Z", "2006-01-01T00:00:00Z"));
    }

    @Test
    void oneThatGoesOnIsShownUpToNow() {
        assertThat(Period.of(Instant.parse("2004-02-29T12:00:00Z"), Instant.parse("2021-06-07T00:00:00Z"), NOW))
                .isEqualTo(new Period("2004-02-29T00:00:00Z", "now"));
        assertThat(Period.of(Instant.parse("2004-02-29T12:00:00Z"), Instant.parse("2036-01-01T00:00:00Z"), NOW))
                .isEqualTo(new Period("2004-02-29T00:00:00Z", "now"));
    }

    @Test
    void mailsOfTheFutureAloneTellNothing() {
        assertThat(Period.of(NOW.plusSeconds(1), NOW.plusSeconds(2), NOW)).isNull();
    }
}
