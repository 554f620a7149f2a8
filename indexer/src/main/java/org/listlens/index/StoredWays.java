package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.ClockWindow;
import org.listlens.clock.Passage;
import org.listlens.clock.Way;
import org.listlens.document.ClockDocuments;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryingClient;

/** Reads from the engine what clocks are estimated from and what is known of them. Thread-safe. */
public final class StoredWays {
    /** How many wrong clocks are told of, and for how many lists at most. */
    private static final int WORST = 3;

    private static final int MOST_LISTS = 1_000;

    /** More days than any archive has; engines do not give more buckets at once. */
    private static final int DAYS = 60_000;

    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private final EngineSearch engine;

    public StoredWays(RetryingClient client) {
        this(new EngineSearch(client));
    }

    StoredWays(EngineSearch engine) {
        this.engine = engine;
    }

    /** A window's document: its {@code _id} and hash, and what it says. */
    public record StoredWindow(String id, @Nullable String hash, ClockWindow window) {}

    /** The deliveries that had no say in the clocks yet. */
    static ObjectNode unsolved() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode bool = query.putObject("bool");
        bool.putArray("filter").addObject().putObject("exists").put("field", "delivery.days");
        bool.putArray("must_not").addObject().putObject("term").put("clock.solved", true);
        return query;
    }

    /** The days of the deliveries that had no say in the clocks yet. */
    NavigableSet<Long> unsolvedDays() throws EngineException, InterruptedException {
        return new TreeSet<>(days(unsolved()).keySet());
    }

    /** How many deliveries there are on each day, on some days at least. */
    NavigableMap<Long, Long> days(long firstDay, long lastDay) throws EngineException, InterruptedException {
        return days(travelled(firstDay, lastDay));
    }

    private static ObjectNode travelled(long firstDay, long lastDay) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("range")
                .putObject("delivery.days")
                .put("gte", date(firstDay))
                .put("lte", date(lastDay));
        return query;
    }

    private NavigableMap<Long, Long> days(ObjectNode query) throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        body.set("query", query);
        body.putObject("aggs")
                .putObject("days")
                .putObject("terms")
                .put("field", "delivery.days")
                .put("size", DAYS);
        JsonNode buckets = engine.search(DocumentKind.DELIVERY, body).at("/aggregations/days/buckets");
        TreeMap<Long, Long> days = new TreeMap<>();
        for (JsonNode bucket : buckets) {
            days.put(
                    Math.floorDiv(bucket.path("key").asLong(), Way.DAY_MS),
                    bucket.path("doc_count").asLong());
        }
        return days;
    }

    /** The days on which windows of any hosts begin, of some days. */
    NavigableSet<Long> windowDays(long firstDay, long lastDay) throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        body.set("query", begins(firstDay, lastDay));
        body.putObject("aggs")
                .putObject("days")
                .putObject("date_histogram")
                .put("field", "@timestamp")
                .put("calendar_interval", "1d")
                .put("min_doc_count", 1);
        TreeSet<Long> days = new TreeSet<>();
        for (JsonNode bucket : engine.search(DocumentKind.HOST, body).at("/aggregations/days/buckets")) {
            days.add(Math.floorDiv(bucket.path("key").asLong(), Way.DAY_MS));
        }
        return days;
    }

    private static ObjectNode begins(long firstDay, long lastDay) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("range")
                .putObject("@timestamp")
                .put("gte", date(firstDay))
                .put("lte", date(lastDay) + "T23:59:59.999Z");
        return query;
    }

    /** A day, or the first or last that documents can have. */
    private static String date(long day) {
        return LocalDate.ofEpochDay(Math.clamp(day, FIRST_DAY, LAST_DAY)).toString();
    }

    /** All deliveries that have a day among some days, by their ids. */
    List<TracedDelivery> deliveries(long firstDay, long lastDay) throws EngineException, InterruptedException {
        List<TracedDelivery> deliveries = new ArrayList<>();
        engine.states(
                DocumentKind.DELIVERY,
                EngineSearch.LARGE_PAGE,
                travelled(firstDay, lastDay),
                List.of("delivery.passages", "delivery.origin_ms", "list.id", "clock"),
                List.of(),
                List.of("delivery.id"),
                hit -> deliveries.add(delivery(hit)));
        return deliveries;
    }

    private static TracedDelivery delivery(JsonNode hit) {
        JsonNode source = hit.path("_source");
        List<Passage> passages = new ArrayList<>();
        for (JsonNode line : source.at("/delivery/passages")) {
            passages.add(ClockDocuments.passage(line.asText()));
        }
        List<String> lists = new ArrayList<>();
        source.at("/list/id").forEach(list -> lists.add(list.asText()));
        JsonNode origin = source.at("/delivery/origin_ms");
        return new TracedDelivery(
                hit.path("_id").asText(),
                new Way(passages),
                lists,
                origin.isNumber() ? (Long) origin.asLong() : null,
                source.at("/clock/hash").textValue(),
                source.at("/clock/solved").asBoolean(),
                EngineSearch.revision(hit));
    }

    /** The windows of all hosts that begin on some days. */
    List<StoredWindow> windows(long firstDay, long lastDay) throws EngineException, InterruptedException {
        List<StoredWindow> windows = new ArrayList<>();
        engine.all(
                DocumentKind.HOST,
                begins(firstDay, lastDay),
                List.of("*"),
                List.of("@timestamp", "host.name"),
                hit -> windows.add(window(hit)));
        return windows;
    }

    /** The documents of the windows that begin on some days: the {@code event.hash} of each by its {@code _id}. */
    Map<String, @Nullable String> windowHashes(Set<Long> days) throws EngineException, InterruptedException {
        Map<String, @Nullable String> hashes = new HashMap<>();
        engine.columns(
                DocumentKind.HOST,
                begins(Collections.min(days), Collections.max(days)),
                List.of("event.hash", "@timestamp"),
                List.of("@timestamp", "host.name"),
                hit -> {
                    JsonNode fields = hit.path("fields");
                    long start = Instant.parse(fields.path("@timestamp").path(0).asText())
                            .toEpochMilli();
                    if (days.contains(Math.floorDiv(start, Way.DAY_MS))) {
                        hashes.put(
                                hit.path("_id").asText(),
                                fields.path("event.hash").path(0).textValue());
                    }
                });
        return hashes;
    }

    /** Reads a window from a hit of a search in {@code mail-hosts}. */
    public static StoredWindow window(JsonNode hit) {
        JsonNode source = hit.path("_source");
        JsonNode clock = source.path("clock");
        return new StoredWindow(
                hit.path("_id").asText(),
                source.at("/event/hash").textValue(),
                new ClockWindow(
                        source.at("/host/name").asText(),
                        Instant.parse(source.path("@timestamp").asText()).toEpochMilli(),
                        Instant.parse(clock.path("window_end").asText()).toEpochMilli(),
                        number(clock.path("offset_ms")),
                        number(clock.path("offset_min_ms")),
                        number(clock.path("offset_max_ms")),
                        clock.path("drift_per_day_ms").asLong(),
                        ClockWindow.Verdict.valueOf(
                                clock.path("verdict").asText().toUpperCase(Locale.ROOT)),
                        clock.path("confidence").asDouble(),
                        source.at("/host/stamps").asInt()));
    }

    /** The hosts whose clocks were wrong when mails of some lists passed; those that were so most often first. */
    Summary.WrongClocks wrong(List<String> lists) throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        var filter = body.putObject("query").putObject("bool").putArray("filter");
        filter.addObject().putObject("term").put("clock.verdict", "wrong");
        filter.addObject().putObject("exists").put("field", "clock.offset_ms");
        var terms = filter.addObject().putObject("terms").putArray("list.id");
        lists.stream().limit(MOST_LISTS).forEach(terms::add);
        ObjectNode aggregations = body.putObject("aggs");
        aggregations.putObject("hosts").putObject("cardinality").put("field", "host.name");
        ObjectNode worst = aggregations.putObject("worst");
        worst.putObject("terms").put("field", "host.name").put("size", WORST);
        ObjectNode offsets = worst.putObject("aggs");
        offsets.putObject("min").putObject("min").put("field", "clock.offset_ms");
        offsets.putObject("max").putObject("max").put("field", "clock.offset_ms");
        JsonNode answer = engine.search(DocumentKind.HOST, body).path("aggregations");
        List<Summary.WrongClock> clocks = new ArrayList<>();
        for (JsonNode bucket : answer.at("/worst/buckets")) {
            clocks.add(new Summary.WrongClock(
                    bucket.path("key").asText(),
                    bucket.path("doc_count").asLong(),
                    bucket.at("/min/value").asLong(),
                    bucket.at("/max/value").asLong()));
        }
        return new Summary.WrongClocks(answer.at("/hosts/value").asLong(), clocks);
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isNumber() ? (Long) node.asLong() : null;
    }
}
