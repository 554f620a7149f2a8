package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineBreaksTest {
    @Test
    void findsWhatALoopFinds() {
        Random random = new Random(3);
        byte[] octets = {'\n', '\r', 0, 11, 9, 12, 14, (byte) 0x8A, (byte) 0x8D, -1, 127, 1, 'a', (byte) 0x80};
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                // Rarely a line break, so that it stands in any place of eight octets.
                bytes[i] = octets[random.nextInt(5) == 0 ? random.nextInt(octets.length) : 2 + random.nextInt(12)];
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);

            assertThat(LineBreaks.lf(bytes, from, to)).isEqualTo(first(bytes, from, to, false));
            assertThat(LineBreaks.lfOrCr(bytes, from, to)).isEqualTo(first(bytes, from, to, true));
        }
    }

    private static int first(byte[] bytes, int from, int to, boolean cr) {
        int at = from;
        while (at < to && bytes[at] != '\n' && !(cr && bytes[at] == '\r')) {
            at++;
        }
        return at;
    }
}
