package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.ParsedMail;

/**
 * Whole mails against the documents that they must give, and those documents against the mappings. A golden file holds
 * the lines of the body; {@code MESSAGE} and {@code HASH} stand for digests, which {@link MailDocumentsTest} checks.
 */
class GoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Set<Map.Entry<String, ParsedMail>> goldens() {
        return Mails.GOLDENS.entrySet();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void mailGivesItsDocuments(Map.Entry<String, ParsedMail> golden) throws IOException {
        EncodedMail encoded = new MailDocuments().encode(golden.getValue());
        ArrayNode lines = JSON.createArrayNode();
        for (EncodedDocument document : encoded.documents()) {
            ObjectNode source = source(encoded, document);
            assertThat(source.at("/event/hash").asText()).matches("[0-9a-f]{32}");
            assertThat(source.at("/message/id").asText())
                    .isEqualTo(encoded.documents().get(0).id());
            ((ObjectNode) source.path("event")).put("hash", "HASH");
            ((ObjectNode) source.path("message")).put("id", "MESSAGE");
            ObjectNode action = (ObjectNode)
                    JSON.readTree(encoded.body(), document.start(), document.sourceStart() - document.start());
            if (document.kind() == DocumentKind.MESSAGE) {
                ((ObjectNode) action.path("create")).put("_id", "MESSAGE");
            }
            lines.add(action).add(source);
        }
        try (InputStream expected = GoldenTest.class.getResourceAsStream(golden.getKey() + ".json")) {
            assertThat(lines.toPrettyString())
                    .isEqualTo(JSON.readTree(Objects.requireNonNull(expected, golden.getKey()))
                            .toPrettyString());
        }
    }

    @Test
    void everyFieldWrittenIsMappedAndFitsAndEveryFieldMappedIsWritten() throws IOException {
        for (DocumentKind kind : DocumentKind.values()) {
            Map<String, Mappings.Field> fields = Mappings.fields(kind.alias());
            Set<String> written = new TreeSet<>();
            for (JsonNode source : sources(kind)) {
                walk("", source, fields, written);
            }
            assertThat(written).as(kind.alias()).isEqualTo(fields.keySet());
        }
    }

    private static List<JsonNode> sources(DocumentKind kind) throws IOException {
        List<JsonNode> sources = new ArrayList<>();
        if (kind == DocumentKind.IMPORT) {
            for (EncodedAction entry : List.of(
                    ImportDocuments.encode(ImportDocumentsTest.RUN),
                    ImportDocuments.encode(ImportDocumentsTest.REJECTION))) {
                sources.add(source(entry));
            }
            return sources;
        }
        if (kind == DocumentKind.HOST) {
            return List.of(source(ClockDocuments.host(CLOCKS.host()).action()));
        }
        for (ParsedMail mail : Mails.GOLDENS.values()) {
            EncodedMail encoded = new MailDocuments(CLOCKS.clocks(), true).encode(mail);
            for (EncodedDocument document : encoded.documents()) {
                if (document.kind() == kind) {
                    sources.add(source(encoded, document));
                }
            }
        }
        return sources;
    }

    private static JsonNode source(EncodedAction action) throws IOException {
        String body = new String(action.body(), StandardCharsets.UTF_8);
        return JSON.readTree(body.substring(body.indexOf('\n')));
    }

    private static ObjectNode source(EncodedMail encoded, EncodedDocument document) throws IOException {
        return (ObjectNode)
                JSON.readTree(encoded.body(), document.sourceStart(), document.end() - document.sourceStart());
    }

    private static void walk(String path, JsonNode node, Map<String, Mappings.Field> fields, Set<String> written)
            throws IOException {
        if (node.isObject()) {
            assertThat(node.isEmpty()).as("empty object at " + path).isFalse();
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                walk(
                        path.isEmpty() ? property.getKey() : path + '.' + property.getKey(),
                        property.getValue(),
                        fields,
                        written);
            }
        } else if (node.isArray()) {
            assertThat(node.isEmpty()).as("empty array at " + path).isFalse();
            for (JsonNode element : node) {
                walk(path, element, fields, written);
            }
        } else {
            assertThat(fields).as("the mapping").containsKey(path);
            assertFits(Objects.requireNonNull(fields.get(path)), node);
            written.add(path);
        }
    }

    private static void assertFits(Mappings.Field field, JsonNode value) throws IOException {
        switch (field.type()) {
            case "keyword", "text" -> {
                assertThat(value.isTextual()).as(field.path()).isTrue();
                assertThat(value.asText()).as(field.path()).isNotEmpty();
            }
            case "long" -> assertThat(value.isIntegralNumber()).as(field.path()).isTrue();
            case "integer" -> assertThat(value.isInt()).as(field.path()).isTrue();
            case "boolean" -> assertThat(value.isBoolean()).as(field.path()).isTrue();
            case "date" ->
                assertThat(value.asText())
                        .as(field.path())
                        .hasSize(24)
                        .satisfies(text -> assertThat(Instant.parse(text)).isNotNull());
            case "ip" ->
                assertThat(value.asText())
                        .as(field.path())
                        .matches("[0-9a-f:.]+")
                        .satisfies(
                                text -> assertThat(InetAddress.getByName(text)).isNotNull());
            default -> throw new AssertionError("no rule for a " + field.type());
        }
    }
}
