package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The report over a generated archive and some hostile mails, beside what the documents themselves say. */
class ReportIT extends OnEmbeddedEngine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVIL = "</script><script>alert(1)</script>\u202egnp.exe";

    private @Nullable JsonNode data;
    private String empty = "";
    private String page = "";

    private JsonNode data() {
        return Objects.requireNonNull(data);
    }

    @BeforeAll
    void prepare() throws Exception {
        empty = report("--output", "-").out();
        Path archive = temporary().resolve("archive");
        run("generate", "--messages", "1500", "--seed", "11", archive.toString());
        Path hostile = temporary().resolve("hostile.mbox");
        Files.writeString(hostile, hostile(1, "evil.example.org") + hostile(2, "evil.example.org"));
        run("index", "--url", engine().url(), archive.toString(), hostile.toString());
        page = report("--output", "-").out();
        data = JSON.readTree(report("--json", "--output", "-").out());
    }

    private static String hostile(int number, String list) {
        return "From MAILER Mon Feb  1 00:00:00 2021\nMessage-ID: <" + EVIL.substring(0, 9) + number
                + "@example.com>\nFrom: \"" + "Long ".repeat(2_000)
                + "\" <evil@example.com>\nDate: Mon, 01 Feb 2021 00:00:0"
                + number + " +0000\nSubject: " + EVIL + number + "\nList-Id: <" + list + ">\n\nText of " + number
                + "\n\n";
    }

    private static CommandLineRun run(String... args) {
        CommandLineRun run = CommandLineRun.of(Map.of(), args);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        return run;
    }

    private CommandLineRun report(String... options) {
        return run(command(options));
    }

    private String[] command(String... options) {
        List<String> args = new ArrayList<>(List.of("report", "--url", engine().url()));
        args.addAll(List.of(options));
        return args.toArray(String[]::new);
    }

    /** The row of a list; 0 is all of them. */
    private int row(String list) {
        List<String> names = new ArrayList<>();
        data().path("names").forEach(name -> names.add(name.asText()));
        assertThat(names).contains(list);
        return names.indexOf(list);
    }

    /** The durations of a kind in the documents, sorted. */
    private List<Long> exact(String alias, String pointer, Predicate<JsonNode> wanted) throws Exception {
        List<Long> values = new ArrayList<>();
        for (JsonNode document : engine().all(alias).values()) {
            if (wanted.test(document) && document.at(pointer).isNumber()) {
                values.add(document.at(pointer).asLong());
            }
        }
        Collections.sort(values);
        return values;
    }

    private static boolean isOf(JsonNode document, String list) {
        for (JsonNode id : document.at("/list/id")) {
            if (id.asText().equals(list)) {
                return true;
            }
        }
        return false;
    }

    /** What a reader of the page counts in all periods of a row: how many, by the bucket's number. */
    private static Map<Integer, Long> buckets(JsonNode row) {
        Map<Integer, Long> buckets = new HashMap<>();
        for (JsonNode cell : row) {
            int bucket = 0;
            for (int i = 1; i < cell.size(); i += 2) {
                bucket += cell.get(i).asInt();
                buckets.merge(bucket, cell.get(i + 1).asLong(), Long::sum);
            }
        }
        return buckets;
    }

    /** The middle of the bucket with the nearest rank, worked out from the description of the buckets. */
    private static double percentile(Map<Integer, Long> buckets, double share) {
        List<Integer> all = new ArrayList<>();
        buckets.forEach((bucket, count) -> all.addAll(Collections.nCopies(count.intValue(), bucket)));
        Collections.sort(all);
        int bucket = all.get((int) Math.ceil(share * all.size()) - 1) - 2;
        if (bucket < 0) {
            return bucket + 1;
        }
        double lower = Math.pow(2, Math.floorDiv(bucket, 16)) * (1 + bucket % 16 / 16.0);
        double upper = Math.pow(2, Math.floorDiv(bucket, 16)) * (1 + (bucket % 16 + 1) / 16.0);
        return (lower + Math.max(lower, Math.ceil(upper) - 1)) / 2;
    }

    @Test
    void delaysOfEachListAreThoseOfItsDeliveries() throws Exception {
        int compared = 0;
        for (JsonNode name : data().path("names")) {
            String list = name.asText();
            for (String part : List.of("latency", "list", "inbound", "outbound", "archive")) {
                List<Long> exact = exact(
                        "mail-deliveries",
                        "/delivery/" + part + "_corrected_ms",
                        delivery -> list.equals("All lists") || isOf(delivery, list));
                Map<Integer, Long> buckets = buckets(data().at("/parts/" + part + '/' + row(list)));
                assertThat(buckets.values().stream().mapToLong(Long::longValue).sum())
                        .as(list + ' ' + part)
                        .isEqualTo(exact.size());
                for (double share : new double[] {0.5, 0.95, 0.99}) {
                    if (!exact.isEmpty()) {
                        long value = exact.get((int) Math.ceil(share * exact.size()) - 1);
                        assertThat(percentile(buckets, share))
                                .as(list + ' ' + part + ' ' + share)
                                .isCloseTo((double) Math.max(-1, value), within(Math.abs(value) / 32.0));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(60);
    }

    /** The sums of a table's row by key. */
    private Map<String, Long> sums(String table, int row) {
        JsonNode json = data().at(table);
        int width = json.path("width").asInt();
        Map<String, Long> sums = new HashMap<>();
        JsonNode cells = json.path("rows").path(row);
        for (int i = 0; i < cells.size(); i += 2 + width) {
            sums.merge(
                    json.path("keys").path(cells.get(i).asInt()).asText(),
                    cells.get(i + 2).asLong(),
                    Long::sum);
        }
        return sums;
    }

    @Test
    void authorsAreCountedAsTheMessagesSay() throws Exception {
        Map<String, Long> exact = new HashMap<>();
        for (JsonNode message : engine().all("mail-messages").values()) {
            if (message.at("/author/id").isTextual()
                    && !message.at("/author/robot").asBoolean()) {
                exact.merge(message.at("/author/id").asText(), 1L, Long::sum);
            }
        }
        Map<String, Long> shown = sums("/people", 0);
        long all = exact.values().stream().mapToLong(Long::longValue).sum();
        assertThat(shown.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(all);
        String busiest =
                Collections.max(exact.entrySet(), Map.Entry.comparingByValue()).getKey();
        String name = engine().get("/mail-people/_doc/" + busiest)
                .at("/_source/person/name")
                .asText();
        // Of two persons with one name, each has the address behind it.
        assertThat(shown)
                .containsEntry(shown.containsKey(name) ? name : name + " (" + busiest + ')', exact.get(busiest));
    }

    @Test
    void discussionsWithoutAnAnswerAreThoseOfTheIndex() throws Exception {
        Map<String, JsonNode> threads = engine().all("mail-threads");
        Map<String, Long> exact = new HashMap<>();
        List<String> waiting = new ArrayList<>();
        for (JsonNode thread : threads.values()) {
            JsonNode unanswered = thread.at("/thread/unanswered");
            if (unanswered.isBoolean()) {
                exact.merge(unanswered.asText(), 1L, Long::sum);
            }
            if (unanswered.asBoolean()) {
                waiting.add(Instant.parse(thread.path("@timestamp").asText()).toEpochMilli() + "");
            }
        }
        Map<String, Long> shown = sums("/threadSizes/unanswered", 0);
        assertThat(shown.getOrDefault("true", 0L) + shown.getOrDefault("1", 0L)).isEqualTo(exact.get("true"));
        assertThat(shown.getOrDefault("false", 0L) + shown.getOrDefault("0", 0L))
                .isEqualTo(exact.get("false"));
        assertThat(data().path("unanswered"))
                .isNotEmpty()
                .allSatisfy(thread ->
                        assertThat(waiting).contains(thread.path("time").asText()));
        assertThat(sums("/threadSizes/messages", 0).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(threads.size());
    }

    @Test
    void theSlowestMailIsTheFirst() throws Exception {
        List<Long> exact = exact("mail-deliveries", "/delivery/latency_corrected_ms", delivery -> true);
        assertThat(data().at("/slowest/0/latency").asLong()).isEqualTo(exact.getLast());
    }

    @Test
    void aDayWithABlockedQueueIsOutOfTheOrdinary() {
        JsonNode worst = data().at("/worst/0");
        assertThat(worst.path("p95").asLong())
                .isGreaterThanOrEqualTo(300_000)
                .isGreaterThanOrEqualTo(10 * worst.path("usual").asLong());
        assertThat(worst.path("late").asLong())
                .isBetween(1L, worst.path("mails").asLong());
        assertThat(worst.path("longest").asLong())
                .isGreaterThanOrEqualTo(worst.path("p95").asLong());
        assertThat(data().path("sentences"))
                .anySatisfy(sentence -> assertThat(sentence.asText()).contains("held mails for up to"));
    }

    @Test
    void importsAreThoseOfTheLedger() {
        assertThat(data().at("/imports/sources"))
                .hasSize(2)
                .anySatisfy(source -> assertThat(source.path("name").asText()).endsWith("hostile.mbox"));
        assertThat(data().at("/imports/rejected").asLong()).isZero();
    }

    @Test
    void whatStrangersWroteIsTextInThePage() throws Exception {
        assertThat(page)
                .doesNotContain("<script>alert")
                .doesNotContain("\u202e")
                .doesNotContain("Long ".repeat(60));
        int begin = page.indexOf("<script type=\"application/json\" id=\"data\">");
        String json = page.substring(page.indexOf('>', begin) + 1, page.indexOf("</script>", begin));
        List<String> subjects = new ArrayList<>();
        JSON.readTree(json)
                .path("unanswered")
                .forEach(mail -> subjects.add(mail.path("subject").asText()));
        assertThat(subjects).contains("</script><script>alert(1)</script>gnp.exe1");
        assertThat(page.length()).isLessThan(3_000_000);
    }

    @Test
    void anEmptyIndexGivesAPageThatSaysSo() {
        assertThat(empty).startsWith("<!DOCTYPE html>").contains("There is no mail in the index");
        assertThat(report("--from", "1999-01-01", "--to", "1999-12-31", "--output", "-")
                        .out())
                .contains("There is no mail in the index");
    }

    @Test
    void onlyWhatIsAskedForIsCovered() throws Exception {
        String list = data().at("/names/1").asText();
        JsonNode some = JSON.readTree(report(
                        "--json",
                        "--output",
                        "-",
                        "--list",
                        list.substring(0, list.indexOf('.')),
                        "--from",
                        "2021-01-10",
                        "--to",
                        "2021-01-31")
                .out());
        assertThat(some.path("names")).hasSize(1);
        assertThat(some.at("/names/0").asText()).isEqualTo(list);
        long exact = engine().all("mail-messages").values().stream()
                .filter(message -> isOf(message, list))
                .filter(message -> {
                    String time = message.path("@timestamp").asText();
                    return time.compareTo("2021-01-10") >= 0 && time.compareTo("2021-02-01") < 0;
                })
                .count();
        assertThat(some.path("messages").asLong()).isPositive().isEqualTo(exact);
    }

    @Test
    void whatIsNotThereIsNamed() {
        CommandLineRun list = CommandLineRun.of(Map.of(), command("--list", "nowhere.example.org"));
        assertThat(list.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(list.err()).contains("\"nowhere.example.org\"", "evil.example.org");
        CommandLineRun thread = CommandLineRun.of(Map.of(), command("--thread", "<nobody@example.org>"));
        assertThat(thread.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(thread.err()).contains("<nobody@example.org>", "index its archive first");
        CommandLineRun day = CommandLineRun.of(Map.of(), command("--from", "yesterday"));
        assertThat(day.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(day.err()).contains("--from", "2021-01-31");
        CommandLineRun turned = CommandLineRun.of(Map.of(), command("--from", "2021-02-02", "--to", "2021-02-01"));
        assertThat(turned.exitCode()).isEqualTo(ExitCode.USAGE);
        CommandLineRun folder = CommandLineRun.of(
                Map.of(),
                command("--output", temporary().resolve("no/such/folder.html").toString()));
        assertThat(folder.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(folder.err()).contains("folder.html");
        CommandLineRun itself =
                CommandLineRun.of(Map.of(), command("--output", temporary().toString()));
        assertThat(itself.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(itself.err()).contains("is a folder");
    }

    @Test
    void aThreadIsShownWithTheWayOfEachMail() throws Exception {
        JsonNode thread = engine().all("mail-threads").values().stream()
                .filter(document -> document.at("/thread/messages").asInt() == 5
                        && document.at("/thread/missing").asInt() == 0)
                .findFirst()
                .orElseThrow();
        Path file = temporary().resolve("thread.html");
        Files.writeString(file, "an older one");
        CommandLineRun run = report("--thread", thread.at("/thread/id").asText(), "--output", file.toString());
        assertThat(run.out()).contains(file.toRealPath().toString());
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").contains("Discussion:");
        JsonNode tree = JSON.readTree(report("--thread", thread.at("/thread/id").asText(), "--json", "--output", "-")
                        .out())
                .at("/threads/0/tree");
        assertThat(tree).hasSize(5);
        assertThat(tree.get(0).path("depth").asInt()).isZero();
        assertThat(tree).allSatisfy(mail -> assertThat(mail.path("copies")).isNotEmpty());
    }
}
