package org.listlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.engine.EngineException.Kind;
import org.listlens.tls.Handshake;

@Timeout(60)
class EngineClientTest {
    @TempDir
    static Path folder;

    private static SSLContext tls;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void makeCertificate() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "e",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                "e.p12",
                "-storepass",
                "changeit");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "e",
                "-keystore",
                "e.p12",
                "-storepass",
                "changeit",
                "-file",
                "ca.pem");
        KeyStore store = KeyStore.getInstance(folder.resolve("e.p12").toFile(), "changeit".toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    /** A server on loopback; returns its URL. */
    private String serve(boolean secure, Handler handler) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = secure ? HttpsServer.create(any, 0) : HttpServer.create(any, 0);
        if (server instanceof HttpsServer https) {
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
        }
        server.createContext("/", exchange -> {
            handler.handle(exchange);
            exchange.close();
        });
        server.start();
        open.add(() -> server.stop(0));
        return (secure ? "https" : "http") + "://localhost:"
                + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
        exchange.getResponseBody().write(octets);
    }

    private static Handler json(int status, String body) {
        return exchange -> answer(exchange, status, "application/json", body);
    }

    /** Something that is no HTTP server; returns its port. */
    private int listen(byte[] greeting, boolean close) throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        open.add(server);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    open.add(socket);
                    socket.getOutputStream().write(greeting);
                    socket.getOutputStream().flush();
                    if (close) {
                        // Read before closing, or the greeting is lost in a reset.
                        InputStream in = socket.getInputStream();
                        assertThat(in.read(new byte[1_000])).isPositive();
                        socket.close();
                    }
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
        return server.getLocalPort();
    }

    private EngineClient client(EngineSettings settings) throws EngineException {
        EngineClient client = new EngineClient(settings);
        open.add(client);
        return client;
    }

    private EngineClient client(String url) throws EngineException {
        return client(settings(url, null, null, false, false));
    }

    private static EngineSettings settings(
            String url, @Nullable String apiKey, @Nullable Path ca, boolean insecure, boolean gzip) {
        EngineSettings parsed = EngineSettings.of(url);
        return new EngineSettings(
                parsed.urls(),
                parsed.username(),
                parsed.password(),
                apiKey,
                null,
                ca,
                null,
                insecure,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                gzip);
    }

    private void assertFails(EngineClient client, Kind kind, String... parts) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(client::detect)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains(parts)
                        .contains(client.where())
                        .endsWith("."))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("Exception"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "opensearch | 3.8.0          | OPENSEARCH    | 3 | 8",
                "opensearch | 2.19.0         | OPENSEARCH    | 2 | 19",
                "opensearch | 3.0.0-SNAPSHOT | OPENSEARCH    | 3 | 0",
                "-          | 7.17.29        | ELASTICSEARCH | 7 | 17",
                "-          | 9.1.0          | ELASTICSEARCH | 9 | 1",
            })
    void tellsWhatTheEngineIs(
            String distribution, String version, EngineInfo.Distribution expected, int major, int minor)
            throws Exception {
        String url = serve(false, json(200, root(distribution, version)));
        assertThat(client(url).detect()).isEqualTo(new EngineInfo(expected, version, major, minor, "c"));
    }

    private static String root(@Nullable String distribution, String version) {
        return "{\"cluster_name\":\"c\",\"version\":{"
                + (distribution == null ? "" : "\"distribution\":\"" + distribution + "\",")
                + "\"number\":\"" + version + "\"}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "opensearch | 2.18.0 | OpenSearch 2.18.0",
                "opensearch | 1.3.20 | OpenSearch 1.3.20",
                "-          | 7.16.9 | Elasticsearch 7.16.9",
                "-          | 6.8.0  | Elasticsearch 6.8.0",
                "opensearch | 7.10.2 | compatibility.override_main_response_version",
            })
    void refusesEnginesThatAreTooOld(String distribution, String version, String named) throws Exception {
        String url = serve(false, json(200, root(distribution, version)));
        assertFails(client(url), Kind.REFUSED, named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "",
                "{\"version\":\"1.2\"}",
                "{\"version\":{\"number\":\"x.y\"}}",
                "{\"version\":{\"number\":\"99999999999.1\"}}",
                "{\"version\":"
            })
    void refusesWhatIsNoEngine(String body) throws Exception {
        assertFails(client(serve(false, json(200, body))), Kind.REFUSED, "neither OpenSearch nor Elasticsearch");
    }

    @Test
    void refusesWebPages() throws Exception {
        Handler page = exchange -> answer(exchange, 200, "text/html; charset=utf-8", "<!DOCTYPE html><p>Welcome");
        assertFails(client(serve(false, page)), Kind.REFUSED, "a web page");
        assertFails(client(serve(false, json(404, "Not Found"))), Kind.REFUSED, "HTTP 404");
        Handler proxy = exchange -> answer(exchange, 400, "text/html", "The plain HTTP request was sent to HTTPS port");
        assertFails(client(serve(false, proxy)), Kind.REFUSED, "a web page", "https://");
    }

    @Test
    void tellsLoginsAndRightsApart() throws Exception {
        String wants = serve(false, json(401, ""));
        assertFails(client(wants), Kind.REFUSED, "wants a login");
        assertFails(client(wants.replace("//", "//joe:secret@")), Kind.REFUSED, "does not accept the login");
        String forbids =
                serve(false, json(403, "{\"error\":{\"type\":\"security_exception\",\"reason\":\"no permissions\"}}"));
        assertFails(client(forbids), Kind.REFUSED, "forbids GET /", "no permissions");
        Handler redirects = exchange -> {
            exchange.getResponseHeaders().set("Location", "http://elsewhere.example.org/");
            exchange.sendResponseHeaders(302, -1);
        };
        assertFails(client(serve(false, redirects)), Kind.REFUSED, "redirects");
    }

    @Test
    void saysThatAnEngineIsNotReady() throws Exception {
        String url = serve(false, json(503, "OpenSearch Security not initialized"));
        assertFails(client(url), Kind.UNANSWERED, "not ready", "Security not initialized");
    }

    @Test
    void saysWhereNothingListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertFails(client("http://localhost:" + port), Kind.UNREACHABLE, "connection refused");
        assertFails(client("http://no-such-host.invalid:9200"), Kind.UNREACHABLE, "unknown");
    }

    @Test
    void recognisesOtherProtocols() throws Exception {
        byte[] ssh = "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII);
        assertFails(client("http://localhost:" + listen(ssh, true)), Kind.UNANSWERED, "check the port");
        assertFails(client("http://localhost:" + listen(ssh, false)), Kind.UNANSWERED, "port");
        assertFails(client("http://localhost:" + listen(new byte[0], true)), Kind.UNANSWERED, "closed", "https://");
        assertFails(client("http://localhost:" + listen(new byte[0], false)), Kind.UNANSWERED, "in time (2 SECONDS)");
    }

    @Test
    void tellsHttpAndHttpsApart() throws Exception {
        byte[] plain = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertFails(client("https://localhost:" + listen(plain, false)), Kind.REFUSED, "use http://");
        String secure = serve(true, json(200, root("opensearch", "3.8.0")));
        assertFails(client(secure.replace("https:", "http:")), Kind.UNANSWERED, "https://");
    }

    @Test
    void trustsWhatItIsToldToTrust() throws Exception {
        String url = serve(true, json(200, root("opensearch", "3.8.0")));
        assertFails(client(url), Kind.REFUSED, "certificate", "not trusted");
        Path ca = folder.resolve("ca.pem");
        assertThat(client(settings(url, null, ca, false, false)).detect().major())
                .isEqualTo(3);
        assertThat(client(settings(url, null, null, true, false)).detect().major())
                .isEqualTo(3);
        String byAddress = url.replace("localhost", "127.0.0.1");
        assertFails(client(settings(byAddress, null, ca, false, false)), Kind.REFUSED, "certificate", "host name");
        assertThat(client(settings(byAddress, null, null, true, false)).detect().major())
                .isEqualTo(3);
    }

    @Test
    void theOneCertificateOfTheFingerprintIsTrustedWhateverItsHost() throws Exception {
        String url = serve(true, json(200, root("opensearch", "3.8.0"))).replace("localhost", "127.0.0.1");
        byte[] certificate;
        try (InputStream pem = Files.newInputStream(folder.resolve("ca.pem"))) {
            certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getEncoded();
        }
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);

        String printed = "sha256 Fingerprint="
                + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        assertThat(client(pinned(url, printed)).detect()).isNotNull();

        digest[31] ^= 1;
        assertFails(client(pinned(url, HexFormat.of().formatHex(digest))), Kind.REFUSED, "certificate", "fingerprint");
    }

    @Test
    void aHandshakeShowsTheCertificateWhetherItIsTrustedOrNot() throws Exception {
        String url = serve(true, json(200, "{}"));
        Handshake shown = Handshake.with("localhost", URI.create(url).getPort(), Duration.ofSeconds(5));
        assertThat(shown.protocol()).isEqualTo("TLSv1.3");
        assertThat(shown.subject()).isEqualTo("CN=localhost").isEqualTo(shown.issuer());
        assertThat(Duration.between(shown.validFrom(), shown.validUntil())).isEqualTo(Duration.ofDays(3_650));
        assertThat(client(pinned(url, shown.sha256())).request("GET", "/").status())
                .isEqualTo(200);

        int silent = listen(new byte[0], false);
        assertThatThrownBy(() -> Handshake.with("localhost", silent, Duration.ofMillis(300)))
                .isInstanceOf(IOException.class);
        int other = listen("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII), false);
        assertThatThrownBy(() -> Handshake.with("127.0.0.1", other, Duration.ofSeconds(5)))
                .isInstanceOf(IOException.class);
    }

    private static EngineSettings pinned(String url, String fingerprint) {
        return new EngineSettings(
                EngineSettings.parse(url),
                null,
                null,
                null,
                null,
                null,
                fingerprint,
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                false);
    }

    @Test
    void saysWhatIsWrongWithACaFile() throws Exception {
        Path text = Files.writeString(folder.resolve("text.pem"), "hello");
        for (Path file : List.of(text, folder.resolve("missing.pem"), folder)) {
            assertThatThrownBy(() -> client(settings("https://localhost:1", null, file, false, false)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContainingAll("CA file", file.toString(), "give a PEM file");
        }
    }

    @Test
    void sendsLoginPathQueryAndBody() throws Exception {
        List<String> seen = new ArrayList<>();
        String url = serve(false, exchange -> {
            seen.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI());
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            seen.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            byte[] body = exchange.getRequestBody().readAllBytes();
            if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
                seen.add("gzip");
            }
            seen.add(new String(body, StandardCharsets.UTF_8));
            answer(exchange, 409, "application/json", "{\"grüße\":1}");
        });
        byte[] lines = "xx{\"ä\":1}\n{}\nyy".getBytes(StandardCharsets.UTF_8);
        RequestBody body = RequestBody.ndjson(List.of(
                ByteBuffer.wrap(lines, 2, 9), ByteBuffer.wrap(lines, 0, 15).slice(11, 3)));
        assertThat(body.length()).isEqualTo(12);
        EngineResponse response = client(url.replace("//", "//joe:p%C3%A4ss@") + "/prefix/")
                .request("POST", "/_bulk", Map.of("filter_path", "items.*.a,b"), body);
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.ok()).isFalse();
        assertThat(response.json().toString()).isEqualTo("{\"grüße\":1}");
        assertThat(URI.create(seen.getFirst().substring(5)).getQuery()).isEqualTo("filter_path=items.*.a,b");
        assertThat(seen.getFirst()).startsWith("POST /prefix/_bulk?");
        // base64("joe:päss") in UTF-8
        assertThat(seen.subList(1, 4)).containsExactly("Basic am9lOnDDpHNz", "application/x-ndjson", "{\"ä\":1}\n{}\n");

        seen.clear();
        client(settings(url, "a2V5", null, false, true)).request("PUT", "/x", Map.of(), RequestBody.json("{}"));
        assertThat(seen).containsExactly("PUT /x", "ApiKey a2V5", "application/json", "gzip", "{}");
    }

    @Test
    void anInterruptionEndsTheWait() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        String url = serve(false, exchange -> {
            asked.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        EngineClient client = client(url);
        Thread test = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            try {
                asked.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            test.interrupt();
        });
        assertThatThrownBy(client::detect).isInstanceOf(InterruptedException.class);
        end.countDown();
    }
}
