package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.alert.AlertingMonitor;
import org.listlens.alert.Monitor;
import org.listlens.alert.MonitorFiles;
import org.listlens.alert.PreparedMonitor;
import org.listlens.alert.Thresholds;

/**
 * The main job against a real engine, by the command line: one generated archive, indexed once, and then asked what its
 * users ask. The same for every kind of engine; only where that comes from differs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineSuite {
    private TestEngine engine;
    private Path archive;
    private JsonNode summary;

    @TempDir
    static Path temporary;

    /** The URL of an engine without any {@code mail-} index. */
    abstract String start() throws Exception;

    /** How many mails the archive has; what most tests ask for is in some hundred of them. */
    int messages() {
        return 5000;
    }

    @BeforeAll
    void indexOnce(TestReporter reporter) throws Exception {
        System.setProperty("listlens.home", System.getProperty("listlens.root"));
        engine = new TestEngine(start());
        JsonNode version = engine.get("/").path("version");
        reporter.publishEntry(
                EngineMatrix.VERSION,
                (version.has("distribution") ? "OpenSearch " : "Elasticsearch ")
                        + version.path("number").asText());
        assertThat(engine.get("/_cat/indices/mail-*?format=json"))
                .as("the suite writes to the mail-* indices, so they must not be there")
                .isEmpty();
        archive = temporary.resolve("archive");
        assertThat(CommandLineRun.of(
                                Map.of(),
                                "generate",
                                "--messages",
                                Integer.toString(messages()),
                                "--seed",
                                "42",
                                archive.toString())
                        .exitCode())
                .isZero();
        summary = index(archive);
    }

    /** Removes what the suite has written. */
    final void clear() throws Exception {
        engine.clear();
    }

    private JsonNode index(Path source, String... options) throws Exception {
        Path json = Files.createTempFile(temporary, "summary", ".json");
        List<String> args = new ArrayList<>(
                List.of("index", "--url", engine.url(), "--summary-json", json.toString(), source.toString()));
        args.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(Map.of(), args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.OK, ExitCode.REJECTED);
        return new ObjectMapper().readTree(json.toFile());
    }

    @Test
    void everyMailIsInTheLedger() throws Exception {
        assertThat(summary.path("read").asInt()).isEqualTo(messages());
        assertThat(summary.path("rejected").asInt()).isZero();
        assertThat(summary.path("unchanged").asInt()).isZero();
        assertThat(summary.path("indexed").asInt() + summary.path("duplicate").asInt())
                .isEqualTo(messages());
        assertThat(engine.post(
                                "/mail-deliveries/_count",
                                "{\"query\":{\"prefix\":{\"archive.source\":\"" + archive.toRealPath() + "\"}}}")
                        .path("count")
                        .asInt())
                .isEqualTo(summary.path("indexed").asInt());
        assertThat(engine.count("mail-hops")).isEqualTo(summary.path("hops").asInt());
    }

    @Test
    void documentsAreAsTheManifestSays() throws Exception {
        GeneratedTruth truth = new GeneratedTruth(engine, archive.toRealPath());
        List<String> differences = truth.compare(archive.resolve("manifest.ndjson"));
        assertThat(truth.fields()).isGreaterThan(messages() * 100);
        assertThat(differences).isEmpty();
    }

    @Test
    void theConnectionIsTestedAndNothingChanges() throws Exception {
        List<JsonNode> before = state();
        CommandLineRun run =
                CommandLineRun.of(Map.of(), "test", "connection", "--url", engine.url(), "--for", "upgrade", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        for (String purpose : List.of("read", "index", "setup", "upgrade")) {
            assertThat(json.at("/permissions/" + purpose + "/granted").asBoolean())
                    .as(run.out())
                    .isTrue();
        }
        assertThat(json.at("/mappings/taken").asBoolean()).as(run.out()).isTrue();
        assertThat(json.at("/installed/templates_missing_or_older")).isEmpty();
        assertThat(json.at("/installed/indices_missing")).isEmpty();
        assertThat(json.at("/installed/mappings_older")).isEmpty();
        assertThat(json.at("/health/nodes").asInt()).isPositive();
        assertThat(state()).isEqualTo(before);
    }

    /** Indices, templates, aliases, mappings, and how many operations the indices have seen. */
    private List<JsonNode> state() throws Exception {
        return List.of(
                engine.get("/*?expand_wildcards=all"),
                engine.get("/_index_template"),
                engine.get("/_component_template"),
                engine.get("/mail-*/_stats/indexing?level=shards&filter_path=**.seq_no.max_seq_no"));
    }

    @Test
    void aPipelineForRawMailsNeedsThePlugin() throws Exception {
        CommandLineRun run = CommandLineRun.of(Map.of(), "setup", "--pipeline", "--url", engine.url());
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(run.err())
                .contains(
                        engine.get("/").at("/version").has("distribution")
                                ? "has no ingest processor mail: install the plugin on every node"
                                : "is Elasticsearch, and the processor mail is a plugin for OpenSearch")
                .doesNotContain("Exception");
    }

    @Test
    void aThreadIsShownByAnyOfItsMails() throws Exception {
        JsonNode thread = engine.all("mail-threads").values().stream()
                .filter(document -> document.at("/thread/messages").asInt() == 7
                        && document.at("/thread/missing").asInt() == 0
                        && document.at("/thread/first_response_id").isTextual())
                .findFirst()
                .orElseThrow();
        String id = thread.at("/thread/first_response_id").asText();

        CommandLineRun run = CommandLineRun.of(Map.of(), "thread", "--url", engine.url(), "<" + id + ">");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("7 mails by", "under way").contains("quotes ");

        CommandLineRun json = CommandLineRun.of(
                Map.of(),
                "thread",
                "--url",
                engine.url(),
                "--json",
                thread.at("/thread/id").asText());
        JsonNode shown = new ObjectMapper().readTree(json.out());
        assertThat(shown.path("mails")).hasSize(7);
        assertThat(shown.path("first_response_ms")).isEqualTo(thread.at("/thread/first_response_ms"));

        assertThat(CommandLineRun.of(Map.of(), "thread", "--url", engine.url(), "nowhere@example.org")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theSameAgainChangesNothing() throws Exception {
        Map<String, JsonNode> before = engine.all("mail-messages");
        assertThat(index(archive).path("read").asInt())
                .as("it was read to its end")
                .isZero();
        JsonNode again = index(archive, "--restart", "--threads", "1", "--bulk-size", "1");
        assertThat(again.path("indexed").asInt()).isZero();
        assertThat(again.path("rejected").asInt()).isZero();
        assertThat(again.path("unchanged").asInt())
                .isEqualTo(summary.path("indexed").asInt());
        assertThat(again.path("duplicate").asInt())
                .isEqualTo(summary.path("duplicate").asInt());
        assertThat(engine.all("mail-messages")).isEqualTo(before);
    }

    @Test
    void pseudonymsAndReadableMailsAreNotMixed() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                Map.of("LISTLENS_PSEUDONYMIZE", "a key of enough characters"),
                "index",
                "--url",
                engine.url(),
                archive.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.ENGINE);
        assertThat(run.err()).contains("readable names and addresses", "--pseudonymize");
    }

    @Test
    void aCrosspostIsOneMessageOfSeveralLists() throws Exception {
        Map<String, JsonNode> messages = engine.all("mail-messages");
        messages.values().removeIf(message -> message.at("/list/id").size() < 2);
        assertThat(messages).isNotEmpty();
        for (Map.Entry<String, JsonNode> message : messages.entrySet()) {
            long copies = engine.post(
                            "/mail-deliveries/_count",
                            "{\"query\":{\"term\":{\"message.id\":\"" + message.getKey() + "\"}}}")
                    .path("count")
                    .asLong();
            assertThat(copies).isEqualTo(message.getValue().at("/list/id").size());
        }
    }

    @Test
    void everyMailIsVerified() throws Exception {
        CommandLineRun run = CommandLineRun.of(Map.of(), "verify", "--url", engine.url(), "--json", archive.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode verified = new ObjectMapper().readTree(run.out());
        assertThat(verified.path("read").asInt()).isEqualTo(messages());
        assertThat(verified.path("verified").asInt())
                .isEqualTo(summary.path("indexed").asInt());
        assertThat(verified.path("missing").asInt()).isZero();
    }

    @Test
    void whatTheArchiveHasLostIsPruned() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("pruned"));
        String mail = "From: a@example.org\nMessage-ID: <pruned-%s@example.org>\nSubject: %s\n\nText\n";
        Files.writeString(folder.resolve("a.eml"), mail.formatted("a", "one that stays"));
        Path gone = Files.writeString(folder.resolve("b.eml"), mail.formatted("b", "one that goes"));
        assertThat(index(folder).path("indexed").asInt()).isEqualTo(2);
        Files.delete(gone);
        index(folder, "--prune");
        engine.post("/mail-*/_refresh", "");
        String search = "{\"query\":{\"prefix\":{\"email.message_id\":\"pruned-\"}}}";
        for (String alias : List.of("mail-messages", "mail-deliveries")) {
            JsonNode left = engine.post("/" + alias + "/_search", search).at("/hits/hits");
            assertThat(left).hasSize(1);
            assertThat(left.at("/0/_source/email/message_id").asText()).startsWith("pruned-a");
        }
    }

    /** Also where they cannot be evaluated, for want of Painless: an engine reads all of a search before its scripts. */
    @Test
    void monitorsAskWhatTheEngineCanAnswer() throws Exception {
        for (Monitor monitor : MonitorFiles.read(Path.of(System.getProperty("listlens.root"), "alerts"))) {
            PreparedMonitor prepared = PreparedMonitor.of(monitor, new Thresholds(List.of(monitor)), List.of());
            JsonNode search =
                    AlertingMonitor.json(prepared, name -> name, "channel").at("/inputs/0/search/query");
            withoutScripts(search);
            String asOf = search.toString().replace("{{period_end}}", "1612915200000");
            assertThat(engine.post("/" + monitor.kind().alias() + "/_search", asOf)
                            .at("/_shards/failed")
                            .asInt())
                    .as(monitor.name())
                    .isZero();
        }
    }

    private static void withoutScripts(JsonNode json) {
        for (String aggregations : List.of("aggs", "aggregations")) {
            if (json.path(aggregations) instanceof ObjectNode named) {
                named.properties()
                        .removeIf(entry -> entry.getValue().valueStream().anyMatch(type -> type.has("script")));
            }
        }
        json.forEach(EngineSuite::withoutScripts);
    }

    @Test
    void alertsFireOnTheClockThatIsWrong() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                Map.of(),
                "alerts",
                "check",
                "--url",
                engine.url(),
                "--only",
                "clock-drift",
                "--at",
                "2021-02-10T00:00:00Z",
                "--format",
                "json");
        if (run.err().contains("Painless") || run.out().contains("Painless")) {
            assertThat(run.exitCode()).isEqualTo(3);
            Assumptions.abort("the engine has no Painless, as it said; Maven Central has it not for Elasticsearch");
        }
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("firing").findValuesAsText("subject"))
                .as(run.out() + run.err())
                .contains("vger.example.org");
    }

    @Test
    void theSearchesOfTheReadmeFindWhatTheyShould() throws Exception {
        JsonNode any = engine.post(
                        "/mail-messages/_search", "{\"size\":1,\"query\":{\"exists\":{\"field\":\"email.x_mailer\"}}}")
                .at("/hits/hits/0/_source");
        String author = any.at("/email/from/address/0").asText();
        String sent = any.path("@timestamp").asText();
        assertThat(engine.post(
                                "/mail-messages/_count",
                                "{\"query\":{\"bool\":{\"filter\":[{\"term\":{\"email.from.address\":\"" + author
                                        + "\"}},{\"range\":{\"@timestamp\":{\"gte\":\"" + sent
                                        + "||-3d\",\"lt\":\"" + sent + "||+4d\"}}}]}}}")
                        .path("count")
                        .asInt())
                .isPositive();
        int patches = engine.post(
                        "/mail-messages/_count",
                        "{\"query\":{\"match_phrase\":{\"header.lines\":\"X-Mailer: git-send-email\"}}}")
                .path("count")
                .asInt();
        int mailers = engine.post(
                        "/mail-messages/_count", "{\"query\":{\"prefix\":{\"email.x_mailer\":\"git-send-email\"}}}")
                .path("count")
                .asInt();
        assertThat(patches).isPositive().isEqualTo(mailers);
        for (String field : List.of("Received: from", "Subject:", "To:")) {
            assertThat(engine.post(
                                    "/mail-messages/_count",
                                    "{\"query\":{\"match_phrase\":{\"header.lines\":\"" + field + "\"}}}")
                            .path("count")
                            .asInt())
                    .as("mails that are found by %s, which has a place of its own", field)
                    .isZero();
        }
        JsonNode slowest = engine.post("/mail-deliveries/_search", """
                {"size": 10, "query": {"range": {"@timestamp": {"gte": "2021-02-01", "lt": "2021-03-01"}}},
                 "sort": [{"delivery.latency_ms": "desc"}]}""");
        assertThat(slowest.at("/hits/hits")).hasSize(10);
        assertThat(slowest.at("/hits/hits/0/_source/delivery/latency_ms").asLong())
                .isGreaterThanOrEqualTo(
                        slowest.at("/hits/hits/9/_source/delivery/latency_ms").asLong());
    }

    @Test
    void theReportCountsWhatTheManifestSays() throws Exception {
        Path page = temporary.resolve("report.html");
        assertThat(report(page.toString())).contains(page.toRealPath().toString());
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("telescope-drivers");
        JsonNode data = new ObjectMapper().readTree(report("-", "--json"));

        Map<String, Long> signatures = new HashMap<>();
        Map<String, Long> found = new HashMap<>();
        long copies = 0;
        long latencies = 0;
        for (String line : Files.readAllLines(archive.resolve("manifest.ndjson"))) {
            JsonNode copy = new ObjectMapper().readTree(line);
            if (!copy.path("duplicate").asBoolean()) {
                copies++;
                latencies += copy.has("latency_ms") ? 1 : 0;
                JsonNode signed = copy.at("/authentication/signatures");
                if (!signed.isEmpty()) {
                    boolean broken = signed.findValuesAsText("broken").contains("true");
                    signatures.merge(broken ? "broken" : "whole", 1L, Long::sum);
                }
                JsonNode verdicts = copy.at("/authentication/verdicts");
                Set<String> results = new HashSet<>();
                verdicts.get(verdicts.size() - 1).path("dkim").forEach(result -> results.add(result.asText()));
                results.forEach(result -> found.merge(result, 1L, Long::sum));
            }
        }
        assertThat(data.path("deliveries").asLong()).isEqualTo(copies);
        assertThat(data.path("names")).hasSize(9);
        assertThat(sums(data.at("/broken/signatures"))).isEqualTo(signatures).hasSize(2);
        assertThat(sums(data.at("/authentication/dkim"))).isEqualTo(found).hasSizeGreaterThan(2);
        long counted = 0;
        for (JsonNode period : data.at("/parts/latency/0")) {
            for (int i = 2; i < period.size(); i += 2) {
                counted += period.get(i).asLong();
            }
        }
        assertThat(counted).isEqualTo(latencies);
        assertThat(data.path("messages").asLong())
                .isEqualTo(engine.post(
                                "/mail-messages/_count",
                                "{\"query\":{\"range\":{\"@timestamp\":{\"format\":\"epoch_millis\",\"gte\":"
                                        + data.path("from") + ",\"lt\":" + data.path("to") + "}}}}")
                        .path("count")
                        .asLong());
        assertThat(data.path("worst")).isNotEmpty().allSatisfy(day -> {
            assertThat(day.path("late").asLong())
                    .isBetween(1L, day.path("mails").asLong());
            assertThat(day.at("/mail/time").isNumber()).isTrue();
        });
    }

    /** The sums over all periods and lists, by key. */
    private static Map<String, Long> sums(JsonNode table) {
        Map<String, Long> sums = new HashMap<>();
        JsonNode cells = table.at("/rows/0");
        for (int i = 0; i < cells.size(); i += 3) {
            sums.merge(
                    table.path("keys").path(cells.get(i).asInt()).asText(),
                    cells.get(i + 2).asLong(),
                    Long::sum);
        }
        return sums;
    }

    private String report(String output, String... options) {
        List<String> args = new ArrayList<>(List.of("report", "--url", engine.url(), "--output", output));
        args.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(Map.of(), args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void whatCannotBeReadIsRecorded() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("mixed"));
        Files.writeString(folder.resolve("a.eml"), "From: a@example.org\nSubject: whole\n\nText\n");
        Files.write(folder.resolve("b.bin"), new byte[] {0, 1, 2, 3, 127, 0, 5});
        JsonNode mixed = index(folder);
        assertThat(mixed.path("read").asInt()).isEqualTo(2);
        assertThat(mixed.path("rejected").asInt()).isEqualTo(1);
        JsonNode rejection = engine.post(
                        "/mail-imports/_search",
                        "{\"query\":{\"term\":{\"archive.source\":\""
                                + folder.resolve("b.bin").toRealPath() + "\"}}}")
                .at("/hits/hits/0/_source");
        assertThat(rejection.at("/import/reason").asText()).isNotEmpty();
        JsonNode run = engine.post(
                        "/mail-imports/_search",
                        "{\"query\":{\"term\":{\"import.run\":\""
                                + rejection.at("/import/run").asText()
                                + "\"}},\"post_filter\":{\"term\":{\"import.kind\":\"run\"}}}")
                .at("/hits/hits/0/_source/import");
        assertThat(run.path("read").asInt())
                .isEqualTo(run.path("indexed").asInt()
                        + run.path("unchanged").asInt()
                        + run.path("duplicate").asInt()
                        + run.path("rejected").asInt());
    }

    @Test
    void aMailIsExplainedFromTheIndexAndFromItsFileAlike() throws Exception {
        JsonNode delivery = engine.post("/mail-deliveries/_search", """
                        {"size": 1, "query": {"bool": {"filter": [
                          {"term": {"delivery.skewed": true}}, {"exists": {"field": "delivery.held_corrected_by"}},
                          {"exists": {"field": "email.message_id"}}, {"prefix": {"archive.source": "%s"}}]}},
                         "sort": [{"delivery.id": "asc"}]}""".formatted(archive.toRealPath()))
                .at("/hits/hits/0/_source");
        String id = delivery.at("/email/message_id").asText();
        JsonNode copies = engine.post(
                "/mail-deliveries/_search",
                "{\"size\":100,\"query\":{\"term\":{\"email.message_id\":\"" + id
                        + "\"}},\"sort\":[{\"@timestamp\":\"asc\"},{\"delivery.id\":\"asc\"}]}");
        int number = 0;
        while (!copies.at("/hits/hits/" + number + "/_source").equals(delivery)) {
            number++;
        }
        JsonNode stored = inspect("<" + id + ">", "--number", Integer.toString(number + 1));
        assertThat(stored.path("delivery")).isEqualTo(delivery);
        assertThat(stored.at("/message/message/id")).isEqualTo(delivery.at("/message/id"));
        assertThat(stored.path("hops")).hasSize(delivery.at("/delivery/hops").asInt());
        assertThat(stored.path("clocks")).isNotEmpty();

        // A file may hold several copies under one Message-ID.
        JsonNode read = null;
        for (int copy = 1;
                read == null || !read.at("/delivery/delivery/id").equals(delivery.at("/delivery/id"));
                copy++) {
            read = inspect(
                    delivery.at("/archive/source").asText(), "--message-id", id, "--number", Integer.toString(copy));
        }
        assertThat(read.at("/delivery/delivery")).isEqualTo(delivery.path("delivery"));
        assertThat(read.path("clocks")).isEqualTo(stored.path("clocks"));
        for (int i = 0; i < read.path("hops").size(); i++) {
            assertThat(read.at("/hops/" + i + "/hop")).isEqualTo(stored.at("/hops/" + i + "/hop"));
        }
    }

    @Test
    void aMessageIdThatIsNotIndexedIsNamed() {
        CommandLineRun run = CommandLineRun.of(Map.of(), "inspect", "--url", engine.url(), "<nobody@example.org>");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("<nobody@example.org>", "mail-deliveries");
    }

    private JsonNode inspect(String what, String... options) throws Exception {
        List<String> args = new ArrayList<>(List.of("inspect", "--json", "--url", engine.url(), what));
        args.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(Map.of(), args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
