package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;

/**
 * How long lists held the mails of each day, hour by hour, and the days on which one held them far longer than it uses
 * to. A mail counts on the day, and in the hour, at which the first host took it. A day is out of the ordinary when the 95th percentile of what its mails waited is ten times as long as that of the
 * list's median day, and five minutes at least.
 */
final class DwellDays {
    private static final int TIMES_USUAL = 10;
    private static final long LEAST_MS = 300_000;

    /** Days that are told of, over all lists. */
    private static final int WORST = 120;

    /** Days of lists that the page has, over all lists. */
    private static final int DAYS = 40_000;

    /** Hours of mail that the page has, over all lists; those with the longest waits, if there are more. */
    private static final int HOURS = 20_000;

    private final EngineSearch engine;
    private final Sums sums;
    private final Delays delays;
    private final String dwell;
    private final List<Day> days = new ArrayList<>();

    /** A day of a list. */
    private record Day(int row, long day, long mails, long median, long p95, long longest) {}

    DwellDays(EngineSearch engine, Sums sums, Delays delays, Clocked clocked) {
        this.engine = engine;
        this.sums = sums;
        this.delays = delays;
        this.dwell = clocked.part("list");
    }

    /** Asks for all days, which everything else is made of. */
    void read() throws EngineException, InterruptedException {
        ObjectNode inner = JsonNodeFactory.instance.objectNode();
        ObjectNode percentiles = inner.putObject("p").putObject("percentiles");
        percentiles
                .put("field", dwell)
                .put("keyed", false)
                .putArray("percents")
                .add(50)
                .add(95);
        inner.putObject("max").putObject("max").put("field", dwell);
        Frame frame = sums.frame();
        Periods daily = Periods.of(Interval.DAY, frame.from(), frame.to());
        sums.read(
                daily,
                Sums.Asked.count(DocumentKind.DELIVERY, frame.query(Frame.SENT, Conditions.has(dwell)))
                        .bySent()
                        .with(inner),
                (row, period, bucket) -> days.add(new Day(
                        row,
                        daily.starts().get(period),
                        bucket.path("doc_count").asLong(),
                        Math.round(bucket.at("/p/values/0/value").asDouble()),
                        Math.round(bucket.at("/p/values/1/value").asDouble()),
                        bucket.at("/max/value").asLong())));
    }

    /** Leaves of each week, or of each month, the worst day of each list, where there are too many for the page. */
    private List<Day> few() {
        List<Day> few = days;
        for (Interval interval : List.of(Interval.WEEK, Interval.MONTH, Interval.QUARTER, Interval.YEAR)) {
            if (few.size() <= DAYS) {
                break;
            }
            Map<String, Day> worst = new LinkedHashMap<>();
            for (Day day : few) {
                LocalDate start = interval.floor(Instant.ofEpochSecond(day.day() * 86_400));
                worst.merge(day.row() + " " + start, day, (one, other) -> one.p95() >= other.p95() ? one : other);
            }
            few = List.copyOf(worst.values());
        }
        return few;
    }

    /** Whether some days are left out. */
    boolean thinned() {
        return days.size() > DAYS;
    }

    /** Row by row, for each day with mail: days since the last, mails, and the buckets of the 95th percentile and longest. */
    ArrayNode json() {
        List<Day> few = few();
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (int row = 0; row < sums.frame().rows(); row++) {
            ArrayNode cells = json.addArray();
            long last = 0;
            for (Day day : few) {
                if (day.row() == row) {
                    cells.add(day.day() - last)
                            .add(day.mails())
                            .add(LogBuckets.of(day.p95()))
                            .add(LogBuckets.of(day.longest()));
                    last = day.day();
                }
            }
        }
        return json;
    }

    /** Row by row, for hours with mail: hours since the last, mails, and the bucket of the longest wait. */
    ArrayNode hours() throws EngineException, InterruptedException {
        ObjectNode inner = JsonNodeFactory.instance.objectNode();
        inner.putObject("max").putObject("max").put("field", dwell);
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        key.putObject("date_histogram").put("field", Frame.SENT).put("fixed_interval", "1h");
        List<long[]> found = new ArrayList<>();
        Frame frame = sums.frame();
        Periods daily = Periods.of(Interval.DAY, frame.from(), frame.to());
        sums.read(
                daily,
                new Sums.Asked(
                        DocumentKind.DELIVERY, Frame.SENT, frame.query(Frame.SENT, Conditions.has(dwell)), key, inner),
                (row, period, bucket) -> found.add(new long[] {
                    row,
                    bucket.at("/key/key").asLong() / 3_600_000,
                    bucket.path("doc_count").asLong(),
                    LogBuckets.of(bucket.at("/max/value").asLong())
                }));
        if (found.size() > HOURS) {
            found.sort(Comparator.<long[]>comparingLong(cell -> cell[3]).reversed());
            found.subList(HOURS, found.size()).clear();
        }
        found.sort(Comparator.<long[]>comparingLong(cell -> cell[0]).thenComparingLong(cell -> cell[1]));
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (int row = 0; row < frame.rows(); row++) {
            json.addArray();
        }
        long last = 0;
        int row = -1;
        for (long[] cell : found) {
            last = cell[0] == row ? last : 0;
            row = (int) cell[0];
            json.withArray('/' + String.valueOf(row))
                    .add(cell[1] - last)
                    .add(cell[2])
                    .add(cell[3]);
            last = cell[1];
        }
        return json;
    }

    /** What a row's days are as a rule: the median of their 95th percentiles, in milliseconds; 0 without any. */
    long usual(int row) {
        List<Long> values = new ArrayList<>();
        for (Day day : days) {
            if (day.row() == row) {
                values.add(day.p95());
            }
        }
        values.sort(null);
        return values.isEmpty() ? 0 : values.get((values.size() - 1) / 2);
    }

    /** The days on which a list held mails far longer than it uses to, the worst first. */
    ArrayNode worst() throws EngineException, InterruptedException {
        Frame frame = sums.frame();
        int first = frame.single() ? 0 : 1;
        long[] limits = new long[frame.rows()];
        for (int row = 0; row < limits.length; row++) {
            limits[row] = Math.max(LEAST_MS, TIMES_USUAL * usual(row));
        }
        List<Day> late = new ArrayList<>();
        for (Day day : days) {
            if (day.row() >= first && day.p95() >= limits[day.row()]) {
                late.add(day);
            }
        }
        late.sort(Comparator.<Day>comparingDouble(day -> weight(day, limits[day.row()]))
                .reversed());
        List<Day> told = late.subList(0, Math.min(WORST, late.size()));
        List<EngineSearch.Asked> searches = new ArrayList<>();
        for (Day day : told) {
            searches.add(new EngineSearch.Asked(DocumentKind.DELIVERY, search(day, limits[day.row()])));
        }
        List<JsonNode> answers = searches.isEmpty() ? List.of() : engine.searchAll(searches);
        List<ObjectNode> described = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            described.add(describe(told.get(i), answers.get(i)));
        }
        described.sort(Comparator.<ObjectNode>comparingDouble(day ->
                        weight(day.path("late").asLong(), day.path("longest").asLong()))
                .reversed());
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        described.forEach(json::add);
        return json;
    }

    /** How much mail waited how long; one mail that waits for a day weighs less than twenty that wait for half of it. */
    static double weight(long late, long longest) {
        return Math.sqrt((double) late) * longest;
    }

    /** The same by what is known before the late mails are counted. */
    private static double weight(Day day, long limit) {
        double share = day.median() >= limit ? 0.5 : 0.05;
        return Math.sqrt(Math.max(1, share * day.mails())) * day.p95();
    }

    /** Asks of a day how many mails were late, and for the one that was held longest. */
    private ObjectNode search(Day day, long limit) {
        Frame frame = sums.frame();
        long start = day.day() * 86_400_000L;
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ArrayNode filter = query.putObject("bool").putArray("filter");
        filter.addObject()
                .putObject("range")
                .putObject(Frame.SENT)
                .put("gte", Math.max(start, frame.from().toEpochMilli()))
                .put("lt", Math.min(start + 86_400_000L, frame.to().toEpochMilli()))
                .put("format", "epoch_millis");
        filter.add(Conditions.has(dwell));
        if (!frame.lists().isEmpty()) {
            filter.add(Conditions.is("list.id", frame.lists().get(frame.single() ? 0 : day.row() - 1)));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 1).put("track_total_hits", false);
        body.set("query", query);
        Delays.SOURCE.forEach(body.putArray("_source")::add);
        body.putArray("sort").addObject().put(dwell, "desc");
        body.putObject("aggs").putObject("late").set("filter", Conditions.not(Conditions.below(dwell, limit)));
        return body;
    }

    /** Tells of a day: what the list's usual day is, how many mails were late, and the one that was held longest. */
    private ObjectNode describe(Day day, JsonNode answer) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("row", day.row())
                .put("day", day.day())
                .put("mails", day.mails())
                .put("late", answer.at("/aggregations/late/doc_count").asLong())
                .put("usual", usual(day.row()))
                .put("p95", day.p95())
                .put("longest", day.longest());
        JsonNode source = answer.at("/hits/hits/0/_source");
        ObjectNode mail = delays.mail(source);
        String host = source.at("/delivery/list_host").textValue();
        Hits.text(json, "host", host, Hits.NAME);
        json.set("mail", mail);
        return json;
    }
}
