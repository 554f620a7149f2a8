package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.mail.Dialect;
import org.listlens.trace.QueueIdClock.Moment;
import org.listlens.trace.QueueIdClock.Reading;

class QueueIdClockTest {
    @ParameterizedTest
    @CsvSource({
        // A = 0, b = 31, h = 37: 31 * 64 + 37 = 2021; G = 6: July; F: the 6th; P = 15, P = 15, c = 32.
        "VGER, S231935AbhGFPPc, 2021-07-06T15:15:32Z, SECONDS, QUEUED",
        "VGER, S1728936AbgIIPEC, 2020-09-09T15:04:02Z, SECONDS, QUEUED",
        // 1hsRKk: ((((1*62+43)*62+54)*62+27)*62+20)*62+46 = 1564490066.
        "EXIM, 1hsRKk-0007Qu-Ca, 2019-07-30T12:34:26Z, SECONDS, QUEUED",
        "EXIM, 1vg8O1-00000000AlG-1PrL, 2026-01-14T21:26:41Z, SECONDS, QUEUED",
        // h = 43: 2003; 2: March; F = 15; 0 h, c = 38 min, 2 s.
        "SENDMAIL, h2F0c2x31856, 2003-03-15T00:38:02Z, SECONDS, QUEUED",
        // 0: 2020; 0: January; A = 10; 7 h, T = 29 min, V = 31 s.
        "SENDMAIL, 00A7TVpw028343, 2020-01-10T07:29:31Z, SECONDS, QUEUED",
        "GOOGLE, m64mr529242oib.130.1625579163840, 2021-07-06T13:46:03.840Z, MILLIS, QUEUED",
        // Pacific daylight time, seven hours behind; standard time, eight.
        "GOOGLE, y9si12345678ilq.100.2021.07.06.08.13.58, 2021-07-06T15:13:58Z, SECONDS, CONNECTED",
        "GOOGLE, y9si12345678ilq.100.2021.01.06.08.13.58, 2021-01-06T16:13:58Z, SECONDS, CONNECTED",
    })
    void readsTheTimeInAnId(Dialect dialect, String id, Instant instant, ChronoUnit precision, Moment moment) {
        assertThat(QueueIdClock.read(dialect, id)).isEqualTo(new Reading(instant, precision, moment));
    }

    /** The digits of a long id of Postfix, made the way that Postfix makes them. */
    @Test
    void readsALongIdOfPostfix() {
        String alphabet = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
        StringBuilder id = new StringBuilder();
        for (long n = 1_625_584_532L; n > 0; n /= 52) {
            id.insert(0, alphabet.charAt((int) (n % 52)));
        }
        assertThat(id).hasSize(6);
        StringBuilder micros = new StringBuilder();
        for (int n = 123_456, i = 0; i < 4; n /= 52, i++) {
            micros.insert(0, alphabet.charAt(n % 52));
        }

        assertThat(QueueIdClock.read(
                        Dialect.POSTFIX, id.append(micros).append("z4B0k").toString()))
                .isEqualTo(new Reading(Instant.parse("2021-07-06T15:15:32.123456Z"), ChronoUnit.MICROS, Moment.QUEUED));
    }

    @ParameterizedTest
    @CsvSource({
        "VGER, S231935",
        "VGER, 231935AbhGFPPc",
        "VGER, S23x935AbhGFPPc",
        // A 13th month, a 32nd day, hour 24.
        "VGER, S231935AbhMFPPc",
        "VGER, S231935AbhGfPPc",
        "VGER, S231935AbhGFYPc",
        "EXIM, 1hsRKk-0007Qu",
        "EXIM, 1hsR?k-0007Qu-Ca",
        "EXIM, 00000k-0007Qu-Ca",
        "SENDMAIL, PAA11015",
        "SENDMAIL, RAA0000008029",
        "SENDMAIL, 3dpf2vam04-1",
        "SENDMAIL, h2F0z2x31856",
        "POSTFIX, 33BAB29BD80",
        "POSTFIX, 4GK5Zm2AAAz4B0k",
        "GOOGLE, n187so8991204oih.6",
        "GOOGLE, y9si.2021.13.06.08.13.58",
        "GOOGLE, y9si.2021.02.30.08.13.58",
        "GOOGLE, a.9999999999999",
        "RFC5321, 1hsRKk-0007Qu-Ca",
    })
    void othersHoldNone(Dialect dialect, String id) {
        assertThat(QueueIdClock.read(dialect, id)).isNull();
    }

    @Test
    void anyTextIsBorne() {
        for (Dialect dialect : Dialect.values()) {
            assertThat(QueueIdClock.read(dialect, "")).isNull();
            assertThat(QueueIdClock.read(dialect, ".")).isNull();
            assertThat(QueueIdClock.read(dialect, "-".repeat(23))).isNull();
            assertThat(QueueIdClock.read(dialect, "\ud83d".repeat(16))).isNull();
            assertThat(QueueIdClock.read(dialect, "S".repeat(1_000_000))).isNull();
        }
    }
}
