package org.listlens.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFiguresTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArrayNode worst = JSON.createArrayNode();

    private void day(String day, int mails, int late, long longest) {
        worst.addObject()
                .put("row", 1)
                .put("day", LocalDate.parse(day).toEpochDay())
                .put("mails", mails)
                .put("late", late)
                .put("longest", longest)
                .put("usual", 8_000)
                .put("host", "lists.example.org");
    }

    private List<String> sentences(SortedMap<Integer, Long> latencies, ObjectNode data) {
        Instant from = Instant.parse("2021-01-01T00:00:00Z");
        Instant to = Instant.parse("2022-01-01T00:00:00Z");
        Periods periods = Periods.of(Interval.DAY, from, to);
        Frame frame =
                new Frame(List.of("a.example.org", "b.example.org"), false, false, 0, from, to, periods, periods, 9, 1);
        return new KeyFigures(frame, List.of("All lists", "a.example.org", "b.example.org"))
                .sentences(1_234, 1, latencies, worst, data);
    }

    @Test
    void daysInARowAreOneWait() {
        day("2021-03-02", 19, 19, 79_740_000);
        day("2021-03-03", 26, 26, 61_000_000);
        day("2021-01-13", 41, 18, 18_180_000);
        day("2021-03-01", 5, 2, 600_000);
        TreeMap<Integer, Long> latencies = new TreeMap<>();
        latencies.put(LogBuckets.of(16), 3L);
        latencies.put(LogBuckets.of(60_000), 1L);
        ObjectNode data = JSON.createObjectNode();
        data.putArray("clocks").addObject().put("host", "mx.example.org").put("middle", -92_000);
        data.putObject("imports").put("rejected", 1);

        assertThat(sentences(latencies, data))
                .containsExactly(
                        "1,234 mails on 2 lists from 1 January 2021 to 31 December 2021, written by 1 person.",
                        "Half of the mails took less than a second from the first host to the archive, 95 of 100 took at most"
                                + " 1 min; the longest took 1 min.",
                        "On 2–3 March 2021 the list a.example.org held mails for up to 22 h 9 min at lists.example.org: 45 of 45"
                                + " mails waited far longer than is usual there (8 s for 95 of 100).",
                        "On 13 January 2021 the list a.example.org held mails for up to 5 h 3 min at lists.example.org: 18 of 41"
                                + " mails waited far longer than is usual there (8 s for 95 of 100).",
                        "1 more day with waits out of the ordinary is listed below.",
                        "The clock of mx.example.org was wrong, 1 min 32 s behind as a rule.",
                        "1 entry of the archives could not be indexed.",
                        "1 mail with dates far from all others is left out.");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "999, 999 ms",
        "-1500, -1 s",
        "30000, 30 s",
        "60000, 1 min",
        "90000, 1 min 30 s",
        "4680000, 1 h 18 min",
        "86400000, 1 d",
        "90000000, 1 d 1 h",
    })
    void durationsAreSpelledInTheirTwoLargestUnits(long millis, String text) {
        assertThat(Spelled.duration((double) millis)).isEqualTo(text);
    }
}
