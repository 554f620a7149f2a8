package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
    private static final String LIST = """
            From - Mon Jan 01 10:00:00 2024
            X-Mozilla-Status: 0001
            List-Id: Dev <dev.lists.example.org>
            From: a@example.org
            Date: Mon, 1 Jan 2024 10:00:00 +0000

            a

            From - Mon Jan 01 10:00:00 2024
            X-Mozilla-Status: 0009
            From: a@example.org

            b

            From - Mon Jan 01 10:00:00 2024
            X-Mozilla-Status: 0001
            List-Id: Dev <dev.lists.example.org>
            From: a@example.org
            Date: Sun, 31 Dec 2023 23:00:00 -0100

            c

            From - Mon Jan 01 10:00:00 2024
            X-Mozilla-Status: 0001
            From: a@example.org

            d
            """;

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = temporary.toRealPath();
        Files.writeString(folder.resolve("list"), LIST);
        Files.createDirectories(folder.resolve("mixed"));
        Files.writeString(folder.resolve("mixed/a"), "Subject: a\n\n");
        Files.writeString(folder.resolve("mixed/b.jpg"), "\0\1\2");
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(Map.of("HOME", folder.toString()), arguments);
    }

    @Test
    void saysWhatAnArchiveIsAndHolds() {
        CommandLineRun run = run("test", "source", folder.resolve("list").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(String::strip).toList())
                .contains(
                        folder.resolve("list").toString(),
                        "recognised  mbox (mboxrd), Thunderbird",
                        "X-Mozilla-Status above all other fields",
                        "mails       3 (0.3 kB)",
                        "dates       2024-01-01T00:00:00Z … 2024-01-01T10:00:00Z, 1 mail without any",
                        "lists       1",
                        "dev.lists.example.org  2",
                        "left out    1 deleted",
                        "later runs  go on where this one ended",
                        "--follow    can follow it",
                        "rejected    nothing");
    }

    @Test
    void namesWhatCannotBeRead() {
        CommandLineRun run = run("test", "source", folder.resolve("mixed").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.out())
                .contains("recognised  folder")
                .contains("rejected    1")
                .contains("mixed/b.jpg:0");
        assertThat(run.out().replaceAll("\\s+", " ")).contains("not a mail or mbox but binary data");
    }

    @Test
    void goesOnToTheNextWhenThereIsNoMailInOne() {
        CommandLineRun run = run(
                "test",
                "source",
                folder.resolve("missing").toString(),
                folder.resolve("list").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("There is no file or folder").contains("missing");
        assertThat(run.out()).contains("recognised  mbox");
    }

    @Test
    void printsOneObject() throws IOException {
        CommandLineRun run = run(
                "test",
                "source",
                "--json",
                folder.resolve("list").toString(),
                folder.resolve("missing").toString(),
                folder.resolve("mixed").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        JsonNode sources = new ObjectMapper()
                .readTree(run.out().getBytes(StandardCharsets.UTF_8))
                .path("sources");
        assertThat(sources).hasSize(3);
        JsonNode list = sources.get(0);
        assertThat(list.path("mails").asInt()).isEqualTo(3);
        assertThat(list.path("lists").path("dev.lists.example.org").asInt()).isEqualTo(2);
        assertThat(list.path("left_out").path("deleted").asInt()).isEqualTo(1);
        assertThat(list.path("first_date").asText()).isEqualTo("2024-01-01T00:00:00Z");
        assertThat(list.path("resumable").asBoolean()).isTrue();
        assertThat(list.path("followable").asBoolean()).isTrue();
        assertThat(sources.get(1).path("error").asText()).contains("missing");
        assertThat(sources.get(1).has("mails")).isFalse();
        assertThat(sources.get(2).path("rejections").get(0).path("source").asText())
                .endsWith("b.jpg");
    }

    @Test
    void aloneItShowsItsHelp() {
        CommandLineRun run = run("test");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("listlens test").contains("source");
        assertThat(run("test", "source").exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
