package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleOptionsTest {
    @TempDir
    Path folder = Path.of("");

    private String mail = "";

    @BeforeEach
    void write() throws Exception {
        mail = Files.writeString(
                        folder.resolve("mail.eml"),
                        "Message-ID: <1@example.com>\nFrom: jd <jd@old.example.net>\n\nText\n")
                .toString();
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static JsonNode author(CommandLineRun run) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out()).at("/message/author");
    }

    @Test
    void anAuthorIsWhomTheFilesSay() throws Exception {
        String mailmap = file("mailmap", "Jane Doe <jane.doe@example.com> <jd@old.example.net>\n");
        String organizations = file("organizations", "example.com Example Company\n");
        JsonNode author = author(CommandLineRun.of(
                Map.of("LISTLENS_ORGANIZATIONS", organizations),
                "inspect",
                "--clocks=never",
                "--json",
                "--mailmap",
                mailmap,
                mail));
        assertThat(author)
                .hasToString("{\"name\":\"Jane Doe\",\"address\":\"jane.doe@example.com\","
                        + "\"organization\":\"Example Company\",\"robot\":false,\"key\":\"doe jane|name\"}");
    }

    @Test
    void linesOfAMailmapWithoutAnAddressAreNamedAndIgnored() throws Exception {
        String mailmap = file("mailmap", "Jane Doe\n<jd@example.com> <jd@old.example.net>\nx\n");
        CommandLineRun run =
                CommandLineRun.of(Map.of(), "inspect", "--clocks=never", "--json", "--mailmap", mailmap, mail);
        assertThat(author(run).path("address").asText()).isEqualTo("jd@example.com");
        assertThat(run.err()).contains(mailmap, "lines 1, 3");
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        CommandLineRun run = CommandLineRun.of(Map.of(), "index", "--dry-run", "--mailmap", "nowhere", mail);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("nowhere", "--mailmap");
    }

    @Test
    void aLineThatMakesNoSenseIsNamedWithWhereItsFileComesFrom() throws Exception {
        String organizations = file("organizations", "# ours\nexample.com\n");
        CommandLineRun flag = CommandLineRun.of(Map.of(), "index", "--dry-run", "--organizations", organizations, mail);
        assertThat(flag.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(flag.err()).contains("Line 2", organizations, "example.com");
        CommandLineRun variable =
                CommandLineRun.of(Map.of("LISTLENS_ORGANIZATIONS", organizations), "index", "--dry-run", mail);
        assertThat(variable.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(variable.err()).contains("Line 2", "LISTLENS_ORGANIZATIONS");
    }
}
