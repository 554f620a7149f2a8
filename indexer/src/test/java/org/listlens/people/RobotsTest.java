package org.listlens.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.listlens.mail.HeaderField;

class RobotsTest {
    private static final Robots SHIPPED = Robots.shipped();

    @ParameterizedTest
    @CsvFileSource(resources = "robots.tsv", delimiter = '\t', quoteCharacter = '~')
    void tellsRobotsFromPeople(String who, String name, String address, @Nullable String header) {
        List<HeaderField> fields = header == null
                ? List.of()
                : List.of(
                        new HeaderField("From", address, 0),
                        new HeaderField(
                                header.substring(0, header.indexOf(':')),
                                header.substring(header.indexOf(':') + 2),
                                9));
        assertThat(SHIPPED.wrote(name.equals("-") ? null : name, address, fields) ? "robot" : "person")
                .isEqualTo(who);
    }

    @Test
    void aPatternMayHaveAStarAnywhere() {
        Robots robots = new Robots("address a*@*.example.com # all of them\nfield X-Made-By *bot*\n");
        assertThat(robots.wrote(null, "abc@mx.example.com", List.of())).isTrue();
        assertThat(robots.wrote(null, "abc@example.com", List.of())).isFalse();
        assertThat(robots.wrote(null, "bc@mx.example.com", List.of())).isFalse();
        assertThat(robots.wrote(null, "x@example.net", List.of(new HeaderField("x-made-by", "A BOT of ours", 0))))
                .isTrue();
        assertThat(robots.wrote(null, "x@example.net", List.of(new HeaderField("x-made-by", "us", 0))))
                .isFalse();
    }

    @Test
    void aLineOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> new Robots("# fine\nadress x@example.com\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
    }
}
