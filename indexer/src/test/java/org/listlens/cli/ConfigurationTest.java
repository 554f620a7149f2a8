package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void anUnknownKeyIsNamedWithItsFile() throws IOException {
        Path file = file("url: http://127.0.0.1:9200\nurk: 1\n");
        assertRefused(print(Map.of()), "\"urk\"", file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"help: true", "version: true", "config: other.yaml", "print-config: true"})
    void whatOnlyACommandLineCanSayIsNoKey(String line) throws IOException {
        Path file = file(line + "\n");
        assertRefused(print(Map.of()), '"' + line.substring(0, line.indexOf(':')) + '"', file.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url: [unclosed\n",
                "url: \"unclosed\n",
                "threads: 2\n\tbulk-size: 3\n",
                "threads: 1\nthreads: 2\n",
                "- threads\n",
                "just words\n",
                "threads: {a: 1}\n",
                "threads: [1, 2]\n",
                "url: a\u0001b\n",
            })
    void whatIsNoFlatMapIsRefused(String yaml) throws IOException {
        Path file = file(yaml);
        assertRefused(print(Map.of()), file.toString());
    }

    @Test
    void octetsThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("config.yaml"), new byte[] {'u', 'r', 'l', ':', ' ', (byte) 0xff, '\n'});
        assertRefused(print(Map.of()), file.toString());
    }

    @Test
    void theLineOfAMistakeIsNamed() throws IOException {
        file("threads: 2\nbulk-size: 3\nthreads: 4\n");
        assertThat(print(Map.of()).err()).contains("line 3").contains("threads");
    }

    @Test
    void aNamedFileThatIsNotThereIsRefused() {
        Path missing = folder.resolve("missing.yaml");
        assertRefused(print(Map.of("LISTLENS_CONFIG", missing.toString())), missing.toString(), "--config");
        assertRefused(run(Map.of(), "index", "--print-config", "--config", missing.toString()), missing.toString());
        assertRefused(run(Map.of(), "index", "--print-config", "--config=" + folder), folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but a comment\n", "threads:\n", "---\n"})
    void anEmptyFileSetsNothing(String yaml) throws IOException {
        file(yaml);
        CommandLineRun run = print(Map.of());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("bulk-size: 5  # default");
    }

    @ParameterizedTest
    @CsvSource({
        "threads, many",
        "bulk-size, 1.5",
        "retry-seconds, 99999999999",
        "mbox, mboxq",
        "output, paper",
        "dry-run, perhaps",
        "insecure, 2",
    })
    void aValueOfAWrongTypeIsRefusedWithItsPlace(String key, String value) throws IOException {
        String variable = "LISTLENS_" + key.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
        assertRefused(run(Map.of(variable, value), "index", "--print-config"), variable, value);

        Path file = file(key + ": " + value + "\n");
        assertRefused(print(Map.of()), file.toString(), value);
    }

    @Test
    void theKeyOfPseudonymsIsMaskedAndTheNameOfItsFileIsNot() throws IOException {
        String key = "a key of enough characters";
        assertThat(run(Map.of("LISTLENS_PSEUDONYMIZE", key), "index", "--print-config")
                        .out()
                        .lines())
                .contains("pseudonymize: \"********\"  # LISTLENS_PSEUDONYMIZE");
        Path file = file("pseudonymize: " + key + "\n");
        assertThat(print(Map.of()).out())
                .contains("pseudonymize: \"********\"  # " + file)
                .doesNotContain(key);
        assertThat(run(Map.of(), "index", "--print-config", "--pseudonymize", "@key.txt")
                        .out()
                        .lines())
                .contains("pseudonymize: \"@key.txt\"  # command line");
    }

    @Test
    void aShortKeyIsRefusedWithItsPlace() throws IOException {
        assertRefused(
                run(Map.of("LISTLENS_PSEUDONYMIZE", "short"), "index", "--dry-run", "-"),
                "LISTLENS_PSEUDONYMIZE",
                "16 characters");
    }

    @Test
    void aFlagGoesBeforeTheEnvironmentThatBeforeTheFileThatBeforeTheDefault() throws IOException {
        Path file = file("threads: 3\nbulk-size: 4\nretry-seconds: 5\n");
        Map<String, String> environment = Map.of("LISTLENS_THREADS", "6", "LISTLENS_BULK_SIZE", "7");

        CommandLineRun run = run(with(environment, file), "index", "--print-config", "--threads", "9");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .contains(
                        "threads: 9  # command line",
                        "bulk-size: 7  # LISTLENS_BULK_SIZE",
                        "retry-seconds: 5  # " + file,
                        "bulk-requests: 2  # default",
                        "# url:  # not set");
    }

    @Test
    void anEmptyVariableSetsNothing() throws IOException {
        Path file = file("threads: 3\n");
        assertThat(run(with(Map.of("LISTLENS_THREADS", ""), file), "index", "--print-config")
                        .out()
                        .lines())
                .contains("threads: 3  # " + file);
    }

    @Test
    void aValueOutOfItsRangeIsNamedWithItsPlace() throws IOException {
        Path file = folder.resolve("range.yaml");
        Files.writeString(file, "bulk-size: 0\n");

        CommandLineRun fromFile = run(with(Map.of(), file), "index", "x.mbox");
        assertThat(fromFile.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(fromFile.err()).contains("--bulk-size").contains(file.toString());

        CommandLineRun fromFlag = run(with(Map.of(), file), "index", "--bulk-size", "101", "x.mbox");
        assertThat(fromFlag.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(fromFlag.err()).contains("--bulk-size").doesNotContain(file.toString());
    }

    @Test
    void theFileIsLookedForInTheUsersConfiguration() throws IOException {
        Path file = folder.resolve("listlens").resolve("config.yaml");
        Files.createDirectories(folder.resolve("listlens"));
        Files.writeString(file, "threads: 3\n");
        assertThat(CommandLineRun.of(Map.of("XDG_CONFIG_HOME", folder.toString()), "index", "--print-config")
                        .out()
                        .lines())
                .contains("threads: 3  # " + file);
    }

    @Test
    void aFileMayHaveKeysOfOtherCommands() throws IOException {
        Path file = file("seed: 7\nbulk-size: 3\n");
        assertThat(run(with(Map.of(), file), "generate", "--print-config", "somewhere")
                        .out()
                        .lines())
                .contains("seed: 7  # " + file)
                .noneMatch(line -> line.startsWith("bulk-size"));
    }

    @Test
    void secretsAreMasked() throws IOException {
        Path file = file("password: geheim1\nurl: https://user:geheim2@search.example.com:9200\n");

        CommandLineRun run = run(with(Map.of("LISTLENS_API_KEY", "geheim3"), file), "index", "--print-config");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out() + run.err()).doesNotContain("geheim");
        assertThat(run.out().lines())
                .contains(
                        "password: \"********\"  # " + file,
                        "api-key: \"********\"  # LISTLENS_API_KEY",
                        "url: \"https://user:********@search.example.com:9200\"  # " + file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user:geheim@search.example.com | user:********@search.example.com",
                "https://u:geheim@a.example.com,https://v:geheim@b.example.com | https://u:********@a.example.com,https://v:********@b.example.com",
                "u:geheim@a.example.com,http://b.example.com:9200 | u:********@a.example.com,http://b.example.com:9200",
                "http://a.example.com:9200,v:ge@heim@b.example.com | http://a.example.com:9200,v:********@b.example.com",
                "http://user@a.example.com:9200 | http://user@a.example.com:9200",
                "localhost:9200 | localhost:9200",
            })
    void passwordsInAddressesAreMasked(String url, String printed) throws IOException {
        file("");
        assertThat(print(Map.of("LISTLENS_URL", url)).out().lines())
                .contains("url: \"" + printed + "\"  # LISTLENS_URL");
    }

    /** Runs {@code index --print-config} with the configuration file of this test. */
    private CommandLineRun print(Map<String, String> environment) {
        return run(with(environment, folder.resolve("config.yaml")), "index", "--print-config");
    }

    private CommandLineRun run(Map<String, String> environment, String... args) {
        Map<String, String> all =
                new HashMap<>(Map.of("XDG_CONFIG_HOME", folder.resolve("none").toString()));
        all.putAll(environment);
        return CommandLineRun.of(all, args);
    }

    private static Map<String, String> with(Map<String, String> environment, Path file) {
        Map<String, String> all = new HashMap<>(Map.of("LISTLENS_CONFIG", file.toString()));
        all.putAll(environment);
        return all;
    }

    private Path file(String yaml) throws IOException {
        return Files.write(folder.resolve("config.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** One line that names all of it, the code for configurations, and nothing on stdout. */
    private static void assertRefused(CommandLineRun run, String... named) {
        assertThat(run.err().lines())
                .as(run.toString())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).startsWith("listlens: ").endsWith(".").contains(named));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(run.out()).isEmpty();
    }
}
