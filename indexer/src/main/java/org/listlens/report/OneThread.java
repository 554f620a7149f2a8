package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;
import org.listlens.thread.Discussion;
import org.listlens.thread.Quoting;
import org.listlens.thread.ThreadMail;

/** One discussion: its tree, and the way of each of its mails. */
final class OneThread {
    /** Mails that are shown. */
    private static final int MAILS = 3_000;

    /** Copies of mails that are looked for at once. */
    private static final int AT_ONCE = 500;

    private static final int QUOTED = 4;

    private final EngineSearch engine;
    private final Hits hits;
    private final Delays delays;

    OneThread(EngineSearch engine, Hits hits, Delays delays) {
        this.engine = engine;
        this.hits = hits;
        this.delays = delays;
    }

    ObjectNode json(Discussion discussion) throws EngineException, InterruptedException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Hits.text(json, "subject", discussion.subject(), Hits.SUBJECT);
        ArrayNode lists = json.putArray("lists");
        discussion.lists().forEach(list -> lists.add(SafeText.line(list, Hits.NAME)));
        json.put("mails", discussion.mails().size())
                .put("missing", discussion.missing())
                .put("people", discussion.persons().size())
                .put("robots", discussion.robots())
                .put("depth", discussion.depth());
        if (discussion.quoteDepth() != null) {
            json.put("quoted", discussion.quoteDepth());
        }
        duration(json, "answer", discussion.responseTime());
        if (discussion.response() != null) {
            Hits.text(json, "answered", who(discussion.response()), Hits.NAME);
        }
        if (discussion.unanswered() != null) {
            json.put("unanswered", discussion.unanswered());
        }
        List<Discussion.Place> places =
                discussion.mails().subList(0, Math.min(MAILS, discussion.mails().size()));
        Map<String, List<JsonNode>> copies = copies(places);
        Map<String, Set<String>> quoted = quoted(discussion);
        Map<String, Integer> numbers = new HashMap<>();
        ArrayNode tree = json.putArray("tree");
        for (Discussion.Place place : places) {
            ThreadMail mail = place.mail();
            numbers.put(mail.id(), tree.size());
            ObjectNode node = tree.addObject().put("depth", place.depth());
            ThreadMail parent = place.parent();
            if (parent != null && numbers.containsKey(parent.id())) {
                node.put("parent", numbers.get(parent.id()));
            }
            if (mail.at() != null) {
                node.put("time", mail.at().toEpochMilli());
                if (parent != null && parent.at() != null) {
                    duration(node, "after", Duration.between(parent.at(), mail.at()));
                }
            }
            Hits.text(node, "subject", mail.subject(), Hits.SUBJECT);
            Hits.text(node, "from", who(mail), Hits.NAME);
            ThreadMail.Writer writer = mail.writer();
            if (writer != null) {
                Hits.text(node, "organization", writer.organization(), Hits.NAME);
                node.put("robot", writer.robot());
            }
            hits.link(node, mail.lists(), mail.messageId());
            if (mail.quoteDepth() != null) {
                node.put("quoted", mail.quoteDepth());
            }
            ArrayNode whom = node.putArray("quotes");
            quoted.getOrDefault(mail.id(), Set.of()).stream().limit(QUOTED).forEach(whom::add);
            ArrayNode ways = node.putArray("copies");
            for (JsonNode copy : copies.getOrDefault(mail.id(), List.of())) {
                ObjectNode way = delays.mail(copy);
                way.remove(List.of("subject", "from", "url", "id"));
                Hits.text(way, "by", Hits.first(copy.at("/list/id")), Hits.NAME);
                ways.add(way);
            }
        }
        return json;
    }

    private static void duration(ObjectNode json, String name, @Nullable Duration duration) {
        if (duration != null) {
            json.put(name, duration.toMillis());
        }
    }

    private static @Nullable String who(ThreadMail mail) {
        ThreadMail.Writer writer = mail.writer();
        return writer == null ? null : writer.name() == null ? writer.address() : writer.name();
    }

    /** Whom each mail quotes, by its id. */
    private static Map<String, Set<String>> quoted(Discussion discussion) {
        Map<String, Set<String>> quoted = new HashMap<>();
        for (Quoting quoting : Quoting.of(discussion)) {
            ThreadMail.Writer writer = quoting.writer();
            String name = writer != null
                    ? writer.name() == null ? writer.address() : writer.name()
                    : quoting.quotation() == null ? null : quoting.quotation().name();
            if (name != null) {
                quoted.computeIfAbsent(quoting.mail().id(), id -> new LinkedHashSet<>())
                        .add(SafeText.line(name, Hits.NAME));
            }
        }
        return quoted;
    }

    /** The deliveries of mails, by the ids of their messages. */
    private Map<String, List<JsonNode>> copies(List<Discussion.Place> places)
            throws EngineException, InterruptedException {
        Map<String, List<JsonNode>> copies = new HashMap<>();
        for (int from = 0; from < places.size(); from += AT_ONCE) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("size", 10_000).put("track_total_hits", false);
            Delays.SOURCE.forEach(body.putArray("_source")::add);
            ArrayNode ids = body.putObject("query").putObject("terms").putArray("message.id");
            for (Discussion.Place place : places.subList(from, Math.min(places.size(), from + AT_ONCE))) {
                ids.add(place.mail().id());
            }
            body.putArray("sort").addObject().put("@timestamp", "asc");
            for (JsonNode hit : engine.search(DocumentKind.DELIVERY, body).at("/hits/hits")) {
                JsonNode source = hit.path("_source");
                copies.computeIfAbsent(source.at("/message/id").asText(), id -> new ArrayList<>())
                        .add(source);
            }
        }
        return copies;
    }
}
