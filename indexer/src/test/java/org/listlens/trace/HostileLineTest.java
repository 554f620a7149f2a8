package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Stamp;

/** Lines that are made to cost much. What is quadratic anywhere does not end within the patience of a build. */
class HostileLineTest {
    private static final String DATE = "; Tue, 6 Jul 2021 15:15:32 +0200";
    private static final Instant INSTANT = Instant.parse("2021-07-06T13:15:32Z");

    static Stream<String> fillings() {
        return Stream.of(
                        "(",
                        ")",
                        "()",
                        "(a",
                        "a)",
                        "(a (b) ",
                        "((",
                        "\\(",
                        "\"",
                        "\"a",
                        "<",
                        "<a ",
                        "[",
                        "[a",
                        "[1.2.3.4",
                        "\\",
                        ";",
                        "; ",
                        "; 1",
                        "a ",
                        "from ",
                        "by ",
                        "from by ",
                        "with with ",
                        "id ",
                        "for ",
                        "via a ",
                        "with TLS ",
                        ",",
                        ", ",
                        "1 ",
                        "1.",
                        "1:",
                        "Tue, ",
                        "Tue ",
                        "6 Jul 2021 ",
                        "15:15",
                        "(using TLSv1.2 ",
                        "bits=",
                        "=",
                        "(1.2.3.4) ",
                        "[::1] ",
                        "::",
                        "\r\n ",
                        "\t",
                        "\u0000",
                        "é",
                        "\ud83d",
                        "x",
                        "%",
                        "-",
                        "@",
                        "a@",
                        "?@[")
                .map(filling -> filling.repeat(1_000_000 / filling.length()));
    }

    @ParameterizedTest
    @MethodSource("fillings")
    void aLineOfOneMegabyteIsRead(String filling) {
        assertThat(ReceivedParser.parse(filling)).isNotNull();
        assertThat(ReceivedParser.parse("from a (" + filling + ") by b (" + filling + ") with c id d" + DATE))
                .isNotNull();
        assertThat(ReceivedParser.parse("from " + filling + " by " + filling + " with " + filling + " id " + filling))
                .isNotNull();
    }

    @Test
    void nestedCommentsHideNothingBehindThem() {
        String nested = "(".repeat(100_000) + ")".repeat(100_000);

        Received line =
                ReceivedParser.parse("from a.example.com " + nested + " by b.example.com " + nested + " id 1" + DATE);

        assertThat(line.id()).isEqualTo("1");
        assertThat(line.stamp()).extracting(Stamp::instant).isEqualTo(INSTANT);
    }

    @Test
    void openParenthesesDoNotHideTheDate() {
        Received line = ReceivedParser.parse("by b.example.com id 1 " + "(".repeat(100_000) + DATE);

        assertThat(line.id()).isEqualTo("1");
        assertThat(line.stamp()).extracting(Stamp::instant).isEqualTo(INSTANT);
    }

    @Test
    void theFirstOfManyClausesCounts() {
        StringBuilder text = new StringBuilder("from a by b with SMTP id 1 for c");
        for (int i = 0; i < 100_000; i++) {
            text.append(" from x").append(i).append(" by y with z id ").append(i);
        }

        Received line = ReceivedParser.parse(text + DATE);

        assertThat(line.with()).isEqualTo("SMTP");
        assertThat(line.id()).isEqualTo("1");
        assertThat(line.recipient()).isEqualTo("c");
        assertThat(line.stamp()).extracting(Stamp::instant).isEqualTo(INSTANT);
    }

    @Test
    void aCommentIsReadNoFurtherThanItsFirstWords() {
        String words = "word ".repeat(Words.MAX);

        assertThat(ReceivedParser.parse("from a (" + words + "[192.0.2.1]) by b" + DATE))
                .extracting(line -> line.from() == null ? null : line.from().ip())
                .isNull();
        assertThat(ReceivedParser.parse("from a (" + words.substring(5) + "[192.0.2.1]) by b" + DATE))
                .extracting(line -> line.from() == null ? null : line.from().ip())
                .isEqualTo("192.0.2.1");
    }

    /** Any mixture of what means something somewhere. */
    @Test
    void neverThrows() {
        String[] pieces = {
            "from ",
            "by ",
            "via ",
            "with ",
            "id ",
            "for ",
            "tls ",
            "(",
            ")",
            "[",
            "]",
            "<",
            ">",
            "\"",
            "\\",
            ";",
            ",",
            " ",
            "192.0.2.1",
            "::1",
            "IPv6:",
            ":25",
            "helo=",
            "HELO ",
            "IDENT:",
            "@",
            "TLSv1.2",
            "cipher=",
            "bits=",
            "256/256 bits",
            "network[",
            "/",
            "qmail ",
            "nullmailer ",
            "invoked ",
            "Authenticated sender: ",
            "envelope-from ",
            "Postfix",
            "8.11.6/8.11.6",
            "Exim 4.9",
            "AES-SHA",
            "encrypted ",
            "running ",
            "claiming ",
            "Tue, 6 Jul 2021 15:15:32 +0200",
            "\r\n\t",
            "é",
            "x",
            "a.example.com",
            "proxying for ",
            "AUTH: ",
            "user=",
            "mech=",
            "account ",
            "port=",
            "v1.2"
        };
        long seed = 7;
        StringBuilder text = new StringBuilder();
        for (int round = 0; round < 100_000; round++) {
            text.setLength(0);
            for (int i = 0; i < 14; i++) {
                seed = seed * 6364136223846793005L + 1442695040888963407L;
                text.append(pieces[(int) ((seed >>> 33) % pieces.length)]);
            }
            Received line = ReceivedParser.parse(text.toString());
            assertThat(line.stamp() == null || line.isDated())
                    .as(text.toString())
                    .isTrue();
        }
    }
}
