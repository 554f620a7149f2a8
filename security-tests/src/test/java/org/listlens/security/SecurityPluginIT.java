package org.listlens.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The roles of the folder {@code security} on a node with the Security plugin: each does what it is for, and nothing
 * else. What the launcher prints, and what the list of processes shows of it, never has a password.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityPluginIT {
    @TempDir
    static Path folder;

    private final Path root = Path.of(System.getProperty("listlens.root"));
    private SecuredEngine engine;
    private Launcher launcher;
    private Path archive;

    @BeforeAll
    void start() throws Exception {
        Path target = Path.of(System.getProperty("listlens.security.target"));
        engine = SecuredEngine.start(Files.createDirectories(folder.resolve("node")), target);
        launcher = new Launcher(root, Files.createDirectories(folder.resolve("home")));
        archive = folder.resolve("archive");
        for (String role : List.of("read", "index", "setup")) {
            String body = Files.readString(root.resolve("security").resolve("listlens_" + role + ".json"));
            engine.admin("PUT", "/_plugins/_security/api/roles/listlens_" + role, body);
            engine.addUser(role, List.of("listlens_" + role));
        }
        engine.addUser("nobody", List.of());
        engine.admin("PUT", "/payroll/_doc/1?refresh=true", "{\"salary\":1}");
        engine.admin("PUT", "/mail-server-logs/_doc/1?refresh=true", "{\"line\":1}");
        assertThat(run("nobody", "generate", "--messages", "60", "--seed", "7", archive.toString())
                        .exitCode())
                .isZero();
    }

    @AfterAll
    void stop() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    private Launcher.Run run(String user, String... arguments) throws Exception {
        return run(user, Map.of(), arguments);
    }

    private Launcher.Run run(String user, Map<String, String> more, String... arguments) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("LISTLENS_URL", engine.url());
        environment.put("LISTLENS_USERNAME", user);
        environment.put("LISTLENS_PASSWORD", engine.users.getOrDefault(user, "wrong"));
        environment.put("LISTLENS_CA_FILE", engine.ca().toString());
        environment.putAll(more);
        environment.values().removeIf(String::isEmpty);
        return launcher.run(environment, arguments);
    }

    private JsonNode index(String... options) throws Exception {
        Path json = Files.createTempFile(folder, "summary", ".json");
        List<String> arguments = new ArrayList<>(List.of("index", "--summary-json", json.toString()));
        arguments.addAll(List.of(options));
        Launcher.Run run = run("index", arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return SecuredEngine.JSON.readTree(json.toFile());
    }

    /** Indices and templates but those of the plugin and the engine themselves. */
    private Set<String> names() throws Exception {
        Set<String> names = new TreeSet<>();
        for (String list : List.of("indices?h=index", "templates?h=name")) {
            for (JsonNode row : engine.admin("GET", "/_cat/" + list + "&format=json", null)) {
                row.forEach(name -> names.add(name.asText()));
            }
        }
        names.removeIf(name -> name.startsWith("."));
        return names;
    }

    @Test
    @Order(1)
    void beforeAnythingIsSetUp() throws Exception {
        Set<String> before = names();
        Launcher.Run indexer = run("index", "test", "connection");
        assertThat(indexer.exitCode()).isZero();
        assertThat(indexer.out())
                .contains("OpenSearch 3.4.0 (cluster secured)", "index by password, roles listlens_index")
                .contains("verified by " + engine.ca(), "CN=localhost, issued by CN=Own CA", "SHA-256 ")
                .contains("indices      none yet")
                .contains("setup            no: cluster:admin/component_template/put");
        Launcher.Run installer = run("setup", "test", "connection", "--for", "upgrade");
        assertThat(installer.exitCode()).isZero();
        assertThat(installer.out()).contains("mappings     the engine takes them as they are");
        assertThat(names()).isEqualTo(before).contains("payroll");

        Launcher.Run early = run("index", "index", archive.toString());
        assertThat(early.exitCode()).isEqualTo(4);
        assertThat(early.err()).contains("HTTP 403", "cluster:admin/component_template/put");
        assertThat(names()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void theInstallerSetsUpAndTheIndexerIndexes() throws Exception {
        assertThat(run("setup", "setup").exitCode()).isZero();
        JsonNode first = index(archive.toString());
        assertThat(first.path("read").asInt()).isEqualTo(60);
        assertThat(first.path("indexed").asInt() + first.path("duplicate").asInt())
                .isEqualTo(60);
        JsonNode again = index("--restart", archive.toString());
        assertThat(again.path("unchanged").asInt() + again.path("duplicate").asInt())
                .isEqualTo(60);
        assertThat(again.path("indexed").asInt()).isZero();
        assertThat(run("index", "verify", archive.toString()).exitCode()).isZero();
        Set<String> before = names();
        assertThat(run("index", "test", "connection", "--for", "index").exitCode())
                .isZero();
        assertThat(names()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void theIndexerPrunes() throws Exception {
        Path mbox = Files.writeString(folder.resolve("small.mbox"), mail("one", 2021) + mail("two", 2021));
        index(mbox.toString());
        Files.writeString(mbox, mail("one", 2021));
        assertThat(run("index", "index", "--prune", "--prune-most", mbox.toString())
                        .out())
                .contains("Pruned     1 copy, 1 message");
    }

    @Test
    @Order(4)
    void theReaderReadsAndWritesNothing() throws Exception {
        assertThat(run("read", "status").out()).contains("mail-messages");
        assertThat(run("read", "inspect", "<one@example.org>").exitCode()).isZero();
        assertThat(run("read", "thread", "<one@example.org>").exitCode()).isZero();
        assertThat(run("read", "alerts", "check", "--at", "2021-01-01T00:00:00Z")
                        .exitCode())
                .isZero();
        assertThat(run(
                                "read",
                                "report",
                                "--output",
                                folder.resolve("report.html").toString())
                        .exitCode())
                .isZero();
        Launcher.Run refused = run("read", "index", archive.toString());
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err()).contains("HTTP 403").hasLineCount(1);
        assertThat(run("read", "test", "connection", "--for", "read").exitCode())
                .isZero();
        Launcher.Run wanting = run("read", "test", "connection", "--for", "index");
        assertThat(wanting.exitCode()).isEqualTo(4);
        assertThat(wanting.err()).contains("indices:data/write/bulk");
    }

    @Test
    @Order(5)
    void theInstallerRebuildsAndTheIndexerMakesIndicesOfYears() throws Exception {
        assertThat(run("setup", "setup", "--upgrade", "--all", "--delete-old").exitCode())
                .isZero();
        assertThat(run("setup", "setup", "--upgrade", "--reread", "--partition", "year", "--delete-old")
                        .exitCode())
                .isZero();
        Path mbox = Files.writeString(folder.resolve("old.mbox"), mail("old", 2009));
        assertThat(index(mbox.toString()).path("indexed").asInt()).isEqualTo(1);
        assertThat(names()).contains("mail-deliveries-v1-2009", "mail-hops-v1-2009", "payroll", "mail-server-logs");
        JsonNode again = index("--restart", archive.toString());
        assertThat(again.path("indexed").asInt()).isZero();
    }

    private static String mail(String id, int year) {
        return "From a@example.org Mon Mar  1 12:00:00 " + year + "\n"
                + "Received: from mail.example.org (mail.example.org [192.0.2.1]) by lists.example.org with ESMTP id 4"
                + id + "; Sun, 1 Mar " + year + " 12:00:01 +0000\nFrom: A <a@example.org>\nDate: Sun, 1 Mar " + year
                + " 12:00:00 +0000\nMessage-ID: <" + id + "@example.org>\nSubject: " + id + "\n\nText of " + id
                + ".\n\n";
    }

    /** The status that each user gets for what is, and for what is not, its own. */
    @ParameterizedTest
    @Order(6)
    @CsvSource(
            delimiter = '|',
            value = {
                "- | GET | / | | 401",
                "stranger | GET | / | | 401",
                "nobody | GET | / | | 403",
                "nobody | GET | /mail-messages/_search | | 403",
                "read | GET | / | | 200",
                "read | GET | /mail-messages/_search | | 200",
                "read | GET | /mail-deliveries/_count | | 200",
                "read | GET | /payroll/_search | | 403",
                "read | GET | /mail-server-logs/_search | | 403",
                "read | POST | /mail-messages/_doc | {} | 403",
                "read | DELETE | /mail-messages | | 403",
                "index | GET | / | | 200",
                "index | GET | /mail-messages/_search | | 200",
                "index | GET | /payroll/_search | | 403",
                "index | PUT | /payroll/_doc/2 | {} | 403",
                "index | DELETE | /payroll | | 403",
                "index | GET | /mail-server-logs/_search | | 403",
                "index | DELETE | /mail-server-logs | | 403",
                "index | PUT | /other | | 403",
                "index | PUT | /mail-other | | 403",
                "index | DELETE | /mail-imports | | 403",
                "index | POST | /mail-messages/_close | | 403",
                "index | POST | /mail-messages/_delete_by_query | {\"query\":{\"match_all\":{}}} | 403",
                "index | PUT | /mail-messages/_mapping | {\"properties\":{\"x\":{\"type\":\"keyword\"}}} | 403",
                "index | POST | /_aliases | {\"actions\":[{\"add\":{\"index\":\"payroll\",\"alias\":\"mail-messages-x\"}}]} | 403",
                "index | POST | /_reindex | {\"source\":{\"index\":\"payroll\"},\"dest\":{\"index\":\"mail-messages-x\"}} | 403",
                "index | PUT | /_index_template/mail-messages | {\"index_patterns\":[\"mail-messages-*\"]} | 403",
                "index | DELETE | /_index_template/mail-messages | | 403",
                "index | PUT | /_cluster/settings | {\"transient\":{\"cluster.max_shards_per_node\":99}} | 403",
                "index | GET | /_cluster/settings | | 403",
                "index | GET | /_nodes | | 403",
                "index | GET | /_cat/indices | | 403",
                "index | GET | /_snapshot | | 403",
                "index | PUT | /_scripts/x | {\"script\":{\"lang\":\"painless\",\"source\":\"1\"}} | 403",
                "index | GET | /_plugins/_security/api/roles | | 403",
                "index | PUT | /_plugins/_security/api/internalusers/x | {\"password\":\"Aa1-aaaaaaaaaaaaaaaaa\"} | 403",
                "index | GET | /.opendistro_security/_search | | 403",
                "setup | GET | /_index_template/mail-* | | 200",
                "setup | GET | /payroll/_search | | 403",
                "setup | DELETE | /payroll | | 403",
                "setup | DELETE | /mail-server-logs | | 403",
                "setup | PUT | /other | | 403",
                "setup | PUT | /_cluster/settings | {\"transient\":{\"cluster.max_shards_per_node\":99}} | 403",
                "setup | GET | /_plugins/_security/api/roles | | 403",
                "setup | POST | /_reindex | {\"source\":{\"index\":\"payroll\"},\"dest\":{\"index\":\"mail-messages-x\"}} | 403",
            })
    void statuses(String user, String method, String path, String body, int status) throws Exception {
        engine.expect(status, user, method, path, body);
    }

    @Test
    @Order(7)
    void aBulkRequestWritesToNothingElse() throws Exception {
        String body =
                "{\"index\":{\"_index\":\"payroll\",\"_id\":\"1\"}}\n{}\n{\"delete\":{\"_index\":\"payroll\",\"_id\":\"1\"}}\n";
        JsonNode answer = SecuredEngine.JSON.readTree(
                engine.send("index", "POST", "/_bulk", body).body());
        assertThat(answer.path("items"))
                .hasSize(2)
                .allSatisfy(
                        item -> assertThat(item.elements().next().path("status").asInt())
                                .isEqualTo(403));
        assertThat(engine.admin("GET", "/payroll/_doc/1", null)
                        .at("/_source/salary")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @Order(8)
    void whoeverCannotLogInIsToldWhy() throws Exception {
        Launcher.Run wrong = run("index", Map.of("LISTLENS_PASSWORD", "wrong"), "test", "connection");
        assertThat(wrong.exitCode()).isEqualTo(4);
        assertThat(wrong.err())
                .contains("does not accept the login given (HTTP 401)")
                .hasLineCount(1);
        assertThat(wrong.out()).contains("verified by " + engine.ca());

        Launcher.Run nobody = run("nobody", "test", "connection");
        assertThat(nobody.exitCode()).isEqualTo(4);
        assertThat(nobody.err())
                .contains("forbids GET / (HTTP 403", "cluster:monitor/main")
                .hasLineCount(1);

        Launcher.Run stranger = run("index", Map.of("LISTLENS_CA_FILE", ""), "test", "connection");
        assertThat(stranger.exitCode()).isEqualTo(4);
        assertThat(stranger.err()).contains("is not trusted").hasLineCount(1);
        String sha256 = stranger.out()
                .lines()
                .filter(line -> line.contains("SHA-256 "))
                .map(line -> line.substring(line.indexOf("SHA-256 ") + 8))
                .findFirst()
                .orElseThrow();

        Launcher.Run pinned = run(
                "index",
                Map.of("LISTLENS_CA_FILE", ""),
                "test",
                "connection",
                "--fingerprint",
                sha256,
                "--for",
                "index");
        assertThat(pinned.exitCode()).isZero();
        assertThat(pinned.out()).contains("verified by its fingerprint");

        Launcher.Run insecure = run("index", Map.of("LISTLENS_CA_FILE", ""), "test", "connection", "--insecure");
        assertThat(insecure.exitCode()).isZero();
        assertThat(insecure.err()).contains("Warning: --insecure trusts any certificate");
        assertThat(insecure.out()).contains("not verified, because of --insecure");

        Launcher.Run plain = run(
                "index",
                Map.of("LISTLENS_CA_FILE", "", "LISTLENS_URL", engine.url().replace("https:", "http:")),
                "test",
                "connection");
        assertThat(plain.exitCode()).isEqualTo(4);
        assertThat(plain.err()).contains("use https://").hasLineCount(1);
    }

    @Test
    @Order(9)
    void noPasswordIsSeenAnywhere() throws Exception {
        run("index", "index", "--debug", "--restart", archive.toString());
        run("index", Map.of("LISTLENS_PASSWORD", "Aa1-not-the-password"), "status", "--debug");
        assertThat(run("index", "index", "--print-config").out()).contains("password: \"********\"");
        List<String> secrets = new ArrayList<>(engine.users.values());
        secrets.add("Aa1-not-the-password");
        List<String> seen = new ArrayList<>(launcher.seen());
        assertThat(seen.stream().filter(text -> text.contains("org.listlens.cli.Main")))
                .as("processes seen")
                .isNotEmpty();
        seen.add(engine.admin("GET", "/mail-*/_search?size=10000", null).toString());
        try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".jsa"))
                    .toList()) {
                seen.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        for (String secret : secrets) {
            assertThat(seen).noneMatch(text -> text.contains(secret));
        }
    }
}
