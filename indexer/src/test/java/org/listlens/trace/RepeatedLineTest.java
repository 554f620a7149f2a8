package org.listlens.trace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.mail.Dialect;

/** Lines of which an earlier one was alike have to be read as if it had not been there. */
class RepeatedLineTest {
    private static final String DATE = "; Tue, 6 Jul 2021 08:13:58 -0400 (EDT)";

    @Test
    void idAndDateAreTheLinesOwn() {
        String start = "from mx.example.com (mx.example.com [192.0.2.7]) by own.example.net (Postfix) with ESMTPS id ";
        Received first = ReceivedParser.parse(start + "ABCDEF1234 for <jane@example.org>" + DATE);
        String second = start + "4Zz9A for <jane@example.org>; Wed, 7 Jul 2021 08:13:58 +0000";
        RepeatedLine line = requireNonNull(RepeatedLine.of(second));

        assertThat(line.known()).isNotNull();

        Received received = ReceivedParser.parse(second);

        assertThat(received.id()).isEqualTo("4Zz9A");
        assertThat(requireNonNull(received.stamp()).instant()).isEqualTo(Instant.parse("2021-07-07T08:13:58Z"));
        assertThat(received).isEqualTo(first.with(received.id(), received.stamp()));
        assertThat(received.recipient()).isEqualTo("jane@example.org");
    }

    @Test
    void anIdOfEximMakesADialectAndOthersDoNot() {
        String start = "from a.example.com by b.example.com with esmtp id ";

        assertThat(ReceivedParser.parse(start + "h2F0c2x31856" + DATE).dialect())
                .isEqualTo(Dialect.RFC5321);
        assertThat(ReceivedParser.parse(start + "1hsRKk-0007Qu-Ca" + DATE).dialect())
                .isEqualTo(Dialect.EXIM);
        assertThat(ReceivedParser.parse(start + "h2F0c2x31857" + DATE).dialect())
                .isEqualTo(Dialect.RFC5321);
    }

    @Test
    void aVersionInThePlaceOfTheIdIsTheSoftwares() {
        String start = "from a.example.com by b.example.com with Microsoft SMTP Server id ";

        assertThat(version(ReceivedParser.parse(start + "15.2.2562.17" + DATE))).isEqualTo("15.2.2562.17");
        assertThat(version(ReceivedParser.parse(start + "15.1.1.2" + DATE))).isEqualTo("15.1.1.2");
        assertThat(version(ReceivedParser.parse(start + "ABCDEF1234" + DATE))).isNull();
    }

    private static @Nullable String version(Received received) {
        return requireNonNull(received.by()).version();
    }

    /** What stands in the place of the id decides how the rest is read, or the id is elsewhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "from a.example.com (HELO id %s) by b.example.com with SMTP",
                "from a.example.com (x id %s y) by b.example.com with SMTP id REALID99",
                "from a.example.com by b.example.com id=REALID99 x id %s",
                "from a.example.com by b.example.com \"open id %s with SMTP",
                "from a.example.com (open by b.example.com id %s with SMTP",
                "from id %s by b.example.com with SMTP",
                "by b.example.com with id %s",
                "from a.example.com by b.example.com id id %s"
            })
    void readsLinesAlikeWhateverTheirId(String form) {
        for (String id : new String[] {"ABCDEF1234", "envelope-from", "1hsRKk-0007Qu-Ca", "15.2.2562.17", "a.b@c/d"}) {
            String line = form.formatted(id) + DATE;
            ReceivedParser.parse(form.formatted("FIRST12345") + DATE);
            String alone = form.formatted(id) + " x".repeat(400) + DATE;

            assertThat(ReceivedParser.parse(line)).as(line).isEqualTo(ReceivedParser.readAnew(line));
            assertThat(ReceivedParser.parse(alone)).as(alone).isEqualTo(ReceivedParser.readAnew(alone));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "by b.example.com with; Tue, 6 Jul 2021 08:13:58 -0400",
        "by b.example.com with SMTP id ABCDEF1234\\; Tue, 6 Jul 2021 08:13:58 -0400",
        "(by b.example.com; Tue, 6 Jul 2021 08:13:58 -0400",
        "by b.example.com (a; Tue, 6 Jul 2021 08:13:58 -0400 (EDT)",
        "from x by b.example.com with SMTP; Tue, 6 Jul 2021 08:13:58 -0400 (TLS)",
        "'; Tue, 6 Jul 2021 08:13:58 -0400'",
        "id ; Tue, 6 Jul 2021 08:13:58 -0400"
    })
    void aDateThatBelongsToTheClausesIsReadWithThem(String line) {
        String later = line.replace("6 Jul 2021 08:13:58", "7 Aug 2022 09:14:59");
        Received anew = ReceivedParser.readAnew(later);
        ReceivedParser.parse(line);

        assertThat(ReceivedParser.parse(later)).isEqualTo(anew);
    }
}
