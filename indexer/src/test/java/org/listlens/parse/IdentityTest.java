package org.listlens.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private final Identity identity = new Identity();

    @Test
    void aCopyIsTheSameWithOtherLineEnds() {
        byte[] lf = "Subject: a\n\nb\r c\n".getBytes(StandardCharsets.US_ASCII);
        byte[] crlf = "Subject: a\r\n\r\nb\r c\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(identity.ofCopy(crlf, crlf.length)).isEqualTo(identity.ofCopy(lf, lf.length));
    }
}
