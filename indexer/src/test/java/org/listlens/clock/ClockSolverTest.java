package org.listlens.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.listlens.mail.Segment;

/** Small worlds whose clocks are known. Times are seconds after noon of a day. */
class ClockSolverTest {
    private static final long NOON = Instant.parse("2021-07-06T12:00:00Z").toEpochMilli();
    private static final long DAY = Math.floorDiv(NOON, Way.DAY_MS);

    /** The way of a mail: host and stamp in turn. */
    private static Way way(Object... stamps) {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < stamps.length; i += 2) {
            passages.add(new Passage(
                    i / 2 + 1, (String) stamps[i], NOON + 1000L * (Integer) stamps[i + 1], 1000, Segment.INBOUND));
        }
        return new Way(passages);
    }

    /** Mails of several senders by a relay and a list host to an archive; clocks are ahead by what the map says. */
    private static List<Way> traffic(Map<String, Integer> ahead) {
        List<Way> ways = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int at = i * 600;
            String sender = "out" + i % 4 + ".example.com";
            ways.add(way(
                    sender,
                    at + ahead.getOrDefault(sender, 0),
                    "mx.example.org",
                    at + 1 + ahead.getOrDefault("mx.example.org", 0),
                    "list.example.org",
                    at + 3 + ahead.getOrDefault("list.example.org", 0),
                    "archive.example.net",
                    at + 4 + i % 3 + ahead.getOrDefault("archive.example.net", 0)));
        }
        return ways;
    }

    private static @Nullable ClockWindow solved(List<Way> ways, String host) {
        HostClocks clocks = new HostClocks();
        clocks.add(ClockSolver.solve(ways, DAY, DAY));
        return clocks.at(host, NOON);
    }

    private static ClockWindow window(List<Way> ways, String host) {
        ClockWindow window = solved(ways, host);
        assertThat(window).as(host).isNotNull();
        return Objects.requireNonNull(window);
    }

    @Test
    void rightClocksAreLeftAlone() {
        List<Way> ways = traffic(Map.of());
        for (String host : List.of("mx.example.org", "list.example.org")) {
            assertThat(window(ways, host).verdict()).isEqualTo(ClockWindow.Verdict.RIGHT);
            assertThat(window(ways, host).offsetMs()).isZero();
        }
    }

    @Test
    void aClockAheadIsBoundedFromBothSides() {
        ClockWindow list = window(traffic(Map.of("list.example.org", 90)), "list.example.org");
        assertThat(list.verdict()).isEqualTo(ClockWindow.Verdict.WRONG);
        assertThat(list.offsetMs()).isBetween(88_000L, 93_000L);
        assertThat(list.minMs()).isLessThanOrEqualTo(90_000);
        assertThat(list.maxMs()).isGreaterThanOrEqualTo(90_000);
    }

    @Test
    void aClockBehindIsFoundToo() {
        ClockWindow list = window(traffic(Map.of("list.example.org", -3600)), "list.example.org");
        assertThat(list.verdict()).isEqualTo(ClockWindow.Verdict.WRONG);
        assertThat(list.offsetMs()).isBetween(-3_603_000L, -3_597_000L);
    }

    /** The archive is last, so that only earlier hosts bound it. */
    @Test
    void theLastClockIsKnownFromOneSideOnly() {
        ClockWindow archive = window(traffic(Map.of("archive.example.net", -60)), "archive.example.net");
        assertThat(archive.verdict()).isEqualTo(ClockWindow.Verdict.WRONG);
        assertThat(archive.minMs()).isNull();
        assertThat(archive.maxMs()).isBetween(-60_000L, -50_000L);
        assertThat(archive.offsetMs()).isLessThan(-50_000L);
    }

    /** That the last clock is ahead looks like waiting, and nothing tells. */
    @Test
    void whatLooksLikeWaitingIsNotCalledAnOffset() {
        ClockWindow archive = window(traffic(Map.of("archive.example.net", 300)), "archive.example.net");
        assertThat(archive.verdict()).isEqualTo(ClockWindow.Verdict.RIGHT);
        assertThat(archive.offsetMs()).isNull();
        assertThat(archive.minMs()).isNull();
    }

    /** A list that takes a minute in and a minute out is slow, not wrong. */
    @Test
    void constantWaitingOnBothSidesIsNoOffset() {
        List<Way> ways = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int at = i * 600;
            ways.add(way(
                    "out" + i % 4 + ".example.com",
                    at,
                    "mx.example.org",
                    at + 1,
                    "list.example.org",
                    at + 61,
                    "archive.example.net",
                    at + 121));
        }
        ClockWindow list = window(ways, "list.example.org");
        assertThat(list.verdict()).isEqualTo(ClockWindow.Verdict.RIGHT);
        assertThat(list.offsetMs()).isZero();
        assertThat(list.minMs()).isLessThanOrEqualTo(-60_000);
        assertThat(list.maxMs()).isGreaterThanOrEqualTo(60_000);
    }

    @Test
    void ofTwoHostsAloneNobodyIsBlamed() {
        List<Way> ways = List.of(way("a.example.com", 100, "b.example.org", 10));
        ClockWindow a = window(ways, "a.example.com");
        ClockWindow b = window(ways, "b.example.org");
        assertThat(a.verdict()).isEqualTo(ClockWindow.Verdict.DISPUTED);
        assertThat(b.verdict()).isEqualTo(ClockWindow.Verdict.DISPUTED);
        assertThat(a.offsetMs()).isNull();
        assertThat(b.offsetMs()).isNull();
    }

    @Test
    void aClockThatIsYearsOffIsFoundOnItsDay() {
        int years = 10 * 365 * 86_400;
        ClockWindow list = window(traffic(Map.of("list.example.org", -years)), "list.example.org");
        assertThat(list.verdict()).isEqualTo(ClockWindow.Verdict.WRONG);
        assertThat(list.offsetMs()).isBetween(-1000L * years - 3_000, -1000L * years + 3_000);
    }

    @Test
    void aClockThatIsSetHasTwoWindows() {
        List<Way> ways = new ArrayList<>();
        for (int day = -6; day <= 0; day++) {
            moved(traffic(Map.of("list.example.org", 90)), day * Way.DAY_MS, ways);
        }
        moved(traffic(Map.of()), Way.DAY_MS, ways);
        moved(traffic(Map.of()), 2 * Way.DAY_MS, ways);
        moved(traffic(Map.of()), 4 * 3_600_000, ways);
        HostClocks clocks = new HostClocks();
        clocks.add(ClockSolver.solve(ways, DAY, DAY));
        ClockWindow before = Objects.requireNonNull(clocks.at("list.example.org", NOON + 600_000));
        ClockWindow after = Objects.requireNonNull(clocks.at("list.example.org", NOON + 5 * 3_600_000));
        assertThat(before.endMs()).isEqualTo(after.startMs()).isBetween(NOON + 6_600_000, NOON + 4 * 3_600_000);
        assertThat(before.offsetMs()).isBetween(88_000L, 93_000L);
        assertThat(after.offsetMs()).isBetween(-3_000L, 3_000L);
    }

    /** A list that holds all mails back for a day has nothing that contradicts its clock on that day. */
    @Test
    void aWrongClockGoesOnWhileItsHostHoldsAllMailsBack() {
        List<Way> ways = new ArrayList<>();
        for (int day : new int[] {-3, -2, -1, 1, 2, 3}) {
            moved(traffic(Map.of("list.example.org", 90)), day * Way.DAY_MS, ways);
        }
        for (int i = 0; i < 6; i++) {
            int at = i * 600;
            int late = at + 86_400;
            ways.add(way(
                    "out" + i % 4 + ".example.com",
                    at,
                    "mx.example.org",
                    at + 1,
                    "list.example.org",
                    at + 3 + 90,
                    "list.example.org",
                    late + 90,
                    "archive.example.net",
                    late + 2));
        }
        ClockWindow list = window(ways, "list.example.org");
        assertThat(list.verdict()).isEqualTo(ClockWindow.Verdict.WRONG);
        assertThat(list.offsetMs()).isBetween(88_000L, 93_000L);
        assertThat(list.maxMs()).isGreaterThanOrEqualTo(90_000);
        assertThat(list.minMs()).isNull();
    }

    /** A clock that was set right is not held to what it was before. */
    @Test
    void aClockThatWasSetRightIsRight() {
        List<Way> ways = new ArrayList<>();
        for (int day = -4; day <= -1; day++) {
            moved(traffic(Map.of("list.example.org", 90)), day * Way.DAY_MS, ways);
        }
        for (int day = 0; day <= 4; day++) {
            moved(traffic(Map.of()), day * Way.DAY_MS, ways);
        }
        ClockWindow list = window(ways, "list.example.org");
        assertThat(list.verdict()).isEqualTo(ClockWindow.Verdict.RIGHT);
        assertThat(list.offsetMs()).isZero();
    }

    /** The same mails at another time. */
    private static void moved(List<Way> ways, long ms, List<Way> to) {
        for (Way way : ways) {
            List<Passage> passages = new ArrayList<>();
            for (Passage passage : way.passages()) {
                passages.add(new Passage(
                        passage.position(),
                        passage.host(),
                        passage.stampMs() + ms,
                        passage.precisionMs(),
                        passage.segment()));
            }
            to.add(new Way(passages));
        }
    }

    @Test
    void localhostIsNoHost() {
        List<Way> ways = new ArrayList<>();
        for (Way way : traffic(Map.of())) {
            List<Passage> passages = new ArrayList<>(way.passages());
            passages.add(new Passage(5, "localhost", passages.getLast().stampMs() - 400_000, 1000, Segment.ARCHIVE));
            ways.add(new Way(passages));
        }
        assertThat(solved(ways, "localhost")).isNull();
        assertThat(window(ways, "list.example.org").verdict()).isEqualTo(ClockWindow.Verdict.RIGHT);
    }

    /** A name may be as long as a header field; none of a host is. */
    @Test
    void namesThatNoHostHasTakeNoPart() {
        String longest = "a".repeat(251) + ".com";
        assertThat(Hosts.isDistinct(longest)).isTrue();
        for (String name : List.of(
                "a" + longest,
                "localhost",
                "localhost.localdomain",
                "mail",
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.1.1",
                "fe80::1",
                "fd00::1",
                "::1")) {
            assertThat(Hosts.isDistinct(name)).as(name).isFalse();
        }
        for (String name : List.of("192.0.2.1", "172.32.0.1", "172.15.0.1", "2001:db8::1", "mx1.example.org")) {
            assertThat(Hosts.isDistinct(name)).as(name).isTrue();
        }
    }

    @Test
    void theOrderOfMailsDoesNotMatter() {
        List<Way> ways = new ArrayList<>(traffic(Map.of("list.example.org", 90, "out2.example.com", 40)));
        List<ClockWindow> expected = ClockSolver.solve(ways, DAY, DAY);
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(ways, new Random(seed));
            assertThat(ClockSolver.solve(ways, DAY, DAY)).isEqualTo(expected);
        }
    }

    /** What a day's windows are depends on mails within reach and on no others. */
    @Test
    void mailsOutOfReachDoNotMatter() {
        List<Way> ways = new ArrayList<>(traffic(Map.of("list.example.org", 90)));
        List<ClockWindow> expected = ClockSolver.solve(ways, DAY, DAY);
        moved(traffic(Map.of("list.example.org", -5000)), (ClockSolver.REACH_DAYS + 1) * Way.DAY_MS, ways);
        assertThat(ClockSolver.solve(ways, DAY, DAY)).isEqualTo(expected);
    }

    @Test
    void correctedDelaysAddUpAndKeepTheirSign() {
        HostClocks clocks = new HostClocks();
        List<Way> ways = traffic(Map.of("list.example.org", 90));
        clocks.add(ClockSolver.solve(ways, DAY, DAY));
        for (Way way : ways) {
            Correction correction = Correction.of(way, clocks);
            long sum = 0;
            for (Correction.Delay delay : correction.delays()) {
                assertThat(delay.ms()).isBetween(0L, 9_000L);
                sum += delay.ms();
            }
            assertThat(correction.latencyMs()).isEqualTo(sum);
            assertThat(correction.segments().get(Segment.INBOUND)).isEqualTo(sum);
            assertThat(correction.segments().get(Segment.LIST)).isNull();
        }
        Correction unknown = Correction.of(way("a.example.com", 100, "b.example.org", 10), new HostClocks());
        assertThat(unknown.delays().getFirst().ms()).isEqualTo(-90_000);
        assertThat(unknown.delays().getFirst().confidence()).isNull();
    }

    @Test
    void aMailOfManyHopsCostsNoMoreThanItsLength() {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            passages.add(new Passage(i + 1, "h" + i + ".example.org", NOON - i * 1000L, 1000, null));
        }
        assertThat(ClockSolver.solve(List.of(new Way(passages)), DAY, DAY)).isNotEmpty();
    }
}
