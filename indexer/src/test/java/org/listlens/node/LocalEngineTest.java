package org.listlens.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of the files in the engine folder, with processes and servers that only pretend to be engines. */
class LocalEngineTest {
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

    private final List<Process> processes = new ArrayList<>();
    private final HttpServer server;

    @TempDir
    Path temporary;

    private Path folder;

    LocalEngineTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        folder = Path.of("");
    }

    @BeforeEach
    void makeFolder() throws IOException {
        folder = temporary.resolve("data/engine");
        Files.createDirectories(folder);
    }

    @AfterEach
    void end() throws InterruptedException {
        server.stop(0);
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFolderThatIsNotThereHasNoEngineAndStaysAway() throws Exception {
        LocalEngine engine = new LocalEngine(temporary.resolve("nowhere"));
        assertThat(engine.status()).isInstanceOf(EngineStatus.Stopped.class);
        assertThat(engine.stop(Duration.ofSeconds(1))).isFalse();
        assertThat(engine.hasData()).isFalse();
        assertThat(temporary.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aFolderWithTheEnginesDataHasSomethingToAsk() throws Exception {
        LocalEngine engine = new LocalEngine(temporary.resolve("used"));
        Files.createDirectories(temporary.resolve("used/engine/logs"));
        assertThat(engine.hasData()).isFalse();
        Files.createDirectories(temporary.resolve("used/engine/data"));
        assertThat(engine.hasData()).isTrue();
        assertThat(engine.status()).isInstanceOf(EngineStatus.Stopped.class);
    }

    @Test
    void aStateFileOfAKilledEngineIsNotBelievedThoughItsPortAnswers() throws Exception {
        serve("{\"nodes\":{\"n\":{\"attributes\":{\"start\":\"abc\"}}}}");
        announce("abc", ProcessHandle.current().pid());
        Files.writeString(
                folder.resolve("engine.lock"),
                Long.toString(ProcessHandle.current().pid()));
        assertThat(engine().status()).isInstanceOf(EngineStatus.Stopped.class);
        assertThat(engine().stop(Duration.ofSeconds(1)))
                .as("and this process is not taken for it")
                .isFalse();
    }

    @Test
    void anEngineIsBelievedWhenItHoldsTheFolderAndKnowsItsStart() throws Exception {
        Process holder = holdFolder(EngineCommand.MARK);
        assertThat(engine().status()).isEqualTo(new EngineStatus.Silent(OptionalLong.of(holder.pid())));
        serve("{\"nodes\":{\"n\":{\"attributes\":{\"start\":\"abc\"}}}}");
        announce("abc", holder.pid());
        assertThat(engine().status())
                .isEqualTo(new EngineStatus.Running(
                        new RunningEngine(url(), holder.pid(), STARTED, "3.8.0", folder.resolve("logs/engine.log"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"nodes\":{\"n\":{\"attributes\":{\"start\":\"abcd\"}}}}", "{}", "", "<html>Hello</html>"})
    void anotherProgramOnThePortIsNotTheEngine(String answer) throws Exception {
        holdFolder(EngineCommand.MARK);
        serve(answer);
        announce("abc", 1);
        assertThat(engine().status()).isInstanceOf(EngineStatus.Silent.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "url=http://127.0.0.1:9\n",
                "url=http://192.0.2.1:9200\nid=abc\npid=1\nstarted=2026-01-02T03:04:05Z\n",
                "url=http://127.0.0.1:9200\nid=abc\npid=x\nstarted=2026-01-02T03:04:05Z\n",
                "url=http://127.0.0.1:9200\nid=abc\npid=1\nstarted=yesterday\n",
                "url=http://127.0.0.1: 9\nid=abc\npid=1\nstarted=2026-01-02T03:04:05Z\n",
                "url=\\u12\n"
            })
    void aDamagedStateFileSaysNothing(String text) throws Exception {
        holdFolder(EngineCommand.MARK);
        Files.writeString(folder.resolve("engine.properties"), text);
        assertThat(engine().status()).isInstanceOf(EngineStatus.Silent.class);
    }

    @Test
    void waitsForASilentEngineAndThenSaysWhatToDo() throws Exception {
        Process holder = holdFolder(EngineCommand.MARK);
        assertThatThrownBy(() -> LocalEngine.start(settings(Duration.ofSeconds(1))))
                .isInstanceOf(LocalEngineException.class)
                .hasMessageContaining("process " + holder.pid())
                .hasMessageContaining("has not answered for 1 s")
                .hasMessageContaining("listlens engine stop");
    }

    @Test
    void stopsTheProcessThatHoldsTheFolder() throws Exception {
        Process holder = holdFolder(EngineCommand.MARK);
        assertThat(engine().stop(Duration.ofSeconds(20))).isTrue();
        assertThat(holder.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(engine().status()).isInstanceOf(EngineStatus.Stopped.class);
    }

    @Test
    void killsTheProcessThatDoesNotStop() throws Exception {
        Process holder = holdFolder(EngineCommand.MARK, "stubborn");
        assertThat(engine().stop(Duration.ofSeconds(1))).isTrue();
        assertThat(holder.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(holder.exitValue()).as("SIGKILL").isEqualTo(137);
    }

    @Test
    void neverEndsAProcessThatIsNoEngine() throws Exception {
        Process holder = holdFolder("-Dsomething.else");
        assertThatThrownBy(() -> engine().stop(Duration.ofSeconds(1)))
                .isInstanceOf(LocalEngineException.class)
                .hasMessageContaining("is held by a process that is not an engine of this machine");
        assertThat(holder.isAlive()).isTrue();
    }

    @Test
    void saysWhyNothingCanBeKeptInAFolder() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        for (Path data : List.of(file, file.resolve("below"), temporary.resolve("x".repeat(300)))) {
            assertThatThrownBy(() -> LocalEngine.start(
                            new LocalEngineSettings(data, temporary, Duration.ZERO, Duration.ofSeconds(1), 0)))
                    .isInstanceOf(LocalEngineException.class)
                    .hasMessageStartingWith("Cannot keep the engine's data in " + data + " (")
                    .hasMessageNotContaining("null")
                    .hasMessageEndingWith("with --data or LISTLENS_DATA.");
        }
    }

    @Test
    void saysWhenItsLibrariesAreMissing() {
        assertThatThrownBy(() -> LocalEngine.start(settings(Duration.ofSeconds(1))))
                .isInstanceOf(LocalEngineException.class)
                .hasMessageStartingWith("The engine's libraries are not in " + temporary);
    }

    private LocalEngine engine() {
        return new LocalEngine(temporary.resolve("data"));
    }

    private LocalEngineSettings settings(Duration patience) {
        return new LocalEngineSettings(temporary.resolve("data"), temporary, Duration.ZERO, patience, 0);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(String answer) {
        server.createContext("/", exchange -> {
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private void announce(String id, long pid) throws IOException {
        Files.writeString(
                folder.resolve("engine.properties"),
                "url=" + url() + "\nid=" + id + "\npid=" + pid + "\nstarted=" + STARTED + "\nversion=3.8.0\n");
    }

    private Process holdFolder(String mark, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                mark,
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.resolve("engine.lock").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("held");
        return process;
    }

    /** A process that holds the lock of an engine and nothing else. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            FileChannel channel =
                    FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            channel.write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())));
            if (args.length > 1) {
                Runtime.getRuntime().addShutdownHook(new Thread(Holder::sleep));
            }
            System.out.println("held");
            sleep();
        }

        private static void sleep() {
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
