package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What more than one mail decides on, in an engine: clocks and corrected delays as true as they claim to be, and these,
 * persons, threads, quotes and series the same however the mails came.
 */
class SeveralRunsIT extends OnEmbeddedEngine {

    private void index(List<Path> sources) throws Exception {
        List<String> args = new ArrayList<>(List.of("index", "--url", engine().url()));
        sources.forEach(source -> args.add(source.toString()));
        CommandLineRun run = CommandLineRun.of(Map.of(), args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    }

    /** All documents but the ledger's, by index and id, without where a mail lies. */
    private Map<String, JsonNode> documents() throws Exception {
        Map<String, JsonNode> documents = new TreeMap<>();
        for (String alias : List.of(
                "mail-hosts",
                "mail-hops",
                "mail-deliveries",
                "mail-messages",
                "mail-people",
                "mail-series",
                "mail-threads",
                "mail-quotes")) {
            engine().post("/" + alias + "/_refresh", "");
            engine().all(alias).forEach((id, source) -> {
                ((ObjectNode) source).remove("archive");
                documents.put(alias + '/' + id, source);
            });
        }
        return documents;
    }

    @Test
    void allIsTrueAndTheSameHoweverTheMailsCome() throws Exception {
        Path archive = temporary().resolve("archive");
        assertThat(CommandLineRun.of(Map.of(), "generate", "--messages", "1000", "--seed", "5", archive.toString())
                        .exitCode())
                .isZero();
        List<Path> files;
        try (Stream<Path> paths = Files.list(archive)) {
            files = new ArrayList<>(paths.filter(path -> path.toString().endsWith(".mbox"))
                    .sorted()
                    .toList());
        }

        index(List.of(archive));
        Map<String, JsonNode> atOnce = documents();
        assertTrue(atOnce, archive.toRealPath());

        // The largest list last: by then every day has windows that its mails change.
        engine().clear();
        for (Path file : files) {
            index(List.of(file));
        }
        Map<String, JsonNode> oneAfterAnother = documents();
        assertThat(oneAfterAnother.keySet()).isEqualTo(atOnce.keySet());
        List<String> differences = new ArrayList<>();
        atOnce.forEach((id, document) -> {
            if (!document.equals(oneAfterAnother.get(id))) {
                differences.add(id + ": " + document + " at once, " + oneAfterAnother.get(id) + " otherwise");
            }
        });
        assertThat(differences).isEmpty();

        // What an update that was cut off leaves is made up for by the next run.
        String id = atOnce.keySet().stream()
                .filter(key -> key.startsWith("mail-hosts/vger.example.org@"))
                .toList()
                .get(20)
                .substring("mail-hosts/".length());
        engine().post("/mail-deliveries/_update_by_query?refresh=true", """
                {"query": {"range": {"delivery.days": {"gte": "%1$s", "lte": "%1$s"}}},
                 "script": "ctx._source.clock = [:]; ctx._source.delivery.list_corrected_ms = 1"}""".formatted(
                        id.substring(id.indexOf('@') + 1, id.indexOf('T'))));
        engine().send("DELETE", "/mail-hosts-v1/_doc/" + id + "?refresh=true", null);
        List<String> threads = new ArrayList<>();
        for (String key : atOnce.keySet()) {
            if (key.startsWith("mail-threads/")) {
                threads.add(key.substring("mail-threads/".length()));
            }
        }
        engine().send("DELETE", "/mail-threads-v1/_doc/" + threads.get(3) + "?refresh=true", null);
        engine().post("/mail-messages/_update_by_query?refresh=true", """
                {"query": {"term": {"thread.id": "%s"}},
                 "script": "ctx._source.thread.depth = 7; ctx._source.thread.remove('solved'); ctx._source.author.remove('id')"}""".formatted(threads.get(5)));
        engine().post("/mail-threads/_update_by_query?refresh=true", """
                {"query": {"term": {"thread.id": "%s"}},
                 "script": "ctx._source.thread.stale = true; ctx._source.thread.depth = 99"}""".formatted(threads.get(7)));
        assertThat(documents()).isNotEqualTo(atOnce);
        index(List.of(archive));
        assertThat(documents()).isEqualTo(oneAfterAnother);
    }

    private static void assertTrue(Map<String, JsonNode> documents, Path archive) throws Exception {
        Map<String, String> copies = new HashMap<>();
        List<JsonNode> hosts = new ArrayList<>();
        documents.forEach((id, document) -> {
            if (id.startsWith("mail-hosts/")) {
                hosts.add(document);
            }
        });
        int close = 0;
        int delays = 0;
        int bounded = 0;
        List<String> outside = new ArrayList<>();
        List<JsonNode> truths = new ArrayList<>();
        for (String line : Files.readAllLines(archive.resolve("manifest.ndjson"))) {
            truths.add(new ObjectMapper().readTree(line));
        }
        // A mail's hops are found by their queue ids and stamps, which no other hop shares.
        documents.forEach((id, document) -> {
            if (id.startsWith("mail-hops/") && document.at("/hop/id").isTextual()) {
                copies.put(
                        key(
                                document.at("/hop/id").asText(),
                                Instant.parse(document.at("/hop/stamp").asText("1970-01-01T00:00:00Z"))
                                        .toEpochMilli()),
                        id);
            }
        });
        for (JsonNode truth : truths) {
            JsonNode before = null;
            for (JsonNode hop : truth.path("hops")) {
                if (!hop.has("stamp_ms")) {
                    continue;
                }
                String found = copies.get(
                        key(hop.path("id").asText(), hop.path("stamp_ms").asLong()));
                JsonNode document = found == null ? null : documents.get(found);
                if (document != null
                        && before != null
                        && document.at("/hop/delay_corrected_ms").isNumber()) {
                    delays++;
                    long actual = document.at("/hop/delay_corrected_ms").asLong();
                    long expected = hop.path("true_ms").asLong()
                            - before.path("true_ms").asLong();
                    close += Math.abs(actual - expected) <= 2_000 ? 1 : 0;
                }
                before = hop;
                for (JsonNode host : hosts) {
                    if (host.at("/host/name").asText().equals(hop.at("/by/host").asText())
                            && host.at("/clock/offset_min_ms").isNumber()
                            && host.at("/clock/offset_max_ms").isNumber()
                            && contains(host, hop.path("stamp_ms").asLong())) {
                        bounded++;
                        long offset = hop.path("offset_ms").asLong();
                        if (offset < host.at("/clock/offset_min_ms").asLong()
                                || offset > host.at("/clock/offset_max_ms").asLong()) {
                            outside.add(offset + ": " + host);
                        }
                    }
                }
            }
        }
        assertThat(delays).isGreaterThan(2_500);
        assertThat((double) close / delays).isGreaterThan(0.99);
        assertThat(bounded).isGreaterThan(1_200);
        assertThat(outside).isEmpty();
    }

    private static boolean contains(JsonNode host, long timeMs) {
        // Near the ends of a window the stamp and the true time may lie on two sides.
        return Instant.parse(host.path("@timestamp").asText()).toEpochMilli() + 600_000 < timeMs
                && timeMs < Instant.parse(host.at("/clock/window_end").asText()).toEpochMilli() - 600_000;
    }

    private static String key(String id, long stampMs) {
        return id + ' ' + stampMs;
    }
}
