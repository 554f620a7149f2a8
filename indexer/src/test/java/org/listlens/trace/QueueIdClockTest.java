package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
        // Where Sendmail has split a mail.
        "SENDMAIL, 00A7TVpw028343-00A7TVpx028343, 2020-01-10T07:29:31Z, SECONDS, QUEUED",
        "GROUPS_IO, smtpd.web11.36629.1625584449123456789, 2021-07-06T15:14:09.123456789Z, NANOS, QUEUED",
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
        "GOOGLE, y9si.2021.02.28.08.13.61",
        "GOOGLE, a.9999999999999",
        "GROUPS_IO, 1625584449123456789",
        "GROUPS_IO, smtpd.web11.36629.162558444912345678",
        "GROUPS_IO, smtpd.web11.36629.16255844491234567x9",
        "SENDMAIL, 00A7TVpw0283432222",
        "SENDMAIL, 00A7TVp-00A7TVpx028343",
        "RFC5321, 1hsRKk-0007Qu-Ca",
    })
    void othersHoldNone(Dialect dialect, String id) {
        assertThat(QueueIdClock.read(dialect, id)).isNull();
    }

    /** Each beside a date half a minute later. */
    @ParameterizedTest
    @CsvSource({
        "EXIM, 1hsRKk-0007Qu-Ca, 2019-07-30T12:34:26Z, SECONDS",
        "GOOGLE, m64mr529242oib.130.1625579163840, 2021-07-06T13:46:03.840Z, MILLIS",
        // Software that writes ids as Postfix or Sendmail does.
        "RFC5321, 4GK5j00sf8z4B0k, 2021-07-06T15:15:32.123456Z, MICROS",
        "RFC5321, 00A7TVpw028343, 2020-01-10T07:29:31Z, SECONDS",
        // 60e443d1 is 1625572305, 0ee6b280 250000000, each with the least octet first.
        "LMTP, gLLmDtFD5GABAAAAAAAAAA, 2021-07-06T11:51:45.250Z, MICROS",
        "LMTP, gLLmDtFD5GABAAAAAAAAAA:P1, 2021-07-06T11:51:45.250Z, MICROS",
        "RFC5321, gLLmDtFD5GABAAAAAA+/AA, 2021-07-06T11:51:45.250Z, MICROS",
        // x = 59: 2021; 6: July; 6th; F = 15 h, E = 14 min, 9 s. From 2024 on the digits begin again at 0.
        "RFC5321, t040cex66FE9abc, 2021-07-06T15:14:09Z, SECONDS",
        "RFC5321, Ka08e410MCtdabc, 2025-01-22T12:55:39Z, SECONDS",
        "RFC5321, 0000000000E51234.0000000060E443D1.00001234, 2021-07-06T11:51:45Z, SECONDS",
        "RFC5321, B60e443d10001, 2021-07-06T11:51:45Z, SECONDS",
        "RFC5321, 60e443d11234567890abcdef, 2021-07-06T11:51:45Z, SECONDS",
        "RFC5321, 2ee760e443d12e5-049b0, 2021-07-06T11:51:45Z, SECONDS",
        // The base-62 digits of 1625572305 are 1m0jc9, the base-36 ones QVTNM9.
        "RFC5321, 0jc9lHtbXOQFY0jc9mB5lo, 2021-07-06T11:51:45Z, SECONDS",
        "RFC5321, QVTNM900.QC6, 2021-07-06T11:51:45Z, SECONDS",
        "RFC5321, filterdrecv-12ab34cd56-ab12c-1-60E443D1-2, 2021-07-06T11:51:45Z, SECONDS",
        "RFC5321, 1625572305123456.1234567890123, 2021-07-06T11:51:45.123Z, MILLIS",
        "RFC5321, 20210706115145.ABC1234.relay.example.net@client, 2021-07-06T11:51:45Z, SECONDS",
        "RFC5321, 20210706115145epoutp01234567890abcdef, 2021-07-06T11:51:45Z, SECONDS",
    })
    void besideADateMoreIdsHoldATime(Dialect dialect, String id, Instant instant, ChronoUnit precision) {
        assertThat(QueueIdClock.read(dialect, id, instant.plusSeconds(30)))
                .isEqualTo(new Reading(instant, precision, Moment.QUEUED));
    }

    /** In a time that no date confirms, one may read anything. */
    @ParameterizedTest
    @CsvSource({
        "EXIM, 1hsRKk-0007Qu-Ca, 2019-07-30T12:34:26Z",
        "VGER, S231935AbhGFPPc, 2021-07-06T15:15:32Z",
        "GOOGLE, y9si12345678ilq.100.2021.07.06.08.13.58, 2021-07-06T15:13:58Z",
        "RFC5321, t040cex66FE9abc, 2021-07-06T15:14:09Z",
        "LMTP, gLLmDtFD5GABAAAAAAAAAA, 2021-07-06T11:51:45Z",
    })
    void aTimeThatDoesNotFitTheDateIsNone(Dialect dialect, String id, Instant instant) {
        assertThat(QueueIdClock.read(dialect, id, instant)).isNotNull();
        assertThat(QueueIdClock.read(dialect, id, instant.minusSeconds(59))).isNotNull();
        assertThat(QueueIdClock.read(dialect, id, instant.minusSeconds(62))).isNull();
        assertThat(QueueIdClock.read(dialect, id, instant.plusSeconds(3_600))).isNotNull();
        assertThat(QueueIdClock.read(dialect, id, instant.plusSeconds(3_602))).isNull();
    }

    /** 2021-11-07 in California: half past one comes at 8:30 UTC and again at 9:30. */
    @ParameterizedTest
    @CsvSource({
        "2021-11-07T08:30:10Z, 2021-11-07T08:30:00Z",
        "2021-11-07T09:29:59Z, 2021-11-07T08:30:00Z",
        "2021-11-07T09:30:00Z, 2021-11-07T09:30:00Z",
        "2021-11-07T09:31:00Z, 2021-11-07T09:30:00Z"
    })
    void theDateTellsTheHourThatComesTwice(Instant date, Instant connected) {
        assertThat(QueueIdClock.read(Dialect.GOOGLE, "y9si12345678ilq.100.2021.11.07.01.30.00", date))
                .isEqualTo(new Reading(connected, ChronoUnit.SECONDS, Moment.CONNECTED));
    }

    @Test
    void anyTextIsBorne() {
        for (Dialect dialect : Dialect.values()) {
            assertThat(QueueIdClock.read(dialect, "")).isNull();
            assertThat(QueueIdClock.read(dialect, ".")).isNull();
            assertThat(QueueIdClock.read(dialect, "-".repeat(23))).isNull();
            assertThat(QueueIdClock.read(dialect, "\ud83d".repeat(16))).isNull();
            assertThat(QueueIdClock.read(dialect, "S".repeat(1_000_000))).isNull();
            for (int length = 0; length < 64; length++) {
                for (String c : List.of(".", "-", "0", "z", "\ud83d", "é", ":", "B")) {
                    assertThat(QueueIdClock.read(dialect, c.repeat(length), Instant.EPOCH))
                            .isNull();
                }
            }
        }
    }
}
