package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.clock.Passage;
import org.listlens.clock.Way;
import org.listlens.mail.Segment;

class SurveyedWaysTest {
    private static final long DAY = Way.DAY_MS;

    @Test
    void waysComeBackAsTheyWere() throws IOException {
        ListedWay extreme = new ListedWay(
                new Way(List.of(
                        new Passage(1, "a.example.org", -62_135_596_800_000L, 0, Segment.ORIGIN),
                        new Passage(2, null, 253_402_300_799_999L, Integer.MAX_VALUE, null),
                        new Passage(1_000_000, "b.example.org", -1, 1000, Segment.ARCHIVE))),
                List.of("one.example.org", "two.example.org"));
        SurveyedWays ways = new SurveyedWays(4);

        assertThat(ways.add(extreme)).isTrue();

        assertThat(between(ways, Long.MIN_VALUE, Long.MAX_VALUE)).containsExactly(text(extreme));
    }

    /** More than fit into one chunk, on many days, in memory or in a file; compared with a plain map. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void manyWaysAreFoundByTheirDays(int held) throws IOException {
        Random random = new Random(1);
        SurveyedWays ways = new SurveyedWays(held);
        TreeMap<Long, List<String>> expected = new TreeMap<>();
        for (int i = 0; i < 30_000; i++) {
            ListedWay way = randomWay(random);
            assertThat(ways.add(way)).isTrue();
            for (long day : way.way().days()) {
                expected.computeIfAbsent(day, unused -> new ArrayList<>()).add(text(way));
            }
        }

        assertThat(ways.days()).isEqualTo(expected.navigableKeySet());
        for (Map.Entry<Long, List<String>> day : expected.entrySet()) {
            assertThat(ways.count(day.getKey())).isEqualTo(day.getValue().size());
            assertThat(between(ways, day.getKey(), day.getKey())).isEqualTo(day.getValue());
        }
        assertThat(ways.count(-1)).isZero();
        ways.close();
    }

    @Test
    void aWayOfSeveralDaysIsThereOnce() throws IOException {
        ListedWay overMidnight =
                way(List.of("l"), passage(1, "a", DAY - 1), passage(2, "b", DAY + 1), passage(3, "c", 3 * DAY));
        ListedWay before = way(List.of(), passage(1, "a", 5));
        SurveyedWays ways = new SurveyedWays(4);
        ways.add(overMidnight);
        ways.add(before);

        assertThat(between(ways, 0, 9)).containsExactly(text(overMidnight), text(before));
        assertThat(between(ways, 1, 1)).containsExactly(text(overMidnight));
        assertThat(between(ways, 4, 9)).isEmpty();
    }

    @Test
    void aWayWithoutNamedHostsIsNotKept() throws IOException {
        SurveyedWays ways = new SurveyedWays(4);

        assertThat(ways.add(way(List.of("l"), passage(1, null, 5)))).isTrue();
        assertThat(ways.add(way(List.of("l")))).isTrue();

        assertThat(ways.days()).isEmpty();
    }

    /** A mail that passed very many hosts may be larger than what is set aside at a time. */
    @Test
    void aVeryLongWayIsKept() throws IOException {
        Passage[] passages = new Passage[100_000];
        for (int i = 0; i < passages.length; i++) {
            passages[i] = passage(i + 1, "host" + i % 1000, i * 977L);
        }
        ListedWay longest = way(List.of("l"), passages);
        ListedWay after = way(List.of(), passage(1, "a", 5));
        SurveyedWays ways = new SurveyedWays(1);
        ways.add(after);
        ways.add(longest);
        ways.add(after);

        assertThat(between(ways, 0, 0)).containsExactly(text(after), text(longest), text(after));
    }

    private static ListedWay randomWay(Random random) {
        Passage[] passages = new Passage[1 + random.nextInt(12)];
        long time = random.nextLong(40 * DAY);
        for (int i = 0; i < passages.length; i++) {
            time += random.nextLong(DAY / 4) - 60_000;
            passages[i] = passage(i + 1, random.nextInt(9) == 0 ? null : "h" + random.nextInt(500), time);
        }
        return way(random.nextBoolean() ? List.of("x") : List.of("x", "y" + random.nextInt(3)), passages);
    }

    private static Passage passage(int position, @Nullable String host, long stampMs) {
        return new Passage(position, host, stampMs, 1000, position % 2 == 0 ? Segment.LIST : Segment.OUTBOUND);
    }

    private static ListedWay way(List<String> lists, Passage... passages) {
        return new ListedWay(new Way(List.of(passages)), lists);
    }

    private static String text(ListedWay listed) {
        return listed.listIds() + " " + listed.way().passages();
    }

    private static List<String> between(SurveyedWays ways, long first, long last) throws IOException {
        return ways.between(first, last).stream().map(SurveyedWaysTest::text).toList();
    }
}
