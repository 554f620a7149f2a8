package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;

/** How late mail is, where the time goes, who holds it, and which mails took longest. */
final class Delays {
    /** The parts of the way that are counted: all of it first. */
    static final List<String> PARTS = List.of("latency", "inbound", "list", "outbound", "archive");

    private static final int HOSTS = 25;
    private static final int SLOWEST = 200;
    private static final int SLOWEST_EACH = 40;

    private final Sums sums;
    private final Hits hits;
    private final Clocked clocked;
    private final SortedMap<Integer, Long> all = new TreeMap<>();

    Delays(Sums sums, Hits hits, Clocked clocked) {
        this.sums = sums;
        this.hits = hits;
        this.clocked = clocked;
    }

    /** Durations of each part by row and fine period, as {@link Sums.Durations#json} has them. */
    ObjectNode durations() throws EngineException, InterruptedException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String part : PARTS) {
            Sums.Durations durations =
                    sums.durations(sums.frame().fine(), DocumentKind.DELIVERY, Frame.SENT, clocked.part(part));
            json.set(part, durations.json());
            if (all.isEmpty()) {
                durations
                        .rows()
                        .getFirst()
                        .values()
                        .forEach(counts -> counts.forEach((bucket, count) -> all.merge(bucket, count, Long::sum)));
            }
        }
        return json;
    }

    /** How long all of the way took, over everything: counts by {@link LogBuckets}. */
    SortedMap<Integer, Long> latencies() {
        return all;
    }

    /** By the host that held a mail longest: how many mails, how long in all, and the longest. */
    ObjectNode holders() throws EngineException, InterruptedException {
        ObjectNode inner = JsonNodeFactory.instance.objectNode();
        inner.putObject("sum").putObject("sum").put("field", clocked.held());
        inner.putObject("max").putObject("max").put("field", clocked.held());
        Table table = new Table(sums.frame().rows(), 3);
        sums.read(
                sums.frame().coarse(),
                Sums.Asked.by(
                                DocumentKind.DELIVERY,
                                sums.frame().query(Frame.SENT, Conditions.has(clocked.held())),
                                clocked.heldBy())
                        .bySent()
                        .with(inner),
                (row, period, bucket) -> table.add(
                        row,
                        period,
                        bucket.at("/key/key").asText(),
                        bucket.at("/sum/value").asLong(),
                        bucket.path("doc_count").asLong(),
                        bucket.at("/max/value").asLong()));
        return table.json(HOSTS, Map.of());
    }

    /** How many hops mails have. */
    ObjectNode hops() throws EngineException, InterruptedException {
        Table table = new Table(sums.frame().rows(), 1);
        sums.read(
                sums.frame().coarse(),
                Sums.Asked.by(DocumentKind.DELIVERY, sums.frame().query(Frame.SENT), "delivery.hops")
                        .bySent(),
                (row, period, bucket) -> table.add(
                        row,
                        period,
                        bucket.at("/key/key").asText(),
                        bucket.path("doc_count").asLong()));
        return table.json(40, Map.of());
    }

    /** The mails that took longest, and those that a list held longest. */
    ArrayNode slowest() throws EngineException, InterruptedException {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        Set<String> met = new HashSet<>();
        for (String part : List.of("latency", "list")) {
            String field = clocked.part(part);
            for (JsonNode source : hits.first(
                    DocumentKind.DELIVERY, Frame.SENT, Conditions.has(field), field, SLOWEST, SLOWEST_EACH, SOURCE)) {
                if (met.add(source.at("/delivery/id").asText())) {
                    json.add(mail(source));
                }
            }
        }
        return json;
    }

    static final List<String> SOURCE = List.of(
            "@timestamp",
            "list.id",
            "email.subject",
            "email.message_id",
            "email.from",
            "message.id",
            "delivery.*_ms",
            "delivery.*_by",
            "delivery.list_host",
            "delivery.id",
            "delivery.hops",
            "delivery.first_stamp");

    /** A mail with how long each part of its way took. */
    ObjectNode mail(JsonNode source) {
        ObjectNode json = hits.describe(source);
        String sent = source.at("/delivery/first_stamp").textValue();
        if (sent != null) {
            json.put("time", Instant.parse(sent).toEpochMilli());
        }
        for (String part : PARTS) {
            Hits.number(json, part, source.at(clocked.pointer(part)));
        }
        Hits.text(
                json,
                "host",
                source.at('/' + clocked.heldBy().replace('.', '/')).textValue(),
                Hits.NAME);
        Hits.number(json, "held", source.at('/' + clocked.held().replace('.', '/')));
        return json;
    }
}
