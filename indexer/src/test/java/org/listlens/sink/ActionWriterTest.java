package org.listlens.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineSettings;
import org.listlens.engine.FakeEngine;
import org.listlens.engine.RetryPolicy;

class ActionWriterTest {
    private static EncodedAction document(String id, String json) {
        String line = "{\"index\":{\"_index\":\"mail-imports\",\"_id\":\"" + id.replace("\"", "\\\"") + "\"}}\n";
        return new EncodedAction(DocumentKind.IMPORT, id, (line + json + '\n').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void writesOverWhatIsThere() throws Exception {
        try (FakeEngine engine = new FakeEngine().withAlias("mail-imports");
                EngineClient client = new EngineClient(EngineSettings.of(engine.url()))) {
            ActionWriter writer = new ActionWriter(client, RetryPolicy.lasting(Duration.ofSeconds(10)));
            writer.write(List.of());
            writer.write(List.of(document("run-1", "{\"read\":1}"), document("pos \"x\"", "{\"read\":2}")));
            engine.misbehave(FakeEngine.status(503, ""), FakeEngine.resetAfter());
            writer.write(List.of(document("run-1", "{\"read\":3}")));
            assertThat(engine.documents("mail-imports").toString())
                    .isEqualTo("{pos \"x\"={\"read\":2}, run-1={\"read\":3}}");
        }
    }

    @Test
    void tellsWhatTheEngineRefuses() throws Exception {
        try (FakeEngine engine = new FakeEngine().withAlias("mail-imports");
                EngineClient client = new EngineClient(EngineSettings.of(engine.url()))) {
            engine.itemFault = (id, source) -> new FakeEngine.ItemError(400, "strict_dynamic_mapping_exception", "no");
            ActionWriter writer = new ActionWriter(client, RetryPolicy.lasting(Duration.ofSeconds(10)));
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> writer.write(List.of(document("run-1", "{\"read\":1}"))))
                    .withMessageContaining("strict_dynamic_mapping_exception: no");
        }
    }

    @Test
    void takesNoActionThatDoesNotEnd() {
        byte[] cut = "{\"index\":{}}\n{}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> new EncodedAction(DocumentKind.IMPORT, "x", cut))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
