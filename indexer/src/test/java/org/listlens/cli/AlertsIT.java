package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.alert.AlertingMonitor;
import org.listlens.alert.KnownLists;
import org.listlens.alert.Monitor;
import org.listlens.alert.MonitorFiles;
import org.listlens.alert.PreparedMonitor;
import org.listlens.alert.Thresholds;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineSettings;
import org.listlens.index.EngineSearch;

/**
 * Every monitor on the case that fires and on the one that stays quiet: by Listlens' own evaluation, by its replay, and by
 * the search, the Painless condition and the message that Alerting would run.
 */
class AlertsIT extends OnEmbeddedEngine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private int files;

    private static Path root() {
        return Path.of(System.getProperty("listlens.root"));
    }

    static Stream<Arguments> cases() {
        return MonitorFiles.read(root().resolve("alerts")).stream()
                .flatMap(monitor ->
                        Stream.of("fires", "quiet").map(name -> Arguments.of(monitor.name(), name, monitor)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void firesAndStaysQuiet(String name, String which, Monitor monitor) throws Exception {
        AlertCase about = new AlertCase(monitor.cases().path(which));
        assertThat(about.subjects().isEmpty()).isEqualTo(which.equals("quiet"));
        fill(monitor, about);

        assertThat(check(name, about)).containsExactlyInAnyOrderElementsOf(about.subjects());
        assertThat(replay(name, about)).containsExactlyInAnyOrderElementsOf(about.subjects());

        ObjectNode installed = installed(monitor, about.at());
        JsonNode search = installed.at("/inputs/0/search");
        String query = search.path("query")
                .toString()
                .replace("{{period_end}}", Long.toString(about.at().toEpochMilli()));
        assertThat(query).doesNotContain("{{");
        JsonNode answer = engine().post('/' + search.at("/indices/0").asText() + "/_search", query);
        ObjectNode context = JSON.createObjectNode();
        context.putArray("results").add(answer);
        context.put("periodStart", about.at().minusSeconds(600).toString())
                .put("periodEnd", about.at().toString());
        ObjectNode script = JSON.createObjectNode();
        script.withObject("/script")
                .put(
                        "source",
                        "def ctx = params.ctx; return "
                                + installed
                                        .at("/triggers/0/condition/script/source")
                                        .asText());
        script.withObject("/script/params").set("ctx", context);
        assertThat(engine().post("/_scripts/painless/_execute", script.toString())
                        .path("result")
                        .asBoolean())
                .isEqualTo(which.equals("fires"));

        String message = SmallMustache.render(
                installed.at("/triggers/0/actions/0/message_template/source").asText(), context);
        assertThat(message).doesNotContain("{{", "}}");
        for (String subject : about.subjects()) {
            assertThat(message).contains("- " + subject + ": ");
        }
        assertThat(message.lines().filter(line -> line.startsWith("- "))).hasSameSizeAs(about.subjects());
    }

    /** For three days the host of a list that only relays else breaks signatures; on no other list failures rise. */
    @Test
    void theSampleHasATimeInWhichSignaturesBreak() throws Exception {
        engine().send("DELETE", "/mail-*-v1?ignore_unavailable=true", null);
        Path sample = temporary().resolve("sample");
        assertThat(CommandLineRun.of(Map.of(), "generate", "--seed", "3", sample.toString())
                        .exitCode())
                .isZero();
        CommandLineRun index = CommandLineRun.of(Map.of(), "index", "--url", engine().url(), sample.toString());
        assertThat(index.exitCode()).as(index.err()).isZero();
        JsonNode rewriting =
                JSON.readTree(sample.resolve("manifest-summary.json").toFile()).path("rewriting");
        List<String> subjects = new ArrayList<>();
        for (JsonNode episode : episodes("authentication-failures", "2021-01-20", "2021-03-01")) {
            subjects.add(episode.path("subject").asText());
            assertThat(Instant.parse(episode.path("fired").asText()))
                    .isBetween(
                            Instant.ofEpochMilli(rewriting.path("from_ms").asLong()),
                            Instant.ofEpochMilli(rewriting.path("to_ms").asLong()));
        }
        assertThat(subjects)
                .contains(rewriting.path("list").asText() + " dkim")
                .allSatisfy(subject ->
                        assertThat(subject).startsWith(rewriting.path("list").asText()));
    }

    private void fill(Monitor monitor, AlertCase about) throws Exception {
        engine().send("DELETE", "/mail-*-v1?ignore_unavailable=true", null);
        Path mbox = temporary().resolve("case" + files++ + ".mbox");
        Files.writeString(mbox, about.mbox());
        CommandLineRun run = about.mbox().isEmpty()
                ? CommandLineRun.of(Map.of(), "setup", "--url", engine().url())
                : CommandLineRun.of(Map.of(), "index", "--url", engine().url(), mbox.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        if (!about.bulk().isEmpty()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(engine().url() + '/' + monitor.kind().alias() + "/_bulk?refresh=true"))
                    .header("Content-Type", "application/x-ndjson")
                    .POST(HttpRequest.BodyPublishers.ofString(about.bulk()))
                    .build();
            try (HttpClient http = HttpClient.newHttpClient()) {
                JsonNode answer = JSON.readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
                assertThat(answer.path("errors").asBoolean(true))
                        .as(answer.toString())
                        .isFalse();
            }
        }
        engine().post("/mail-*/_refresh", "");
    }

    private List<String> check(String name, AlertCase about) throws Exception {
        CommandLineRun run = CommandLineRun.of(
                Map.of(),
                "alerts",
                "check",
                "--url",
                engine().url(),
                "--only",
                name,
                "--at",
                about.at().toString(),
                "--format",
                "json");
        JsonNode report = JSON.readTree(run.out());
        assertThat(run.exitCode())
                .as(run.err())
                .isEqualTo(List.of("ok", "warning", "critical")
                        .indexOf(report.path("status").asText()));
        List<String> subjects = new ArrayList<>();
        for (JsonNode firing : report.path("firing")) {
            subjects.add(firing.path("subject").asText());
            assertThat(firing.path("message").asText()).doesNotContain("{{").isNotEmpty();
        }
        return subjects;
    }

    /** What fires at the last of the steps of a replay that ends at the time of the case. */
    private List<String> replay(String name, AlertCase about) throws Exception {
        List<String> subjects = new ArrayList<>();
        Instant from = about.at().minus(Duration.ofDays(2));
        for (JsonNode episode : episodes(name, from.toString(), about.at().toString())) {
            if (!episode.has("ended")) {
                subjects.add(episode.path("subject").asText());
            }
        }
        return subjects;
    }

    private List<JsonNode> episodes(String name, String from, String to) throws Exception {
        CommandLineRun run = CommandLineRun.of(
                Map.of(),
                "alerts",
                "replay",
                "--url",
                engine().url(),
                "--only",
                name,
                "--from",
                from,
                "--to",
                to,
                "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<JsonNode> episodes = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            episodes.add(JSON.readTree(line));
        }
        return episodes;
    }

    private ObjectNode installed(Monitor monitor, Instant at) throws Exception {
        try (EngineClient client = new EngineClient(EngineSettings.of(engine().url()))) {
            EngineSearch search = MonitorOptions.search(client);
            PreparedMonitor prepared =
                    PreparedMonitor.of(monitor, new Thresholds(List.of(monitor)), KnownLists.find(search, at, at));
            return AlertingMonitor.json(prepared, client::index, "channel");
        }
    }
}
