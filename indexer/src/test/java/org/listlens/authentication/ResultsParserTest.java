package org.listlens.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.AuthenticationResults.Result;

class ResultsParserTest {
    static List<Tables.Sample> samples() throws IOException {
        return Tables.read("results.txt");
    }

    @Test
    void theTableIsThere() throws IOException {
        assertThat(samples()).hasSizeGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsAField(Tables.Sample sample) {
        assertThat(told(ResultsParser.parse(sample.value(), false))).isEqualTo(sample.expected());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsAFieldFoldedWithCrLf(Tables.Sample sample) {
        assertThat(told(ResultsParser.parse(Tables.folded(sample.value(), "\r\n\t  "), false)))
                .isEqualTo(sample.expected());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsTheSameInAnArcSet(Tables.Sample sample) {
        ResultsParser.Payload payload = ResultsParser.parse(" i = 7 ; " + sample.value(), true);

        assertThat(told(payload)).isEqualTo(sample.expected());
        assertThat(payload.instance()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "01, 1", "50, 50", "0,", "51,", "-1,", "x,", "'',", "99999999999999999999,"})
    void readsAnInstance(String written, Integer instance) {
        ResultsParser.Payload payload = ResultsParser.parse("i=" + written + "; mx.example.org; spf=pass", true);

        assertThat(payload.instance()).isEqualTo(instance);
        assertThat(payload.authservId()).isEqualTo("mx.example.org");
        assertThat(payload.results()).hasSize(1);
    }

    @Test
    void readsASetWithoutAnInstance() {
        ResultsParser.Payload payload = ResultsParser.parse("mx.example.org; spf=pass", true);

        assertThat(payload.instance()).isNull();
        assertThat(told(payload)).containsExactly("mx.example.org", "spf pass");
    }

    @Test
    void readsFiftyResults() {
        String results = "; dkim=pass header.d=example.com";

        ResultsParser.Payload fifty = ResultsParser.parse("mx.example.org" + results.repeat(50), false);
        ResultsParser.Payload more = ResultsParser.parse("mx.example.org" + results.repeat(100_000), false);

        assertThat(fifty.results()).hasSize(50);
        assertThat(fifty.tooMany()).isFalse();
        assertThat(more.results()).isEqualTo(fifty.results());
        assertThat(more.tooMany()).isTrue();
    }

    private static List<String> told(ResultsParser.Payload payload) {
        List<String> lines = new ArrayList<>();
        lines.add((payload.authservId() == null ? "-" : payload.authservId())
                + (payload.version() == null ? "" : " " + payload.version())
                + (payload.malformed() ? " malformed" : ""));
        for (Result result : payload.results()) {
            lines.add(Tables.squeezed(result.method() + " " + result.result()
                    + (result.reason() == null ? "" : " reason=" + result.reason())
                    + (result.comment() == null ? "" : " (" + result.comment() + ")")
                    + (result.properties().isEmpty() ? "" : " " + result.properties())));
        }
        return lines;
    }
}
