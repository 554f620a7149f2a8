package org.listlens.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.listlens.document.EncodedMail;

class NdjsonSinkTest {
    @Test
    void writesTheLinesAsTheyAre() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outcomes outcomes = new Outcomes();
        StringBuilder expected = new StringBuilder();
        try (NdjsonSink sink = new NdjsonSink(new BufferedOutputStream(out), outcomes)) {
            for (EncodedMail mail : Mails.numbered(0, 3)) {
                sink.accept(mail);
                expected.append(new String(mail.body(), 0, mail.length(), StandardCharsets.UTF_8));
            }
            sink.finish();
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
        }
        assertThat(outcomes.all().values()).hasSize(3).containsOnly(List.of("indexed"));
    }

    @Test
    void aMailThatCannotBeWrittenHasNoOutcome() {
        Outcomes outcomes = new Outcomes();
        NdjsonSink sink = new NdjsonSink(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                outcomes);
        assertThatThrownBy(() -> sink.accept(Mails.numbered(1))).hasMessage("Broken pipe");
        assertThat(outcomes.count()).isZero();
    }
}
