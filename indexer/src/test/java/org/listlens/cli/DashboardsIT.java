package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.dashboard.PanelQuery;
import org.listlens.dashboard.SavedFile;
import org.listlens.dashboards.DashboardFiles;
import org.listlens.dashboards.LinkScript;
import org.listlens.link.ArchiveLinks;

/** What each panel asks of the engine, asked over the sample archive: no panel stays empty, and the answers agree. */
class DashboardsIT extends OnEmbeddedEngine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FROM = "2000-01-01T00:00:00Z";
    private static final String TO = "2100-01-01T00:00:00Z";

    /** A mail whose Message-ID must be encoded in links. */
    private static final String ODD = """
            Received: from lists.example.org (lists.example.org [192.0.2.20])
             by mx.example.net (Postfix) with ESMTPS id 4Second; Mon, 1 Mar 2021 12:00:03 +0000
            Received: from mail.example.com (mail.example.com [192.0.2.10])
             by lists.example.org (Postfix) with ESMTPS id 4First; Mon, 1 Mar 2021 12:00:02 +0000
            List-Id: <talk.lists.example.org>
            From: Ada <ada@example.com>
            Date: Mon, 1 Mar 2021 12:00:00 +0000
            Message-ID: <a+b/ü%🐝'@example.com>
            Subject: Odd

            Hello
            """;

    /** A source that is followed and has something waiting, as status and the dashboards find it. */
    private static final String FOLLOWED = """
            {"@timestamp": "2021-03-01T12:00:00.000Z", "archive": {"source": "/srv/lists/talk.mbox"},
             "import": {"kind": "source", "followed": true, "lag_ms": 5000, "checked": "2021-03-01T12:00:00.000Z"}}""";

    @BeforeAll
    void indexTheSample() throws Exception {
        Path sample = temporary().resolve("sample");
        run(ExitCode.OK, "generate", "--messages", "1200", sample.toString());
        Files.writeString(sample.resolve("odd.eml"), ODD);
        Files.write(sample.resolve("damaged.bin"), new byte[] {0, 1, 2, 3, 127, 0, 5});
        run(ExitCode.REJECTED, "index", "--url", engine().url(), sample.toString());
        engine().post("/mail-imports/_doc/followed?refresh=true", FOLLOWED);
    }

    private static CommandLineRun run(int code, String... args) {
        CommandLineRun run = CommandLineRun.of(Map.of(), args);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
        return run;
    }

    /** A panel with its file, under a name for the report. */
    record Panel(SavedFile file, JsonNode object) {
        String type() {
            return object.path("type").asText().equals("search")
                    ? "search"
                    : state().path("type").asText();
        }

        JsonNode state() {
            return inner(object.at("/attributes/visState"));
        }

        @Override
        public String toString() {
            return file.name() + " " + object.at("/attributes/title").asText();
        }
    }

    private static JsonNode inner(JsonNode text) {
        try {
            return JSON.readTree(text.asText());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    private static List<Panel> panels(String types) {
        List<Panel> panels = new ArrayList<>();
        for (SavedFile file : SavedFile.all()) {
            for (JsonNode object : file.panels()) {
                Panel panel = new Panel(file, object);
                if (panel.type().matches(types)) {
                    panels.add(panel);
                }
            }
        }
        return panels;
    }

    static List<Panel> charts() {
        return panels("line|histogram|horizontal_bar|heatmap|table|metric");
    }

    static List<Panel> lists() {
        return panels("search");
    }

    static List<Panel> vega() {
        return panels("vega");
    }

    @ParameterizedTest
    @MethodSource("charts")
    void aChartShowsSomething(Panel panel) throws Exception {
        ObjectNode search = PanelQuery.ofChart(panel.file(), panel.object(), FROM, TO);
        JsonNode answer = engine().post("/" + panel.file().alias(panel.object()) + "/_search", search.toString());
        assertThat(answer.at("/_shards/failed").asInt()).isZero();
        long hits = answer.at("/hits/total/value").asLong();
        assertThat(hits).isPositive();

        JsonNode aggregations = panel.state().path("aggs");
        List<JsonNode> buckets = new ArrayList<>();
        for (JsonNode aggregation : aggregations) {
            if (!aggregation.path("schema").asText().equals("metric")) {
                buckets.add(aggregation);
            }
        }
        Map<String, Boolean> seen = new TreeMap<>();
        Map<String, Integer> labels = new TreeMap<>();
        walk(answer, buckets, 0, aggregations, seen, labels);
        for (JsonNode aggregation : aggregations) {
            if (aggregation.path("schema").asText().equals("metric")) {
                assertThat(seen)
                        .as("a number for " + aggregation)
                        .containsEntry(aggregation.path("id").asText(), true);
            }
            if (aggregation.path("type").asText().equals("filters")) {
                assertThat(labels.values().stream().filter(count -> count > 0).count())
                        .as("of " + labels)
                        .isGreaterThanOrEqualTo(2);
            }
        }
        if (!buckets.isEmpty() && buckets.getFirst().path("type").asText().equals("date_histogram")) {
            long sum = 0;
            for (JsonNode bucket :
                    answer.at("/aggregations/" + buckets.getFirst().path("id").asText() + "/buckets")) {
                sum += bucket.path("doc_count").asLong();
            }
            assertThat(sum).as("every document has its time").isEqualTo(hits);
        }
    }

    private static void walk(
            JsonNode parent,
            List<JsonNode> buckets,
            int level,
            JsonNode aggregations,
            Map<String, Boolean> seen,
            Map<String, Integer> labels) {
        JsonNode results = level == 0 ? parent.path("aggregations") : parent;
        for (JsonNode aggregation : aggregations) {
            if (aggregation.path("schema").asText().equals("metric") && level == buckets.size()) {
                String id = aggregation.path("id").asText();
                boolean number = aggregation.path("type").asText().equals("count") || number(results.path(id));
                seen.merge(id, number, Boolean::logicalOr);
            }
        }
        if (level == buckets.size()) {
            return;
        }
        JsonNode found = results.path(buckets.get(level).path("id").asText()).path("buckets");
        assertThat(found.isMissingNode()).isFalse();
        if (found.isObject()) {
            found.properties()
                    .forEach(bucket -> labels.merge(
                            bucket.getKey(), bucket.getValue().path("doc_count").asInt(), Integer::sum));
        }
        for (JsonNode bucket : found) {
            if (bucket.path("doc_count").asLong() > 0) {
                walk(bucket, buckets, level + 1, aggregations, seen, labels);
            }
        }
    }

    private static boolean number(JsonNode metric) {
        if (metric.has("values")) {
            for (JsonNode value : metric.path("values")) {
                if (value.isNumber()) {
                    return true;
                }
            }
            return false;
        }
        return metric.path("value").isNumber();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListHasDocumentsInItsOrderWithTheirLinks(Panel panel) throws Exception {
        ObjectNode search = PanelQuery.ofDocuments(panel.file(), panel.object(), FROM, TO);
        JsonNode hits = engine().post("/" + panel.file().alias(panel.object()) + "/_search", search.toString())
                .at("/hits/hits");
        assertThat(hits).isNotEmpty();
        long last = Long.MAX_VALUE;
        for (JsonNode hit : hits) {
            long value = hit.at("/sort/0").asLong();
            assertThat(value).isLessThanOrEqualTo(last);
            last = value;
        }
        for (JsonNode column : panel.object().at("/attributes/columns")) {
            String path = "/" + column.asText().replace(".keyword", "").replace('.', '/');
            if (!column.asText().equals(LinkScript.FIELD)) {
                assertThat(hits)
                        .as(column.asText())
                        .anyMatch(hit -> !hit.at("/_source" + path).isMissingNode());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("vega")
    void aSpecificationGetsItsData(Panel panel) throws Exception {
        JsonNode spec = inner(panel.state().at("/params/spec"));
        JsonNode data = spec.at("/data/0");
        ObjectNode search = PanelQuery.ofVega(data.path("url"), FROM, TO);
        JsonNode answer = engine().post("/" + data.at("/url/index").asText() + "/_search", search.toString());
        JsonNode found = answer.at("/" + data.at("/format/property").asText().replace('.', '/'));
        if (found.has("copies")) {
            assertThat(found.at("/copies/value").asLong()).isEqualTo(engine().count("mail-deliveries"));
            JsonNode hops = found.at("/slowest/buckets/0/hops/hits/hits");
            assertThat(hops).hasSizeGreaterThan(1);
            long took = 0;
            for (int i = 0; i < hops.size(); i++) {
                assertThat(hops.path(i).at("/_source/hop/position").asInt()).isEqualTo(i + 1);
                took += hops.path(i).at("/_source/hop/delay_corrected_ms").asLong();
            }
            JsonNode slowest = engine().post("/mail-deliveries/_search", """
                    {"size": 1, "sort": [{"delivery.latency_corrected_ms": "desc"}]}""").at("/hits/hits/0/_source/delivery");
            assertThat(took).isEqualTo(slowest.path("latency_corrected_ms").asLong());
        } else {
            assertThat(found).isNotEmpty();
            for (JsonNode host : found) {
                for (JsonNode day : host.at("/days/buckets")) {
                    if (day.at("/offset/value").isNumber()
                            && day.at("/least/value").isNumber()) {
                        assertThat(day.at("/least/value").asDouble())
                                .isLessThanOrEqualTo(day.at("/offset/value").asDouble());
                    }
                }
            }
        }
    }

    @Test
    void linksAreThoseThatTheTableGives() throws Exception {
        Path table = Files.writeString(temporary().resolve("links"), """
                telescope-drivers.vger.example.org https://one.example.org/{list_id}/{list}/{message_id}?it's
                *.lists.example.org https://two.example.org/{message_id}/
                dev.loom.example.net -
                * https://all.example.org/{list}/{message_id}
                """);
        Path written = temporary().resolve("written");
        CommandLineRun setup = run(
                ExitCode.OK,
                "setup",
                "--url",
                engine().url(),
                "--archive-links",
                table.toString(),
                "--dashboards-files",
                written.toString());
        assertThat(setup.out()).contains("Wrote " + written.resolve("one-mail.ndjson"));
        ArchiveLinks links = ArchiveLinks.shipped().with(Files.readString(table));
        String line = Files.readAllLines(written.resolve("one-mail.ndjson")).getFirst();
        String script = "";
        for (JsonNode field : inner(JSON.readTree(line).at("/attributes/fields"))) {
            if (field.path("name").asText().equals(LinkScript.FIELD)) {
                script = field.path("script").asText();
            }
        }
        ObjectNode search = JSON.createObjectNode().put("size", 2_000);
        search.putObject("script_fields")
                .putObject("link")
                .putObject("script")
                .put("lang", "painless")
                .put("source", script);
        search.putArray("_source").add("email.message_id").add("list.id");
        int unlinked = 0;
        int linked = 0;
        for (JsonNode hit :
                engine().post("/mail-deliveries/_search", search.toString()).at("/hits/hits")) {
            List<String> lists = new ArrayList<>();
            hit.at("/_source/list/id").forEach(list -> lists.add(list.asText()));
            JsonNode id = hit.at("/_source/email/message_id");
            String expected = id.isMissingNode()
                    ? null
                    : links.url(lists.stream().sorted().toList(), id.asText());
            String link = hit.at("/fields/link/0").isTextual()
                    ? hit.at("/fields/link/0").asText()
                    : null;
            assertThat(link).as(id.asText()).isEqualTo(expected);
            if (link == null) {
                unlinked++;
            } else {
                linked++;
            }
        }
        assertThat(linked).isGreaterThan(1_000);
        assertThat(unlinked).isPositive();
    }

    /** Something that takes dashboards as a server does, and writes down who sent what. */
    private static HttpServer server(String answer, List<String> requests) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void setupImportsThemOneByOneAndSaysWhatWasRefused() throws Exception {
        List<String> requests = new ArrayList<>();
        HttpServer server = server("{\"success\":true,\"successCount\":9}", requests);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        CommandLineRun setup = CommandLineRun.of(
                Map.of("LISTLENS_DASHBOARDS_PASSWORD", "pw"),
                "setup",
                "--url",
                engine().url(),
                "--dashboards-url",
                url + "/base/",
                "--dashboards-username",
                "jane");
        server.stop(0);
        assertThat(setup.exitCode()).as(setup.err()).isEqualTo(ExitCode.OK);
        assertThat(setup.out())
                .contains("Installed dashboard \"Mailing lists: delivery latency\" (9 objects)")
                .endsWith("They are at " + url + "/base/app/dashboards\n");
        assertThat(requests).hasSize(5).allMatch(request -> request.startsWith("Basic amFuZTpwdw== "));

        server = server("{\"success\":false,\"errors\":[{\"type\":\"search\",\"id\":\"x\"}]}", new ArrayList<>());
        url = "http://127.0.0.1:" + server.getAddress().getPort();
        CommandLineRun refused = CommandLineRun.of(Map.of(), "setup", "--url", engine().url(), "--dashboards-url", url);
        server.stop(0);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(refused.err())
                .startsWith("listlens: OpenSearch Dashboards at " + url + " refused search \"x\"")
                .hasLineCount(1);

        assertThat(run(ExitCode.OK, "setup", "--url", engine().url()).out())
                .contains("--dashboards-url URL")
                .contains("--dashboards-files DIR");
    }

    @Test
    void dashboardsBeginWithTheMailsOfTheIndex() throws Exception {
        Path written = temporary().resolve("period");
        run(ExitCode.OK, "setup", "--url", engine().url(), "--dashboards-files", written.toString());
        JsonNode oldest = engine().post("/mail-deliveries/_search", """
                {"size": 1, "sort": [{"@timestamp": "asc"}]}""").at("/hits/hits/0/_source/@timestamp");
        List<String> lines = Files.readAllLines(written.resolve("discussion.ndjson"));
        JsonNode attributes = JSON.readTree(lines.getLast()).path("attributes");
        assertThat(attributes.path("timeFrom").asText())
                .isEqualTo(oldest.asText().substring(0, 10) + "T00:00:00Z");
        assertThat(attributes.path("timeTo").asText()).startsWith("2021-0").endsWith("T00:00:00Z");
        assertThat(DashboardFiles.read(written, ArchiveLinks.shipped(), null)).hasSize(5);
    }
}
