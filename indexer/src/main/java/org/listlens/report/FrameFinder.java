package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;

/** Finds what a report covers, and how fine it can be without becoming large. */
final class FrameFinder {
    /** Lists that are told apart. */
    private static final int LISTS = 30;

    private static final int KNOWN_LISTS = 10_000;

    /** A stretch without any mail that separates wrong times from right ones, if hardly anything lies behind it. */
    private static final long GAP_MONTHS = 18;

    private static final double HARDLY = 0.01;

    private final EngineSearch engine;

    FrameFinder(EngineSearch engine) {
        this.engine = engine;
    }

    /**
     * The frame for what was asked.
     *
     * @param counts as of {@link Resolution#of}
     * @return {@code null} when nothing in the index is covered
     * @throws UnknownListException when a list is not there
     */
    @Nullable
    Frame find(Scope scope, long counts) throws EngineException, InterruptedException, UnknownListException {
        List<String> named = named(scope.lists());
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode bool = query.putObject("bool");
        if (!named.isEmpty()) {
            named.forEach(bool.putArray("filter").addObject().putObject("terms").putArray("list.id")::add);
        }
        ObjectNode span = JsonNodeFactory.instance.objectNode();
        ObjectNode range = span.putObject("range").putObject("@timestamp").put("format", "epoch_millis");
        if (scope.from() != null) {
            range.put("gte", scope.from().toEpochMilli());
        }
        if (scope.to() != null) {
            range.put("lt", scope.to().toEpochMilli());
        }
        bool.withArray("/filter").add(span);
        ObjectNode aggregations = JsonNodeFactory.instance.objectNode();
        aggregations
                .putObject("months")
                .putObject("date_histogram")
                .put("field", "@timestamp")
                .put("calendar_interval", "month")
                .put("min_doc_count", 1);
        aggregations.putObject("first").putObject("min").put("field", "@timestamp");
        aggregations.putObject("last").putObject("max").put("field", "@timestamp");
        JsonNode answer = ask(query, aggregations);
        TreeMap<Long, Long> months = new TreeMap<>();
        for (JsonNode month : answer.path("months").path("buckets")) {
            months.put(month.path("key").asLong(), month.path("doc_count").asLong());
        }
        long total = months.values().stream().mapToLong(Long::longValue).sum();
        if (total == 0) {
            return null;
        }
        long first = answer.at("/first/value").asLong();
        long last = answer.at("/last/value").asLong();
        long before = 0;
        if (scope.from() == null) {
            before = trim(months, total, false);
            first = Math.max(first, months.firstKey());
        }
        long after = 0;
        if (scope.to() == null) {
            after = trim(months, total, true);
            last = Math.min(last, nextMonth(months.lastKey()) - 1);
        }
        Instant from = scope.from() != null
                ? scope.from()
                : Interval.DAY
                        .floor(Instant.ofEpochMilli(first))
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
        Instant to = scope.to() != null
                ? scope.to()
                : Interval.DAY
                        .floor(Instant.ofEpochMilli(last))
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
        return frame(named, from, to, total - before - after, before + after, counts);
    }

    /** Takes the months away that lie far from all others and hold hardly anything; tells how many mails they have. */
    private static long trim(NavigableMap<Long, Long> months, long total, boolean end) {
        long beyond = 0;
        long cut = 0;
        List<Long> keys = new ArrayList<>(end ? months.descendingKeySet() : months.keySet());
        int drop = 0;
        for (int i = 0; i + 1 < keys.size(); i++) {
            beyond += months.getOrDefault(keys.get(i), 0L);
            if (beyond > total * HARDLY) {
                break;
            }
            if (Math.abs(keys.get(i + 1) - keys.get(i))
                    > Duration.ofDays(GAP_MONTHS * 30).toMillis()) {
                drop = i + 1;
                cut = beyond;
            }
        }
        keys.subList(0, drop).forEach(months::remove);
        return cut;
    }

    private static long nextMonth(long month) {
        return Instant.ofEpochMilli(month)
                .atZone(ZoneOffset.UTC)
                .plusMonths(1)
                .toInstant()
                .toEpochMilli();
    }

    private Frame frame(List<String> named, Instant from, Instant to, long deliveries, long outside, long counts)
            throws EngineException, InterruptedException {
        Map<String, Long> found = lists(from, to, named);
        List<String> lists =
                new ArrayList<>(found.keySet().stream().limit(LISTS).toList());
        boolean single = named.size() == 1
                || lists.isEmpty()
                || (found.size() == 1 && found.getOrDefault(lists.getFirst(), 0L) == deliveries);
        if (!named.isEmpty()) {
            lists = single ? named : lists;
        }
        long rows = single ? 1 : lists.size() + 1L;
        Resolution resolution = Resolution.of(from, to, rows, deliveries, counts);
        return new Frame(
                lists,
                !named.isEmpty(),
                single,
                found.size() - lists.size(),
                from,
                to,
                resolution.fine(),
                resolution.coarse(),
                deliveries,
                outside);
    }

    /** The lists of the mails of a span, those with the most mail first. */
    private Map<String, Long> lists(Instant from, Instant to, List<String> named)
            throws EngineException, InterruptedException {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("range")
                .putObject("@timestamp")
                .put("gte", from.toEpochMilli())
                .put("lt", to.toEpochMilli())
                .put("format", "epoch_millis");
        Map<String, Long> lists = known(query);
        if (!named.isEmpty()) {
            lists.keySet().retainAll(named);
        }
        return lists;
    }

    private Map<String, Long> known(ObjectNode query) throws EngineException, InterruptedException {
        ObjectNode aggregations = JsonNodeFactory.instance.objectNode();
        aggregations
                .putObject("lists")
                .putObject("terms")
                .put("field", "list.id")
                .put("size", KNOWN_LISTS);
        Map<String, Long> lists = new LinkedHashMap<>();
        for (JsonNode list : ask(query, aggregations).at("/lists/buckets")) {
            lists.put(list.path("key").asText(), list.path("doc_count").asLong());
        }
        return lists;
    }

    private JsonNode ask(ObjectNode query, ObjectNode aggregations) throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        body.set("query", query);
        body.set("aggs", aggregations);
        return engine.search(DocumentKind.DELIVERY, body).path("aggregations");
    }

    /** The ids of the lists that a user names by id, by address, or by the first part of an id. */
    private List<String> named(List<String> names) throws EngineException, InterruptedException, UnknownListException {
        if (names.isEmpty()) {
            return List.of();
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putObject("match_all");
        List<String> known = List.copyOf(known(all).keySet());
        List<String> ids = new ArrayList<>();
        for (String name : names) {
            String id = name.toLowerCase(Locale.ROOT).replace('@', '.');
            List<String> fit = known.contains(id)
                    ? List.of(id)
                    : known.stream().filter(list -> list.startsWith(id + '.')).toList();
            if (fit.size() != 1) {
                throw new UnknownListException(name, fit.isEmpty() ? known : fit, !fit.isEmpty());
            }
            if (!ids.contains(fit.getFirst())) {
                ids.add(fit.getFirst());
            }
        }
        return ids;
    }
}
