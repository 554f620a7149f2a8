package org.listlens.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsTest {
    private final List<Monitor> monitors = MonitorFilesTest.monitors();
    private final Thresholds thresholds = new Thresholds(monitors);

    private String value(String monitor, String parameter) {
        return thresholds.value(Thresholds.find(monitors, monitor), parameter).toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    list-dwell.limit_ms=45m               | list-dwell              | limit_ms | 2700000
                    list-dwell.limit_ms=5000              | list-dwell              | limit_ms | 5000
                    list-dwell.window=2d                  | list-dwell              | window   | "2d"
                    list-dwell.share=0.2                  | list-dwell              | share    | 0.2
                    list-silent.windows=6h, 3d            | list-silent             | windows  | ["6h","3d"]
                    authentication-failures.methods=dmarc | authentication-failures | methods  | ["dmarc"]
                    """)
    void setsWhatThereIs(String assignment, String monitor, String parameter, String expected) {
        thresholds.set(assignment);
        assertThat(value(monitor, parameter)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    list-dwell                                   | sets nothing
                    list-dwell.limit_ms                          | sets nothing
                    list-dwel.limit_ms=1                         | no monitor "list-dwel"
                    list-dwell.limit=1                           | no parameter "limit": it has limit_ms
                    list-dwell.limit_ms=soon                     | no value
                    list-dwell.limit_ms=-5                       | no value
                    list-dwell.window=6                          | no value
                    list-dwell.window=0h                         | no value
                    list-dwell.window=6h-1d                      | no value
                    list-dwell.share=1e400000000                 | no value
                    list-silent.windows=6h,,3d                   | no value
                    authentication-failures.methods=a"}],"b":[{" | no value
                    """)
    void refusesTheRest(String assignment, String message) {
        assertThatThrownBy(() -> thresholds.set(assignment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsFiles() {
        thresholds.read("list-dwell:\n  limit_ms: 20m\n  min_mails: 7\nlist-silent:\n  windows: [1d, 4d]\n");
        assertThat(value("list-dwell", "limit_ms")).isEqualTo("1200000");
        assertThat(value("list-dwell", "min_mails")).isEqualTo("7");
        assertThat(value("list-silent", "windows")).isEqualTo("[\"1d\",\"4d\"]");
        assertThat(value("list-dwell", "window")).isEqualTo("\"6h\"");
        thresholds.read("");
        assertThatThrownBy(() -> thresholds.read("list-dwell: 5")).hasMessageContaining("no map of parameters");
        assertThatThrownBy(() -> thresholds.read("[1]")).hasMessageContaining("no map of monitors");
        assertThatThrownBy(() -> thresholds.read("a: b: c")).hasMessageContaining("no YAML");
    }
}
