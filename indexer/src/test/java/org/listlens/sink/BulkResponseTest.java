package org.listlens.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.sink.BulkResponse.Result;

class BulkResponseTest {
    private static final String MIXED = """
            {"errors":true,"items":[
              {"create":{"status":201}},
              {"create":{"status":409,"error":{"type":"version_conflict_engine_exception",
                "reason":"[a]: version conflict, document already exists (current version [1])"}}},
              {"index":{"error":{"type":"mapper_parsing_exception","reason":"failed to parse field [d] of type [date]",
                "caused_by":{"type":"illegal_argument_exception","reason":"failed to parse date\\nfield [x]"}},"status":400}},
              {"delete":{"status":404}}]}""";

    private static BulkResponse read(String body, int items) throws IOException {
        return BulkResponse.read(body.getBytes(StandardCharsets.UTF_8), items);
    }

    @Test
    void readsStatusAndErrorOfEachItem() throws IOException {
        assertThat(read(MIXED, 4).results())
                .containsExactly(
                        new Result(201, "", ""),
                        new Result(
                                409,
                                "version_conflict_engine_exception",
                                "version_conflict_engine_exception: [a]: version conflict, document already exists"
                                        + " (current version [1])"),
                        new Result(
                                400,
                                "mapper_parsing_exception",
                                "mapper_parsing_exception: failed to parse field [d] of type [date]: failed to parse"
                                        + " date field [x]"),
                        new Result(404, "", ""));
    }

    @Test
    void readsNoFurtherThanTheWordThatAllWentWell() throws IOException {
        assertThat(read("{\"took\":3,\"errors\":false,\"items\":[{\"cre", 2).results())
                .isEmpty();
    }

    @Test
    void noticesEveryCut() {
        byte[] whole = MIXED.getBytes(StandardCharsets.UTF_8);
        // Without the last brace all items are there.
        for (int length = 0; length < whole.length - 1; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> BulkResponse.read(cut, 4)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"errors\":true}",
                "{\"errors\":true,\"items\":{}}",
                "{\"errors\":true,\"items\":[1,2]}",
                "{\"errors\":true,\"items\":[{\"create\":{\"status\":201}}]}",
                "{\"errors\":true,\"items\":[{\"create\":{}},{\"create\":{}}]}",
                "{\"errors\":true,\"items\":[{\"create\":7},{\"create\":7}]}",
                "{\"errors\":true,\"items\":[{},{}]}",
                "{\"errors\":true,\"items\":[{\"create\":{\"status\":\"201\"}},{\"create\":{\"status\":201}}]}",
                "<html>",
            })
    void refusesWhatIsNoAnswerToTwoItems(String body) {
        assertThatThrownBy(() -> read(body, 2)).isInstanceOf(IOException.class);
    }
}
