package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentWriterTest {
    /** Writes a few fields. */
    private interface Fields {
        void write(DocumentWriter writer) throws IOException;
    }

    private static String written(Fields fields) throws IOException {
        DocumentWriter writer = new DocumentWriter(new JsonBuffer(16), Digests.sha256());
        writer.begin("create", DocumentKind.HOP, "id");
        fields.write(writer);
        EncodedDocument document = writer.end();
        byte[] body = writer.finish();
        return new String(body, document.sourceStart(), document.end() - document.sourceStart(), StandardCharsets.UTF_8)
                .trim();
    }

    @Test
    void whatIsAbsentIsNotWrittenNorWhatHoldsNothing() throws IOException {
        assertThat(written(writer -> {
                    writer.startObject("a");
                    writer.startObject("b");
                    writer.string("c", null);
                    writer.string("d", "");
                    writer.number("e", (Integer) null);
                    writer.time("f", null);
                    writer.zone("g", null);
                    writer.strings("h", List.of());
                    writer.strings("i", List.of(""));
                    writer.startArray("j");
                    writer.startElement();
                    writer.endObject();
                    writer.endArray();
                    writer.endObject();
                    writer.endObject();
                }))
                .isEqualTo("{}");
    }

    @Test
    void objectsBeginWithTheirFirstField() throws IOException {
        assertThat(written(writer -> {
                    writer.startObject("a");
                    writer.startObject("empty");
                    writer.endObject();
                    writer.startArray("b");
                    writer.startElement();
                    writer.string("c", null);
                    writer.endObject();
                    writer.startElement();
                    writer.string("d", "e");
                    writer.startObject("empty");
                    writer.endObject();
                    writer.endObject();
                    writer.endArray();
                    writer.bool("f", false);
                    writer.endObject();
                    writer.number("g", -1L);
                }))
                .isEqualTo("{\"a\":{\"b\":[{\"d\":\"e\"}],\"f\":false},\"g\":-1}");
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z,           1970-01-01T00:00:00.000Z",
        "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59.999Z",
        "2024-02-29T12:34:56.789Z,       2024-02-29T12:34:56.789Z",
        "0001-01-01T00:00:00Z,           0001-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z,       9999-12-31T23:59:59.999Z",
        "0000-12-31T23:59:59Z,",
        "+10000-01-01T00:00:00Z,",
    })
    void timesAreInUtcToTheMillisecond(Instant time, String expected) throws IOException {
        assertThat(written(writer -> writer.time("t", time)))
                .isEqualTo(expected == null ? "{}" : "{\"t\":\"" + expected + "\"}");
    }

    @Test
    void farthestTimesAreLeftOut() throws IOException {
        assertThat(written(writer -> {
                    writer.time("t", Instant.MIN);
                    writer.time("t", Instant.MAX);
                }))
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({"0, +00:00", "10800, +03:00", "-12600, -03:30", "3723, +01:02:03"})
    void zonesAreOffsets(int seconds, String expected) throws IOException {
        assertThat(written(writer -> writer.zone("z", ZoneOffset.ofTotalSeconds(seconds))))
                .isEqualTo("{\"z\":\"" + expected + "\"}");
    }

    static List<List<String>> surrogates() {
        return List.of(
                List.of("plain", "plain"),
                List.of("\uD83D\uDE00", "\uD83D\uDE00"),
                List.of("\uD83D", "\uFFFD"),
                List.of("\uDE00", "\uFFFD"),
                List.of("\uDE00\uD83D", "\uFFFD\uFFFD"),
                List.of("a\uD83D\uD83D\uDE00\uDE00b", "a\uFFFD\uD83D\uDE00\uFFFDb"),
                List.of("\uD83D\uDE00\uD83D", "\uD83D\uDE00\uFFFD"));
    }

    /** In short strings, in long ones, and at any place of these. */
    @ParameterizedTest
    @MethodSource("surrogates")
    void halvesOfSurrogatePairsAreReplaced(List<String> pair) throws IOException {
        for (int before : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 8000}) {
            String text = "x".repeat(before) + pair.get(0) + "y".repeat(before);
            String json = written(writer -> writer.string("s", text));
            assertThat(new ObjectMapper().readTree(json).path("s").asText())
                    .isEqualTo("x".repeat(before) + pair.get(1) + "y".repeat(before));
            assertThat(json).doesNotContain("\\u");
        }
    }

    /** An array that may stay empty does not count yet, nor does what it is in. */
    @Test
    void whatHoldsNothingDoesNotMakeTheDocumentFull() throws IOException {
        String most = "x".repeat(DocumentWriter.DOCUMENT_BYTES - "{'a':''".length() - 1);
        String json = written(writer -> {
            writer.string("a", most);
            writer.startObject("b");
            writer.strings("c", List.of("y", "z"));
            writer.endObject();
        });
        assertThat(json).endsWith("x\",\"b\":{\"c\":[\"y\"]}}");
    }

    @Test
    void listsAreCutWhereTheDocumentIsFull() throws IOException {
        String half = "x".repeat(DocumentWriter.DOCUMENT_BYTES / 2);
        String json = written(writer -> {
            writer.strings("a", List.of(half, half));
            assertThat(writer.truncated()).isFalse();
            writer.strings("b", List.of("y"));
            assertThat(writer.truncated()).isTrue();
            writer.hash();
            writer.strings("c", List.of("z"));
        });
        assertThat(json).doesNotContain("\"b\"").endsWith("\"c\":[\"z\"]}");
    }
}
