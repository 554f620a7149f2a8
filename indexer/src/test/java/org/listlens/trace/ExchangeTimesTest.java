package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTimesTest {
    @ParameterizedTest
    @CsvSource({
        // 0x01D7727991B27540 * 100 ns after 1601; the text beside it has 172 milliseconds as 0172.
        "06 Jul 2021 15:14:09.0172 (UTC) FILETIME=[91B27540:01D77279], 2021-07-06T15:14:09.172Z",
        "06 Jul 2021 15:14:09.7597 (UTC), 2021-07-06T15:14:09.759700Z",
        "06 Jul 2021 15:14:09.0493    (UTC), 2021-07-06T15:14:09.049300Z",
        "06 Jul 2021 15:14:09 (UTC), 2021-07-06T15:14:09Z",
    })
    void readsWhenAMailArrived(String value, Instant arrival) {
        assertThat(ExchangeTimes.arrival(value)).isEqualTo(arrival);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "FILETIME=[",
                "FILETIME=[EBBDFAC0]",
                "FILETIME=[EBBDFAC0:01D7727",
                "FILETIME=[EBBDFAC0-01D7727C]",
                "FILETIME=[EBBDFAC0:G1D7727C]",
                "FILETIME=[EBBDFAC0:FFFFFFFF]",
                "FILETIME=[00000000:00000000]"
            })
    void otherTextsHoldNoArrival(String value) {
        assertThat(ExchangeTimes.arrival(value)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "00:00:01.8964777, 1896",
        "00:00:01, 1000",
        "00:04:42.1, 282100",
        "01:02:03.004, 3723004",
        "2.01:02:03.0045678, 176523004",
        "00:00:00.0000000, 0",
    })
    void readsHowLongAMailTook(String value, long ms) {
        assertThat(ExchangeTimes.latencyMs(value)).isEqualTo(ms);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "00:01",
                "00:01:",
                ":00:01",
                "00::01",
                "00:00:01:02",
                "00:00:01.x",
                "-00:00:01",
                "00:00:0x",
                "1.2.00:00:01",
                "9999.00:00:01",
                "99999:00:00",
                "00:00.5:01"
            })
    void otherTextsHoldNoDuration(String value) {
        assertThat(ExchangeTimes.latencyMs(value)).isEqualTo(-1);
    }

    @Test
    void aLongFractionIsCut() {
        assertThat(ExchangeTimes.latencyMs("00:00:01." + "9".repeat(100_000))).isEqualTo(1_999);
    }
}
