package org.listlens.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hint must never be missing where the reader finds what it is a hint of. */
class AttributionHintsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "On Tue, Jul 6, 2021 at 10:11 AM Jane Doe <jane@example.com> wrote:",
                "jane at example.com said:",
                "Jane Doe (jane_at_example.com) wrote",
                "Jane Doe [at] example.com",
                "Jane Doe a écrit :",
                "Jane Doe wrote/skrev:",
                "12:30, Jane Doe napisał(a):",
                "Am 06.07.2021 SCHRIEB Jane Doe:",
                "6 июля 2021 г. пользователь Jane Doe написал:",
                "2021年7月6日 Jane Doe 写道：",
                "٦ يوليو Jane Doe كتب:",
                "Quoting Jane Doe:",
                "thus spake Jane Doe",
                "Στις 6/7/2021 ο Jane Doe ΕΓΡΑΨΕ:",
                "Jane Doe\uff20example.com",
                "no attribution at all",
                "...wrote.",
                "`Jane'wrote:",
                "nothing",
                ""
            })
    void missesNothing(String line) {
        check(line);
    }

    @Test
    void missesNothingOfTheTable() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("attribution-lines.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(AttributionHintsTest::check);
        }
    }

    private static void check(String line) {
        int hints = AttributionHints.of(line, 0, line.length());
        AttributionReader found = new AttributionReader(line);
        assertThat(hints & AttributionHints.VERB).as("verb: %s", line).satisfies(has -> implied(found.hasVerb(), has));
        assertThat(hints & AttributionHints.QUOTING)
                .as("quoting: %s", line)
                .satisfies(has -> implied(found.isQuoting(), has));
        assertThat(hints & AttributionHints.MAILBOX)
                .as("mailbox: %s", line)
                .satisfies(has -> implied(found.hasMailbox(), has));
        assertThat(hints & AttributionHints.DIGIT).as("date: %s", line).satisfies(has -> implied(found.isDated(), has));
        assertThat(hints & AttributionHints.COLON)
                .as("colon: %s", line)
                .satisfies(has -> implied(found.endsWithColon(), has));
    }

    private static void implied(boolean found, int hint) {
        assertThat(found && hint == 0).isFalse();
    }

    @Test
    void proseHasNone() {
        String line = "The driver does not come up after a cold boot, see below.";
        assertThat(AttributionHints.of(line, 0, line.length())).isZero();
    }

    @Test
    void onlyWithinItsBounds() {
        String line = "wrote: plain words [5";
        assertThat(AttributionHints.of(line, 7, 18)).isZero();
        assertThat(AttributionHints.of(line, 0, 6)).isEqualTo(AttributionHints.VERB | AttributionHints.COLON);
    }
}
