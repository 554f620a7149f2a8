package org.listlens.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An engine with the Security plugin as a user of its HTTP interface sees it; knows nothing of Listlens. */
final class SecuredEngine implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADMIN = "admin";
    private static final String SETTINGS = """
            cluster.name: secured
            discovery.type: single-node
            plugins.security.allow_default_init_securityindex: true
            plugins.security.restapi.roles_enabled: [all_access]
            plugins.security.nodes_dn: [CN=localhost]
            plugins.security.ssl.http.enabled: true
            plugins.security.ssl.http.pemcert_filepath: certificates/node.pem
            plugins.security.ssl.http.pemkey_filepath: certificates/node.key
            plugins.security.ssl.http.pemtrustedcas_filepath: certificates/ca.pem
            plugins.security.ssl.transport.pemcert_filepath: certificates/node.pem
            plugins.security.ssl.transport.pemkey_filepath: certificates/node.key
            plugins.security.ssl.transport.pemtrustedcas_filepath: certificates/ca.pem
            plugins.security.ssl.transport.enforce_hostname_verification: false
            """;

    /** The users with their passwords. */
    final Map<String, String> users = new ConcurrentHashMap<>();

    private final Path folder;
    private final int port;
    private final Process process;
    private final HttpClient http;

    private SecuredEngine(Path folder, Path target, Map<String, String> environment, String password) throws Exception {
        this.folder = folder;
        users.put(ADMIN, password);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx700m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                target.resolve("test-classes").toString(),
                                target.resolve("lib").resolve("*").toString(),
                                target.resolve("plugin").resolve("*").toString()),
                        SecuredNode.class.getName(),
                        folder.toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        http = HttpClient.newBuilder().sslContext(trust(ca())).build();
        await();
    }

    /** Starts one with an authority of its own, and the user {@code admin}. */
    static SecuredEngine start(Path folder, Path target) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Certificates.make(Files.createDirectories(config.resolve("certificates")));
        configure(Files.createDirectories(config.resolve("opensearch-security")), target.resolve("plugin"));
        Files.writeString(config.resolve("opensearch.yml"), SETTINGS);
        String password = password();
        return new SecuredEngine(folder, target, Map.of("ADMIN_PASSWORD", password), password);
    }

    /**
     * Starts one with the settings, certificate and users that a folder {@code config} has.
     *
     * @param password of the user {@code admin}
     */
    static SecuredEngine start(Path folder, Path target, Map<String, String> environment, String password)
            throws Exception {
        return new SecuredEngine(folder, target, environment, password);
    }

    /** What the plugin comes with, but users and mappings of users to roles. */
    private static void configure(Path config, Path plugin) throws IOException {
        for (String name : List.of(
                "action_groups.yml",
                "allowlist.yml",
                "audit.yml",
                "config.yml",
                "nodes_dn.yml",
                "roles.yml",
                "tenants.yml")) {
            Files.copy(
                    plugin.resolve("config").resolve(name), config.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(config.resolve("internal_users.yml"), """
                        _meta: {type: internalusers, config_version: 2}
                        admin: {hash: "HASH", reserved: true, backend_roles: [admin]}
                        """);
        Files.writeString(config.resolve("roles_mapping.yml"), """
                        _meta: {type: rolesmapping, config_version: 2}
                        all_access: {reserved: true, backend_roles: [admin]}
                        """);
    }

    private static SSLContext trust(Path ca) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(ca)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return context;
    }

    private void await() throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (true) {
            try {
                if (send(ADMIN, "GET", "/", null).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                assertThat(process.isAlive())
                        .as(Files.readString(folder.resolve("console.log")))
                        .isTrue();
            }
            assertThat(System.nanoTime()).as("engine in time").isLessThan(end);
            Thread.sleep(500);
        }
    }

    /** 24 letters, digits and more, as the plugin wants them. */
    static String password() {
        byte[] octets = new byte[15];
        new SecureRandom().nextBytes(octets);
        return "Aa1-" + Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    String url() {
        return "https://localhost:" + port;
    }

    Path ca() {
        return folder.resolve("config").resolve("certificates").resolve("ca.pem");
    }

    /** Makes a user with these roles, and a password of its own. */
    void addUser(String name, List<String> roles) throws Exception {
        users.put(name, password());
        String body = JSON.createObjectNode()
                .put("password", users.get(name))
                .set("opendistro_security_roles", JSON.valueToTree(roles))
                .toString();
        expect(201, ADMIN, "PUT", "/_plugins/_security/api/internalusers/" + name, body);
    }

    JsonNode admin(String method, String path, @Nullable String body) throws Exception {
        HttpResponse<String> response = send(ADMIN, method, path, body);
        assertThat(response.statusCode())
                .as(method + ' ' + path + ": " + response.body())
                .isLessThan(300);
        return JSON.readTree(response.body());
    }

    void expect(int status, String user, String method, String path, @Nullable String body) throws Exception {
        HttpResponse<String> response = send(user, method, path, body);
        assertThat(response.statusCode())
                .as(user + ' ' + method + ' ' + path + ": " + response.body())
                .isEqualTo(status);
    }

    /** @param user of those that there are; another is sent with a wrong password, and {@code -} without any */
    HttpResponse<String> send(String user, String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!user.equals("-")) {
            String login = user + ':' + users.getOrDefault(user, "wrong");
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() throws InterruptedException {
        http.close();
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }
}
