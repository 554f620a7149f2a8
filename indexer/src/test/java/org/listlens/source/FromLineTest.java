package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class FromLineTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/source/from-lines.csv", delimiter = '|', numLinesToSkip = 1)
    void tellsWhatALineMaySeparate(FromLine.Kind kind, String line) {
        assertThat(read(line).kind()).isEqualTo(kind);
        assertThat(read(line + "\r").kind()).as("with CR").isEqualTo(kind);
        byte[] inside = ("\n" + line + "\nSubject: x").getBytes(StandardCharsets.UTF_8);
        int length = line.getBytes(StandardCharsets.UTF_8).length;
        assertThat(new FromLine(inside, 1, 1 + length).kind())
                .as("inside of a buffer")
                .isEqualTo(kind);
    }

    @Test
    void knowsPipermailAndPublicInbox() {
        assertThat(read("From jane at example.org  Tue Mar  1 10:00:00 2016").isObscured())
                .isTrue();
        assertThat(read("From jane@example.org Tue Mar  1 10:00:00 2016").isObscured())
                .isFalse();
        assertThat(read("From mboxrd@z Thu Jan  1 00:00:00 1970").isPublicInbox())
                .isTrue();
        assertThat(read("From mboxrd@zoo Thu Jan  1 00:00:00 1970").isPublicInbox())
                .isFalse();
    }

    @Test
    void looksAtNoMoreThanALine() {
        String line = "From " + "a".repeat(FromLine.MAX_LENGTH) + "@example.org Tue Mar  1 10:00:00 2016";
        assertThat(read(line).kind()).isEqualTo(FromLine.Kind.NONE);
    }

    @Test
    void readsEveryBeginningOfALineWithoutFailing() {
        String line = "From \"jane doe\"@example.org Tue Mar  1 10:00:00 MET DST 2016 remote from mx";
        for (int length = 0; length < line.length(); length++) {
            assertThat(read(line.substring(0, length)).kind()).isNotNull();
        }
    }

    private static FromLine read(String line) {
        byte[] octets = line.getBytes(StandardCharsets.UTF_8);
        return new FromLine(octets, 0, octets.length);
    }
}
