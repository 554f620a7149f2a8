package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Stamp;

/** Runs the table of dates in {@code src/test/resources/header/date-times.txt}. */
class DateTimesTest {
    record Sample(
            String text, @Nullable String instant, @Nullable String zone) {}

    static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (InputStream in = DateTimesTest.class.getResourceAsStream("/header/date-times.txt")) {
            if (in == null) {
                throw new IOException("no table of dates");
            }
            for (String row : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (row.isEmpty() || row.startsWith("#")) {
                    continue;
                }
                int last = row.lastIndexOf('|');
                int first = last < 0 ? -1 : row.lastIndexOf('|', last - 1);
                String text = (first < 0 ? row : row.substring(0, first))
                        .replace("\\t", "\t")
                        .replace("\\n", "\n");
                samples.add(
                        first < 0
                                ? new Sample(text.equals("|") ? "" : text, null, null)
                                : new Sample(
                                        text,
                                        row.substring(first + 1, last).strip(),
                                        row.substring(last + 1).strip()));
            }
        }
        return samples;
    }

    @Test
    void theTableIsThere() throws IOException {
        assertThat(samples()).hasSizeGreaterThanOrEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsADate(Sample sample) {
        assertIs(DateTimes.parse(sample.text()), sample);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsADateFoldedWithCrLf(Sample sample) {
        assertIs(DateTimes.parse(sample.text().replace(" ", "\r\n ")), sample);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsADateInALongerText(Sample sample) {
        String text = "7 Aug 1999 " + sample.text() + " 8 Sep 1998";
        assertIs(DateTimes.parse(text, 11, 11 + sample.text().length()), sample);
    }

    private static void assertIs(@Nullable Stamp stamp, Sample sample) {
        String expected = sample.instant() == null ? "no date" : sample.instant() + " " + sample.zone();
        assertThat(told(stamp)).as(sample.text()).isEqualTo(expected);
    }

    private static String told(@Nullable Stamp stamp) {
        return stamp == null
                ? "no date"
                : stamp.instant() + " "
                        + (stamp.offset() == null ? "-" : stamp.offset().toString());
    }

    @Test
    void aCommentThatNeverEndsIsNoDate() {
        assertThat(DateTimes.parse("(".repeat(1_000_000))).isNull();
        assertThat(DateTimes.parse("(".repeat(900) + " Tue, 6 Jul 2021 15:15:32 +0200"))
                .isNull();
    }

    /** What lies beyond the bound is not read, so a date behind it is none. */
    @Test
    void readsNoFurtherThanItsBound() {
        String date = "Tue, 6 Jul 2021 15:15:32 +0200";
        assertThat(DateTimes.parse(" ".repeat(900) + date)).isNotNull();
        assertThat(DateTimes.parse(" ".repeat(1_000) + date)).isNull();
        assertThat(DateTimes.parse("9".repeat(1_000_000))).isNull();
    }

    @Test
    void neverThrows() {
        String alphabet = "019:+-/.,() \\TtZjulmarMay月日年\u0000\ud83d\u00e9";
        long seed = 42;
        StringBuilder text = new StringBuilder();
        for (int round = 0; round < 200_000; round++) {
            text.setLength(0);
            for (int i = 0; i < 24; i++) {
                seed = seed * 6364136223846793005L + 1442695040888963407L;
                text.append(alphabet.charAt((int) (seed >>> 33) % alphabet.length()));
            }
            Stamp stamp = DateTimes.parse(text);
            if (stamp != null) {
                assertThat(stamp.instant().getEpochSecond())
                        .isBetween(-2_208_988_800L - 86_400, 253_402_300_800L + 86_400);
            }
        }
    }
}
