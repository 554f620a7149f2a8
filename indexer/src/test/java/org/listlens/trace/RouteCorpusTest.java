package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.header.HeaderBlock;
import org.listlens.header.MailingLists;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;
import org.listlens.mail.MailingList;
import org.listlens.mail.Segment;
import org.listlens.mail.SegmentDelays;

/** The parts of the ways of real archives. */
@Tag("corpus")
class RouteCorpusTest {
    private static final String RELAY = "lindbergh.monkeyblade.net";

    private interface Taker {
        void take(List<HeaderField> fields, List<MailingList> lists, RouteFinder.Way way);
    }

    private static void forEach(String archive, Taker taker) throws IOException {
        Path folder = Path.of(System.getProperty("listlens.corpora", ""), "corpora", archive);
        Assumptions.assumeTrue(Files.isDirectory(folder), "skipped: there is no archive in " + folder);
        CorpusHeaders.forEach(folder, fields -> {
            List<MailingList> lists = MailingLists.find(new HeaderBlock(fields, 0));
            List<Hop> hops = TraceParser.parse(fields, Limits.DEFAULT, new Defects(100));
            taker.take(fields, lists, RouteFinder.find(hops, fields, lists));
        });
    }

    @ParameterizedTest
    @CsvSource({"linux-can, 22794", "linux-hwmon, 3698", "util-linux, 3335", "easy_ham, 1638"})
    void everyCopyThatCameByAListShowsWhatItTookThere(String archive, int copies) throws IOException {
        int[] ofList = new int[1];
        List<String> without = new ArrayList<>();
        forEach(archive, (fields, lists, way) -> {
            Long ms = SegmentDelays.of(way.hops()).get(Segment.LIST);
            if (!lists.isEmpty()) {
                ofList[0]++;
                if (ms == null || way.route().listHost() == null) {
                    without.add(lists + " " + trace(fields));
                }
            } else if (ms != null) {
                without.add("of no list " + trace(fields));
            }
            assertAddsUp(way.hops());
        });
        assertThat(ofList[0]).isEqualTo(copies);
        assertThat(without).isEmpty();
    }

    /** The list's first and last hop by what these two hosts are known to write. */
    @ParameterizedTest
    @CsvSource({"linux-can, 22794", "linux-hwmon, 3698", "util-linux, 3335"})
    void theListIsBetweenItsRelayAndItsExpansion(String archive, int copies) throws IOException {
        int[] same = new int[1];
        List<String> others = new ArrayList<>();
        forEach(archive, (fields, lists, way) -> {
            List<String> trace = trace(fields);
            int exit = 0;
            while (!trace.get(exit).contains("via listexpand")
                    && !(trace.get(exit).contains("by smtp.subspace.kernel.org")
                            && trace.get(exit).startsWith("from localhost.localdomain"))) {
                exit++;
            }
            int ingress = exit + 1;
            if (ingress + 1 < trace.size() && trace.get(ingress + 1).contains("by " + RELAY)) {
                ingress++;
            }
            int last = trace.size() - 1;
            // The few lines without a date are those of authors' sites, and leave nothing before the list's.
            Segment before = way.hops().get(last - ingress).delayMs() == null ? Segment.ORIGIN : Segment.INBOUND;
            boolean agrees = way.hops().get(last - exit).segment() == Segment.LIST
                    && way.hops().get(last - exit + 1).segment() == Segment.OUTBOUND
                    && way.hops().get(last - ingress + 1).segment() == Segment.LIST
                    && way.hops().get(last - ingress).segment() == before;
            if (agrees) {
                same[0]++;
            } else {
                others.add(trace.toString());
            }
        });
        assertThat(others).isEmpty();
        assertThat(same[0]).isEqualTo(copies);
    }

    /** What mail waited between the relay's stamp and the expansion, the days by the relay's stamp in UTC. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "linux-can | 1754 | 57 | 515 | 40564 | 2021-03-02 59987, 2021-03-03 41610, 2021-01-13 17882,"
                        + " 2021-01-26 17511, 2021-01-20 3501, 2021-07-06 2116",
                "linux-hwmon | 1801 | 93 | 599 | 5992 | 2021-03-03 67285, 2021-01-26 32820, 2021-03-02 26617,"
                        + " 2021-03-20 9786, 2021-11-15 8380, 2021-07-19 8108, 2021-11-29 4607, 2021-05-12 3908"
            })
    void theSlowestDaysOf2021AreThoseThatAreKnown(
            String archive, int copies, long p50, long p95, long p99, String slowest) throws IOException {
        Map<LocalDate, List<Long>> days = new TreeMap<>();
        List<Long> all = new ArrayList<>();
        forEach(archive, (fields, lists, way) -> {
            Hop relay = relay(way.hops());
            Long ms = SegmentDelays.of(way.hops()).get(Segment.LIST);
            if (relay == null || relay.stamp() == null || ms == null) {
                return;
            }
            LocalDate day = LocalDate.ofInstant(relay.stamp().instant(), ZoneOffset.UTC);
            if (day.getYear() == 2021) {
                days.computeIfAbsent(day, any -> new ArrayList<>()).add(ms / 1000);
                all.add(ms / 1000);
            }
        });
        all.sort(null);
        assertThat(all).hasSize(copies);
        assertThat(List.of(all.get(copies / 2), all.get(copies * 95 / 100), all.get(copies * 99 / 100)))
                .containsExactly(p50, p95, p99);
        List<String> known = List.of(slowest.split(", ", -1));
        assertThat(days.entrySet().stream()
                        .map(day -> Map.entry(day.getKey(), median(day.getValue())))
                        .sorted(Map.Entry.<LocalDate, Long>comparingByValue().reversed())
                        .limit(known.size())
                        .map(day -> day.getKey() + " " + day.getValue()))
                .containsExactlyElementsOf(known);
    }

    private static @Nullable Hop relay(List<Hop> hops) {
        Hop relay = null;
        for (Hop hop : hops) {
            relay = hop.by() != null && RELAY.equals(hop.by().host()) ? hop : relay;
        }
        return relay;
    }

    private static long median(List<Long> values) {
        values.sort(null);
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    private static List<String> trace(List<HeaderField> fields) {
        List<String> lines = new ArrayList<>();
        for (HeaderField field : fields) {
            if (field.is("Received") || field.is("X-Received")) {
                lines.add(field.value());
            }
        }
        return lines;
    }

    private static void assertAddsUp(List<Hop> hops) {
        long sum = 0;
        long first = 0;
        long last = 0;
        boolean stamped = false;
        SegmentDelays delays = SegmentDelays.of(hops);
        for (Segment segment : Segment.values()) {
            sum += Objects.requireNonNullElse(delays.get(segment), 0L);
        }
        for (Hop hop : hops) {
            if (hop.stamp() != null) {
                last = hop.stamp().instant().toEpochMilli();
                first = stamped ? first : last;
                stamped = true;
            }
        }
        assertThat(sum).isEqualTo(last - first);
    }
}
