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

/** Threads and patch series that the page names: the busiest, those that nobody has answered, the longest in review. */
final class Discussions {
    private static final int ALL = 60;
    private static final int EACH = 20;

    private static final List<String> THREAD =
            List.of("@timestamp", "list.id", "email.subject", "email.message_id", "author", "thread");

    private static final List<String> SERIES = List.of(
            "@timestamp",
            "list.id",
            "email.message_id",
            "author",
            "series.title",
            "series.version_count",
            "series.messages",
            "series.replies",
            "series.reviewed",
            "series.acked",
            "series.tested",
            "series.span_ms",
            "series.first_review_ms",
            "series.versions");

    private final Hits hits;

    Discussions(Hits hits) {
        this.hits = hits;
    }

    /** The threads with the most mails. */
    ArrayNode busiest() throws EngineException, InterruptedException {
        return threads(hits.first(
                DocumentKind.THREAD, Frame.TIME, Conditions.has("thread.id"), "thread.messages", ALL, EACH, THREAD));
    }

    /** The newest threads that nobody has answered; of those only that people began. */
    ArrayNode unanswered() throws EngineException, InterruptedException {
        List<JsonNode> sources = hits.first(
                DocumentKind.THREAD,
                Frame.TIME,
                Conditions.both(
                        Conditions.is("thread.unanswered", true), Conditions.not(Conditions.is("author.robot", true))),
                "@timestamp",
                ALL,
                EACH,
                THREAD);
        return threads(sources);
    }

    private ArrayNode threads(List<JsonNode> sources) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (JsonNode source : sources) {
            ObjectNode thread = hits.describe(source);
            JsonNode facts = source.path("thread");
            Hits.number(thread, "mails", facts.path("messages"));
            Hits.number(thread, "people", facts.path("participants"));
            Hits.number(thread, "depth", facts.path("depth"));
            Hits.number(thread, "quoted", facts.path("quote_depth"));
            Hits.number(thread, "lasted", facts.path("duration_ms"));
            Hits.number(thread, "answer", facts.path("first_response_ms"));
            Hits.number(thread, "patches", facts.path("patches"));
            json.add(thread);
        }
        return json;
    }

    /** The patch series with the most versions and mails. */
    ArrayNode series() throws EngineException, InterruptedException {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (JsonNode source : hits.first(
                DocumentKind.SERIES,
                Frame.TIME,
                Conditions.has("series.id"),
                "series.version_count",
                ALL,
                EACH,
                SERIES)) {
            ObjectNode series = hits.describe(source);
            JsonNode facts = source.path("series");
            Hits.text(series, "subject", facts.path("title").textValue(), Hits.SUBJECT);
            List<JsonNode> versions = new ArrayList<>();
            facts.path("versions").forEach(versions::add);
            versions.stream()
                    .max(Comparator.comparingInt(
                            version -> version.path("version").asInt()))
                    .map(version -> version.path("message_id").textValue())
                    .ifPresent(id -> {
                        series.remove(List.of("url", "id"));
                        hits.link(series, Hits.texts(source.at("/list/id")), id);
                    });
            for (Map.Entry<String, String> name : Map.of(
                            "versions", "version_count",
                            "mails", "messages",
                            "replies", "replies",
                            "reviewed", "reviewed",
                            "acked", "acked",
                            "tested", "tested",
                            "span", "span_ms",
                            "review", "first_review_ms")
                    .entrySet()) {
                Hits.number(series, name.getKey(), facts.path(name.getValue()));
            }
            json.add(series);
        }
        return json;
    }
}
