package org.listlens.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.ReceivedSpf;

class ReceivedSpfParserTest {
    private static final Way NOWHERE = new Way(List.of());

    static List<Tables.Sample> samples() throws IOException {
        return Tables.read("received-spf.txt");
    }

    @Test
    void theTableIsThere() throws IOException {
        assertThat(samples()).hasSizeGreaterThanOrEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsAField(Tables.Sample sample) {
        assertThat(told(ReceivedSpfParser.parse(sample.value(), 0, NOWHERE))).isEqualTo(sample.expected());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsAFieldFoldedWithCrLf(Tables.Sample sample) {
        assertThat(told(ReceivedSpfParser.parse(Tables.folded(sample.value(), "\r\n    "), 0, NOWHERE)))
                .isEqualTo(sample.expected());
    }

    private static List<String> told(ReceivedSpfParser.Payload payload) {
        ReceivedSpf spf = payload.spf();
        if (spf == null) {
            assertThat(payload.malformed()).isTrue();
            return List.of("-");
        }
        List<String> lines = new ArrayList<>();
        lines.add(Tables.squeezed(spf.result()
                + (payload.malformed() ? " malformed" : "")
                + told("ip", spf.clientIp())
                + told("from", spf.envelopeFrom())
                + told("helo", spf.helo())
                + told("receiver", spf.receiver())
                + told("identity", spf.identity())
                + told("mechanism", spf.mechanism())));
        if (spf.comment() != null) {
            lines.add(spf.comment());
        }
        return lines;
    }

    private static String told(String key, @Nullable String value) {
        return value == null ? "" : " " + key + "=" + value;
    }
}
