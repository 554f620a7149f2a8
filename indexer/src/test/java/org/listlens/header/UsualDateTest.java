package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.CharBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.mail.Stamp;

/** The short way has to give what the long one gives, which is taken for texts that are no {@link String}. */
class UsualDateTest {
    private static final Stamp STAMP = new Stamp(Instant.parse("2021-07-06T12:13:58Z"), ZoneOffset.ofHours(-4));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tue, 6 Jul 2021 08:13:58 -0400",
                "Tue,  6 Jul 2021 08:13:58 -0400",
                " \tTue, 06 jul 2021\t08:13:58 -0400 (EDT)",
                "6 Jul 2021 08:13:58 EDT",
                "Tue,6 Jul 2021 08:13:58 EDT (EDT)"
            })
    void readsTheUsualForm(String text) {
        assertThat(UsualDate.parseWhole(text, 0)).isEqualTo(STAMP);
        assertThat(DateTimes.parse(CharBuffer.wrap(text))).isEqualTo(STAMP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Tue,",
                "Tue, 6 Jul 2021 08:13:58",
                "Tue, 6 Jul 2021 08:13:58 ",
                "Tue, 6 Jul 2021 08:13:58 -04000",
                "Tue, 6 Jul 2021 08:13:58 -040",
                "Tue, 6 Jul 2021 08:13:58 GMT+0200",
                "Tue, 6 Jul 2021 08:13:58 MET DST",
                "Tue, 6 Jul 2021 08:13:58 XYZ",
                "Tue, 6 Jul 2021 08:13:60 -0400",
                "Tue, 6 Jul 2021 24:00:00 -0400",
                "Tue, 6 Jul 21 08:13:58 -0400",
                "Tue, 31 Jun 2021 08:13:58 -0400",
                "Tue, 6 Juli 2021 08:13:58 -0400",
                "Dienstag, 6 Jul 2021 08:13:58 -0400",
                "Jul, 6 Jul 2021 08:13:58 -0400",
                "Tue, 6 Jul 2021 08:13:58.5 -0400",
                "Tue, 6 Jul 1899 08:13:58 -0400"
            })
    void leavesOthersToTheLongWay(String text) {
        assertThat(UsualDate.parse(text, 0, text.length())).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tue, 6 Jul 2021 08:13:58 -0400 (TLS)",
                "Tue, 6 Jul 2021 08:13:58 -0400 (EDT) x",
                "Tue, 6 Jul 2021 08:13:58 -0400 x",
                "Tue, 6 Jul 2021 08:13:58 -0400 (envelope-from jane@example.com)",
                "Tue, 6 Jul 2021 08:13:58 -0400 ()",
                "Tue, 6 Jul 2021 08:13:58 -0400 ("
            })
    void allOfATextHasToBeTheDate(String text) {
        assertThat(UsualDate.parse(text, 0, text.length())).isEqualTo(STAMP);
        assertThat(UsualDate.parseWhole(text, 0)).isNull();
    }

    @Test
    void minusZeroTellsNothingOfTheZone() {
        Stamp stamp = UsualDate.parseWhole("Tue, 6 Jul 2021 12:13:58 -0000", 0);

        assertThat(stamp).isEqualTo(new Stamp(STAMP.instant(), null));
        assertThat(UsualDate.parseWhole("Tue, 6 Jul 2021 12:13:58 +0000", 0))
                .isEqualTo(new Stamp(STAMP.instant(), ZoneOffset.UTC));
    }

    @Test
    void bothWaysAgreeOnTheTableOfDates() throws IOException {
        for (DateTimesTest.Sample sample : DateTimesTest.samples()) {
            assertAgree(sample.text());
        }
    }

    @Test
    void bothWaysAgreeWhateverIsChangedInADate() {
        String[] pieces = {
            " ", "  ", "\t", ",", ":", ".", "-", "+", "(", ")", "0", "9", "31", "60", "24", "2021", "Mar", "tue", "GMT",
            "EST", "PM", "DST", "Z", "\u00e4", ";", "\r\n"
        };
        Random random = new Random(7);
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder("Tue, 6 Jul 2021 08:13:58 -0400 (EDT)");
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(text.length());
                int end = random.nextBoolean() ? at : Math.min(text.length(), at + random.nextInt(4));
                text.replace(at, end, pieces[random.nextInt(pieces.length)]);
            }
            assertAgree(text.toString());
        }
    }

    private static void assertAgree(String text) {
        assertThat(DateTimes.parse(text)).as(text).isEqualTo(DateTimes.parse(CharBuffer.wrap(text)));
    }
}
