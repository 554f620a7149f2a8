package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.mail.Stamp;
import org.listlens.trace.Greylist.Greylisting;

class GreylistTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # postgrey
                    delayed 12425 seconds by postgrey-1.37 at mx.example.org; Tue, 06 Jul 2021 08:15:32 PDT | 12425 | mx.example.org | 2021-07-06T15:15:32Z
                    delayed 361 seconds by postgrey-1.31 at mail19;\tTue, 19 May 2026 22:37:03 CEST | 361 | mail19 | 2026-05-19T20:37:03Z
                    delayed 461 seconds by postgrey-1.36 at MX.Example.ORG.; Tue, 27 Jul 2021 02:00:58 UTC | 461 | mx.example.org | 2021-07-27T02:00:58Z
                    delayed 1 second by postgrey-1.36 at mx.example.org | 1 | mx.example.org |
                    Delayed 300 seconds by postgrey-1.36 at mx.example.org; yesterday | 300 | mx.example.org |
                    # SQLgrey
                    delayed 04:28:48 by SQLgrey-1.8.0 | 16128 | |
                    delayed 48:00:00 by SQLgrey-1.7.6 | 172800 | |
                    # milter-greylist
                    Delayed for 00:30:01 by milter-greylist-4.0.1 (mx.example.org [192.0.2.1]); Tue, 06 Jul 2021 17:15:32 +0200 (CEST) | 1801 | mx.example.org | 2021-07-06T15:15:32Z
                    Delayed for 00:30:01 by milter-greylist-4.4.3 (mx.example.org [IPv6:2001:db8::1]); Tue, 06 Jul 2021 17:15:32 +0200 (CEST) | 1801 | mx.example.org | 2021-07-06T15:15:32Z
                    delayed 300 seconds by milter-greylist-4.5.12 (mx.example.org [192.0.2.1]); Tue, 6 Jul 2021 15:15:32 +0000 (UTC) | 300 | mx.example.org | 2021-07-06T15:15:32Z
                    # what administrators make of it
                    delayed 5 minutes by example-greyd at mx.example.org | 300 | mx.example.org |
                    delayed 2 hours | 7200 | |
                    message delayed 10 seconds by postgrey at [192.0.2.1]; Tue, 6 Jul 2021 15:15:32 +0000 | 10 | | 2021-07-06T15:15:32Z
                    """)
    void readsHowLongAMailWaited(String value, long seconds, @Nullable String host, @Nullable Instant stamp) {
        Greylisting greylisting = parsed(value);

        assertThat(greylisting.delayMs()).isEqualTo(seconds * 1_000);
        assertThat(greylisting.host()).isEqualTo(host);
        Stamp letIn = greylisting.stamp();
        assertThat(letIn == null ? null : letIn.instant()).isEqualTo(stamp);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "delayed",
                "delayed ;",
                "delayed for",
                "delayed 300",
                "delayed 0 seconds by postgrey-1.37 at mx.example.org",
                "delayed -300 seconds by postgrey-1.37 at mx.example.org",
                "delayed some seconds by postgrey-1.37 at mx.example.org",
                "delayed 300 fortnights by postgrey-1.37 at mx.example.org",
                "delayed 04:28 by SQLgrey-1.8.0",
                "delayed 01:04:28:48 by SQLgrey-1.8.0",
                "delayed :04:28 by SQLgrey-1.8.0",
                "delayed 04:28: by SQLgrey-1.8.0",
                "delayed 99999999 seconds by postgrey-1.37 at mx.example.org",
                "delayed 99999999999999999999 seconds by postgrey-1.37 at mx.example.org",
                "delayed 999999999:999999999:999999999 by SQLgrey-1.8.0",
                "Sender IP whitelisted, not delayed by milter-greylist-4.5.16 (mx.example.org [192.0.2.1]);"
                        + " Tue, 06 Jul 2021 15:15:32 +0000 (UTC)",
                "Sender succeeded SMTP AUTH, not delayed by milter-greylist-4.6.2 (mx.example.org [192.0.2.1])",
                "Default is to whitelist mail, not delayed by milter-greylist-4.2.7 (mx.example.org [192.0.2.1])",
                "Sender passed SPF test, not delayed 300 seconds by milter-greylist-4.4.3",
                "from auto-whitelisted by SQLgrey-1.8.0",
                "inspected by milter-greylist-4.5.12 (mx.example.org [192.0.2.1]); Tue, 06 Jul 2021 15:15:32 +0000"
            })
    void whatTellsOfNoWaitIsNone(String value) {
        assertThat(Greylist.parse(value)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delayed ", "at ", "(", "; ", "1", ":", "a@", "delayed 1 s at ", "\u0000", " "})
    void aLongValueIsReadNoFurtherThanItsBeginning(String filling) {
        Greylist.parse(filling.repeat(1_000_000 / filling.length()));
        Greylisting greylisting = parsed("delayed 5 seconds by " + filling.repeat(1_000_000 / filling.length()));

        assertThat(greylisting.delayMs()).isEqualTo(5_000);
    }

    @Test
    void theNoteMayBeFolded() {
        Greylisting greylisting = parsed(
                "delayed 909 seconds\r\n by postgrey-1.36\r\n at mx.example.org;\r\n\tSat, 21 Jan 2023 20:41:34 UTC");

        assertThat(greylisting.delayMs()).isEqualTo(909_000);
        assertThat(greylisting.host()).isEqualTo("mx.example.org");
        assertThat(greylisting.stamp()).extracting(Stamp::instant).isEqualTo(Instant.parse("2023-01-21T20:41:34Z"));
    }

    private static Greylisting parsed(String value) {
        Greylisting greylisting = Greylist.parse(value);
        return Objects.requireNonNull(greylisting, value);
    }
}
