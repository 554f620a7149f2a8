package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CommandLineTest {
    private static final String MBOX = """
            From a@example.com Fri Mar  1 12:00:00 2024
            Received: from mail.example.com (mail.example.com [192.0.2.25])
            \tby lists.example.org (Postfix) with ESMTP id 4Second;
            \tFri,  1 Mar 2024 12:01:30 +0000 (UTC)
            Received: from desk.example.com (desk.example.com [192.0.2.99])
            \tby mail.example.com (Postfix) with ESMTP id 4First;
            \tFri,  1 Mar 2024 12:00:00 +0000 (UTC)
            From: a@example.com
            Date: Fri, 1 Mar 2024 11:59:58 +0000
            Message-ID: <one@example.com>
            Subject: One
            List-Id: <dev.lists.example.org>

            Text.

            From b@example.com Fri Mar  1 13:00:00 2024
            From: b@example.com
            Date: Fri, 1 Mar 2024 13:00:00 +0000
            Message-ID: <two@example.com>
            In-Reply-To: <one@example.com>
            Subject: Re: One

            More text.

            """;

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void home() {
        System.setProperty("listlens.home", System.getProperty("listlens.root", ""));
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertRefused(run("index", "--bulksize", "3", "x.mbox"), ExitCode.USAGE, "--bulksize", "index --help");
        assertRefused(run("--frobnicate"), ExitCode.USAGE, "--frobnicate", "--help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/dashboards",
                "ftp://localhost:5601",
                "file:///srv/dashboards",
                "localhost:port",
                "localhost:70000",
                "http://",
                "http://local host:5601",
                "http://localhost:5601/a path",
                "http://localhost:5601/?space=x",
                "http://jane:secret@localhost:5601"
            })
    void anAddressOfDashboardsThatIsNoneIsRefusedBeforeAnythingIsDone(String address) {
        CommandLineRun refused = run("setup", "--data", folder.toString(), "--dashboards-url", address);
        assertRefused(refused, ExitCode.USAGE, "is no URL of OpenSearch Dashboards", "http://localhost:5601");
        assertThat(refused.err()).doesNotContain("secret", "Starting the embedded engine");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aReplayEndsNowUnlessToldOtherwise() {
        assertRefused(run("alerts", "replay", "--from", "2999-01-01"), ExitCode.USAGE, "2999-01-01", "now");
        assertRefused(
                run("alerts", "replay", "--from", "2021-02-02", "--to", "2021-02-01"), ExitCode.USAGE, "swap them");
    }

    @Test
    void aPasswordFileThatIsNotThereIsNamed() {
        String file = folder.resolve("nowhere").toString();
        assertRefused(
                run("setup", "--url", "http://127.0.0.1:1", "--username", "jane", "--password-file", file),
                ExitCode.CONFIGURATION,
                file,
                "name one that holds the password");
    }

    @Test
    void anUnknownCommandIsNamed() {
        assertRefused(run("inedx", "x.mbox"), ExitCode.USAGE, "inedx");
    }

    @Test
    void anOptionWithoutItsValueIsNamed() {
        assertRefused(run("index", "--threads"), ExitCode.USAGE, "--threads");
    }

    @Test
    void aValueOfAWrongTypeIsNamed() {
        assertRefused(run("index", "--threads", "many", "x.mbox"), ExitCode.USAGE, "--threads", "many");
        assertRefused(run("index", "--mbox", "mboxq", "x.mbox"), ExitCode.USAGE, "--mbox", "mboxq");
    }

    @Test
    void withoutASourceThereIsNothingToRead() {
        assertRefused(run("index"), ExitCode.USAGE, "Nothing to read", "listlens index archive.mbox");
        assertRefused(run("index", "-", "-"), ExitCode.USAGE, "Standard input");
    }

    @ParameterizedTest
    @CsvSource({
        "--threads, 0, 1 to 256",
        "--threads, -3, 1 to 256",
        "--threads, 257, 1 to 256",
        "--max-mail-size, 0, 1 to 1024",
        "--max-mail-size, 2048, 1 to 1024",
        "--bulk-size, 101, 1 to 100",
        "--bulk-requests, 33, 1 to 32",
        "--retry-seconds, -1, 0 to 86400",
        "--engine-timeout, 0, 1 to 3600",
        "--shards, 0, 1 to 1024",
    })
    void aValueOutOfItsRangeIsNamedWithTheRange(String option, String value, String range) throws IOException {
        assertRefused(
                run("index", "--dry-run", option + "=" + value, mbox()),
                ExitCode.USAGE,
                option,
                " " + value + " ",
                range);
    }

    @Test
    void aDivisionThatIsNoneIsNamed() throws IOException {
        assertRefused(run("setup", "--partition", "month"), ExitCode.USAGE, "--partition", "month", "year");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--all", "--delete-old"})
    void whatBelongsToAnUpgradeNeedsOne(String option) {
        assertRefused(run("setup", option), ExitCode.USAGE, option, "--upgrade");
    }

    @Test
    void anArchiveCannotHaveNoMails() {
        assertRefused(run("generate", "--messages", "0", folder.resolve("g").toString()), ExitCode.USAGE, "1 message");
        assertThat(folder.resolve("g")).doesNotExist();
    }

    @Test
    void aSourceThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing.mbox");
        assertRefused(run("index", "--dry-run", missing.toString()), ExitCode.USAGE, missing.toString());
    }

    @Test
    void aFolderWithoutMailIsNamed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("nothing"));
        assertRefused(run("index", "--dry-run", empty.toString()), ExitCode.USAGE, empty.toString());
    }

    @Test
    void aBinaryFileIsNamed() throws IOException {
        byte[] octets = new byte[4_000];
        new java.util.Random(1).nextBytes(octets);
        octets[0] = (byte) 0x89;
        Path binary = Files.write(folder.resolve("picture.png"), octets);
        assertRefused(run("index", "--dry-run", binary.toString()), ExitCode.USAGE, binary.toString());
    }

    @Test
    void anEmptyFileIsNamed() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.mbox"));
        assertRefused(run("index", "--dry-run", empty.toString()), ExitCode.USAGE, empty.toString());
    }

    @Test
    void oneBadSourceAmongGoodOnesIsToldBeforeAnythingIsRead() throws IOException {
        Path missing = folder.resolve("missing.mbox");
        assertRefused(run("index", "--dry-run", mbox(), missing.toString()), ExitCode.USAGE, missing.toString());
    }

    @Test
    void aDryRunCountsAndWritesNothing() throws IOException {
        CommandLineRun run = run("index", "--dry-run", mbox());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("2 mails")
                .contains("2 indexed + 0 unchanged + 0 duplicate + 0 rejected = 2 of 2 read")
                .contains("dev.lists.example.org")
                .contains("mail.example.com 1 min 30 s");
    }

    @Test
    void aKeyThatCannotBeUsedIsTold() throws IOException {
        assertRefused(
                run("index", "--dry-run", "--pseudonymize", "fifteen letters", mbox()),
                ExitCode.USAGE,
                "16 characters");
        String missing = folder.resolve("missing.key").toString();
        assertRefused(run("index", "--dry-run", "--pseudonymize", '@' + missing, mbox()), ExitCode.USAGE, missing);
        Path key = Files.writeString(folder.resolve("key"), "a key of enough characters\n");
        assertThat(run("index", "--dry-run", "--pseudonymize", "@" + key, mbox())
                        .exitCode())
                .isZero();
    }

    @Test
    void aPartThatCannotBeReadIsTold() throws IOException {
        mbox();
        Path broken =
                Files.write(folder.resolve("b.mbox.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1});

        CommandLineRun run = run("index", "--dry-run", folder.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.out()).contains("1 rejected = 3 of 3 read").contains(broken.toString());
    }

    @Test
    void theSummaryGoesToAFile() throws IOException {
        Path file = folder.resolve("summary.json");

        CommandLineRun run = run("index", "--dry-run", "--summary-json", file.toString(), mbox(), mbox());

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode summary = new ObjectMapper().readTree(file.toFile());
        assertThat(summary.path("read").asInt()).isEqualTo(4);
        assertThat(summary.path("indexed").asInt()).isEqualTo(2);
        assertThat(summary.path("duplicate").asInt()).isEqualTo(2);
        assertThat(summary.path("lists").path(0).path("id").asText()).isEqualTo("dev.lists.example.org");
    }

    @Test
    void aSummaryThatCannotBeWrittenIsTold() throws IOException {
        Path file = folder.resolve("no").resolve("summary.json");
        CommandLineRun run = run("index", "--dry-run", "--summary-json", file.toString(), mbox());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err().lines()).singleElement().asString().contains(file.toString());
    }

    @Test
    void bulkBodiesAreAllThatGoesToStdout() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "index",
                "--output",
                "ndjson",
                mbox());
        builder.environment().keySet().removeIf(name -> name.startsWith("LISTLENS_") || name.startsWith("JAVA_TOOL"));
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("none").toString());
        Path out = folder.resolve("out.ndjson");
        Path err = folder.resolve("err.txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        assertThat(Files.readString(err)).contains("2 of 2 read");
        List<String> lines = Files.readAllLines(out);
        // Two messages, two deliveries, two hops; for each an action and a document.
        assertThat(lines).hasSize(12);
        ObjectMapper json = new ObjectMapper();
        for (int i = 0; i < lines.size(); i += 2) {
            assertThat(json.readTree(lines.get(i)).path("create").path("_id").asText())
                    .isNotEmpty();
            assertThat(json.readTree(lines.get(i + 1)).isObject()).isTrue();
        }
    }

    @Test
    void anEngineThatIsNotThereIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port;

        CommandLineRun run = run("index", "--url", url, "--retry-seconds", "0", mbox());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.ENGINE);
        assertThat(run.err()).contains(url).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(run.err().lines()).allMatch(line -> line.startsWith("listlens: ") && line.endsWith("."));
        assertThat(run.out()).isEmpty();
    }

    @Test
    void metricsSayWhereTheyAre() throws IOException {
        CommandLineRun run = run("index", "--dry-run", "--metrics-port", "0", mbox());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).matches("Metrics are at http://127\\.0\\.0\\.1:[1-9][0-9]*/metrics\\.\\R");
    }

    @Test
    void aPortThatCannotServeMetricsIsNamed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String port = Integer.toString(socket.getLocalPort());
            assertRefused(
                    run("index", "--dry-run", "--metrics-port", port, mbox()), ExitCode.USAGE, port, "--metrics-port");
        }
        assertRefused(run("index", "--dry-run", "--metrics-port", "70000", mbox()), ExitCode.USAGE, "65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://search.example.com", "http://", "http://search.example.com:port", "http://a b"})
    void anAddressThatIsNoneIsNamed(String url) throws IOException {
        assertRefused(run("index", "--url", url, mbox()), ExitCode.USAGE, url);
    }

    @Test
    void aStackTraceIsPrintedOnlyWhenAskedFor() {
        String missing = folder.resolve("missing.mbox").toString();
        assertThat(run("index", "--dry-run", missing).err()).doesNotContain("\tat ");
        assertThat(run("--debug", "index", "--dry-run", missing).err()).contains("\tat org.listlens.");
    }

    @Test
    void helpAndVersionGoToStdout() {
        CommandLineRun help = run("index", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("--summary-json").contains("--retry-seconds");
        assertThat(help.err()).isEmpty();

        CommandLineRun version = run("--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("listlens ");
    }

    @Test
    void withoutACommandItSaysWhatThereIs() {
        CommandLineRun run = run();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("demo")
                .contains("index")
                .contains("setup")
                .contains("engine")
                .contains("generate");
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(
                Map.of("XDG_CONFIG_HOME", folder.resolve("none").toString()), args);
    }

    private String mbox() throws IOException {
        return Files.write(folder.resolve("a.mbox"), MBOX.getBytes(StandardCharsets.US_ASCII))
                .toString();
    }

    /** One line that names all of it, and nothing on stdout. */
    private static void assertRefused(CommandLineRun run, int exitCode, String... named) {
        assertThat(run.err().lines())
                .as(run.toString())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).startsWith("listlens: ").endsWith(".").contains(named));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
    }
}
