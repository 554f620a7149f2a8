package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code alerts install} against the API of Alerting as its documentation has it. */
class AlertsInstallTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MONITORS = "/_plugins/_alerting/monitors";

    private final TreeMap<String, ObjectNode> monitors = new TreeMap<>();
    private final List<String> writes = new ArrayList<>();
    private String distribution = "opensearch";
    private boolean plugin = true;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        System.setProperty(
                "listlens.home", System.getProperty("listlens.root", System.getProperty("listlens.home", "..")));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] octets = exchange.getRequestBody().readAllBytes();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            octets = new GZIPInputStream(new java.io.ByteArrayInputStream(octets)).readAllBytes();
        }
        JsonNode body = octets.length == 0 ? JSON.missingNode() : JSON.readTree(octets);
        int status = 200;
        ObjectNode answer = JSON.createObjectNode();
        if (path.equals("/")) {
            ObjectNode version = answer.put("cluster_name", "test").putObject("version");
            version.put("number", distribution.equals("opensearch") ? "3.8.0" : "8.19.0");
            if (distribution.equals("opensearch")) {
                version.put("distribution", distribution);
            }
        } else if (!path.startsWith(MONITORS)) {
            // Two lists for the monitor that repeats for each.
            ArrayNode buckets = answer.withArray("/aggregations/lists/buckets");
            for (String list : List.of("a", "b")) {
                buckets.addObject()
                        .put("key", list + ".example.org")
                        .put("doc_count", 10)
                        .withArray("/posts/buckets")
                        .addObject()
                        .put("key", list + "@example.org")
                        .put("doc_count", 10);
            }
        } else if (!plugin) {
            status = 400;
            answer.put(
                    "error",
                    "no handler found for uri [" + path + "] and method [" + exchange.getRequestMethod() + "]");
        } else if (path.endsWith("/_search")) {
            ArrayNode hits = answer.putObject("hits").putArray("hits");
            monitors.forEach((id, monitor) -> {
                ObjectNode source = monitor.deepCopy();
                // Who is not Dashboards gets no metadata, and triggers come back in their newer form.
                source.remove("ui_metadata");
                ObjectNode trigger = JSON.createObjectNode();
                trigger.set("query_level_trigger", source.at("/triggers/0"));
                source.putArray("triggers").add(trigger);
                hits.addObject().put("_id", id).set("_source", source);
            });
        } else {
            writes.add(exchange.getRequestMethod());
            String id = path.substring(Math.min(path.length(), MONITORS.length() + 1));
            switch (exchange.getRequestMethod()) {
                case "POST" -> {
                    id = "id" + monitors.size();
                    monitors.put(id, (ObjectNode) body);
                    status = 201;
                }
                case "PUT" -> monitors.put(id, (ObjectNode) body);
                default -> monitors.remove(id);
            }
            answer.put("_id", id);
        }
        byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private CommandLineRun alerts(String... args) {
        List<String> all = new ArrayList<>(List.of("alerts"));
        all.addAll(Arrays.asList(args));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort()));
        writes.clear();
        return CommandLineRun.of(Map.of(), all.toArray(String[]::new));
    }

    @Test
    void installsOnceUpdatesWhatDiffersAndRemoves() {
        CommandLineRun first = alerts("install", "--channel", "ops");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(writes).hasSize(10).containsOnly("POST");
        assertThat(first.out().lines()).allMatch(line -> line.startsWith("Created listlens-"));
        assertThat(monitors.values())
                .allMatch(monitor -> monitor.at("/triggers/0/actions/0/destination_id")
                        .asText()
                        .equals("ops"));

        CommandLineRun again = alerts("install", "--channel", "ops");
        assertThat(writes).isEmpty();
        assertThat(again.out().lines()).hasSize(10).allMatch(line -> line.startsWith("Unchanged listlens-"));

        monitors.values().forEach(monitor -> monitor.put("enabled", false));
        CommandLineRun other = alerts("install", "--channel", "ops", "--set", "list-dwell.limit_ms=1h");
        assertThat(writes).containsExactly("PUT");
        assertThat(other.out()).contains("Updated listlens-list-dwell");
        ObjectNode dwell = monitors.values().stream()
                .filter(monitor -> monitor.path("name").asText().equals("listlens-list-dwell"))
                .findFirst()
                .orElseThrow();
        assertThat(dwell.toString()).contains("{\"gt\":3600000}");
        assertThat(dwell.path("enabled").asBoolean())
                .as("who has disabled it wants it so")
                .isFalse();

        assertThat(alerts("list", "--only", "list-dwell").out()).contains("list-dwell (critical, installed)");
        assertThat(alerts("install", "--remove", "--only", "list-dwell").out())
                .isEqualToNormalizingNewlines("Removed listlens-list-dwell\n");
        assertThat(monitors).hasSize(9);
        assertThat(alerts("install", "--remove", "--only", "list-dwell").out()).startsWith("Not there");
        assertThat(writes).isEmpty();
    }

    @Test
    void aDryRunPrintsMonitorsAndChangesNothing() throws Exception {
        CommandLineRun run = alerts("install", "--dry-run");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(writes).isEmpty();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(10);
        for (String line : lines) {
            assertThat(JSON.readTree(line).path("name").asText()).startsWith("listlens-");
        }
        assertThat(run.out()).contains("{\"term\":{\"list.id\":\"b.example.org\"}}", "[\"b@example.org\"]");
    }

    @Test
    void withoutThePluginOneSentenceSaysWhatToDo() {
        plugin = false;
        CommandLineRun run = alerts("install");
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("has no Alerting plugin", "listlens alerts check");
        distribution = "elasticsearch";
        run = alerts("install");
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(run.err()).contains("it is Elasticsearch", "listlens alerts check");
        assertThat(alerts("list", "--only", "list-dwell").exitCode()).isZero();
    }
}
