package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.mail.Hop;

class TimesTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # Date                 | first stamp          | last stamp           | message              | delivery
            -                      | -                    | -                    | -                    | -
            1970-01-01T00:00:00Z   | -                    | -                    | 1970-01-01T00:00:00Z | 1970-01-01T00:00:00Z
            -                      | 2020-01-10T00:00:00Z | 2020-01-10T00:00:09Z | 2020-01-10T00:00:00Z | 2020-01-10T00:00:09Z
            2020-01-09T23:59:58Z   | 2020-01-10T00:00:00Z | 2020-01-10T00:00:09Z | 2020-01-09T23:59:58Z | 2020-01-10T00:00:09Z
            # 7 days before the earliest stamp, and a second more
            2020-01-03T00:00:00Z   | 2020-01-10T00:00:00Z | 2020-01-10T00:00:09Z | 2020-01-03T00:00:00Z | 2020-01-10T00:00:09Z
            2020-01-02T23:59:59Z   | 2020-01-10T00:00:00Z | 2020-01-10T00:00:09Z | 2020-01-10T00:00:00Z | 2020-01-10T00:00:09Z
            # a day after the latest, and a second more
            2020-01-11T00:00:09Z   | 2020-01-10T00:00:00Z | 2020-01-10T00:00:09Z | 2020-01-11T00:00:09Z | 2020-01-10T00:00:09Z
            2020-01-11T00:00:10Z   | 2020-01-10T00:00:00Z | 2020-01-10T00:00:09Z | 2020-01-10T00:00:00Z | 2020-01-10T00:00:09Z
            # the first stamp need not be the earliest
            2020-01-01T00:00:00Z   | 2085-01-01T00:00:00Z | 2020-01-02T00:00:00Z | 2020-01-01T00:00:00Z | 2020-01-02T00:00:00Z
            # beyond what an engine can hold
            +10000-01-01T00:00:00Z | -                    | -                    | -                    | -
            2020-01-10T00:00:00Z   | 2020-01-10T00:00:01Z | +10000-01-01T00:00:00Z | 2020-01-10T00:00:00Z | 2020-01-10T00:00:01Z
            0001-01-01T00:00:00Z   | -                    | -                    | 0001-01-01T00:00:00Z | 0001-01-01T00:00:00Z
            """, delimiter = '|')
    void documentsAreSortedByABelievableTime(
            @Nullable String date,
            @Nullable String first,
            @Nullable String last,
            @Nullable Instant message,
            @Nullable Instant delivery) {
        Mails.Draft draft = new Mails.Draft();
        draft.date = date == null ? null : Mails.stamp(date, null);
        draft.hop("a.example.org", first, null, null)
                .hop("b.example.org", null, null, null)
                .hop("c.example.org", last, null, null);

        Times times = Times.of(draft.mail());

        assertThat(times.message()).isEqualTo(message);
        assertThat(times.delivery()).isEqualTo(delivery);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            - | - | - | - | -
            2020-01-10T00:00:00Z | - | - | - | -
            2020-01-10T00:00:00Z | 2020-01-10T00:00:01Z | - | - | 1000
            2020-01-10T00:00:00Z | 2020-01-10T00:00:01Z | 2020-01-10T00:00:01Z | 0 | 1000
            2020-01-10T00:00:10Z | 2020-01-10T00:00:01.5Z | 2020-01-10T00:00:01Z | -500 | -8500
            """, delimiter = '|')
    void latencyAndOriginKeepTheirSigns(
            @Nullable String date,
            @Nullable String first,
            @Nullable String last,
            @Nullable Long latencyMs,
            @Nullable Long originMs) {
        Mails.Draft draft = new Mails.Draft();
        draft.date = date == null ? null : Mails.stamp(date, null);
        draft.hop("a.example.org", first, null, null).hop("c.example.org", last, null, null);

        Times times = Times.of(draft.mail());

        assertThat(times.latencyMs())
                .isEqualTo(latencyMs)
                .isEqualTo(draft.mail().latencyMs());
        assertThat(times.originMs()).isEqualTo(originMs);
        assertThat(draft.hops).extracting(Hop::position).containsExactly(1, 2);
    }
}
