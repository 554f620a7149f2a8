package org.listlens.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.mail.Limits;
import org.listlens.mail.RawMail;
import org.listlens.mail.Segment;
import org.listlens.parse.MailParser;
import org.listlens.source.MailReceiver;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;

/** The clocks of a real list server in 2021, known from its neighbours on both sides; not part of the project. */
@Tag("corpus")
class ClockCorpusTest {
    private static final String LIST_HOST = "vger.kernel.org";
    private static final Map<String, List<Way>> WAYS = new TreeMap<>();
    private static final HostClocks CLOCKS = new HostClocks();
    private static final long FIRST = LocalDate.parse("2021-01-01").toEpochDay();
    private static final long LAST = LocalDate.parse("2021-12-31").toEpochDay();

    @BeforeAll
    static void solve() throws IOException {
        Path corpora = Path.of(System.getProperty("listlens.corpora", "missing"), "corpora")
                .toAbsolutePath()
                .normalize();
        Assumptions.assumeTrue(Files.isDirectory(corpora), () -> "skipped: there are no corpora in " + corpora);
        List<Way> all = new ArrayList<>();
        for (String list : List.of(
                "linux-can/2020.mbox.zst", "linux-can/2021.mbox.zst", "linux-can/2022.mbox.zst", "linux-hwmon")) {
            List<Way> ways = ways(corpora.resolve(list).toString());
            WAYS.computeIfAbsent(
                            list.substring(0, list.indexOf('/') < 0 ? list.length() : list.indexOf('/')),
                            name -> new ArrayList<>())
                    .addAll(ways);
            all.addAll(ways);
        }
        CLOCKS.add(ClockSolver.solve(all, FIRST, LAST));
    }

    private static List<Way> ways(String archive) throws IOException {
        List<Way> ways = new ArrayList<>();
        MailParser parser = new MailParser(Limits.DEFAULT);
        Sources.open(archive, SourceOptions.DEFAULT).read(new MailReceiver() {
            @Override
            public void mail(RawMail mail) {
                ways.add(Way.of(parser.trace(mail).hops()));
            }

            @Override
            public void rejected(RejectedEntry entry) {
                throw new AssertionError(entry);
            }

            @Override
            public void progress(long octets) {}
        });
        return ways;
    }

    /** The days and offsets of the project's description of that week, taken from both neighbours of the host. */
    @ParameterizedTest
    @CsvSource({
        "2021-07-01, 150",
        "2021-07-02, 152",
        "2021-07-03, 153",
        "2021-07-04, 155",
        "2021-07-05, 157",
        "2021-07-06, 157",
        "2021-07-07, 159",
        "2021-07-08, 162",
        "2021-07-09, 164"
    })
    void theListHostWasAhead(LocalDate day, int seconds) {
        ClockWindow window =
                Objects.requireNonNull(CLOCKS.at(LIST_HOST, day.toEpochDay() * Way.DAY_MS + Way.DAY_MS / 2));
        assertThat(window.verdict()).isEqualTo(ClockWindow.Verdict.WRONG);
        assertThat(window.offsetMs()).isNotNull();
        assertThat(window.offsetAt(window.startMs() + Way.DAY_MS / 2)).isCloseTo(seconds * 1000.0, within(3_000.0));
        assertThat(window.driftMsPerDay()).isBetween(1_000L, 2_500L);
        assertThat(window.confidence()).isGreaterThan(0.9);
        assertThat(window.minMs()).isLessThan(seconds * 1000L + 3_000);
        assertThat(window.maxMs()).isGreaterThan(seconds * 1000L - 3_000);
    }

    @Test
    void itsNeighboursWereRight() {
        for (String host : List.of("lindbergh.monkeyblade.net", "mail.lfdr.de")) {
            for (long day = FIRST; day <= LAST; day++) {
                ClockWindow window = CLOCKS.at(host, day * Way.DAY_MS + Way.DAY_MS / 2);
                // On this day the relay's clock was set too: mails reached it up to 24 minutes before they were sent.
                if (window != null && day != LocalDate.parse("2021-07-19").toEpochDay()) {
                    assertThat(window.verdict()).as(window.toString()).isEqualTo(ClockWindow.Verdict.RIGHT);
                }
            }
        }
    }

    /** On 2021-07-19 its clock was set back by more than half an hour, and on 07-27 to the right time. */
    @Test
    void aClockThatIsSetHasAWindowBeforeAndOneAfter() {
        assertThat(offset("2021-07-19T02:00:00Z")).isCloseTo(178_000, within(3_000.0));
        assertThat(offset("2021-07-19T22:00:00Z")).isCloseTo(-2_440_000, within(4_000.0));
        assertThat(offset("2021-07-27T01:00:00Z")).isCloseTo(-2_428_000, within(4_000.0));
        assertThat(offset("2021-07-27T20:00:00Z")).isCloseTo(0, within(2_000.0));
    }

    private static double offset(String time) {
        long ms = Instant.parse(time).toEpochMilli();
        return Objects.requireNonNull(CLOCKS.at(LIST_HOST, ms)).offsetAt(ms);
    }

    @Test
    void negativeHopsVanish() {
        int hops = 0;
        int raw = 0;
        int corrected = 0;
        for (List<Way> ways : WAYS.values()) {
            for (Way way : ways) {
                List<Passage> passages = way.passages();
                List<Correction.Delay> delays = Correction.of(way, CLOCKS).delays();
                for (int i = 1; i < passages.size(); i++) {
                    long day = Math.floorDiv(passages.get(i).stampMs(), Way.DAY_MS);
                    if (day >= FIRST && day <= LAST) {
                        hops++;
                        raw += passages.get(i).stampMs() < passages.get(i - 1).stampMs() ? 1 : 0;
                        corrected += delays.get(i - 1).ms() < 0 ? 1 : 0;
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d hops, negative %.3f %% raw, %.3f %% corrected%n",
                hops,
                100.0 * raw / hops,
                100.0 * corrected / hops);
        assertThat(hops).isGreaterThan(37_000);
        assertThat((double) raw / hops).isBetween(0.13, 0.15);
        assertThat((double) corrected / hops).isLessThan(0.003);
    }

    /** What the description of the archives lists as the days of the longest waits, most of them outages. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "linux-can | 2021-03-02 2021-03-03 2021-01-13 2021-01-26 2021-01-20 2021-07-06",
                "linux-hwmon | 2021-03-03 2021-01-26 2021-03-02 2021-03-20 2021-11-15 2021-07-19 2021-11-29 2021-05-12"
            })
    void theListWaitedLongestOnTheDaysOfItsOutages(String list, String days) {
        List<String> expected = List.of(days.split(" "));
        TreeMap<LocalDate, List<Long>> dwell = new TreeMap<>();
        for (Way way : WAYS.getOrDefault(list, List.of())) {
            Long ms = Correction.of(way, CLOCKS).segments().get(Segment.LIST);
            LocalDate day = day(way);
            if (ms != null && day != null && day.getYear() == 2021) {
                dwell.computeIfAbsent(day, unused -> new ArrayList<>()).add(ms);
            }
        }
        List<String> top = dwell.entrySet().stream()
                .sorted((a, b) -> Long.compare(median(b.getValue()), median(a.getValue())))
                // One day of one mail lies between two of those by the stamps alone, six seconds apart.
                .limit(expected.size() + 1)
                .map(day -> day.getKey().toString())
                .toList();
        assertThat(top).containsAll(expected);
    }

    /** The day on which the list's relay took the mail; {@code null} of mail that came by another way. */
    private static @Nullable LocalDate day(Way way) {
        LocalDate day = null;
        for (Passage passage : way.passages()) {
            if ("lindbergh.monkeyblade.net".equals(passage.host())) {
                day = LocalDate.ofEpochDay(Math.floorDiv(passage.stampMs(), Way.DAY_MS));
            }
        }
        return day;
    }

    /** Of an even number the mean of the two in the middle, as in that description. */
    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
