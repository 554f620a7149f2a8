package org.listlens.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Dialect;

class GeneratorTest {
    private static final int MESSAGES = 5000;
    private static final GeneratorOptions OPTIONS = GeneratorOptions.of(42, MESSAGES);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static GeneratorSummary summary = GeneratedArchive.NOTHING;
    private static JsonNode totals = JSON.nullNode();
    private static List<JsonNode> manifest = List.of();
    private static Map<String, String> files = Map.of();

    @BeforeAll
    static void generate() throws IOException {
        summary = Generator.generate(OPTIONS, folder);
        manifest = GeneratedArchive.manifest(folder);
        files = GeneratedArchive.files(folder);
        totals = JSON.readTree(folder.resolve("manifest-summary.json").toFile());
    }

    @Test
    void theSameOptionsGiveTheSameOctetsWhateverLocaleAndZone(@TempDir Path one, @TempDir Path two) throws Exception {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        GeneratorOptions options = GeneratorOptions.of(7, 300);
        Generator.generate(options, one);
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
            Generator.generate(options, two);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        assertThat(digests(one)).isEqualTo(digests(two)).containsKey("manifest.ndjson");
        Generator.generate(GeneratorOptions.of(8, 300), two);
        assertThat(digests(one)).isNotEqualTo(digests(two));
    }

    /** Holds for every machine and JDK; a change of what is generated changes it. */
    @Test
    void aTinyArchiveIsTheSameEverywhere() throws Exception {
        ByteArrayOutputStream mbox = new ByteArrayOutputStream();
        Generator.generate(GeneratorOptions.of(1, 100), mbox);
        assertThat(digest(mbox.toByteArray()))
                .isEqualTo("9e8bf8a71957760e6d225aaf1e96108828496f330275839791f75abd81d49230");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 500})
    void anArchiveHoldsAsManyMailsAsAskedFor(int messages) throws IOException {
        ByteArrayOutputStream mbox = new ByteArrayOutputStream();
        GeneratorSummary made = Generator.generate(GeneratorOptions.of(3, messages), mbox);
        assertThat(made.copies()).isEqualTo(messages);
        assertThat(made.octets()).isEqualTo(mbox.size());
        assertThat(GeneratedArchive.split(mbox.toString(StandardCharsets.ISO_8859_1)))
                .hasSize(messages);
    }

    @Test
    void aStreamHoldsTheMailsOfTheFolderInOrderOfArrival() throws IOException {
        ByteArrayOutputStream mbox = new ByteArrayOutputStream();
        Generator.generate(OPTIONS, mbox);
        List<String> stream = GeneratedArchive.split(mbox.toString(StandardCharsets.ISO_8859_1));
        List<String> expected = new ArrayList<>();
        for (JsonNode copy : manifest) {
            expected.add(GeneratedArchive.mail(files, copy));
        }
        assertThat(stream).isEqualTo(expected);
    }

    @Test
    void optionsOutOfBoundsAreRefused() {
        Instant start = Instant.parse("2021-01-01T00:00:00Z");
        assertThatThrownBy(() -> GeneratorOptions.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GeneratorOptions(1, 1, start, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GeneratorOptions(1, 1, start, Duration.ofDays(365 * 30)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GeneratorOptions(1, 1, start, Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyEntryLiesWhereTheManifestSays() {
        Map<String, List<String>> mails = new TreeMap<>();
        files.forEach((file, text) -> mails.put(file, GeneratedArchive.split(text)));
        Map<String, Integer> next = new TreeMap<>();
        for (JsonNode copy : manifest) {
            String file = copy.get("file").asText();
            int number = next.merge(file, 1, Integer::sum) - 1;
            String mail = mails.getOrDefault(file, List.of()).get(number);
            assertThat(mail).hasSize(copy.get("size").asInt()).isEqualTo(GeneratedArchive.mail(files, copy));
            String id = copy.path("message_id").asText();
            assertThat(mail).contains("\nReceived: ").contains(id.isEmpty() ? "" : ": <" + id + ">\n");
        }
        mails.forEach((file, list) -> assertThat(list).hasSize(next.getOrDefault(file, 0)));
    }

    @Test
    void everyFeatureOccurs() {
        Set<String> dialects = new TreeSet<>();
        for (Dialect dialect : Dialect.values()) {
            dialects.add(dialect.label());
        }
        dialects.remove(Dialect.UNKNOWN.label());
        assertThat(names("dialects")).isEqualTo(dialects);
        assertThat(names("malformed"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Malformation.values())
                        .map(Malformation::label)
                        .toList());
        assertThat(names("charsets"))
                .contains("US-ASCII", "UTF-8", "ISO-2022-JP", "KOI8-R", "GB18030", "windows-1252", "none");
        assertThat(names("encodings")).contains("7bit", "8bit", "quoted-printable", "base64");
        assertThat(names("shapes")).containsExactlyInAnyOrder("plain", "alternative", "html", "mixed");
        assertThat(names("replies")).containsExactlyInAnyOrder("starter", "inline", "top", "bottom", "none", "full");
        assertThat(names("linkages"))
                .containsExactlyInAnyOrder("proper", "only-in-reply-to", "only-references", "none");
        assertThat(names("mails")).containsExactlyInAnyOrder("patch", "crosspost");
        assertThat(names("copies_with"))
                .contains("flowed", "delsp", "greylisted", "moderated", "blocked", "duplicate", "sealed");
        assertThat(names("signatures")).containsExactlyInAnyOrder("whole", "header-altered", "body-altered");
        assertThat(totals.get("lists").findValuesAsText("software")).hasSize(8).doesNotHaveDuplicates();
        assertThat(totals.get("quote_depth").asInt()).isGreaterThanOrEqualTo(10);
        assertThat(totals.get("thread_depth").asInt()).isGreaterThanOrEqualTo(10);
        assertThat(totals.get("unanswered").asInt()).isPositive();
        assertThat(manifest).anyMatch(copy -> copy.at("/patch/version").asInt() == 3);
        assertThat(files.values()).anyMatch(text -> text.contains("\n>From "));
        assertThat(files.values()).anyMatch(text -> text.contains("\n>>From "));
    }

    @Test
    void expectedDefectsAreDefectCodes() {
        Set<String> labels = new TreeSet<>();
        for (DefectCode code : DefectCode.values()) {
            labels.add(code.label());
        }
        assertThat(labels).containsAll(names("defects"));
    }

    @Test
    void theSummaryAddsUp() {
        Set<String> mails = new TreeSet<>();
        Set<Integer> threads = new TreeSet<>();
        Map<String, Integer> lists = new TreeMap<>();
        int hops = 0;
        int negative = 0;
        for (JsonNode copy : manifest) {
            mails.add(copy.at("/thread/conversation").asText()
                    + ' '
                    + copy.get("sent_ms")
                    + ' '
                    + copy.at("/from/address").asText()
                    + ' '
                    + copy.path("message_id").asText());
            threads.add(copy.at("/thread/number").asInt());
            lists.merge(copy.get("lists").get(0).asText(), 1, Integer::sum);
            hops += copy.get("hops").size();
            for (JsonNode hop : copy.get("hops")) {
                negative += hop.path("delay_ms").asLong() < 0 ? 1 : 0;
            }
        }
        assertThat(manifest).hasSize(MESSAGES);
        assertThat(summary.copies())
                .isEqualTo(MESSAGES)
                .isEqualTo(totals.get("copies").asInt());
        assertThat(mails)
                .hasSize(summary.messages())
                .hasSize(totals.get("messages").asInt());
        assertThat(threads)
                .hasSize(summary.threads())
                .hasSize(totals.get("threads").asInt());
        assertThat(hops).isEqualTo(totals.get("hops").asInt());
        assertThat(negative).isEqualTo(totals.get("negative_hops").asInt()).isPositive();
        long octets = files.values().stream().mapToLong(String::length).sum();
        assertThat(octets)
                .isEqualTo(summary.octets())
                .isEqualTo(totals.get("octets").asLong());
        for (JsonNode list : totals.get("lists")) {
            assertThat(lists.get(list.get("id").asText()))
                    .isEqualTo(list.get("copies").asInt());
        }
        assertThat(summary.files()).containsExactlyInAnyOrderElementsOf(files.keySet());
    }

    @Test
    void blockedMailLeavesAfterTheQueueMoves() {
        int held = 0;
        for (JsonNode copy : manifest) {
            if (copy.has("blocked_ms")) {
                held++;
                String list = copy.get("lists").get(0).asText();
                JsonNode outage = totals.get("outages").get(0);
                outage = outage.get("list").asText().equals(list)
                        ? outage
                        : totals.get("outages").get(1);
                JsonNode hops = copy.get("hops");
                JsonNode expansion = hops.get(0);
                for (JsonNode hop : hops) {
                    expansion = hop.get("hold_ms").asLong()
                                    > expansion.get("hold_ms").asLong()
                            ? hop
                            : expansion;
                }
                assertThat(expansion.get("true_ms").asLong())
                        .isGreaterThan(outage.get("to_ms").asLong());
            }
        }
        assertThat(held).isEqualTo(totals.at("/copies_with/blocked").asInt());
    }

    @Test
    void theSampleShowsWhatTheDemoIsAbout(@TempDir Path sample) throws IOException {
        Generator.generate(GeneratorOptions.sample(), sample);
        JsonNode shown = JSON.readTree(sample.resolve("manifest-summary.json").toFile());
        assertThat(shown.at("/copies_with/blocked").asInt()).isGreaterThanOrEqualTo(10);
        assertThat(shown.at("/copies_with/greylisted").asInt()).isGreaterThanOrEqualTo(10);
        assertThat(shown.get("lists")).hasSize(8);
        assertThat(shown.get("quote_depth").asInt()).isGreaterThanOrEqualTo(10);
        assertThat(shown.get("malformed")).hasSize(Malformation.values().length);
    }

    /** Memory follows the mails of a few days, not the archive: four times the time is not four times the state. */
    @Test
    void stateDoesNotGrowWithTheArchive() throws IOException {
        int small = peak(GeneratorOptions.of(5, 2400));
        int large = peak(GeneratorOptions.of(5, 9600));
        assertThat(large).isLessThan(small * 2);
    }

    private static final Pattern ADDRESS = Pattern.compile("(?<![0-9.])([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?![0-9.])");
    private static final Pattern MAILBOX = Pattern.compile("[<:][^<>@\\s:]+@([^<>\\s,;:?/]+)[>/?]");

    @Test
    void nobodyAndNothingIsReal() {
        for (JsonNode copy : manifest) {
            String header = GeneratedArchive.header(GeneratedArchive.mail(files, copy));
            Matcher ip = ADDRESS.matcher(header.replaceAll("(?m)^(User-Agent|X-Mailer|X-Mailman-Version):.*", "")
                    .replaceAll("id\\s\\S+", "")
                    .replaceAll("Smail\\S+", ""));
            while (ip.find()) {
                assertThat(ip.group(1)).matches("(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113|127\\.0\\.0)\\.\\d+");
            }
            Matcher mailbox = MAILBOX.matcher(header);
            while (mailbox.find()) {
                assertThat(mailbox.group(1).toLowerCase(Locale.ROOT))
                        .matches("(.*\\.)?example\\.(com|org|net)|groups\\.io");
            }
        }
        for (String host : totals.get("hosts").findValuesAsText("name")) {
            assertThat(host).matches("([a-z0-9-]+\\.)+(example\\.(com|org|net)|google\\.com|groups\\.io)");
        }
    }

    private static int peak(GeneratorOptions options) throws IOException {
        try (Archive archive = new Archive(OutputStream.nullOutputStream())) {
            Simulation simulation = new Simulation(options, archive);
            simulation.run();
            return simulation.peak();
        }
    }

    private static Set<String> names(String group) {
        Set<String> names = new TreeSet<>();
        totals.get(group).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Map<String, String> digests(Path folder) throws Exception {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                digests.put(path.getFileName().toString(), digest(Files.readAllBytes(path)));
            }
        }
        return digests;
    }

    private static String digest(byte[] octets) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    }
}
