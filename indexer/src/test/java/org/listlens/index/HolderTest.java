package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.index.Holder.Life;

class HolderTest {
    @Test
    void noTwoAreTheSame() {
        assertThat(Holder.create()).isNotEqualTo(Holder.create());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void knowsProcessesOfTheSameSystem() throws Exception {
        assertThat(Holder.create().life()).isEqualTo(Life.ALIVE);
        Process process = new ProcessBuilder("sleep", "60").start();
        String own = Holder.create().name();
        String system =
                own.substring(0, own.lastIndexOf("/" + ProcessHandle.current().pid() + "/") + 1);
        String name = system + process.pid() + "/" + start(process.pid());
        Holder other = new Holder(name);
        assertThat(other.life()).isEqualTo(Life.ALIVE);
        assertThat(new Holder(name + "1").life())
                .as("another with the same number")
                .isEqualTo(Life.GONE);
        process.destroyForcibly().waitFor();
        assertThat(other.life()).isEqualTo(Life.GONE);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endsBeforeItsProcess() {
        Holder holder = Holder.create();
        holder.end();
        assertThat(new Holder(holder.name()).life()).isEqualTo(Life.GONE);
    }

    private static String start(long pid) throws Exception {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.split(" ", -1)[21];
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gone", "a@b", "a@other/pid:[1]/1/1", "@", "a@//"})
    void knowsNothingOfOthers(String name) {
        assertThat(new Holder(name).life()).isEqualTo(Life.UNKNOWN);
    }
}
