package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTestCommandTest {
    private static final Answer NOT_FOUND = new Answer(404, "{\"error\":{\"type\":\"index_not_found_exception\"}}");

    @TempDir
    Path folder;

    /** Answers by method and path, such as {@code GET /}. */
    private final Map<String, Answer> answers = new HashMap<>();

    private Function<String, Answer> otherwise = request -> NOT_FOUND;
    private HttpServer server;

    private record Answer(int status, String body, Map<String, String> headers) {
        Answer(int status, String body) {
            this(status, body, Map.of("Content-Type", "application/json"));
        }
    }

    @BeforeEach
    void start() throws IOException {
        System.setProperty("listlens.home", System.getProperty("listlens.root"));
        answers.put("GET /", new Answer(200, root("opensearch", "3.8.0")));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String request =
                    exchange.getRequestMethod() + ' ' + exchange.getRequestURI().getPath();
            Answer answer = answers.containsKey(request) ? answers.get(request) : otherwise.apply(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static String root(String distribution, String version) {
        return "{\"cluster_name\":\"lists\",\"version\":{\"distribution\":\"" + distribution + "\",\"number\":\""
                + version + "\"}}";
    }

    private static Answer forbidden(String action) {
        return new Answer(
                403,
                "{\"error\":{\"type\":\"security_exception\",\"reason\":\"no permissions for [" + action
                        + "] and User [name=x]\"},\"status\":403}");
    }

    private String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private CommandLineRun run(String url, String... options) {
        String[] args = new String[options.length + 4];
        args[0] = "test";
        args[1] = "connection";
        args[2] = "--url";
        args[3] = url;
        System.arraycopy(options, 0, args, 4, options.length);
        return CommandLineRun.of(
                Map.of("XDG_CONFIG_HOME", folder.toString(), "LISTLENS_PASSWORD", "open sesame", "COLUMNS", "160"),
                args);
    }

    @Test
    void anEngineWithoutGuard() {
        answers.put("GET /_cluster/health", new Answer(200, "{\"status\":\"yellow\",\"number_of_nodes\":3}"));
        answers.put("POST /_index_template/_simulate", new Answer(200, "{}"));
        otherwise = request -> request.contains("/_plugins/")
                ? new Answer(400, "{\"error\":\"no handler found for uri [/_plugins]\",\"status\":400}")
                : NOT_FOUND;
        CommandLineRun run = run(url());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "engine       OpenSearch 3.8.0 (cluster lists)",
                        "TLS          none",
                        "health       yellow, 3 nodes",
                        "login        nobody is asked for",
                        "mappings     the engine takes them as they are",
                        "indices      none yet",
                        "read             yes",
                        "index            yes",
                        "setup            yes",
                        "setup --upgrade  yes",
                        "alerts install   the engine has no Alerting plugin");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void whatIsForbiddenIsNamed() throws Exception {
        answers.put(
                "GET /_plugins/_security/authinfo",
                new Answer(200, "{\"user_name\":\"joe\\u202e\",\"roles\":[\"writer\",\"own_index\"]}"));
        answers.put(
                "PUT /_component_template/listlens-connection-test", forbidden("cluster:admin/component_template/put"));
        answers.put(
                "POST /_bulk",
                new Answer(
                        200,
                        "{\"errors\":true,\"items\":[{\"index\":{\"status\":409}},{\"delete\":{\"status\":403,\"error\":{"
                                + "\"type\":\"security_exception\",\"reason\":\"no permissions for"
                                + " [indices:data/write/delete]\"}}}]}"));
        answers.put("POST /_plugins/_alerting/monitors/_search", new Answer(200, "{\"hits\":{\"hits\":[]}}"));
        CommandLineRun run = run(url(), "--username", "joe");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "health       not shown to this user",
                        "login        joe by password, roles own_index, writer",
                        "index            no: indices:data/write/delete\n",
                        "setup            no: cluster:admin/component_template/put\n",
                        "alerts install   yes")
                .doesNotContain("open sesame");

        assertThat(run(url(), "--for", "read").exitCode()).isZero();
        CommandLineRun wanting = run(url(), "--for", "index", "--json");
        assertThat(wanting.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(wanting.err())
                .contains("The user may not do all that index needs (indices:data/write/delete): give the user a role");
        JsonNode json = new ObjectMapper().readTree(wanting.out());
        assertThat(json.at("/permissions/index/granted").asBoolean()).isFalse();
        assertThat(json.at("/permissions/index/missing/0").asText()).isEqualTo("indices:data/write/delete");
        assertThat(json.at("/permissions/read/granted").asBoolean()).isTrue();
        assertThat(json.at("/nodes/0/version").asText()).isEqualTo("3.8.0");
        assertThat(json.has("health")).isFalse();
    }

    @Test
    void whatTheEngineMakesOfTheMappings() {
        answers.put(
                "POST /_index_template/_simulate",
                new Answer(
                        400, "{\"error\":{\"type\":\"illegal_argument_exception\",\"reason\":\"unknown setting\"}}"));
        assertThat(run(url()).out())
                .contains("mappings     the engine does not take them: illegal_argument_exception: unknown setting");
    }

    @Test
    void elasticsearchKnowsItsUser() {
        answers.put("GET /", new Answer(200, root("", "8.19.0")));
        answers.put("GET /_security/_authenticate", new Answer(200, "{\"username\":\"joe\",\"roles\":[\"writer\"]}"));
        otherwise = request -> request.equals("POST /mail-x/_search")
                ? NOT_FOUND
                : request.endsWith("/_search")
                        ? new Answer(
                                403,
                                "{\"error\":{\"type\":\"security_exception\",\"reason\":\"action"
                                        + " [indices:data/read/search] is unauthorized for user [joe]\"}}")
                        : NOT_FOUND;
        assertThat(run(url()).out())
                .contains(
                        "engine       Elasticsearch 8.19.0",
                        "login        joe, roles writer",
                        "read             no: indices:data/read/search",
                        "alerts install   Elasticsearch has no OpenSearch Alerting");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {}                     | -         | wants a login (HTTP 401): give user name and password",
                "403 | {}                     | -         | forbids GET / (HTTP 403",
                "200 | <!DOCTYPE html><p>Hi   | -         | it sends a web page): check host, port and path",
                "302 | <!DOCTYPE html><p>Hi   | /app/home | is OpenSearch Dashboards or Kibana (HTTP 302): give the address",
                "302 | <!DOCTYPE html><p>Hi   | /login?x  | is OpenSearch Dashboards or Kibana",
                "302 | <!DOCTYPE html><p>Hi   | https://kibana.example.org/spaces/enter | is OpenSearch Dashboards or Kibana",
                "302 | <!DOCTYPE html><p>Hi   | /other    | redirects to another address (HTTP 302)",
                "503 | OpenSearch Security not initialized. | - | is not ready (HTTP 503",
            })
    void eachFailureIsOneSentence(int status, String body, String location, String sentence) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", body.startsWith("<") ? "text/html" : "application/json");
        if (!location.equals("-")) {
            headers.put("Location", location);
        }
        answers.put("GET /", new Answer(status, body, headers));
        CommandLineRun run = run(url());
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(run.err()).startsWith("listlens: ").contains(sentence).hasLineCount(1);
        assertThat(run.out()).isEqualTo(url() + "\n  TLS          none\n");
    }

    @Test
    void oneOfSeveralAddressesIsWrong() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        CommandLineRun run = run(url() + ",https://localhost:" + free);
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(run.err())
                .contains("Nothing listens at https://localhost:" + free)
                .hasLineCount(1);
        assertThat(run.out()).contains("read             yes", "TLS          none came about");
    }
}
