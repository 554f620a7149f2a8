package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.listlens.people.Person;

class PersonDocumentsTest {
    static final Person PERSON = new Person(
            "jane@example.com",
            "Jane Doe",
            List.of("Jane Doe", "J. Doe"),
            List.of("jane.doe@example.org", "jane@example.com"),
            "Example Organisation",
            List.of("Example Company", "Example Organisation"),
            false,
            12,
            Instant.parse("2021-07-06T13:45:36Z").toEpochMilli(),
            Instant.parse("2022-01-01T00:00:00Z").toEpochMilli(),
            List.of("doe jane|name"),
            List.of("list.example.org"));

    @Test
    void aPersonIsOneDocument() throws IOException {
        HashedAction document = PersonDocuments.person(PERSON);

        assertThat(document.action().id()).isEqualTo("jane@example.com");
        ObjectNode source = source(document.action());
        assertThat(((ObjectNode) source.path("event")).remove("hash").asText()).isEqualTo(document.hash());
        assertThat(source).isEqualTo(new ObjectMapper().readTree("""
                {"@timestamp": "2021-07-06T13:45:36.000Z",
                 "person": {"id": "jane@example.com", "name": "Jane Doe", "names": ["Jane Doe", "J. Doe"],
                            "addresses": ["jane.doe@example.org", "jane@example.com"],
                            "organization": "Example Organisation",
                            "organizations": ["Example Company", "Example Organisation"],
                            "robot": false, "messages": 12, "first_seen": "2021-07-06T13:45:36.000Z",
                            "last_seen": "2022-01-01T00:00:00.000Z", "keys": ["doe jane|name"]},
                 "list": {"id": ["list.example.org"]},
                 "event": {}}"""));
    }

    @Test
    void anIdTooLongForAnEngineIsDigested() {
        assertThat(PersonDocuments.id("a".repeat(170))).isEqualTo("a".repeat(170));
        assertThat(PersonDocuments.id("a".repeat(171)))
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(PersonDocuments.id("a".repeat(172)));
    }

    @Test
    void aMessageIsGivenToItsPerson() throws IOException {
        JsonNode first = source(PersonDocuments.author("m", "jane@example.com", false));
        assertThat(first.path("doc")).hasToString("{\"author\":{\"id\":\"jane@example.com\"}}");
        JsonNode again = source(PersonDocuments.author("m", "jane@example.com", true));
        assertThat(again.path("doc"))
                .hasToString("{\"author\":{\"id\":\"jane@example.com\"},\"thread\":{\"solved\":false}}");
    }

    private static ObjectNode source(EncodedAction action) throws IOException {
        String body = new String(action.body(), StandardCharsets.UTF_8);
        return (ObjectNode) new ObjectMapper().readTree(body.substring(body.indexOf('\n')));
    }
}
