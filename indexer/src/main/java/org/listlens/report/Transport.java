package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;

/** How mails are carried: TLS, protocols, authentication; and whose clock is wrong. */
final class Transport {
    private static final int CLOCKS = 16;

    /** Points of one host's curve. */
    private static final int POINTS = 400;

    private final EngineSearch engine;
    private final Sums sums;

    Transport(EngineSearch engine, Sums sums) {
        this.engine = engine;
        this.sums = sums;
    }

    /** Hops by version of TLS; those that do not say that they used it are none. */
    ObjectNode tls() throws EngineException, InterruptedException {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        key.putObject("terms").put("field", "hop.tls.version");
        Table table = new Table(sums.frame().rows(), 1);
        count(table, DocumentKind.HOP, "hop.tls.version", "TLS ", "");
        ObjectNode unversioned = Conditions.both(
                Conditions.is("hop.tls.established", true), Conditions.not(Conditions.has("hop.tls.version")));
        count(table, unversioned, "TLS, version unknown");
        ObjectNode none = Conditions.both(
                Conditions.not(Conditions.is("hop.tls.established", true)),
                Conditions.not(Conditions.has("hop.tls.version")));
        count(table, none, "no TLS noted");
        return table.json(12, Map.of());
    }

    private void count(Table table, ObjectNode condition, String name) throws EngineException, InterruptedException {
        sums.read(
                sums.frame().coarse(),
                Sums.Asked.count(DocumentKind.HOP, sums.frame().query(condition)),
                (row, period, bucket) ->
                        table.add(row, period, name, bucket.path("doc_count").asLong()));
    }

    private void count(Table table, DocumentKind kind, String field, String before, String after)
            throws EngineException, InterruptedException {
        sums.read(
                sums.frame().coarse(),
                Sums.Asked.by(kind, sums.frame().query(), field),
                (row, period, bucket) -> table.add(
                        row,
                        period,
                        before + bucket.at("/key/key").asText() + after,
                        bucket.path("doc_count").asLong()));
    }

    /** Hops by protocol. */
    ObjectNode protocols() throws EngineException, InterruptedException {
        Table table = new Table(sums.frame().rows(), 1);
        count(table, DocumentKind.HOP, "hop.with", "", "");
        return table.json(10, Map.of());
    }

    /** Hops whose delay is negative: by the raw stamps, and by right clocks. */
    ObjectNode negative() throws EngineException, InterruptedException {
        Table table = new Table(sums.frame().rows(), 1);
        count(table, Conditions.has("hop.delay_ms"), "hops");
        count(table, Conditions.below("hop.delay_ms", 0), "raw");
        count(table, Conditions.below("hop.delay_corrected_ms", 0), "corrected");
        return table.json(3, Map.of());
    }

    /** Deliveries by what hosts found, for each method. */
    ObjectNode authentication() throws EngineException, InterruptedException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String method : List.of("dkim", "spf", "dmarc", "arc")) {
            Table table = new Table(sums.frame().rows(), 1);
            count(table, DocumentKind.DELIVERY, "authentication." + method + ".result", "", "");
            json.set(method, table.json(8, Map.of()));
        }
        return json;
    }

    /** Deliveries with a broken DKIM signature by the host that broke it, or first found it broken. */
    ObjectNode broken() throws EngineException, InterruptedException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String where : List.of("broken_by", "broken_at")) {
            Table table = new Table(sums.frame().rows(), 1);
            count(table, DocumentKind.DELIVERY, "authentication.dkim." + where, "", "");
            json.set(where, table.json(12, Map.of()));
        }
        Table signed = new Table(sums.frame().rows(), 1);
        for (boolean broken : new boolean[] {true, false}) {
            sums.read(
                    sums.frame().coarse(),
                    Sums.Asked.count(
                            DocumentKind.DELIVERY,
                            sums.frame().query(Conditions.is("authentication.dkim.broken", broken))),
                    (row, period, bucket) -> signed.add(
                            row,
                            period,
                            broken ? "broken" : "whole",
                            bucket.path("doc_count").asLong()));
        }
        json.set("signatures", signed.json(2, Map.of()));
        return json;
    }

    /** The hosts whose clocks were wrong most often, each with its offset over time and the bounds of that. */
    ArrayNode clocks() throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        body.set("query", sums.frame().query(Conditions.is("clock.verdict", "wrong")));
        ObjectNode hosts = body.putObject("aggs").putObject("hosts");
        hosts.putObject("terms").put("field", "host.name").put("size", CLOCKS * 4);
        ObjectNode inner = hosts.putObject("aggs");
        inner.putObject("stamps").putObject("sum").put("field", "host.stamps");
        inner.putObject("ahead").putObject("max").put("field", "clock.offset_ms");
        inner.putObject("behind").putObject("min").put("field", "clock.offset_ms");
        inner.putObject("middle")
                .putObject("percentiles")
                .put("field", "clock.offset_ms")
                .put("keyed", false)
                .putArray("percents")
                .add(50);
        List<JsonNode> found = new ArrayList<>();
        engine.search(DocumentKind.HOST, body).at("/aggregations/hosts/buckets").forEach(found::add);
        found.sort(Comparator.<JsonNode>comparingLong(
                        host -> host.path("doc_count").asLong()
                                * Math.max(1, host.at("/stamps/value").asLong()))
                .reversed());
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (JsonNode host : found.subList(0, Math.min(CLOCKS, found.size()))) {
            json.add(clock(host));
        }
        return json;
    }

    private ObjectNode clock(JsonNode host) throws EngineException, InterruptedException {
        String name = host.path("key").asText();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Hits.text(json, "host", name, Hits.NAME);
        json.put("wrong", host.path("doc_count").asLong());
        json.put("stamps", host.at("/stamps/value").asLong());
        Hits.number(json, "ahead", host.at("/ahead/value"));
        Hits.number(json, "behind", host.at("/behind/value"));
        Hits.number(json, "middle", host.at("/middle/values/0/value"));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        body.set("query", sums.frame().query(Conditions.is("host.name", name)));
        ObjectNode aggregations = body.putObject("aggs");
        aggregations
                .putObject("lists")
                .putObject("terms")
                .put("field", "list.id")
                .put("size", 40);
        ObjectNode time = aggregations.putObject("time");
        Interval interval = Interval.YEAR;
        for (Interval finer : List.of(Interval.MONTH, Interval.WEEK, Interval.DAY)) {
            if (Periods.of(finer, sums.frame().from(), sums.frame().to()).size() <= POINTS) {
                interval = finer;
            }
        }
        time.putObject("date_histogram")
                .put("field", "@timestamp")
                .put("calendar_interval", interval.calendar())
                .put("min_doc_count", 1);
        ObjectNode inner = time.putObject("aggs");
        inner.putObject("offset")
                .putObject("percentiles")
                .put("field", "clock.offset_ms")
                .put("keyed", false)
                .putArray("percents")
                .add(50);
        inner.putObject("least").putObject("min").put("field", "clock.offset_min_ms");
        inner.putObject("most").putObject("max").put("field", "clock.offset_max_ms");
        inner.putObject("wrong").set("filter", Conditions.is("clock.verdict", "wrong"));
        JsonNode answer = engine.search(DocumentKind.HOST, body).path("aggregations");
        ArrayNode rows = json.putArray("lists");
        for (JsonNode list : answer.at("/lists/buckets")) {
            int row = sums.frame().row(list.path("key").asText());
            if (row >= 0) {
                rows.add(row);
            }
        }
        ArrayNode points = json.putArray("points");
        for (JsonNode bucket : answer.at("/time/buckets")) {
            ArrayNode point = points.addArray().add(bucket.path("key").asLong() / 86_400_000L);
            for (String number : List.of("/offset/values/0/value", "/least/value", "/most/value")) {
                JsonNode value = bucket.at(number);
                if (value.isNumber()) {
                    point.add(Math.round(value.asDouble()));
                } else {
                    point.addNull();
                }
            }
            point.add(bucket.at("/wrong/doc_count").asLong());
        }
        return json;
    }
}
