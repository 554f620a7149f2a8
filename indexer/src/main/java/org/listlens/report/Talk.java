package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;

/** Who writes how much, how they quote, and who answers whom. */
final class Talk {
    private static final int PEOPLE = 40;
    private static final int ORGANIZATIONS = 15;
    private static final int ZONES = 40;
    private static final int ANSWERING = 14;

    private final EngineSearch engine;
    private final Sums sums;

    Talk(EngineSearch engine, Sums sums) {
        this.engine = engine;
        this.sums = sums;
    }

    private ObjectNode byPeople() {
        return sums.frame().query(Conditions.not(Conditions.is("author.robot", true)));
    }

    /** Row by row, for each fine period with mail: periods since the last, and mails, crossposts counted once. */
    ArrayNode mails() throws EngineException, InterruptedException {
        List<ArrayNode> rows = new ArrayList<>();
        long[] last = new long[sums.frame().rows()];
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (int row = 0; row < last.length; row++) {
            rows.add(json.addArray());
        }
        sums.read(
                sums.frame().fine(),
                Sums.Asked.count(DocumentKind.MESSAGE, sums.frame().query()),
                (row, period, bucket) -> {
                    rows.get(row)
                            .add(period - last[row])
                            .add(bucket.path("doc_count").asLong());
                    last[row] = period;
                });
        return json;
    }

    /** Persons that wrote in a period, and those that wrote for the first time. */
    ObjectNode participants() throws EngineException, InterruptedException {
        Table table = new Table(sums.frame().rows(), 1);
        ObjectNode inner = JsonNodeFactory.instance.objectNode();
        inner.putObject("persons").putObject("cardinality").put("field", "author.id");
        sums.read(
                sums.frame().coarse(),
                Sums.Asked.count(DocumentKind.MESSAGE, byPeople()).with(inner),
                (row, period, bucket) -> table.add(
                        row, period, "participants", bucket.at("/persons/value").asLong()));
        sums.read(
                sums.frame().coarse(),
                Sums.Asked.count(
                        DocumentKind.PERSON, sums.frame().query(Conditions.not(Conditions.is("person.robot", true)))),
                (row, period, bucket) -> table.add(
                        row, period, "newcomers", bucket.path("doc_count").asLong()));
        return table.json(2, Map.of());
    }

    private Table count(DocumentKind kind, ObjectNode query, String field)
            throws EngineException, InterruptedException {
        Table table = new Table(sums.frame().rows(), 1);
        sums.read(
                sums.frame().coarse(),
                Sums.Asked.by(kind, query, field),
                (row, period, bucket) -> table.add(
                        row,
                        period,
                        bucket.at("/key/key").asText(),
                        bucket.path("doc_count").asLong()));
        return table;
    }

    /** Mails by author. */
    ObjectNode people() throws EngineException, InterruptedException {
        Table table = count(DocumentKind.MESSAGE, byPeople(), "author.id");
        return table.json(PEOPLE, names(table.names(PEOPLE)));
    }

    /** Mails by the organisation that authors write for. */
    ObjectNode organizations() throws EngineException, InterruptedException {
        return count(DocumentKind.MESSAGE, byPeople(), "author.organization").json(ORGANIZATIONS, Map.of());
    }

    /** Mails by the zone of their Date. */
    ObjectNode zones() throws EngineException, InterruptedException {
        return count(DocumentKind.MESSAGE, byPeople(), "email.origination_zone").json(ZONES, Map.of());
    }

    /** Mails by how the new text stands to the quoted. */
    ObjectNode styles() throws EngineException, InterruptedException {
        return count(DocumentKind.MESSAGE, byPeople(), "quote.style").json(8, Map.of());
    }

    /** Mails by how deep they quote. */
    ObjectNode depths() throws EngineException, InterruptedException {
        return count(DocumentKind.MESSAGE, byPeople(), "quote.depth").json(30, Map.of());
    }

    /** Threads by how many mails they have, and by how deep their answers go. */
    ObjectNode threads() throws EngineException, InterruptedException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String field : List.of("messages", "depth")) {
            json.set(
                    field,
                    count(DocumentKind.THREAD, sums.frame().query(), "thread." + field)
                            .json(200, Map.of()));
        }
        json.set(
                "unanswered",
                count(DocumentKind.THREAD, sums.frame().query(), "thread.unanswered")
                        .json(2, Map.of()));
        return json;
    }

    /** Patch series by how many versions there are. */
    ObjectNode versions() throws EngineException, InterruptedException {
        return count(DocumentKind.SERIES, sums.frame().query(), "series.version_count")
                .json(20, Map.of());
    }

    /** How long until the first answer, and until the first review of a series; by coarse period. */
    ObjectNode responses() throws EngineException, InterruptedException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Periods coarse = sums.frame().coarse();
        json.set(
                "answer",
                sums.durations(coarse, DocumentKind.THREAD, Frame.TIME, "thread.first_response_ms")
                        .json());
        json.set(
                "review",
                sums.durations(coarse, DocumentKind.SERIES, Frame.TIME, "series.first_review_ms")
                        .json());
        return json;
    }

    /** Row by row, who quotes whom how often over the whole period: who, whom, how often. */
    ObjectNode answers() throws EngineException, InterruptedException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Map<String, Integer> places = new HashMap<>();
        List<String> ids = new ArrayList<>();
        List<EngineSearch.Asked> searches = new ArrayList<>();
        Frame frame = sums.frame();
        for (int row = 0; row < frame.rows(); row++) {
            ObjectNode query = frame.query(Conditions.not(Conditions.is("author.robot", true)));
            if (row > 0) {
                query.withObject("/bool")
                        .withArray("/filter")
                        .add(Conditions.is("list.id", frame.lists().get(row - 1)));
            }
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("size", 0).put("track_total_hits", false);
            body.set("query", query);
            ObjectNode who = body.putObject("aggs").putObject("who");
            who.putObject("terms").put("field", "author.id").put("size", ANSWERING);
            who.putObject("aggs")
                    .putObject("whom")
                    .putObject("terms")
                    .put("field", "quoted.author.id")
                    .put("size", 60);
            searches.add(new EngineSearch.Asked(DocumentKind.QUOTE, body));
        }
        ArrayNode rows = json.putArray("rows");
        for (JsonNode answer : engine.searchAll(searches)) {
            ArrayNode cells = rows.addArray();
            for (JsonNode one : answer.at("/aggregations/who/buckets")) {
                for (JsonNode other : one.at("/whom/buckets")) {
                    cells.add(place(places, ids, one.path("key").asText()))
                            .add(place(places, ids, other.path("key").asText()))
                            .add(other.path("doc_count").asLong());
                }
            }
        }
        Map<String, String> names = names(ids);
        ArrayNode keys = json.putArray("keys");
        ids.forEach(id -> keys.add(SafeText.line(names.getOrDefault(id, id), Hits.NAME)));
        return json;
    }

    private static int place(Map<String, Integer> places, List<String> ids, String id) {
        return places.computeIfAbsent(id, unused -> {
            ids.add(id);
            return places.size();
        });
    }

    /** The names of persons by their ids; two that have one name have their ids behind it. */
    private Map<String, String> names(Collection<String> ids) throws EngineException, InterruptedException {
        List<String> wanted = new ArrayList<>(new TreeSet<>(ids));
        Map<String, String> names = new HashMap<>();
        for (int from = 0; from < wanted.size(); from += 1_000) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("size", 1_000).put("track_total_hits", false);
            body.putArray("_source").add("person.id").add("person.name");
            ArrayNode terms = body.putObject("query").putObject("terms").putArray("person.id");
            wanted.subList(from, Math.min(wanted.size(), from + 1_000)).forEach(terms::add);
            for (JsonNode hit : engine.search(DocumentKind.PERSON, body).at("/hits/hits")) {
                String name = hit.at("/_source/person/name").textValue();
                if (name != null && !SafeText.line(name, Hits.NAME).isEmpty()) {
                    names.put(hit.at("/_source/person/id").asText(), name);
                }
            }
        }
        Map<String, Integer> uses = new HashMap<>();
        names.values().forEach(name -> uses.merge(name, 1, Integer::sum));
        names.replaceAll((id, name) -> uses.getOrDefault(name, 0) > 1 ? name + " (" + id + ")" : name);
        return names;
    }
}
