package org.listlens.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsServerTest {
    private final MetricsServer server;

    MetricsServerTest() throws IOException {
        server = new MetricsServer(
                0,
                text -> text.metric("tests_total", MetricType.COUNTER, "Tests.").sample(3));
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** The answer as it comes: by plain sockets, as HTTP clients do not let one choose the Host header. */
    private String ask(String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void servesTheTextAsPrometheusAsksForIt() throws Exception {
        String answer = ask("GET /metrics HTTP/1.1\r\nHost: localhost:9464\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("content-type: text/plain; version=0.0.4; charset=utf-8\r\n")
                .endsWith("\r\n\r\n# HELP tests_total Tests.\n# TYPE tests_total counter\ntests_total 3\n");
        assertThat(ask("HEAD /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .doesNotContain("tests_total");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /metrics, 127.0.0.1:1, 200",
        "GET, /metrics, [::1]:1, 200",
        "GET, /metrics, host.docker.internal, 200",
        "GET, /metrics, mail.example.org, 403",
        "GET, /metrics, 127.0.0.1.example.org, 403",
        "GET, /metrics, 192.0.2.1, 403",
        "GET, /, localhost, 404",
        "GET, /metricsx, localhost, 404",
        "POST, /metrics, localhost, 405",
        "DELETE, /metrics, localhost, 405",
    })
    void answersItsOwnNamesAndNothingElse(String method, String path, String host, int status) throws Exception {
        String head = method + ' ' + path + " HTTP/1.1\r\nHost: " + host + "\r\n";
        assertThat(ask(head + "Connection: close\r\nContent-Length: 0\r\n\r\n")).startsWith("HTTP/1.1 " + status + ' ');
        assertThat(ask(head + "Origin: http://mail.example.org\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void listensOnLoopbackAndNowhereElse() {
        assertThat(URI.create(server.url()).getHost()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> new MetricsServer(URI.create(server.url()).getPort(), text -> {}))
                .isInstanceOf(BindException.class);
    }
}
