package org.listlens.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What docker-compose.yml makes of OpenSearch: its script and settings, on a node with the Security plugin. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeIT {
    @TempDir
    static Path folder;

    private final Path root = Path.of(System.getProperty("listlens.root"));
    private final Path target = Path.of(System.getProperty("listlens.security.target"));
    private final Map<String, String> passwords = Map.of(
            "OPENSEARCH_ADMIN_PASSWORD", SecuredEngine.password(),
            "DASHBOARDS_PASSWORD", SecuredEngine.password(),
            "LISTLENS_PASSWORD", SecuredEngine.password());
    private Path home;
    private SecuredEngine engine;
    private String said;

    /** As in the image: the plugin with its tools, and the configuration that it comes with. */
    @BeforeAll
    void start() throws Exception {
        home = Files.createDirectories(folder.resolve("opensearch"));
        Files.createSymbolicLink(home.resolve("lib"), target.resolve("lib"));
        copy(target.resolve("plugin"), home.resolve("plugins/opensearch-security"));
        copy(target.resolve("plugin/config"), home.resolve("config/opensearch-security"));
        Files.copy(root.resolve("docker/opensearch.yml"), home.resolve("config/opensearch.yml"));
        said = credentials();
        // The node has the plugin on its class path already.
        Path node = Files.createDirectories(folder.resolve("node"));
        Files.createSymbolicLink(node.resolve("config"), home.resolve("config"));
        engine = SecuredEngine.start(
                node,
                target,
                Map.of(
                        "KEYSTORE_PASSWORD",
                        Files.readString(home.resolve("config/certificates/keystore.password"))),
                passwords.get("OPENSEARCH_ADMIN_PASSWORD"));
        engine.users.put("dashboards", passwords.get("DASHBOARDS_PASSWORD"));
        engine.users.put("listlens", passwords.get("LISTLENS_PASSWORD"));
    }

    @AfterAll
    void stop() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    private static void copy(Path folder, Path to) throws IOException {
        Path from = folder.toRealPath();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private String credentials() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", root.resolve("docker/credentials.sh").toString())
                .redirectErrorStream(true);
        builder.environment().putAll(passwords);
        builder.environment().put("OPENSEARCH_HOME", home.toString());
        builder.environment().put("LISTLENS_ROLES", root.resolve("security").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .merge("PATH", Path.of(System.getProperty("java.home"), "bin").toString(), (path, jdk) -> jdk + ':'
                        + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void theHealthCheckNeedsNoLoginAndAllElseDoes() throws Exception {
        engine.expect(200, "-", "GET", "/_plugins/_security/health", null);
        engine.expect(401, "-", "GET", "/", null);
        engine.expect(200, "admin", "GET", "/_cat/indices", null);
    }

    @Test
    void nobodyHasAPasswordThatIsKnown() throws Exception {
        for (String user : List.of("admin", "kibanaserver", "kibanaro", "logstash", "readall", "snapshotrestore")) {
            String right = engine.users.put(user, user);
            engine.expect(401, user, "GET", "/", null);
            if (right == null) {
                engine.users.remove(user);
            } else {
                engine.users.put(user, right);
            }
        }
        assertThat(engine.admin("GET", "/_plugins/_security/api/internalusers", null)
                        .fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("admin", "dashboards", "listlens");
    }

    @Test
    void dashboardsKeepItsObjectsAndReadsNoMail() throws Exception {
        engine.expect(200, "dashboards", "GET", "/_cluster/health", null);
        engine.expect(201, "dashboards", "PUT", "/.kibana_9/_doc/1", "{}");
        engine.expect(403, "dashboards", "GET", "/mail-messages/_search", null);
    }

    @Test
    void listlensSetsUpAndIndexesAndDoesNothingElse() throws Exception {
        Launcher launcher = new Launcher(root, Files.createDirectories(folder.resolve("home")));
        Map<String, String> environment = new HashMap<>(Map.of(
                "LISTLENS_URL",
                engine.url(),
                "LISTLENS_USERNAME",
                "listlens",
                "LISTLENS_PASSWORD",
                passwords.get("LISTLENS_PASSWORD"),
                "LISTLENS_CA_FILE",
                engine.ca().toString()));
        Path archive = folder.resolve("archive");
        assertThat(launcher.run(environment, "generate", "--messages", "20", archive.toString())
                        .exitCode())
                .isZero();
        assertThat(launcher.run(environment, "setup").exitCode()).isZero();
        assertThat(launcher.run(environment, "index", archive.toString()).exitCode())
                .isZero();
        assertThat(launcher.run(environment, "verify", archive.toString()).exitCode())
                .isZero();
        engine.expect(403, "listlens", "PUT", "/payroll/_doc/1", "{}");
        engine.expect(403, "listlens", "GET", "/_plugins/_security/api/internalusers", null);
        engine.expect(200, "admin", "GET", "/mail-messages/_count", null);
    }

    @Test
    void theScriptSaysNoPasswordAndLeavesAloneWhatItHasMade() throws Exception {
        Path certificates = home.resolve("config/certificates");
        byte[] certificate = Files.readAllBytes(certificates.resolve("ca.pem"));
        String users = Files.readString(home.resolve("config/opensearch-security/internal_users.yml"));
        said += credentials();
        assertThat(Files.readAllBytes(certificates.resolve("ca.pem"))).isEqualTo(certificate);
        assertThat(Files.readString(home.resolve("config/opensearch-security/internal_users.yml")))
                .isEqualTo(users);
        for (String password : passwords.values()) {
            assertThat(said).doesNotContain(password);
            assertThat(users).doesNotContain(password);
        }
        for (String secret : List.of("node.p12", "keystore.password")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(certificates.resolve(secret))))
                    .isEqualTo("rw-------");
        }
    }
}
