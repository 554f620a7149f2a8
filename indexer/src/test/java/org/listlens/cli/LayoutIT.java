package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.listlens.document.DocumentKind;
import org.listlens.engine.CutOff;

/** Shards and indices by year change where documents lie, and nothing else. */
class LayoutIT extends OnEmbeddedEngine {
    private static final String[] BY_YEAR = {"--shards", "3", "--partition", "year"};

    private Path archive = Path.of("");
    private Path crossposts = Path.of("");

    @BeforeEach
    void fresh() throws Exception {
        clear();
        archive = temporary().resolve("archive");
        if (!Files.exists(archive)) {
            run("generate", "--messages", "150", "--seed", "11", archive.toString());
            // From 2001 to 2004, a mail in each, each an answer to the one before; one at the turn of a year.
            StringBuilder old = new StringBuilder();
            for (int year = 2001; year <= 2004; year++) {
                old.append(mail(year, "first.example.org", "Mon, 31 Dec " + year + " 23:59:58 +0000"));
            }
            Files.writeString(archive.resolve("old.mbox"), old);
            Files.writeString(archive.resolve("odd.mbox"), """
                    From a@example.com Fri Mar  1 12:00:00 2024
                    From: Jane Doe <jane@example.com>
                    Message-ID: <undated@example.com>
                    Subject: No date

                    A text without a date.

                    From a@example.com Fri Mar  1 12:00:00 2024
                    From: Jane Doe <jane@example.com>
                    Date: Thu, 1 Jan 1970 00:00:00 +0000
                    Message-ID: <epoch@example.com>
                    Subject: A clock that was never set

                    A text from long ago.

                    From a@example.com Fri Mar  1 12:00:00 2024
                    From: Jane Doe <jane@example.com>
                    Date: Thu, 1 Jan 2099 00:00:00 +0000
                    Message-ID: <future@example.com>
                    Subject: A clock that is ahead

                    A text from the future.

                    """);
        }
        crossposts = temporary().resolve("crossposts.mbox");
        StringBuilder copies = new StringBuilder();
        for (int year = 2001; year <= 2004; year += 3) {
            // Of another list, which was slow: this copy lies in the next year.
            copies.append(mail(year, "second.example.org", "Tue, 1 Jan " + (year + 1) + " 00:00:07 +0000"));
        }
        Files.writeString(crossposts, copies);
    }

    private static String mail(int year, String list, String arrived) {
        return "From MAILER Fri Jan  1 00:00:00 2021\n"
                + "Received: from lists." + list + " (lists." + list
                + " [192.0.2.1]) by archive.example.com with ESMTP id x"
                + year + "; " + arrived + "\n"
                + "Received: from mx.example.com (mx.example.com [192.0.2.3]) by lists." + list + " with ESMTP id y"
                + year + "; Mon, 31 Dec " + year + " 23:59:57 +0000\n"
                + "Message-ID: <" + year + "@example.com>\nFrom: Jane Doe <jane@example.com>\n"
                + "In-Reply-To: <" + (year - 1) + "@example.com>\n"
                + "Date: Mon, 31 Dec " + year + " 23:59:50 +0000\nSubject: Re: years\nList-Id: <" + list + ">\n"
                + "\nWhat there is to be said of the year " + year + " in some words of its own.\n\n";
    }

    private void clear() throws Exception {
        engine().send("DELETE", "/mail-*-v*?ignore_unavailable=true", null);
    }

    private static CommandLineRun run(String... args) {
        CommandLineRun run = CommandLineRun.of(Map.of(), args);
        assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.OK, ExitCode.REJECTED);
        return run;
    }

    private String[] args(String command, Path source, String... options) {
        List<String> args = new ArrayList<>(List.of(command, "--url", engine().url(), source.toString()));
        args.addAll(List.of(options));
        return args.toArray(String[]::new);
    }

    private void index(Path source, String... options) {
        run(args("index", source, options));
    }

    private JsonNode summary(Path source, String... options) throws Exception {
        Path file = temporary().resolve("summary.json");
        List<String> all = new ArrayList<>(List.of("--summary-json", file.toString()));
        all.addAll(List.of(options));
        index(source, all.toArray(String[]::new));
        return new ObjectMapper().readTree(file.toFile());
    }

    /** All documents but the ledger's, by alias and id. */
    private Map<String, JsonNode> documents() throws Exception {
        Map<String, JsonNode> documents = new TreeMap<>();
        for (DocumentKind kind : DocumentKind.values()) {
            if (kind != DocumentKind.IMPORT) {
                engine().post("/" + kind.alias() + "/_refresh", "");
                Map<String, JsonNode> all = engine().all(kind.alias());
                assertThat(all).as(kind.alias()).hasSize((int) engine().count(kind.alias()));
                all.forEach((id, source) -> {
                    if (source.path("archive") instanceof ObjectNode place) {
                        // A run leaves it as it is where it meets a copy that it knows.
                        place.remove("position");
                    }
                    documents.put(kind.alias() + ' ' + id, source);
                });
            }
        }
        return documents;
    }

    private static void assertSame(Map<String, JsonNode> actual, Map<String, JsonNode> expected) {
        List<String> differences = new ArrayList<>();
        expected.forEach((id, document) -> {
            if (!document.equals(actual.get(id))) {
                differences.add(id + ": expected " + document + ", is " + actual.get(id));
            }
        });
        actual.keySet().stream()
                .filter(id -> !expected.containsKey(id))
                .forEach(id -> differences.add(id + ": not expected"));
        assertThat(differences).isEmpty();
    }

    private Set<String> indices(String alias) throws Exception {
        Set<String> names = new TreeSet<>();
        engine().get("/" + alias).properties().forEach(index -> names.add(index.getKey()));
        return names;
    }

    /** Checks that every copy lies in the index of its year, with its hops. */
    private void assertInTheirYears() throws Exception {
        Map<String, String> copies = new TreeMap<>();
        JsonNode deliveries =
                engine().post("/mail-deliveries/_search", "{\"size\":10000}").at("/hits/hits");
        assertThat(deliveries).isNotEmpty();
        for (JsonNode hit : deliveries) {
            String time = hit.at("/_source/@timestamp").asText("1970");
            String year = time.startsWith("1970") || time.startsWith("2099") ? "undated" : time.substring(0, 4);
            assertThat(hit.path("_index").asText()).matches("mail-deliveries-v[1-9]-" + year);
            copies.put(hit.path("_id").asText(), year);
        }
        for (JsonNode hit :
                engine().post("/mail-hops/_search", "{\"size\":10000}").at("/hits/hits")) {
            String copy = hit.at("/_source/delivery/id").asText();
            assertThat(hit.path("_index").asText()).matches("mail-hops-v[1-9]-" + copies.get(copy));
        }
    }

    @Test
    void documentsAreTheSame() throws Exception {
        index(archive);
        index(crossposts);
        Map<String, JsonNode> plain = documents();
        JsonNode page = report();
        clear();

        index(archive, BY_YEAR);
        index(crossposts);
        assertThat(report()).isEqualTo(page);
        assertThat(indices("mail-deliveries"))
                .contains("mail-deliveries-v1-undated", "mail-deliveries-v1-2001", "mail-deliveries-v1-2004")
                .doesNotContain("mail-deliveries-v1", "mail-deliveries-v1-1970", "mail-deliveries-v1-2099");
        assertThat(shards("mail-hops-v1-2001")).isEqualTo(3);
        assertThat(shards("mail-messages-v1")).isEqualTo(3);
        assertThat(shards("mail-imports-v1")).isEqualTo(1);
        assertInTheirYears();
        assertSame(documents(), plain);
        assertThat(engine().get("/mail-hops/_settings/index.refresh_interval").findValuesAsText("refresh_interval"))
                .as("what the load has set was put back")
                .containsOnly("30s");
        assertThat(engine().get("/mail-*/_settings/index.auto_expand_replicas")
                        .findValuesAsText("auto_expand_replicas"))
                .as("and so were the replicas")
                .containsOnly("0-1");

        JsonNode again = summary(archive, "--restart");
        assertThat(again.path("indexed").asInt()).isZero();
        assertThat(again.path("unchanged").asInt()).isPositive();
        assertSame(documents(), plain);
        commandsWork();

        CommandLineRun upgrade = run("setup", "--url", engine().url(), "--upgrade", "--all", "--shards", "1");
        assertThat(upgrade.out())
                .contains("Index mail-hops-v2-2001 has taken the place of mail-hops-v1-2001 (2 documents)");
        assertThat(shards("mail-hops-v2-2001")).isEqualTo(1);
        assertInTheirYears();
        assertSame(documents(), plain);
        assertThat(summary(archive).path("read").asInt())
                .as("positions hold on")
                .isZero();
        commandsWork();

        run("setup", "--url", engine().url(), "--upgrade", "--reread", "--partition", "none");
        assertThat(indices("mail-deliveries")).containsExactly("mail-deliveries-v1");
        assertThat(engine().get("/_alias/mail-*-next").isEmpty()).isTrue();
        assertSame(documents(), plain);
    }

    private int shards(String index) throws Exception {
        return engine().get("/" + index + "/_settings")
                .at("/" + index + "/settings/index/number_of_shards")
                .asInt();
    }

    private void commandsWork() throws Exception {
        CommandLineRun verify = run(args("verify", archive));
        assertThat(verify.exitCode()).as(verify.out()).isZero();
        CommandLineRun inspect = run("inspect", "--url", engine().url(), "<2004@example.com>");
        assertThat(inspect.out()).contains("2004-12-31", "lists.first.example.org");
        assertThat(report().toString()).contains("first.example.org");
        assertThat(run("status", "--url", engine().url()).out()).contains("mail-deliveries");
    }

    /** What a report says of everything. */
    private JsonNode report() throws Exception {
        Path page = temporary().resolve("report.html");
        run("report", "--url", engine().url(), "--output", page.toString());
        String html = Files.readString(page);
        String data = html.substring(html.indexOf('>', html.indexOf("application/json")) + 1);
        ObjectNode report = (ObjectNode) new ObjectMapper().readTree(data.substring(0, data.indexOf("</script>")));
        assertThat(report.path("slowest")).isNotEmpty();
        // The times of the runs; and of mails that took equally long, any may come first.
        report.remove(List.of("made", "imports", "slowest"));
        return report;
    }

    @Test
    void whatIsGoneIsPruned() throws Exception {
        Path folder = Files.createDirectories(temporary().resolve("pruned"));
        Files.writeString(folder.resolve("old.mbox"), Files.readString(archive.resolve("old.mbox")));
        Files.writeString(folder.resolve("crossposts.mbox"), Files.readString(crossposts));
        index(folder, BY_YEAR);
        Files.delete(folder.resolve("crossposts.mbox"));
        CommandLineRun pruned = run(args("index", folder, "--prune"));
        assertThat(pruned.out()).contains("2 copies, 0 messages");
        Map<String, JsonNode> left = documents();
        assertInTheirYears();
        clear();
        index(folder);
        assertSame(left, documents());
    }

    @Test
    void whoeverIsKilledIsCarriedOn() throws Exception {
        index(archive);
        Map<String, JsonNode> plain = documents();
        clear();
        int requests = 20;
        List<Integer> codes = new ArrayList<>();
        do {
            try (CutOff cut = new CutOff(engine().url(), requests)) {
                List<String> args =
                        new ArrayList<>(List.of("index", "--url", cut.url(), "--bulk-size", "1", archive.toString()));
                args.addAll(List.of(BY_YEAR));
                codes.add(
                        CommandLineRun.of(Map.of(), args.toArray(String[]::new)).exitCode());
            }
            requests = 4 * requests;
        } while (codes.getLast() != ExitCode.OK && codes.getLast() != ExitCode.REJECTED);
        assertThat(codes).contains(ExitCode.ENGINE);
        assertInTheirYears();
        assertSame(documents(), plain);
    }

    @Test
    void aPartitionBelongsToTheIndices() throws Exception {
        index(crossposts);
        CommandLineRun other = CommandLineRun.of(Map.of(), args("index", crossposts, "--partition", "year"));
        assertThat(other.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(other.err())
                .contains("lie in one index", "listlens setup --upgrade --reread --partition year")
                .doesNotContain("Exception");
        CommandLineRun shards = CommandLineRun.of(Map.of(), args("index", crossposts, "--shards", "2"));
        assertThat(shards.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(shards.err()).contains("has 1 shard,", "listlens setup --upgrade --shards 2");
        Map<String, JsonNode> plain = documents();

        // One of the copies is in no archive any more, and moves all the same.
        String text = Files.readString(crossposts);
        Files.writeString(crossposts, text.substring(text.indexOf("\nFrom MAILER", 10) + 1));
        run("setup", "--url", engine().url(), "--upgrade", "--reread", "--partition", "year");
        assertInTheirYears();
        assertThat(documents().keySet()).isEqualTo(plain.keySet());
        assertThat(indices("mail-hops")).contains("mail-hops-v1-2002").doesNotContain("mail-hops-v1");
        Files.writeString(crossposts, text);
        index(crossposts, "--restart");
        assertSame(documents(), plain);
        CommandLineRun none = CommandLineRun.of(Map.of(), args("index", crossposts, "--partition", "none"));
        assertThat(none.err()).contains("lie in indices by year");
    }

    @Test
    void whoeverIsKilledWhileDividingIsCarriedOn() throws Exception {
        Path sources = Files.createDirectories(temporary().resolve("divided"));
        Files.copy(archive.resolve("odd.mbox"), sources.resolve("odd.mbox"));
        Files.writeString(sources.resolve("crossposts.mbox"), Files.readString(crossposts));
        index(sources);
        Map<String, JsonNode> plain = documents();
        List<Integer> codes = new ArrayList<>();
        int requests = 30;
        do {
            try (CutOff cut = new CutOff(engine().url(), requests)) {
                codes.add(CommandLineRun.of(
                                Map.of(), "setup", "--url", cut.url(), "--upgrade", "--reread", "--partition", "year")
                        .exitCode());
            }
            if (codes.getLast() != ExitCode.OK) {
                assertThat(documents().keySet())
                        .as("searches work on the old documents, or on the new")
                        .isEqualTo(plain.keySet());
            }
            requests = 4 * requests;
        } while (codes.getLast() != ExitCode.OK);
        assertThat(codes).contains(ExitCode.ENGINE);
        assertSame(documents(), plain);
        assertThat(engine().get("/_alias/mail-*-next").isEmpty()).isTrue();
        assertInTheirYears();
        assertThat(summary(sources, "--restart").path("indexed").asInt()).isZero();
    }

    @Test
    void anotherVersionOfTheProgramFindsWhatLiesElsewhere() throws Exception {
        index(archive, BY_YEAR);
        index(crossposts);
        Map<String, JsonNode> right = documents();
        // As if another version had seen a copy of 2003 in 1999, with its hops.
        move("mail-deliveries", "2003", "1999");
        move("mail-hops", "2003", "1999");
        String meta = engine().get("/mail-deliveries-v1-undated/_mapping")
                .at("/mail-deliveries-v1-undated/mappings/_meta")
                .toString();
        engine().send(
                        "PUT",
                        "/mail-deliveries-v1-undated/_mapping",
                        "{\"_meta\":" + meta.replaceFirst("\"documents\":\\d+", "\"documents\":1") + "}");
        JsonNode again = summary(archive, "--restart");
        assertThat(again.path("indexed").asInt()).isZero();
        assertSame(documents(), right);
        assertThat(engine().count("mail-deliveries-1999")).isEqualTo(1);
        assertThat(engine().count("mail-deliveries-2003")).isZero();
    }

    private void move(String alias, String from, String to) throws IOException, InterruptedException {
        JsonNode index =
                Objects.requireNonNull(engine().get("/" + alias + "-" + from).get(alias + "-v1-" + from));
        String body = "{\"mappings\":{\"_meta\":" + index.at("/mappings/_meta") + "},\"aliases\":{\"" + alias
                + "\":{\"is_write_index\":false},\"" + alias + "-" + to + "\":{\"is_write_index\":true}}}";
        engine().send("PUT", "/" + alias + "-v1-" + to, body);
        engine().post(
                        "/_reindex?refresh=true",
                        "{\"source\":{\"index\":\"" + alias + "-" + from + "\"},\"dest\":{\"index\":\"" + alias + "-v1-"
                                + to + "\"}}");
        engine().post("/" + alias + "-" + from + "/_delete_by_query?refresh=true", "{\"query\":{\"match_all\":{}}}");
    }
}
