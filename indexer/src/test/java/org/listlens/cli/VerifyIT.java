package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code verify} and {@code status} say of an engine is what is in it, and what is not. */
class VerifyIT extends OnEmbeddedEngine {
    private static final Map<String, String> KEY = Map.of("LISTLENS_PSEUDONYMIZE", "a key of enough characters");

    private int folders;
    private Path archive = Path.of("");

    /** An archive of twelve mails, of which one lies there twice, and of a file that is none. */
    @BeforeEach
    void fresh() throws Exception {
        engine().clear();
        archive = Files.createDirectory(temporary().resolve("archive" + folders++))
                .toRealPath();
        StringBuilder mails = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            mails.append(mail(i));
        }
        Files.writeString(archive.resolve("a.mbox"), mails);
        Files.writeString(archive.resolve("b.mbox"), mail(3));
        Files.write(archive.resolve("junk.bin"), new byte[] {0, 1, 2, 3, 127, 0, 5});
    }

    private static String mail(int number) {
        return "From MAILER Fri Jan  1 00:00:00 2021\n"
                + "Received: from a.example.com (a.example.com [192.0.2.1]) by b.example.com with ESMTP id x" + number
                + "; Fri, 01 Jan 2021 00:0" + number % 10 + ":09 +0000\n"
                + "Received: from c.example.com (c.example.com [192.0.2.3]) by a.example.com with ESMTP id y" + number
                + "; Fri, 01 Jan 2021 00:0" + number % 10 + ":05 +0000\n"
                + "Message-ID: <" + number + "@example.com>\nFrom: Jane Doe <jane@example.com>\n"
                + "Date: Fri, 01 Jan 2021 00:0" + number % 10 + ":00 +0000\nSubject: number " + number
                + "\n\nText of " + number + "\n\n";
    }

    private CommandLineRun run(String command, Map<String, String> environment, String... more) {
        List<String> args = new ArrayList<>(List.of(command, "--url", engine().url()));
        args.addAll(List.of(more));
        return CommandLineRun.of(environment, args.toArray(String[]::new));
    }

    private JsonNode json(CommandLineRun run, int exitCode) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        return new ObjectMapper().readTree(run.out());
    }

    private JsonNode verify(int exitCode) throws Exception {
        return json(run("verify", Map.of(), "--json", archive.toString()), exitCode);
    }

    private static void assertCounts(
            JsonNode result, int verified, int duplicate, int rejected, int unrecorded, int missing, int incomplete) {
        assertThat(List.of(
                        result.path("verified").asInt(),
                        result.path("duplicate").asInt(),
                        result.path("rejected").asInt(),
                        result.path("unrecorded").asInt(),
                        result.path("missing").asInt(),
                        result.path("incomplete").asInt()))
                .as("verified, duplicate, rejected, unrecorded, missing, incomplete")
                .containsExactly(verified, duplicate, rejected, unrecorded, missing, incomplete);
        assertThat(result.path("read").asInt())
                .isEqualTo(verified + duplicate + rejected + unrecorded + missing + incomplete);
    }

    @Test
    void everyMailIsAccountedFor() throws Exception {
        assertCounts(verify(ExitCode.REJECTED), 0, 1, 0, 1, 12, 0);
        assertThat(run("index", Map.of(), archive.toString()).exitCode()).isEqualTo(ExitCode.REJECTED);
        assertCounts(verify(ExitCode.OK), 12, 1, 1, 0, 0, 0);
        assertThat(run("verify", Map.of(), archive.toString()).out())
                .contains("12 verified + 1 duplicate + 1 rejected as recorded")
                .doesNotContain("listlens index");
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        run("index", Map.of(), archive.toString());
        engine().post("/mail-deliveries/_delete_by_query?refresh=true", """
                {"query": {"term": {"email.message_id": "2@example.com"}}}""");
        engine().post("/mail-messages/_delete_by_query?refresh=true", """
                {"query": {"term": {"email.message_id": "5@example.com"}}}""");
        engine().post("/mail-hops/_delete_by_query?refresh=true", """
                {"query": {"bool": {"filter": [
                    {"term": {"email.message_id": "7@example.com"}}, {"term": {"hop.position": 2}}]}}}""");
        Files.writeString(archive.resolve("a.mbox"), mail(20), StandardOpenOption.APPEND);
        Files.write(archive.resolve("new.bin"), new byte[] {0, 1, 2, 3, 127, 0, 5});

        Path missing = archive.resolveSibling("missing" + folders + ".ndjson");
        CommandLineRun run = run("verify", Map.of(), "--json", "--missing", missing.toString(), archive.toString());
        assertCounts(json(run, ExitCode.REJECTED), 9, 1, 1, 1, 2, 2);
        List<String> lines = Files.readAllLines(missing);
        assertThat(lines).hasSize(5);
        ObjectMapper mapper = new ObjectMapper();
        List<String> found = new ArrayList<>();
        for (String line : lines) {
            JsonNode finding = mapper.readTree(line);
            found.add(finding.path("fault").asText()
                    + ' '
                    + finding.path("message_id").asText()
                    + ' '
                    + finding.path("detail").asText());
            assertThat(finding.path("source").asText()).startsWith(archive.toString());
        }
        assertThat(found)
                .contains(
                        "missing 2@example.com not in the index",
                        "missing 20@example.com not in the index",
                        "incomplete 5@example.com its message is not in the index",
                        "incomplete 7@example.com 1 of its 2 hops are in the index")
                .anyMatch(finding -> finding.startsWith("unrecorded  "));

        String text = run("verify", Map.of(), archive.toString()).out();
        assertThat(text).contains("<20@example.com>: not in the index", "listlens index --restart");

        run("index", Map.of(), "--restart", archive.toString());
        assertCounts(verify(ExitCode.OK), 13, 1, 2, 0, 0, 0);
    }

    @Test
    void pseudonymsAreVerifiedWithTheirKey() throws Exception {
        assertThat(run("index", KEY, archive.toString()).exitCode()).isEqualTo(ExitCode.REJECTED);
        assertCounts(json(run("verify", KEY, "--json", archive.toString()), ExitCode.OK), 12, 1, 1, 0, 0, 0);
        CommandLineRun readable = run("verify", Map.of(), archive.toString());
        assertThat(readable.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(readable.err()).contains("--pseudonymize");
    }

    @Test
    void statusTellsWhatWasIndexed() throws Exception {
        assertThat(run("status", Map.of()).out()).contains("Nothing is indexed there yet");
        run("index", Map.of(), archive.toString());
        JsonNode status = json(run("status", Map.of(), "--json"), ExitCode.OK);
        assertThat(status.at("/engine/distribution").asText()).isEqualTo("OpenSearch");
        assertThat(status.path("indices")).hasSize(9);
        for (JsonNode index : status.path("indices")) {
            assertThat(index.path("mappings")).isEqualTo(index.path("program_mappings"));
            if (index.path("alias").asText().equals("mail-deliveries")) {
                assertThat(index.path("documents").asInt()).isEqualTo(12);
                assertThat(index.path("octets").asLong()).isPositive();
            }
        }
        assertThat(status.path("sources")).hasSize(1);
        JsonNode source = status.at("/sources/0");
        assertThat(source.path("name").asText()).isEqualTo(archive.toString());
        assertThat(source.path("description").asText()).isEqualTo("folder");
        assertThat(source.path("copies").asInt()).isEqualTo(12);
        assertThat(source.path("followed").asBoolean()).isFalse();
        assertThat(source.has("checked")).isTrue();
        assertThat(source.has("error")).isFalse();
        assertThat(source.at("/last_run/read").asInt()).isEqualTo(14);
        assertThat(source.at("/last_run/finished").isTextual()).isTrue();
        assertThat(status.path("unfinished")).isEmpty();
        assertThat(status.path("rejected").asInt()).isEqualTo(1);
        assertThat(status.at("/reasons/0/entries").asInt()).isEqualTo(1);

        // A run that was killed, one that follows and is silent since, and an error.
        engine().post("/mail-imports/_update_by_query?refresh=true", """
                {"query": {"term": {"import.kind": "run"}}, "script": "ctx._source.import.remove('finished')"}""");
        engine().post("/mail-imports/_update_by_query?refresh=true", """
                {"query": {"term": {"import.kind": "source"}},
                 "script": "ctx._source.import.followed = true; ctx._source.import.error = 'it was cut';\
                 ctx._source['@timestamp'] = '2021-01-01T00:00:00.000Z'"}""");
        String text = run("status", Map.of()).out();
        assertThat(text)
                .contains(
                        archive.toString(),
                        "12 copies in the index",
                        "1 run without an end",
                        "error: it was cut",
                        "nothing was heard of the run",
                        "1 rejected");
        assertThat(json(run("status", Map.of(), "--json"), ExitCode.OK).path("unfinished"))
                .hasSize(1);
    }

    @Test
    void whatWasRejectedIsForgottenWhenAllIsReadAgain() throws Exception {
        assertThat(run("index", Map.of(), archive.toString()).exitCode()).isEqualTo(ExitCode.REJECTED);
        Files.delete(archive.resolve("junk.bin"));
        assertThat(run("index", Map.of(), archive.toString()).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(json(run("status", Map.of(), "--json"), ExitCode.OK)
                        .path("rejected")
                        .asInt())
                .isEqualTo(1);
        assertThat(run("index", Map.of(), "--restart", archive.toString()).exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(json(run("status", Map.of(), "--json"), ExitCode.OK)
                        .path("rejected")
                        .asInt())
                .isZero();
    }

    @Test
    void withoutAnEngineThereIsNothing() {
        CommandLineRun run = CommandLineRun.of(
                Map.of(), "status", "--data", temporary().resolve("nowhere").toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("Nothing is indexed yet");
        assertThat(temporary().resolve("nowhere")).doesNotExist();
    }
}
