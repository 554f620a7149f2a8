package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.index.Ledger;
import org.listlens.index.Summary;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Origin;

class SummaryTest {
    private static final Origin PLACE = new Origin("/archive/a.mbox", "42");

    private static final Summary FULL = new Summary(
            new Ledger.Counts(22_794, 22_000, 700, 90, 4),
            1_000,
            2_500_000,
            Duration.ofSeconds(2),
            true,
            Instant.parse("2024-01-31T23:59:59Z"),
            Instant.parse("2024-03-01T12:00:00Z"),
            List.of(new Summary.ListCount("dev.lists.example.org", 20_000)),
            140_028,
            22_000,
            3_000L,
            4_680_000L,
            -90_000L,
            17,
            new Summary.WrongClocks(
                    5,
                    List.of(
                            new Summary.WrongClock("list.example.org", 90, 100_000, 137_000),
                            new Summary.WrongClock("relay\u202e.example.org", 1, -45_000, -45_000),
                            new Summary.WrongClock("mx.example.org", 12, -2_440_000, 178_000))),
            5_000,
            List.of(new Summary.BusyThread("A long thread", 120), new Summary.BusyThread(null, 2)),
            List.of(
                    new Summary.SlowMail(
                            PLACE,
                            "slow@example.com",
                            "Evil \u001b[2J\u202esubject",
                            Instant.parse("2024-03-01T12:00:00Z"),
                            4_680_000,
                            "relay.example.net",
                            4_600_000L),
                    new Summary.SlowMail(PLACE, null, null, null, 1_000, null, null)),
            List.of(new Summary.DefectCount(DefectCode.MISSING_DATE, 12)),
            List.of(new Summary.Rejection(PLACE, "the stream ends too early")));

    private static final Summary BARE = new Summary(
            new Ledger.Counts(1, 1, 0, 0, 0),
            10,
            10,
            Duration.ofMillis(1),
            false,
            null,
            null,
            List.of(),
            0,
            0,
            null,
            null,
            null,
            0,
            null,
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of());

    @Test
    void theTextTellsAllOfIt() {
        String text = text(FULL);

        assertThat(text.lines())
                .contains(
                        "Read       22,794 mails, 2.5 MB in 2.0 s (11,397 mails/s); interrupted before the end",
                        "Ledger     22,000 indexed + 700 unchanged + 90 duplicate + 4 rejected = 22,794 of 22,794 read",
                        "Period     2024-01-31 to 2024-03-01");
        assertThat(text)
                .contains("dev.lists.example.org  20,000")
                .contains("p50 3 s, p95 1 h 18 min, p99 -1 min 30 s")
                .contains("Clocks     list.example.org  1 min 40 s to 2 min 17 s ahead, in 90 windows")
                .contains(".example.org  45 s behind, in 1 window\n")
                .contains("mx.example.org  40 min 40 s behind to 2 min 58 s ahead, in 12 windows")
                .contains("and 2 more that are wrong at times")
                .contains("140,028; clocks disagree in 17 copies")
                .contains(DefectCode.MISSING_DATE.label() + " 12")
                .contains("relay.example.net 1 h 16 min")
                .contains("2024-03-01 12:00")
                .contains("(no subject)")
                .contains("Busiest of 5,000 threads")
                .contains("120  A long thread")
                .contains("/archive/a.mbox:42: the stream ends too early");
        assertThat(text).doesNotContain("\u001b").doesNotContain("\u202e");
    }

    @Test
    void whatIsUnknownIsLeftOut() {
        assertThat(text(BARE).lines()).hasSize(2);
        assertThat(text(BARE)).startsWith("Read       1 mail, ").doesNotContain("null");
    }

    @Test
    void longListsAreCutAndTheRestCounted() {
        List<Summary.ListCount> lists = IntStream.range(0, 11)
                .mapToObj(i -> new Summary.ListCount("list" + i + ".example.org", 1))
                .toList();
        List<Summary.Rejection> rejections = Collections.nCopies(30, new Summary.Rejection(PLACE, "broken"));
        Summary summary = new Summary(
                new Ledger.Counts(1_500, 0, 0, 0, 1_500),
                10,
                10,
                Duration.ZERO,
                false,
                null,
                null,
                lists,
                0,
                0,
                null,
                null,
                null,
                0,
                null,
                0,
                List.of(),
                List.of(),
                List.of(),
                rejections);

        assertThat(text(summary))
                .contains("list7.example.org")
                .doesNotContain("list8.example.org")
                .contains("and 3 more")
                .contains("and 1,490 more");
    }

    @Test
    void theJsonHasEveryNumber(@TempDir Path folder) throws IOException {
        JsonNode json = json(FULL, "http://127.0.0.1:9200", folder);

        assertThat(json.path("read").asLong()).isEqualTo(22_794);
        assertThat(json.path("indexed").asLong()).isEqualTo(22_000);
        assertThat(json.path("unchanged").asLong()).isEqualTo(700);
        assertThat(json.path("duplicate").asLong()).isEqualTo(90);
        assertThat(json.path("rejected").asLong()).isEqualTo(4);
        assertThat(json.path("interrupted").asBoolean()).isTrue();
        assertThat(json.path("octets").asLong()).isEqualTo(2_500_000);
        assertThat(json.path("elapsed_ms").asLong()).isEqualTo(2_000);
        assertThat(json.path("engine").asText()).isEqualTo("http://127.0.0.1:9200");
        assertThat(json.path("from").asText()).isEqualTo("2024-01-31T23:59:59Z");
        assertThat(json.path("to").asText()).isEqualTo("2024-03-01T12:00:00Z");
        assertThat(json.path("hops").asLong()).isEqualTo(140_028);
        assertThat(json.path("skewed").asLong()).isEqualTo(17);
        assertThat(json.path("latency").toString())
                .isEqualTo("{\"copies\":22000,\"p50_ms\":3000,\"p95_ms\":4680000,\"p99_ms\":-90000}");
        assertThat(json.path("lists").toString()).isEqualTo("[{\"id\":\"dev.lists.example.org\",\"copies\":20000}]");
        assertThat(json.path("threads").toString())
                .isEqualTo("{\"count\":5000,\"busiest\":[{\"messages\":120,\"subject\":\"A long thread\"},"
                        + "{\"messages\":2}]}");
        assertThat(json.path("slowest").path(0).path("subject").asText()).isEqualTo("Evil \u001b[2J\u202esubject");
        assertThat(json.path("slowest").path(0).path("held_by").asText()).isEqualTo("relay.example.net");
        assertThat(json.path("slowest").path(0).path("held_ms").asLong()).isEqualTo(4_600_000);
        assertThat(json.path("slowest").path(1).toString())
                .isEqualTo("{\"latency_ms\":1000,\"source\":\"/archive/a.mbox\",\"position\":\"42\"}");
        assertThat(json.path("defects").path(DefectCode.MISSING_DATE.label()).asLong())
                .isEqualTo(12);
        assertThat(json.path("rejections").path(0).path("reason").asText()).isEqualTo("the stream ends too early");
    }

    @Test
    void whatIsUnknownHasNoKey(@TempDir Path folder) throws IOException {
        JsonNode json = json(BARE, null, folder);

        assertThat(json.has("engine")).isFalse();
        assertThat(json.has("from")).isFalse();
        assertThat(json.has("to")).isFalse();
        assertThat(json.path("latency").toString()).isEqualTo("{\"copies\":0}");
        assertThat(json.path("skewed").isNumber()).isTrue();
    }

    private static String text(Summary summary) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SummaryText(new PrintStream(out, true, StandardCharsets.UTF_8)).print(summary);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode json(Summary summary, @org.jspecify.annotations.Nullable String engine, Path folder)
            throws IOException {
        Path file = folder.resolve("summary.json");
        SummaryJson.write(summary, engine, file);
        return new ObjectMapper().readTree(file.toFile());
    }
}
