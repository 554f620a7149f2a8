package org.listlens.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineCommandTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({"512, 256", "1024, 512", "1500, 512", "4096, 1024", "8192, 2048", "16384, 4096", "262144, 4096"})
    void theHeapFollowsTheMemory(long memoryMegabytes, long heapMegabytes) {
        assertThat(LocalEngineSettings.automaticHeap(memoryMegabytes << 20)).isEqualTo(heapMegabytes << 20);
    }

    @Test
    void takesTheLibrariesOfADistribution() throws Exception {
        Files.createDirectories(home.resolve("lib/engine"));
        assertThat(EngineCommand.classPath(home)).isEqualTo(home + "/lib/engine/*");
    }

    @Test
    void takesTheNewestBuildOfACheckout() throws Exception {
        Files.createDirectories(home.resolve("embedded/target/lib"));
        jar("listlens-embedded-0.1.0.jar", 2_000);
        jar("listlens-embedded-0.2.0.jar", 3_000);
        jar("listlens-embedded-tests.jar", 4_000);
        assertThat(EngineCommand.classPath(home))
                .isEqualTo(home + "/embedded/target/lib/*:" + home + "/embedded/target/listlens-embedded-0.2.0.jar");
    }

    @Test
    void refusesAFolderWhoseNameTheClassPathCannotHold() throws Exception {
        Path odd = home.resolve("a:b");
        Files.createDirectories(odd.resolve("lib/engine"));
        assertThatThrownBy(() -> EngineCommand.classPath(odd))
                .isInstanceOf(LocalEngineException.class)
                .hasMessageContaining("because of the ':' in its name");
    }

    @Test
    void tellsTheEngineItsFolderStartAndTimeout() throws Exception {
        Files.createDirectories(home.resolve("lib/engine"));
        LocalEngineSettings settings = new LocalEngineSettings(
                home.resolve("data"), home, Duration.ofMinutes(30), Duration.ofSeconds(1), 700L << 20);
        List<String> command =
                EngineCommand.commandLine(settings, new EngineFiles(settings.data()), "abc", " -Xmx2g  -XX:+UseZGC");
        assertThat(command)
                .startsWith(System.getProperty("java.home") + "/bin/java", EngineCommand.MARK, "-Xmx700m")
                .containsSubsequence("-Xmx700m", "-Xmx2g", "-XX:+UseZGC", "-cp")
                .contains("-XX:SharedArchiveFile=" + home.resolve("data/engine/classes.jsa"))
                .endsWith(
                        "org.listlens.embedded.EmbeddedEngine",
                        home.resolve("data/engine").toString(),
                        "abc",
                        "1800000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # console                                                            | exit | message
            listlens-engine: The disk is full.                                   | 73   | The disk is full.
            WARNING: x~listlens-engine: The engine cannot start: bad             | 70   | The engine cannot start: bad. Its log is LOG.
            Error occurred during initialization~Could not reserve~              | 1    | The engine ended while it was starting, with exit code 1 (Error occurred during initialization): its output is in CONSOLE, its log is LOG.
            Killed~                                                              | 137  | The engine ended while it was starting, with exit code 137 (Killed): its output is in CONSOLE, its log is LOG.
            ~                                                                    | 73   | The engine ended while it was starting, with exit code 73: its output is in CONSOLE, its log is LOG.
            """)
    void repeatsTheEnginesLastWords(String console, int exitCode, String message) throws Exception {
        EngineFiles files = new EngineFiles(home.resolve("data"));
        files.create();
        Files.writeString(files.console(), console.replace('~', '\n'));
        assertThat(EngineCommand.failure(exitCode, files))
                .hasMessage(message.replace("CONSOLE", files.console().toString())
                        .replace("LOG", files.log().toString()));
    }

    @Test
    void theDataFolderIsThatOfTheUser() throws Exception {
        assertThat(DataFolder.standard(Map.of(), "/home/ann")).hasToString("/home/ann/.local/share/listlens");
        assertThat(DataFolder.standard(Map.of("HOME", "/tmp/bob"), "/home/ann"))
                .hasToString("/tmp/bob/.local/share/listlens");
        assertThat(DataFolder.standard(Map.of("XDG_DATA_HOME", "/srv/ann"), "/home/ann"))
                .hasToString("/srv/ann/listlens");
        assertThat(DataFolder.standard(Map.of("XDG_DATA_HOME", "ann"), "/home/ann"))
                .as("a relative one is ignored")
                .hasToString("/home/ann/.local/share/listlens");
        assertThatThrownBy(() -> DataFolder.standard(Map.of(), "?"))
                .isInstanceOf(LocalEngineException.class)
                .hasMessageContaining("--data");
    }

    private void jar(String name, long time) throws IOException {
        Path jar = Files.writeString(home.resolve("embedded/target").resolve(name), "");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(time));
    }
}
