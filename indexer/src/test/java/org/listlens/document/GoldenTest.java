package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.clock.Correction;
import org.listlens.clock.HostClocks;
import org.listlens.clock.Way;
import org.listlens.mail.ParsedMail;
import org.listlens.people.KnownPersons;
import org.listlens.thread.KnownThreads;
import org.listlens.thread.Quoting;

/**
 * Whole mails against the documents that they must give, and those documents against the mappings. A golden file holds
 * the lines of the body, and with {@code -Dlistlens.update} is written anew; {@code MESSAGE} and {@code HASH} stand for digests, which {@link MailDocumentsTest} checks.
 */
class GoldenTest {
    private static final Revision SEEN = new Revision(7, 1);

    private static final ObjectMapper JSON = new ObjectMapper();

    static Set<Map.Entry<String, ParsedMail>> goldens() {
        return Mails.GOLDENS.entrySet();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void mailGivesItsDocuments(Map.Entry<String, ParsedMail> golden) throws IOException {
        same(golden.getKey(), new MailDocuments().encode(golden.getValue()));
    }

    @Test
    void clocksCorrectTheDelays() throws IOException {
        same(
                "corrected",
                new MailDocuments(new Knowledge(KnownClocks.clocks(), true, new KnownThreads(), KnownPersons.NONE))
                        .encode(Mails.listWay()));
    }

    @Test
    void clocksChangeNoHash() {
        EncodedMail raw = new MailDocuments().encode(Mails.listWay());
        EncodedMail corrected = new MailDocuments(Knowledge.of(KnownClocks.clocks())).encode(Mails.listWay());
        for (int i = 0; i < raw.documents().size(); i++) {
            assertThat(corrected.documents().get(i).hash())
                    .isEqualTo(raw.documents().get(i).hash());
        }
    }

    /** A change of the documents in place must give what writing them with the clocks gives. */
    @Test
    void aLaterCorrectionGivesTheSameDocuments() throws IOException {
        ParsedMail mail = Mails.listWay();
        Way way = Way.of(mail.hops());
        Correction correction = Correction.of(way, KnownClocks.clocks());
        EncodedMail raw = new MailDocuments().encode(mail);
        EncodedMail corrected = new MailDocuments(
                        new Knowledge(KnownClocks.clocks(), true, new KnownThreads(), KnownPersons.NONE))
                .encode(mail);
        Map<String, JsonNode> changes = new HashMap<>();
        List<EncodedAction> actions = new ArrayList<>();
        actions.add(ClockDocuments.delivery(mail.digest(), correction, 24_000L, null, SEEN));
        actions.addAll(ClockDocuments.hops(mail.digest(), correction, null));
        for (EncodedAction action : actions) {
            changes.put(action.id(), source(action).path("doc"));
        }
        for (int i = 1; i < raw.documents().size(); i++) {
            ObjectNode document = source(raw, raw.documents().get(i));
            JsonNode change = changes.remove(raw.documents().get(i).id());
            if (change != null) {
                merge(document, change);
            }
            assertThat(document)
                    .isEqualTo(source(corrected, corrected.documents().get(i)));
        }
        assertThat(changes).isEmpty();
    }

    /** A clock of which nothing is known any more takes away what rested on it. */
    @Test
    void whatIsNotKnownAnyMoreIsTakenAway() throws IOException {
        ParsedMail mail = Mails.listWay();
        Way way = Way.of(mail.hops());
        String before = ClockDocuments.hash(Correction.of(way, KnownClocks.clocks()));
        Correction unknown = Correction.of(way, new HostClocks());
        JsonNode delivery = source(ClockDocuments.delivery(mail.digest(), unknown, 24_000L, before, SEEN));
        assertThat(delivery.at("/doc/delivery/origin_corrected_ms").isNull()).isTrue();
        assertThat(delivery.at("/doc/delivery").has("held_corrected_by")).isTrue();
        List<Boolean> taken = new ArrayList<>();
        for (EncodedAction hop : ClockDocuments.hops(mail.digest(), unknown, before)) {
            taken.add(source(hop).at("/doc/hop/confidence").isNull());
        }
        assertThat(taken).containsExactly(true, true, true, true, false);
        assertThat(source(ClockDocuments.delivery(mail.digest(), unknown, 24_000L, null, SEEN))
                        .at("/doc/delivery")
                        .has("origin_corrected_ms"))
                .isFalse();
    }

    private static void merge(ObjectNode document, JsonNode change) {
        change.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                merge(document.withObjectProperty(field.getKey()), field.getValue());
            } else if (field.getValue().isNull()) {
                document.remove(field.getKey());
            } else {
                document.set(field.getKey(), field.getValue());
            }
        });
    }

    @Test
    void aHostsWindowIsOneDocument() throws IOException {
        HashedAction host = ClockDocuments.host(KnownClocks.host());
        assertThat(host.action().id()).isEqualTo("lists.example.org@2021-07-06T00:00:00Z");
        ObjectNode source = (ObjectNode) source(host.action());
        assertThat(((ObjectNode) source.path("event")).remove("hash").asText()).isEqualTo(host.hash());
        assertThat(source).isEqualTo(JSON.readTree("""
                {"@timestamp": "2021-07-06T00:00:00.000Z",
                 "host": {"name": "lists.example.org", "stamps": 12, "hold_median_ms": 7000, "hold_p95_ms": 4554000},
                 "clock": {"window_end": "2021-07-07T00:00:00.000Z", "verdict": "wrong", "confidence": 0.99,
                           "offset_ms": 157000, "offset_min_ms": 155000, "offset_max_ms": 159000,
                           "drift_per_day_ms": 1700},
                 "list": {"id": ["a.lists.example.org", "b.lists.example.org"]},
                 "event": {}}"""));
    }

    @Test
    void aThreadIsOneDocument() throws IOException {
        HashedAction thread = ThreadDocuments.thread(KnownDiscussion.thread());
        ObjectNode source = (ObjectNode) source(thread.action());
        assertThat(((ObjectNode) source.path("event")).remove("hash").asText()).isEqualTo(thread.hash());
        assertThat(source).isEqualTo(JSON.readTree("""
                {"@timestamp": "2021-07-06T10:00:00.000Z",
                 "thread": {"id": "%s", "messages": 4, "missing": 1, "robot_messages": 1, "patches": 1, "crossposts": 4,
                            "participants": 2, "persons": ["jane@example.org", "john@example.com"],
                            "depth": 3, "quote_depth": 3,
                            "last_activity": "2021-07-06T12:00:00.000Z", "duration_ms": 7200000,
                            "longest_gap_ms": 5280000, "median_gap_ms": 1800000,
                            "first_response_ms": 5400000, "first_response_after_list_ms": 5370000,
                            "first_response_id": "c@example.org", "first_responder": "john@example.com",
                            "unanswered": false},
                 "email": {"message_id": "a@example.org", "subject": "Lost frames at 1 Mbit/s"},
                 "author": {"id": "jane@example.org", "name": "Jane Doe", "address": "jane@example.org",
                            "organization": "Example", "robot": false},
                 "list": {"id": ["a.lists.example.org", "b.lists.example.org"]},
                 "event": {}}""".formatted(thread.action().id())));
    }

    /** A place given later makes the same document as one that is known when the mail is written. */
    @Test
    void aLaterPlaceGivesTheSameDocument() throws IOException {
        ParsedMail mail = Mails.listWay();
        KnownThreads threads = KnownDiscussion.places(Objects.requireNonNull(mail.messageId()));
        EncodedMail placed =
                new MailDocuments(new Knowledge(new HostClocks(), false, threads, KnownPersons.NONE)).encode(mail);
        EncodedMail alone = new MailDocuments().encode(mail);
        ObjectNode expected = source(placed, placed.documents().getFirst());
        ObjectNode document = source(alone, alone.documents().getFirst());
        String thread = expected.at("/thread/id").asText();
        merge(
                document,
                source(ThreadDocuments.place(alone.documents().getFirst().id(), thread, 2, null, SEEN))
                        .path("doc"));
        assertThat(document).isEqualTo(expected);
        assertThat(placed.documents().getFirst().hash())
                .isEqualTo(alone.documents().getFirst().hash());
        assertThat(thread).matches("[0-9a-f]{16}");
    }

    @Test
    void aSeriesIsOneDocument() throws IOException {
        HashedAction series = SeriesDocuments.series(KnownSeries.two());
        ObjectNode source = (ObjectNode) source(series.action());
        assertThat(((ObjectNode) source.path("event")).remove("hash").asText()).isEqualTo(series.hash());
        assertThat(((ObjectNode) source.path("series")).remove("id").asText())
                .isEqualTo(series.action().id());
        assertThat(source).isEqualTo(JSON.readTree("""
                {"@timestamp": "2021-07-06T13:45:36.000Z",
                 "author": {"name": "Ada Example", "address": "ada@example.com"},
                 "series": {"kind": "patch", "title": "foo: faster", "change_id": "20210706-foo-0123456789ab",
                            "version_count": 2, "last_version": 2, "last_timestamp": "2021-07-08T13:45:36.000Z",
                            "span_ms": 172800000, "complete": true, "messages": 3, "replies": 4, "robot_replies": 1,
                            "robot_trailers": 2, "first_review_ms": 3600000, "reviewed": 3, "acked": 1, "tested": 2,
                            "reviews": [
                              {"trailer": "Acked-by", "name": "Bob", "count": 1},
                              {"trailer": "Reviewed-and-tested-by", "address": "eve@example.org", "count": 2},
                              {"trailer": "Reviewed-by", "name": "Bob", "address": "bob@example.net", "count": 1}],
                            "versions": [
                              {"version": 1, "timestamp": "2021-07-06T13:45:36.000Z", "message_id": "v1@example.com",
                               "posted": 1, "announced": 2, "complete": false},
                              {"version": 2, "timestamp": "2021-07-08T13:45:36.000Z", "message_id": "v2@example.com",
                               "posted": 2, "announced": 2, "complete": true}],
                            "files": ["drivers/foo.c", "drivers/foo.h"]},
                 "list": {"id": ["a.lists.example.org", "b.lists.example.org"]},
                 "email": {"message_id": ["v1-1@example.com", "v1@example.com", "v2@example.com"]},
                 "event": {}}"""));
    }

    private static void same(String name, EncodedMail encoded) throws IOException {
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
        if (System.getProperty("listlens.update") != null) {
            Files.writeString(
                    Mappings.ROOT.resolve("indexer/src/test/resources/org/listlens/document/" + name + ".json"),
                    lines.toPrettyString() + '\n');
        }
        try (InputStream expected = GoldenTest.class.getResourceAsStream(name + ".json")) {
            assertThat(lines.toPrettyString())
                    .isEqualTo(JSON.readTree(Objects.requireNonNull(expected, name))
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
                    ImportDocuments.encode(ImportDocumentsTest.REJECTION),
                    ImportDocuments.encode(ImportDocumentsTest.POSITION),
                    ImportDocuments.encode(ImportDocumentsTest.SOURCE))) {
                sources.add(source(entry));
            }
            return sources;
        }
        if (kind == DocumentKind.HOST) {
            return List.of(source(ClockDocuments.host(KnownClocks.host()).action()));
        }
        if (kind == DocumentKind.THREAD) {
            return List.of(
                    source(ThreadDocuments.thread(KnownDiscussion.thread()).action()),
                    source(ThreadDocuments.stale("a")).path("doc"));
        }
        if (kind == DocumentKind.QUOTE) {
            for (Quoting quoting : KnownDiscussion.quotes()) {
                sources.add(source(ThreadDocuments.quoting(KnownDiscussion.thread(), quoting)
                        .action()));
            }
            return sources;
        }
        if (kind == DocumentKind.PERSON) {
            return List.of(
                    source(PersonDocuments.person(PersonDocumentsTest.PERSON).action()));
        }
        if (kind == DocumentKind.MESSAGE) {
            sources.add(source(PersonDocuments.author("id", "jane.doe@example.com", true))
                    .path("doc"));
        }
        if (kind == DocumentKind.SERIES) {
            return List.of(source(SeriesDocuments.series(KnownSeries.two()).action()));
        }
        for (ParsedMail mail : Mails.GOLDENS.values()) {
            KnownThreads threads =
                    mail.messageId() == null ? new KnownThreads() : KnownDiscussion.places(mail.messageId());
            EncodedMail encoded = new MailDocuments(
                            new Knowledge(KnownClocks.clocks(), true, threads, KnownPersons.NONE))
                    .encode(mail);
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
        Mappings.Field whole = fields.get(path);
        if (whole != null && whole.type().equals("object")) {
            assertThat(node.isObject()).as(path).isTrue();
            written.add(path);
        } else if (node.isObject()) {
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
            case "float" -> assertThat(value.isDouble()).as(field.path()).isTrue();
            case "date" -> assertIsDate(field, value.asText());
            case "ip" ->
                assertThat(value.asText())
                        .as(field.path())
                        .matches("[0-9a-f:.]+")
                        .satisfies(
                                text -> assertThat(InetAddress.getByName(text)).isNotNull());
            default -> throw new AssertionError("no rule for a " + field.type());
        }
    }

    private static void assertIsDate(Mappings.Field field, String text) {
        if (field.mapping().path("format").asText().equals("strict_date")) {
            assertThat(LocalDate.parse(text)).as(field.path()).isNotNull();
        } else {
            assertThat(text).as(field.path()).hasSize(24);
            assertThat(Instant.parse(text)).as(field.path()).isNotNull();
        }
    }
}
