package org.listlens.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.dashboards.DashboardFiles.DashboardFile;

@Timeout(60)
class DashboardsClientTest {
    private static final DashboardFile FILE =
            new DashboardFile("discussion.ndjson", "Discussion", "{\"type\":\"dashboard\",\"id\":\"Größe\"}\n");

    private final List<String> requests = new ArrayList<>();
    private int status = 200;
    private String answer = "{\"success\":true,\"successCount\":3}";
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod()
                    + ' '
                    + exchange.getRequestURI()
                    + '\n'
                    + exchange.getRequestHeaders().getFirst("osd-xsrf")
                    + ' '
                    + exchange.getRequestHeaders().getFirst("kbn-xsrf")
                    + ' '
                    + exchange.getRequestHeaders().getFirst("Authorization")
                    + '\n'
                    + exchange.getRequestHeaders().getFirst("Content-Type")
                    + '\n'
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (status == 302) {
                exchange.getResponseHeaders().set("Location", "/login");
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static int install(String url, @Nullable String authorization) throws Exception {
        DashboardsSettings settings = new DashboardsSettings(DashboardsSettings.parse(url), authorization, null, false);
        try (DashboardsClient client = new DashboardsClient(settings)) {
            return client.install(FILE);
        }
    }

    @Test
    void aFileIsSentAsAFormOfABrowser() throws Exception {
        assertThat(install(url() + "/base/s/lists/", "Basic dTpw")).isEqualTo(3);

        assertThat(requests)
                .containsExactly("POST /base/s/lists/api/saved_objects/_import?overwrite=true\n"
                        + "true true Basic dTpw\n"
                        + "multipart/form-data; boundary=listlens-saved-objects\n"
                        + "--listlens-saved-objects\r\n"
                        + "Content-Disposition: form-data; name=\"file\"; filename=\"discussion.ndjson\"\r\n"
                        + "Content-Type: application/ndjson\r\n\r\n" + FILE.content()
                        + "\r\n--listlens-saved-objects--\r\n");
    }

    @Test
    void anImportThatFailsInPartIsAFailureThoughTheAnswerIsOk() {
        answer = """
                {"success": false, "successCount": 1, "errors": [
                  {"type": "visualization", "id": "listlens-tls", "error": {"type": "unknown", "message": "too new"}},
                  {"type": "search", "id": "listlens-runs", "error": {"type": "unsupported_type"}}]}""";

        assertThatExceptionOfType(DashboardsException.class)
                .isThrownBy(() -> install(url(), null))
                .withMessageContaining(
                        "refused visualization \"listlens-tls\" of discussion.ndjson (too new) and 1 more");
    }

    @Test
    void anErrorWithoutAMessageIsToldByItsKind() {
        answer = """
                {"success": false, "errors": [{"type": "search", "id": "x", "error": {"type": "missing_references"}}]}""";

        assertThatThrownBy(() -> install(url(), null))
                .hasMessageContaining("search \"x\"")
                .hasMessageContaining("(missing_references)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"message\":\"Unauthorized\"}      | refuses the login (HTTP 401: Unauthorized)",
                "403 | {\"message\":\"no permissions\"}    | refuses the login (HTTP 403: no permissions)",
                "404 | {\"message\":\"Not Found\"}         | with its base path",
                "302 | ''                                  | sends to /login",
                "503 | OpenSearch Dashboards is not ready  | is not ready (HTTP 503: OpenSearch Dashboards is not ready)",
                "422 | {\"message\":\"version 9 is newer\"} | HTTP 422: version 9 is newer",
                "200 | <html>hello</html>                  | does not answer as OpenSearch Dashboards does",
            })
    void whatWasRefusedIsSaid(int code, String body, String expected) {
        status = code;
        answer = body;

        assertThatExceptionOfType(DashboardsException.class)
                .isThrownBy(() -> install(url(), null))
                .withMessageContaining(expected)
                .withMessageContaining(url());
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> install("127.0.0.1:" + port, null))
                .isInstanceOf(DashboardsException.class)
                .hasMessage("OpenSearch Dashboards at http://127.0.0.1:" + port
                        + " cannot be reached: start it, or correct --dashboards-url.");
    }

    @Test
    void aCaFileThatIsNotThereIsNamed() {
        DashboardsSettings settings = new DashboardsSettings(URI.create(url()), null, Path.of("missing.pem"), false);
        assertThatThrownBy(() -> new DashboardsClient(settings))
                .isInstanceOf(DashboardsException.class)
                .hasMessageContaining("missing.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "http://", "http://user:secret@host:5601", "http://host/?x=1", "http://a b"})
    void anAddressThatIsNoneIsRefusedWithoutItsSecret(String address) {
        assertThatThrownBy(() -> DashboardsSettings.parse(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no URL of OpenSearch Dashboards")
                .hasMessageNotContaining("secret");
    }

    @Test
    void settingsShowNoSecret() {
        assertThat(new DashboardsSettings(URI.create("http://host"), "Basic dTpw", null, false))
                .hasToString("http://host (with login)");
    }
}
