package org.listlens.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.Version;

class EngineFolderTest {
    @TempDir
    Path temporary;

    @Test
    void isMadePrivateAndForgetsTheEngineBefore() throws Exception {
        Path path = temporary.resolve("a/engine");
        Files.createDirectories(path.resolve("tmp"));
        Files.writeString(path.resolve("engine.properties"), "pid=1\n");
        Files.writeString(path.resolve("tmp/jna123.so"), "left");
        EngineFolder folder = open(path);
        assertThat(path.resolve("engine.properties")).doesNotExist();
        assertThat(path.resolve("tmp")).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.logs())))
                .isEqualTo("rwx------");
        assertThat(path.resolve("engine.lock"))
                .hasContent(Long.toString(ProcessHandle.current().pid()));
        assertThat(path.resolve("format.properties")).content().contains("version=" + Version.CURRENT);
    }

    @Test
    void announcesAndWithdraws() throws Exception {
        EngineFolder folder = open(temporary);
        Properties state = new Properties();
        state.setProperty("url", "http://127.0.0.1:1");
        folder.announce(state);
        assertThat(temporary.resolve("engine.properties")).content().contains("url=http\\://127.0.0.1\\:1");
        folder.withdraw();
        assertThat(temporary.resolve("engine.properties")).doesNotExist();
    }

    @Test
    void leavesAloneWhatAnotherEngineWroteIntoAFolderThatReplacedIt() throws Exception {
        EngineFolder folder = open(temporary);
        assertThat(folder.isOurs()).isTrue();
        Files.move(temporary.resolve("engine.lock"), temporary.resolve("gone"));
        assertThat(folder.isOurs()).isFalse();
        Files.writeString(temporary.resolve("engine.lock"), "1");
        Files.writeString(temporary.resolve("engine.properties"), "pid=1\n");
        assertThat(folder.isOurs()).isFalse();
        folder.withdraw();
        assertThat(temporary.resolve("engine.properties")).exists();
    }

    @Test
    void keepsThePort() throws Exception {
        EngineFolder folder = open(temporary);
        assertThat(folder.lastPort()).isEmpty();
        folder.keepPort(41_234);
        assertThat(folder.lastPort()).isEqualTo(OptionalInt.of(41_234));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "-1", "65536", "99999999999"})
    void aDamagedPortIsNone(String text) throws Exception {
        Files.writeString(temporary.resolve("port"), text);
        assertThat(open(temporary).lastPort()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.9.0", "4.0.0", "99.1.0"})
    void refusesTheDataOfANewerEngine(String version) throws Exception {
        Files.writeString(temporary.resolve("format.properties"), "version=" + version + "\n");
        refuses(Refusal.FOLDER, "was written by engine " + version + ", newer than this engine 3.8.0");
        assertThat(temporary.resolve("format.properties")).hasContent("version=" + version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.19.4", "3.7.0", "3.8.0"})
    void takesTheDataOfAnOlderEngineAndMarksItAsItsOwn(String version) throws Exception {
        Files.writeString(temporary.resolve("format.properties"), "version=" + version + "\n");
        open(temporary);
        assertThat(temporary.resolve("format.properties")).content().contains("version=3.8.0");
    }

    @Test
    void refusesAFormatThatItCannotRead() throws Exception {
        Files.writeString(temporary.resolve("format.properties"), "version=new\n");
        refuses(Refusal.FOLDER, "names no engine version but 'new'");
    }

    @Test
    void refusesAFullDisk() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> EngineFolder.open(temporary, version(), Long.MAX_VALUE))
                .withMessageContaining("MB left and the engine needs at least")
                .satisfies(refusal -> assertThat(refusal.exitCode()).isEqualTo(Refusal.FOLDER));
    }

    @Test
    void refusesWhatIsNoFolder() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> open(file))
                .withMessageStartingWith("The engine cannot work in " + file + " (")
                .satisfies(refusal -> assertThat(refusal.exitCode()).isEqualTo(Refusal.FOLDER));
    }

    private void refuses(int exitCode, String words) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> open(temporary))
                .withMessageContaining(words)
                .satisfies(refusal -> assertThat(refusal.exitCode()).isEqualTo(exitCode));
    }

    private static EngineFolder open(Path path) throws Refusal, InterruptedException {
        return EngineFolder.open(path, version(), 1);
    }

    private static Version version() {
        return Version.fromString("3.8.0");
    }
}
