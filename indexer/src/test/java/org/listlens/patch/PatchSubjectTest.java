package org.listlens.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PatchSubjectTest {
    /** The lines of the table: {@code subject => evidence version number/total prefixes => title}. */
    static Stream<Arguments> subjects() {
        return Tables.lines("subjects.txt").map(line -> {
            int first = line.indexOf(" => ");
            int second = line.indexOf(" =>", first + 4);
            return Arguments.of(
                    line.substring(0, first),
                    line.substring(first + 4, second),
                    line.substring(second + 3).strip());
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    void reads(String subject, String said, String title) {
        PatchSubject read = PatchSubject.of(subject);
        assertThat(read.title()).isEqualTo(title);
        assertThat(described(read)).isEqualTo(said);
        assertThat(PatchSubject.of(subject.replace(" ", "\t ")).title())
                .as("blanks of folds")
                .isEqualTo(title);
    }

    private static String described(PatchSubject read) {
        StringBuilder said = new StringBuilder(
                read.request() ? "pull" : read.evidence().name().toLowerCase(Locale.ROOT));
        if (read.evidence() == PatchSubject.Evidence.SAID || read.evidence() == PatchSubject.Evidence.NUMBERED) {
            said.append(" v").append(read.version()).append(' ');
            said.append(read.number() == null ? "-" : read.number()).append('/');
            said.append(read.total() == null ? "-" : read.total());
        }
        read.prefixes().forEach(prefix -> said.append(' ').append(prefix));
        return said.toString();
    }

    @Test
    void hostileSubjectsTakeNoTime() {
        for (String part : new String[] {"[", "]", "[PATCH ", "[1/2]", "1/", "v1 ", "Re: ", "PATCH ", "[[", "[RFC]"}) {
            String subject = part.repeat(200_000);
            assertThat(PatchSubject.of(subject).prefixes()).hasSizeLessThan(100);
            assertThat(PatchSubject.of("[PATCH " + subject).prefixes()).hasSizeLessThan(100);
        }
    }
}
