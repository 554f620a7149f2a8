package org.listlens.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the manifest against the mails, read by code of this test's own. */
class GeneratedTruthTest {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final Pattern DATE =
            Pattern.compile("(\\d{1,2}) ([A-Z][a-z]{2}) (\\d{4}) (\\d\\d):(\\d\\d):(\\d\\d) ([+-])(\\d\\d)(\\d\\d)");
    private static final Pattern FIELD = Pattern.compile("(?m)^(X-)?Received: (.*(?:\n[ \t].*)*)");
    private static final Pattern MESSAGE_ID = Pattern.compile("<([^<>\\s]+)>");

    @TempDir
    static Path folder;

    private static List<JsonNode> manifest = List.of();
    private static final List<String> MAILS = new ArrayList<>();

    @BeforeAll
    static void generate() throws IOException {
        Generator.generate(GeneratorOptions.of(4711, 3000), folder);
        manifest = GeneratedArchive.manifest(folder);
        Map<String, String> files = GeneratedArchive.files(folder);
        for (JsonNode copy : manifest) {
            MAILS.add(GeneratedArchive.mail(files, copy));
        }
    }

    @Test
    void everyLineOfTheTraceIsAHopAndSaysWhatTheManifestSays() {
        int compared = 0;
        for (int i = 0; i < manifest.size(); i++) {
            List<String> lines = trace(MAILS.get(i));
            JsonNode hops = manifest.get(i).get("hops");
            assertThat(lines).hasSize(hops.size());
            for (int j = 0; j < lines.size(); j++) {
                String line = lines.get(j);
                JsonNode hop = hops.get(j);
                assertThat(hop.get("position").asInt()).isEqualTo(j + 1);
                assertThat(line.startsWith("X-"))
                        .isEqualTo(hop.get("field").asText().equals("x-received"));
                assertThat(line).contains(hop.path("id").asText());
                assertThat(line).contains(hop.at("/from/ip").asText());
                if (!hop.at("/by/host").asText().endsWith("::")) {
                    assertThat(line.toLowerCase(Locale.ROOT))
                            .contains(hop.at("/by/host").asText());
                }
                Matcher date = DATE.matcher(line.replaceAll("\\s+", " "));
                if (hop.has("stamp_ms") && date.find()) {
                    compared++;
                    long written = read(date);
                    assertThat(hop.get("stamp_ms").asLong() / 1000 * 1000).isEqualTo(written);
                }
            }
        }
        assertThat(compared).isGreaterThan(10_000);
    }

    @Test
    void stampsAreTruthPlusOffset() {
        for (JsonNode copy : manifest) {
            long before = copy.get("sent_ms").asLong();
            for (JsonNode hop : copy.get("hops")) {
                long truth = hop.get("true_ms").asLong();
                assertThat(truth)
                        .isEqualTo(before
                                + hop.get("hold_ms").asLong()
                                + hop.get("transit_ms").asLong());
                before = truth;
                if (hop.has("stamp_ms")) {
                    long clock = truth + hop.get("offset_ms").asLong();
                    assertThat(clock - hop.get("stamp_ms").asLong()).isBetween(0L, 999L);
                }
            }
        }
    }

    @Test
    void delaysCountFromTheNextOlderStampAndBlameItsHost() {
        int negative = 0;
        for (JsonNode copy : manifest) {
            JsonNode older = null;
            JsonNode oldest = null;
            long longest = 0;
            String blamed = "";
            for (JsonNode hop : copy.get("hops")) {
                if (!hop.has("stamp_ms")) {
                    assertThat(hop.has("delay_ms")).isFalse();
                    continue;
                }
                assertThat(hop.has("delay_ms")).isEqualTo(older != null);
                if (older != null) {
                    long delay =
                            hop.get("stamp_ms").asLong() - older.get("stamp_ms").asLong();
                    assertThat(hop.get("delay_ms").asLong()).isEqualTo(delay);
                    boolean atList = hop.get("segment").asText().equals("list");
                    assertThat(hop.path("held_by").asText())
                            .isEqualTo(
                                    atList
                                            ? copy.get("list_host").asText()
                                            : older.at("/by/host").asText());
                    negative += delay < 0 ? 1 : 0;
                    if (delay > longest && hop.has("held_by")) {
                        longest = delay;
                        blamed = hop.get("held_by").asText();
                    }
                }
                oldest = oldest == null ? hop : oldest;
                older = hop;
            }
            if (older != null && oldest != null) {
                assertThat(copy.get("latency_ms").asLong())
                        .isEqualTo(older.get("stamp_ms").asLong()
                                - oldest.get("stamp_ms").asLong());
            }
            assertThat(copy.path("held_by").asText()).isEqualTo(blamed);
        }
        assertThat(negative).isGreaterThan(300);
    }

    @Test
    void partsFollowEachOtherAndAddUpToTheLatency() {
        List<String> order = List.of("origin", "inbound", "list", "outbound", "archive");
        TreeMap<String, Integer> seen = new TreeMap<>();
        for (JsonNode copy : manifest) {
            int last = 0;
            for (JsonNode hop : copy.get("hops")) {
                int part = order.indexOf(hop.get("segment").asText());
                assertThat(part).isBetween(last, 4);
                assertThat(hop.has("delay_ms") && part == 0).isFalse();
                last = part;
            }
            long sum = 0;
            for (String part : order) {
                sum += copy.path(part + "_ms").asLong();
                seen.merge(part, copy.has(part + "_ms") ? 1 : 0, Integer::sum);
            }
            assertThat(copy.get("latency_ms").asLong()).isEqualTo(sum);
        }
        assertThat(seen).containsEntry("origin", 0).containsEntry("outbound", manifest.size());
        assertThat(seen.get("list")).isGreaterThan(manifest.size() - 20);
        assertThat(seen.get("archive")).isBetween(manifest.size() / 5, manifest.size() / 2);
    }

    @Test
    void clocksAreAsWrongAsToldAndTheOthersAreRight() {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (JsonNode copy : manifest) {
            for (JsonNode hop : copy.get("hops")) {
                long offset = hop.get("offset_ms").asLong();
                Instant time = Instant.ofEpochMilli(hop.get("true_ms").asLong());
                switch (hop.get("stamped_by").asText()) {
                    case "vger.example.org" -> {
                        Instant month = YearMonth.from(time.atOffset(ZoneOffset.UTC))
                                .atDay(1)
                                .atStartOfDay()
                                .toInstant(ZoneOffset.UTC);
                        double days = Duration.between(month, time).toMillis() / 86_400_000.0;
                        assertThat((double) offset).isCloseTo(100_000 + 2_000 * days, Offset.offset(1.0));
                        low = Math.min(low, offset);
                        high = Math.max(high, offset);
                    }
                    case "mx-out.university.example.net" -> assertThat(offset).isEqualTo(-45_000);
                    case "relay.foundry.example.com" -> assertThat(offset).isEqualTo(7_000);
                    default -> assertThat(offset).isZero();
                }
            }
        }
        assertThat(low).isLessThan(105_000);
        assertThat(high).isGreaterThan(155_000);
    }

    @Test
    void timesInQueueIdsAreThoseOfTheClock() {
        Map<String, Integer> decoded = new TreeMap<>();
        for (JsonNode copy : manifest) {
            for (JsonNode hop : copy.get("hops")) {
                if (!hop.has("id_ms")) {
                    continue;
                }
                String id = hop.get("id").asText();
                long clock = hop.get("true_ms").asLong() + hop.get("offset_ms").asLong();
                String dialect = hop.get("dialect").asText();
                long time = decode(dialect, id);
                assertThat(hop.get("id_ms").asLong()).as(id).isEqualTo(time);
                boolean opened = id.contains("si") && dialect.equals("google");
                assertThat(clock - time).as(id).isBetween(0L, opened && !id.matches(".*\\.\\d{13}") ? 12_999L : 999L);
                decoded.merge(dialect, 1, Integer::sum);
            }
        }
        assertThat(decoded.keySet()).containsExactly("exim", "google", "groups-io", "postfix", "sendmail", "vger");
    }

    @Test
    void threadsAreThePartitionThatTheLinksMake() {
        Map<String, String> roots = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < manifest.size(); i++) {
            String header = GeneratedArchive.header(MAILS.get(i));
            String own = id(header, i);
            for (String field : List.of("In-Reply-To", "References")) {
                Matcher other = MESSAGE_ID.matcher(GeneratedTruthTest.field(header, field));
                while (other.find()) {
                    roots.put(root(roots, own), root(roots, other.group(1)));
                }
            }
        }
        Map<Integer, String> back = new HashMap<>();
        for (int i = 0; i < manifest.size(); i++) {
            String root = root(roots, id(GeneratedArchive.header(MAILS.get(i)), i));
            int number = manifest.get(i).at("/thread/number").asInt();
            assertThat(numbers.computeIfAbsent(root, key -> number)).isEqualTo(number);
            assertThat(back.computeIfAbsent(number, key -> root)).isEqualTo(root);
        }
        assertThat(numbers.size()).isGreaterThan(200);
    }

    @Test
    void quotedLinesAreAsManyAsTold() {
        int counted = 0;
        for (int i = 0; i < manifest.size(); i++) {
            JsonNode copy = manifest.get(i);
            String encoding = copy.at("/text/encoding").asText("7bit");
            if (!copy.at("/text/shape").asText().equals("plain")
                    || copy.at("/text/flowed").asBoolean()
                    || !encoding.endsWith("bit")
                    || copy.has("malformed")) {
                continue;
            }
            List<Integer> lines = new ArrayList<>(List.of(0));
            String mail = MAILS.get(i);
            for (String line : mail.substring(mail.indexOf("\n\n") + 2).lines().toList()) {
                int depth = 0;
                int at = 0;
                while (line.startsWith(">", at) || (depth > 0 && line.startsWith(" >", at))) {
                    at = line.indexOf('>', at) + 1;
                    depth++;
                }
                while (lines.size() <= depth) {
                    lines.add(0);
                }
                if (depth > 0 || !line.isBlank()) {
                    lines.set(depth, lines.get(depth) + 1);
                }
            }
            List<Integer> told = new ArrayList<>();
            copy.at("/quote/lines").forEach(count -> told.add(count.asInt()));
            assertThat(lines).as(mail).isEqualTo(told);
            JsonNode quote = copy.get("quote");
            int unquoted = 0;
            for (Line.Kind kind : Line.Kind.values()) {
                unquoted += quote.get(kind.name().toLowerCase(Locale.ROOT) + "_lines")
                        .asInt();
            }
            assertThat(unquoted).isEqualTo(told.get(0));
            counted++;
        }
        assertThat(counted).isGreaterThan(500);
    }

    @Test
    void writtenOutZoneRulesAreThoseOfTheJdk() {
        Map<Zone, String> zones = Map.of(
                Zone.CENTRAL_EUROPE, "Europe/Berlin",
                Zone.EASTERN_EUROPE, "Europe/Helsinki",
                Zone.EASTERN, "America/New_York",
                Zone.PACIFIC, "America/Los_Angeles",
                Zone.INDIA, "Asia/Kolkata");
        zones.forEach((zone, name) -> {
            for (Instant time = Instant.parse("2019-12-31T00:30:00Z");
                    time.isBefore(Instant.parse("2024-01-01T00:00:00Z"));
                    time = time.plus(Duration.ofHours(1))) {
                int seconds = ZoneId.of(name).getRules().getOffset(time).getTotalSeconds();
                assertThat(zone.offsetMinutes(time.toEpochMilli()) * 60)
                        .as(name + time)
                        .isEqualTo(seconds);
            }
        });
    }

    private static List<String> trace(String mail) {
        List<String> lines = new ArrayList<>();
        Matcher field = FIELD.matcher(GeneratedArchive.header(mail));
        while (field.find()) {
            lines.add(0, field.group());
        }
        return lines;
    }

    private static long read(Matcher date) {
        int month = MONTHS.indexOf(date.group(2)) / 3 + 1;
        LocalDateTime local = LocalDateTime.of(
                Integer.parseInt(date.group(3)),
                month,
                Integer.parseInt(date.group(1)),
                Integer.parseInt(date.group(4)),
                Integer.parseInt(date.group(5)),
                Integer.parseInt(date.group(6)));
        int minutes = Integer.parseInt(date.group(8)) * 60 + Integer.parseInt(date.group(9));
        return local.minusMinutes(date.group(7).equals("-") ? -minutes : minutes)
                        .toEpochSecond(ZoneOffset.UTC)
                * 1000;
    }

    /** The time in a queue id by the rules of its software, in milliseconds. */
    private static long decode(String dialect, String id) {
        String base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        String base52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
        return switch (dialect) {
            case "exim" -> digits(id.substring(0, 6), base62) * 1000;
            case "postfix" -> digits(id.substring(0, 6), base52) * 1000 + digits(id.substring(6, 10), base52) / 1000;
            case "sendmail" -> {
                int[] parts = parts(id.substring(0, 6), base62.substring(0, 60));
                yield utc(
                        (parts[0] < 40 ? 2020 : 1960) + parts[0], parts[1] + 1, parts[2], parts[3], parts[4], parts[5]);
            }
            case "vger" -> {
                String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123abcdefghijklmnopqrstuvwxyz456789";
                int[] parts = parts(id.substring(id.length() - 8), alphabet);
                yield utc(
                        (parts[0] * 64 + parts[1]) * 64 + parts[2],
                        parts[3] + 1,
                        parts[4] + 1,
                        parts[5],
                        parts[6],
                        parts[7]);
            }
            case "groups-io" -> Long.parseLong(id.substring(id.lastIndexOf('.') + 1)) / 1_000_000;
            default -> {
                if (id.matches(".*\\.\\d{13}")) {
                    yield Long.parseLong(id.substring(id.length() - 13));
                }
                String[] time = id.substring(id.length() - 19).split("\\.", -1);
                LocalDateTime local = LocalDateTime.of(
                        Integer.parseInt(time[0]),
                        Integer.parseInt(time[1]),
                        Integer.parseInt(time[2]),
                        Integer.parseInt(time[3]),
                        Integer.parseInt(time[4]),
                        Integer.parseInt(time[5]));
                yield local.atZone(ZoneId.of("America/Los_Angeles")).toInstant().toEpochMilli();
            }
        };
    }

    private static long digits(String text, String alphabet) {
        long number = 0;
        for (int part : parts(text, alphabet)) {
            number = number * alphabet.length() + part;
        }
        return number;
    }

    private static int[] parts(String text, String alphabet) {
        return text.chars().map(alphabet::indexOf).toArray();
    }

    private static long utc(int year, int month, int day, int hour, int minute, int second) {
        return LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC) * 1000;
    }

    private static String id(String header, int number) {
        Matcher id = MESSAGE_ID.matcher(field(header, "Message-ID"));
        return id.find() ? id.group(1) : "none " + number;
    }

    private static String field(String header, String name) {
        Matcher field = Pattern.compile("(?im)^" + name + ":(.*(?:\n[ \t].*)*)").matcher(header);
        return field.find() ? field.group(1) : "";
    }

    private static String root(Map<String, String> roots, String id) {
        String root = id;
        String next = roots.get(root);
        while (next != null && !next.equals(root)) {
            root = next;
            next = roots.get(root);
        }
        return root;
    }
}
