package org.listlens.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineResponseTest {
    /** What a proxy says of itself is no broken answer of the engine, and stays what it is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":{\"type\":\"a\"},\"status\":400} | false",
                "400 | {\"error\":{\"type\":\"a\"},\"sta | true",
                "404 | {\"err | true",
                "404 | <html>Not found</html> | false",
                "413 | '' | false",
                "200 | {\"took\":1 | false"
            })
    void anErrorThatIsCutShortIsKnown(int status, String body, boolean broken) {
        EngineResponse response = new EngineResponse(status, null, null, body.getBytes(StandardCharsets.UTF_8));

        assertThat(response.isBrokenError()).isEqualTo(broken);
    }
}
