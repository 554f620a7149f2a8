package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;
import org.listlens.link.ArchiveLinks;

/** Single documents that the page names: mails, threads, series; with what a reader needs to find them again. */
final class Hits {
    /** Code points of a subject, and of a name. */
    static final int SUBJECT = 140;

    static final int NAME = 60;

    /** Octets of a link; a Message-ID beyond that is somebody's joke. */
    private static final int LONGEST_LINK = 400;

    private final EngineSearch engine;
    private final Frame frame;
    private final ArchiveLinks links;

    Hits(EngineSearch engine, Frame frame, ArchiveLinks links) {
        this.engine = engine;
        this.frame = frame;
        this.links = links;
    }

    /**
     * The documents that come first in an order: of all lists some, and of each list some, each once.
     *
     * @param time the field that says whether a document is covered
     * @param condition which of them
     * @param sort the field that they are sorted by, the largest first
     * @param all how many over all lists
     * @param each how many of each list
     * @param source the fields that are wanted
     */
    List<JsonNode> first(
            DocumentKind kind, String time, ObjectNode condition, String sort, int all, int each, List<String> source)
            throws EngineException, InterruptedException {
        List<JsonNode> hits = new ArrayList<>();
        Set<String> met = new HashSet<>();
        take(kind, frame.query(time, condition), sort, frame.single() ? all + each : all, source, met, hits);
        if (!frame.single()) {
            for (String list : frame.lists()) {
                ObjectNode query = frame.query(time, condition);
                query.withObject("/bool").withArray("/filter").add(Conditions.is("list.id", list));
                take(kind, query, sort, each, source, met, hits);
            }
        }
        return hits;
    }

    private void take(
            DocumentKind kind,
            ObjectNode query,
            String sort,
            int size,
            List<String> source,
            Set<String> met,
            List<JsonNode> into)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", size).put("track_total_hits", false);
        body.set("query", query);
        source.forEach(body.putArray("_source")::add);
        ArrayNode order = body.putArray("sort");
        order.addObject().putObject(sort).put("order", "desc").put("missing", "_last");
        if (!sort.equals("@timestamp")) {
            order.addObject().put("@timestamp", "desc");
        }
        for (JsonNode hit : engine.search(kind, body).at("/hits/hits")) {
            if (met.add(hit.path("_id").asText())) {
                into.add(hit.path("_source"));
            }
        }
    }

    /** What a reader needs of a mail or thread: when, which list, about what, by whom, and where it can be read. */
    ObjectNode describe(JsonNode source) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        String time = source.path("@timestamp").textValue();
        if (time != null) {
            json.put("time", Instant.parse(time).toEpochMilli());
        }
        List<String> lists = texts(source.at("/list/id"));
        ArrayNode rows = json.putArray("lists");
        for (String list : lists) {
            int row = frame.row(list);
            if (row >= 0) {
                rows.add(row);
            }
        }
        text(json, "subject", first(source.at("/email/subject")), SUBJECT);
        String from = first(source.at("/author/name"));
        if (from == null) {
            from = first(source.at("/email/from/name"));
        }
        if (from == null) {
            from = first(source.at("/author/address"));
        }
        if (from == null) {
            from = first(source.at("/email/from/address"));
        }
        text(json, "from", from, NAME);
        String id = first(source.at("/email/message_id"));
        link(json, lists, id);
        return json;
    }

    void link(ObjectNode json, List<String> lists, @Nullable String id) {
        String url = id == null ? null : links.url(lists, id);
        if (url != null && url.length() <= LONGEST_LINK) {
            json.put("url", url);
        } else if (id != null) {
            text(json, "id", id, SUBJECT);
        }
    }

    /** Puts a text that a stranger wrote, if there is any. */
    static void text(ObjectNode json, String name, @Nullable String value, int longest) {
        if (value != null) {
            String line = SafeText.line(value, longest);
            if (!line.isEmpty()) {
                json.put(name, line);
            }
        }
    }

    /** Puts a number if there is one. */
    static void number(ObjectNode json, String name, JsonNode value) {
        if (value.isNumber()) {
            json.put(name, value.asLong());
        }
    }

    static @Nullable String first(JsonNode value) {
        return value.isArray() ? value.path(0).textValue() : value.textValue();
    }

    static List<String> texts(JsonNode value) {
        if (value.isTextual()) {
            return List.of(value.asText());
        }
        List<String> texts = new ArrayList<>();
        value.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
