package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InspectCommandTest {
    private static final String MBOX = """
            From a@example.com Fri Mar  1 12:00:00 2024
            From: a@example.com
            Message-ID: <one@example.com>
            Subject: First

            See <two@example.com>.

            From b@example.com Fri Mar  1 13:00:00 2024
            From: b@example.com
            Message-ID: <two@example.com>
            Subject: Second

            More text.

            """;

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void home() {
        System.setProperty("listlens.home", System.getProperty("listlens.root", ""));
    }

    @Test
    void ofSeveralMailsTheFirstIsShownAndTheOthersAreCounted() throws IOException {
        CommandLineRun run = run(mbox());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Subject     First\n");
        assertThat(run.err()).contains("mail 1 of the 2", "--number", "--message-id");
    }

    @Test
    void aMailIsPickedByItsNumber() throws IOException {
        CommandLineRun run = run(mbox(), "--number", "2");
        assertThat(run.out()).startsWith("Subject     Second\n");
    }

    @Test
    void aMailIsPickedByItsMessageIdAndNotByOneThatItQuotes() throws IOException {
        for (String id : List.of("two@example.com", "<two@example.com>")) {
            CommandLineRun run = run(mbox(), "--message-id", id);
            assertThat(run.out()).startsWith("Subject     Second\n");
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void standardInputIsReadToo() {
        InputStream stdin = System.in;
        try {
            System.setIn(new ByteArrayInputStream("Subject: Piped\n\nText\n".getBytes(StandardCharsets.UTF_8)));
            CommandLineRun run = run("-");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("Subject     Piped\n").contains("standard input:0");
        } finally {
            System.setIn(stdin);
        }
    }

    @Test
    void jsonIsAllThatIsOnStandardOutput() throws IOException {
        CommandLineRun run = run(mbox(), "--json");
        assertThat(new ObjectMapper()
                        .readTree(run.out())
                        .at("/message/email/message_id")
                        .asText())
                .isEqualTo("one@example.com");
    }

    @Test
    void withoutAnEngineThePageIsShownAllTheSame() throws IOException {
        Path mail = folder.resolve("a.eml");
        try (InputStream in = InspectCommandTest.class.getResourceAsStream("inspect.eml")) {
            Files.write(mail, java.util.Objects.requireNonNull(in).readAllBytes());
        }
        CommandLineRun none = run(mail.toString());
        assertThat(none.exitCode()).isZero();
        assertThat(none.err()).isEmpty();
        assertThat(none.out()).contains("Nothing else is known");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException {
        refused(run("missing.eml"), "no file missing.eml", "Message-ID");
        refused(run(mbox(), "--number", "3"), "only 2 mails", "--number 1 to 2");
        refused(run(mbox(), "--number", "0"), "--number");
        refused(run(mbox(), "--message-id", "three@example.com"), "<three@example.com>", "list.mbox");
        refused(run("missing@example.com", "--message-id", "x@example.com"), "no file missing@example.com");
        refused(run(), "FILE|MESSAGE-ID");
        refused(run(mbox(), "--clocks", "perhaps"), "--clocks");
    }

    private String mbox() throws IOException {
        return Files.writeString(folder.resolve("list.mbox"), MBOX).toString();
    }

    private CommandLineRun run(String... args) {
        List<String> all = new ArrayList<>(
                List.of("inspect", "--data", folder.resolve("data").toString()));
        all.addAll(List.of(args));
        return CommandLineRun.of(Map.of(), all.toArray(String[]::new));
    }

    private static void refused(CommandLineRun run, String... named) {
        assertThat(run.err().lines())
                .as(run.toString())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).startsWith("listlens: ").endsWith(".").contains(named));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
    }
}
