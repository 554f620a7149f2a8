package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords come from where nobody else looks, and come out nowhere. */
class SecretsTest {
    private static final String SECRET = "hunter2-and-more";

    @TempDir
    Path folder;

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("listlens.home", System.getProperty("listlens.root"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private CommandLineRun run(Map<String, String> environment, List<String> arguments) {
        Map<String, String> whole = new HashMap<>(environment);
        whole.put("XDG_CONFIG_HOME", folder.toString());
        CommandLineRun run = CommandLineRun.of(whole, arguments.toArray(String[]::new));
        assertThat(run.out() + run.err()).doesNotContain(SECRET).doesNotContain("hunter2");
        return run;
    }

    @Test
    void aFileHasThePasswordAndIsOnesOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), SECRET + "\n");
        List<String> command =
                List.of("setup", "--url", "http://" + host(), "--username", "ali", "--password-file", file.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(run(Map.of(), command).err()).contains("HTTP 401").doesNotContain("Warning");
        // base64("ali:hunter2-and-more")
        assertThat(authorizations)
                .containsOnly("Basic YWxpOmh1bnRlcjItYW5kLW1vcmU=")
                .isNotEmpty();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(run(Map.of(), command).err())
                .contains("Warning: the password file " + file + " can be read by others");

        List<String> endless =
                List.of("setup", "--url", "http://" + host(), "--username", "ali", "--password-file", "/dev/zero");
        CommandLineRun tooLong = run(Map.of(), endless);
        assertThat(tooLong.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(tooLong.err()).contains("/dev/zero is too long");
    }

    @Test
    void withoutAPasswordAndWithoutATerminalItIsAskedFor() {
        CommandLineRun run = run(Map.of(), List.of("setup", "--url", "http://" + host(), "--username", "ali"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("no password for the user ali", "LISTLENS_PASSWORD", "--password-file");
        assertThat(authorizations).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "setup --url https://ali:hunter2-and-more@HOST",
                "setup --url ali:hunter2-and-more@HOST",
                "setup --url http://HOST,https://ali:hunter2-and-more@HOST --debug",
                "setup --url https://ali:hunter2@and@HOST",
                "index --dry-run imap://ali:hunter2-and-more@HOST/list",
                "index --dry-run imaps://ali;AUTH=PLAIN:hunter2-and-more@HOST/list",
                "test source https://ali:hunter2-and-more@HOST/list.mbox",
                "verify --url http://HOST nntp://ali:hunter2-and-more@HOST/group",
            })
    void aUrlOfTheCommandLineHasNone(String command) {
        List<String> arguments = List.of(command.replace("HOST", host()).split(" "));
        CommandLineRun run = run(Map.of(), arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("has a password, which the list of processes shows");
        assertThat(authorizations).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "setup --password=hunter2-and-more, LISTLENS_PASSWORD",
        "setup --password hunter2-and-more, LISTLENS_PASSWORD",
        "index --archive-password=hunter2-and-more x.mbox, LISTLENS_ARCHIVE_PASSWORD",
        "setup --api-key hunter2-and-more, LISTLENS_API_KEY",
        "alerts check --smtp-password hunter2-and-more, LISTLENS_SMTP_PASSWORD",
    })
    void noOptionTakesOne(String command, String instead) {
        CommandLineRun run = run(Map.of(), List.of(command.split(" ")));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("the list of processes shows options: give it in " + instead);
    }

    @Test
    void whateverGoesWrongItIsNotPrinted() throws IOException {
        Path gone = folder.resolve("gone");
        Path plain = Files.writeString(folder.resolve("plain.pem"), "none");
        String nowhere = "127.0.0.1:1";
        Map<String, String> login = Map.of("LISTLENS_USERNAME", "ali", "LISTLENS_PASSWORD", SECRET);
        record Try(Map<String, String> environment, List<String> arguments) {}
        List<Try> tries = new ArrayList<>();
        for (String url : List.of("http://" + host(), "http://" + nowhere, "https://" + host(), "http://no.invalid")) {
            tries.add(new Try(login, List.of("setup", "--debug", "--url", url)));
            tries.add(new Try(login, List.of("test", "connection", "--debug", "--url", url)));
            tries.add(new Try(Map.of("LISTLENS_BEARER_TOKEN", SECRET), List.of("status", "--debug", "--url", url)));
            tries.add(new Try(
                    Map.of("LISTLENS_URL", url.replace("://", "://ali:" + SECRET + '@')),
                    List.of("status", "--debug")));
        }
        for (String broken :
                List.of("https://ali:hunter2 and@HOST", "https://ali:hunter2%zz@HOST", "ftp://ali:hunter2@HOST")) {
            tries.add(new Try(Map.of("LISTLENS_URL", broken), List.of("status", "--debug")));
            tries.add(new Try(login, List.of("setup", "--debug", "--url", broken)));
            tries.add(new Try(
                    login, List.of("setup", "--debug", "--url", "http://" + host(), "--dashboards-url", broken)));
            tries.add(new Try(
                    Map.of(),
                    List.of(
                            "alerts",
                            "check",
                            "--debug",
                            "--url",
                            "http://" + host(),
                            "--smtp",
                            broken,
                            "--mail-to",
                            "a@example.org")));
            tries.add(new Try(Map.of(), List.of("index", "--dry-run", "--debug", broken)));
        }
        tries.add(new Try(
                login, List.of("setup", "--debug", "--url", "https://" + host(), "--ca-file", plain.toString())));
        tries.add(new Try(
                login, List.of("setup", "--debug", "--url", "https://" + host(), "--ca-file", gone.toString())));
        Map<String, String> archive = Map.of(
                "LISTLENS_ARCHIVE_USER", "ali", "LISTLENS_ARCHIVE_PASSWORD", SECRET, "LISTLENS_ARCHIVE_TIMEOUT", "2");
        for (String url : List.of("imap://" + nowhere + "/x", "nntp://" + nowhere + "/x", "http://" + host() + "/x")) {
            tries.add(new Try(archive, List.of("index", "--dry-run", "--debug", url)));
        }
        Map<String, String> all = new HashMap<>(login);
        all.put("LISTLENS_ARCHIVE_PASSWORD", SECRET);
        all.put("LISTLENS_ARCHIVE_TOKEN", SECRET);
        all.put("LISTLENS_SMTP_PASSWORD", SECRET);
        all.put("LISTLENS_DASHBOARDS_PASSWORD", SECRET);
        all.put("LISTLENS_API_KEY", SECRET);
        all.put("LISTLENS_PSEUDONYMIZE", SECRET);
        all.put("LISTLENS_WEBHOOK", "https://chat.example.org/" + SECRET);
        for (String command : List.of("index", "setup", "verify", "alerts check")) {
            List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
            arguments.add("--print-config");
            tries.add(new Try(all, arguments));
        }
        for (Try one : tries) {
            CommandLineRun run = run(one.environment(), one.arguments());
            assertThat(run.exitCode() == 0)
                    .as(one + run.err())
                    .isEqualTo(one.arguments().contains("--print-config"));
        }
        // It has reached the server all the same.
        assertThat(authorizations).contains("Basic YWxpOmh1bnRlcjItYW5kLW1vcmU=", "Bearer " + SECRET);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain(SECRET);
            }
        }
    }
}
