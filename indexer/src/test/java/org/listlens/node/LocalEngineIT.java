package org.listlens.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real engines: each test starts its own in a folder of its own. */
class LocalEngineIT {
    private static final Path HOME = Path.of(System.getProperty("listlens.root"));
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @TempDir
    Path temporary;

    @AfterEach
    void stop() throws Exception {
        new LocalEngine(data()).stop(PATIENCE);
    }

    /** A name with a blank, as a home folder may have. */
    private Path data() {
        return temporary.resolve("the data");
    }

    @Test
    void startsStopsAndKeepsItsData() throws Exception {
        LocalEngine engine = new LocalEngine(data());
        assertThat(engine.status()).isInstanceOf(EngineStatus.Stopped.class);

        RunningEngine first =
                LocalEngine.start(new LocalEngineSettings(data(), HOME, Duration.ofMinutes(5), PATIENCE, 512L << 20));
        assertThat(engine.status()).isEqualTo(new EngineStatus.Running(first));
        assertThat(first.version()).startsWith("3.");
        assertThat(ProcessHandle.of(first.pid())).isPresent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
                .isEqualTo("rwx------");
        assertThat(reachableFromElsewhere(first.url().getPort())).isEmpty();
        assertThat(LocalEngine.start(settings()))
                .as("a second start finds the first")
                .isEqualTo(first);
        assertThat(get(first, "/_cluster/settings?flat_settings=true").body())
                .as("and makes it stay")
                .contains("\"listlens.idle_timeout\":\"0ms\"");

        assertPagesOfOtherHostsAreRefused(first);

        put(first, "/letters/_doc/1", "{\"subject\":\"Hello\"}");
        assertThat(engine.stop(PATIENCE)).isTrue();
        assertThat(engine.status()).isInstanceOf(EngineStatus.Stopped.class);
        assertThat(ProcessHandle.of(first.pid()).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(engine.stop(PATIENCE)).isFalse();

        RunningEngine second = LocalEngine.start(settings());
        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(second.url()).as("the port is kept").isEqualTo(first.url());
        assertThat(get(second, "/letters/_count").body()).contains("\"count\":1");
        assertThat(data().resolve("engine/logs/engine.log")).isNotEmptyFile();
    }

    @Test
    void survivesAKilledEngineAndATakenPort() throws Exception {
        RunningEngine first = LocalEngine.start(settings());
        put(first, "/letters/_doc/1", "{\"subject\":\"Hello\"}");
        ProcessHandle process = ProcessHandle.of(first.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
        assertThat(new LocalEngine(data()).status()).isInstanceOf(EngineStatus.Stopped.class);
        assertThat(data().resolve("engine/engine.properties"))
                .as("what it left behind")
                .exists();

        try (ServerSocket other = new ServerSocket()) {
            other.setReuseAddress(true);
            other.bind(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), first.url().getPort()));
            RunningEngine second = LocalEngine.start(settings());
            assertThat(second.url()).isNotEqualTo(first.url());
            assertThat(get(second, "/letters/_count").body()).contains("\"count\":1");
        }
    }

    @Test
    void commandsThatStartAtOnceShareOneEngine() throws Exception {
        List<Process> commands = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            commands.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dlistlens.root=" + HOME,
                            "-cp",
                            System.getProperty("java.class.path"),
                            StartCommand.class.getName(),
                            data().toString(),
                            HOME.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        List<String> engines = new ArrayList<>();
        for (Process command : commands) {
            try (var answer = command.inputReader()) {
                answer.lines()
                        .filter(line -> line.startsWith("engine "))
                        .map(line -> line.substring("engine ".length()))
                        .forEach(engines::add);
            }
            assertThat(command.waitFor()).isZero();
        }
        assertThat(engines).hasSize(3).containsOnly(engines.getFirst());
        EngineStatus status = new LocalEngine(data()).status();
        assertThat(status).as("it outlives the commands").isInstanceOf(EngineStatus.Running.class);
        assertThat(((EngineStatus.Running) status).engine().url()).hasToString(engines.getFirst());
    }

    @Test
    void goesWithItsIdleTimeout() throws Exception {
        LocalEngineSettings brief = new LocalEngineSettings(data(), HOME, Duration.ofSeconds(3), PATIENCE, 512L << 20);
        RunningEngine first = LocalEngine.start(brief);
        ProcessHandle.of(first.pid()).orElseThrow().onExit().get(60, TimeUnit.SECONDS);
    }

    /** The engine has no passwords: a web page must not reach it through the user's browser. */
    private static void assertPagesOfOtherHostsAreRefused(RunningEngine engine) throws Exception {
        assertThat(getWith(engine, "Origin", "https://www.example.org").statusCode())
                .isEqualTo(403);
        assertThat(getWith(engine, "Origin", "http://localhost:5601").statusCode())
                .isEqualTo(200);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), engine.url().getPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: www.example.org\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void refusesTheDataOfANewerEngine() throws Exception {
        Files.createDirectories(data().resolve("engine"));
        Files.writeString(data().resolve("engine/format.properties"), "version=99.1.0\n");
        assertThatThrownBy(() -> LocalEngine.start(settings()))
                .isInstanceOf(LocalEngineException.class)
                .hasMessageContaining("written by engine 99.1.0")
                .hasMessageContaining("update Listlens");
    }

    private LocalEngineSettings settings() {
        return new LocalEngineSettings(data(), HOME, Duration.ZERO, PATIENCE, 512L << 20);
    }

    private static void put(RunningEngine engine, String path, String json) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(engine.url() + path))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static HttpResponse<String> get(RunningEngine engine, String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(engine.url() + path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> getWith(RunningEngine engine, String header, String value) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(engine.url()).header(header, value).build(), BodyHandlers.ofString());
    }

    private static List<InetAddress> reachableFromElsewhere(int port) throws SocketException {
        List<InetAddress> reached = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address :
                    network.inetAddresses().filter(a -> !a.isLoopbackAddress()).toList()) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, port), 1_000);
                    reached.add(address);
                } catch (IOException e) {
                    // As it should be.
                }
            }
        }
        return reached;
    }

    /** A command that needs an engine, for a process of its own: prints the URL. */
    static final class StartCommand {
        private StartCommand() {}

        public static void main(String[] args) throws Exception {
            RunningEngine engine = LocalEngine.start(new LocalEngineSettings(
                    Path.of(args[0]), Path.of(args[1]), Duration.ofMinutes(5), PATIENCE, 512L << 20));
            System.out.println("engine " + engine.url());
        }
    }
}
