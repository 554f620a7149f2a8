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

/** {@code alerts install} against the API of Alerting as version 3.8.0 has it. */
class AlertsInstallTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MONITORS = "/_plugins/_alerting/monitors";

    private final TreeMap<String, ObjectNode> monitors = new TreeMap<>();
    private final List<String> writes = new ArrayList<>();
    private String distribution = "opensearch";
    private boolean plugin = true;
    private boolean indices = true;
    private boolean notifications = true;
    private List<String> lists = List.of("a", "b");
    private int ids;
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
        } else if (path.startsWith("/_plugins/_notifications/")) {
            if (!notifications) {
                status = 400;
                answer.put("error", "no handler found for uri [" + path + "] and method [GET]");
            } else if (path.endsWith("/configs/ops")) {
                answer.putArray("config_list").addObject().put("config_id", "ops");
            } else {
                status = 404;
                answer.put("status", status)
                        .putObject("error")
                        .put("type", "status_exception")
                        .put("reason", "NotificationConfig not found");
            }
        } else if (!path.startsWith(MONITORS)) {
            // Lists for the monitor that repeats for each.
            answer.putObject("_shards").put("failed", 0);
            ArrayNode buckets = answer.withArray("/aggregations/lists/buckets");
            for (String list : lists) {
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
            monitors.forEach((id, monitor) -> hits.addObject().put("_id", id).set("_source", monitor));
        } else if (!indices) {
            status = 404;
            String reason = "Configured indices are not found: ["
                    + body.at("/inputs/0/search/indices/0").asText() + "]";
            answer.put("status", status)
                    .putObject("error")
                    .put("type", "alerting_exception")
                    .put("reason", reason)
                    .putArray("root_cause")
                    .addObject()
                    .put("type", "alerting_exception")
                    .put("reason", reason);
        } else {
            writes.add(exchange.getRequestMethod());
            String id = path.substring(Math.min(path.length(), MONITORS.length() + 1));
            switch (exchange.getRequestMethod()) {
                case "POST" -> {
                    id = "id" + ids++;
                    monitors.put(id, kept(body));
                    status = 201;
                }
                case "PUT" -> monitors.put(id, kept(body));
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

    /**
     * A monitor as the plugin keeps it: the search written anew, with what it left to defaults and without what is one; the
     * trigger in its newer form; and triggers and actions named, unless they bring a name.
     */
    private ObjectNode kept(JsonNode sent) {
        ObjectNode monitor = sent.deepCopy();
        monitor.put("schema_version", 8).put("last_update_time", 1_600_000_000_000L + ids);
        ObjectNode query = (ObjectNode) monitor.at("/inputs/0/search/query");
        query.put("track_total_hits", -1);
        query.set("aggregations", query.remove("aggs"));
        ObjectNode trigger = (ObjectNode) monitor.at("/triggers/0");
        named(trigger);
        trigger.path("actions").forEach(action -> named((ObjectNode) action));
        monitor.putArray("triggers").addObject().set("query_level_trigger", trigger);
        return monitor;
    }

    private void named(ObjectNode part) {
        if (!part.has("id")) {
            part.put("id", "made" + ids++);
        }
    }

    private ObjectNode monitor(String name) {
        return monitors.values().stream()
                .filter(monitor -> monitor.path("name").asText().equals("listlens-" + name))
                .findFirst()
                .orElseThrow();
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
                .allMatch(monitor -> monitor.at("/triggers/0/query_level_trigger/actions/0/destination_id")
                        .asText()
                        .equals("ops"));

        CommandLineRun again = alerts("install", "--channel", "ops");
        assertThat(writes).isEmpty();
        assertThat(again.out().lines()).hasSize(10).allMatch(line -> line.startsWith("Unchanged listlens-"));

        monitors.values().forEach(monitor -> monitor.put("enabled", false));
        CommandLineRun other = alerts("install", "--channel", "ops", "--set", "list-dwell.limit_ms=1h");
        assertThat(writes).containsExactly("PUT");
        assertThat(other.out()).contains("Updated listlens-list-dwell");
        ObjectNode dwell = monitor("list-dwell");
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
    void anUpdateKeepsTheNamesByWhichThePluginKnowsOpenAlertsAndThrottles() {
        alerts("install", "--only", "list-dwell", "--channel", "ops");
        JsonNode before = monitor("list-dwell").at("/triggers/0/query_level_trigger");
        assertThat(before.at("/actions/0/id").asText()).startsWith("made");
        alerts("install", "--only", "list-dwell", "--channel", "ops", "--set", "list-dwell.limit_ms=1h");
        assertThat(writes).containsExactly("PUT");
        JsonNode after = monitor("list-dwell").at("/triggers/0/query_level_trigger");
        assertThat(after).isNotEqualTo(before);
        assertThat(after.path("id")).isEqualTo(before.path("id"));
        assertThat(after.at("/actions/0/id")).isEqualTo(before.at("/actions/0/id"));
        alerts("install", "--only", "list-dwell", "--channel", "ops", "--set", "list-dwell.limit_ms=1h");
        assertThat(writes).isEmpty();

        // Without a channel there is no action to name, and with one again it is a new one.
        alerts("install", "--only", "list-dwell");
        assertThat(monitor("list-dwell").at("/triggers/0/query_level_trigger/actions"))
                .isEmpty();
        alerts("install", "--only", "list-dwell", "--channel", "ops");
        JsonNode again = monitor("list-dwell").at("/triggers/0/query_level_trigger");
        assertThat(again.path("id")).isEqualTo(before.path("id"));
        assertThat(again.at("/actions/0/id").asText()).startsWith("made");
    }

    @Test
    void theOrderOfListsByTheirMailChangesNoMonitor() {
        alerts("install", "--only", "crossposts-missing");
        assertThat(writes).containsExactly("POST");
        lists = List.of("b", "a");
        assertThat(alerts("install", "--only", "crossposts-missing").out()).startsWith("Unchanged");
        lists = List.of("b", "{{#a}}", "c", "a");
        assertThat(alerts("install", "--only", "crossposts-missing").out()).startsWith("Updated");
        assertThat(monitor("crossposts-missing").toString())
                .contains("c.example.org")
                .as("Alerting would take the braces of a list's name for its own")
                .doesNotContain("{{#a}}");
    }

    @Test
    void aChannelThatIsNotThereIsNamedBeforeAnythingIsMade() {
        CommandLineRun run = alerts("install", "--only", "list-dwell", "--channel", "a b/../ops");
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("no notification channel \"a b/../ops\"");
        assertThat(writes).isEmpty();
        notifications = false;
        run = alerts("install", "--only", "list-dwell", "--channel", "destination");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(writes).containsExactly("POST");
    }

    @Test
    void withoutIndicesOneSentenceSaysWhatToDo() {
        indices = false;
        CommandLineRun run = alerts("install", "--only", "list-dwell");
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("mail-deliveries is not there", "listlens setup");
        assertThat(monitors).isEmpty();
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
