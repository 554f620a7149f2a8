package org.listlens.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.ClockWindow;
import org.listlens.clock.HostClocks;
import org.listlens.clock.Passage;
import org.listlens.clock.Way;
import org.listlens.document.ClockDocuments;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.index.EngineSearch;
import org.listlens.index.StoredWays;

/** Finds mails, and what is known of clocks, in the engine. An index that is not there is an empty one. */
public final class StoredMails {
    /** More copies of one Message-ID than anybody looks through. */
    private static final int COPIES = 1_000;

    /** More than the hops of any mail, and than the windows of its hosts on its days. */
    private static final int PAGE = 5_000;

    private final EngineSearch engine;

    public StoredMails(EngineClient client, RetryPolicy retry) {
        this.engine = new EngineSearch(new RetryingClient(client, retry));
    }

    /** The deliveries of all copies under a Message-ID, given without brackets; oldest first, at most {@value #COPIES}. */
    public List<Document> deliveries(String messageId) throws EngineException, InterruptedException {
        ObjectNode body = body(COPIES);
        body.putObject("query").putObject("term").put("email.message_id", messageId);
        ArrayNode sort = body.putArray("sort");
        sort.addObject().putObject("@timestamp").put("order", "asc").put("unmapped_type", "date");
        sort.addObject().putObject("delivery.id").put("order", "asc").put("unmapped_type", "keyword");
        return documents(search(DocumentKind.DELIVERY, body));
    }

    /** All that is known of a copy, from its delivery. */
    public Inspection inspect(Document delivery) throws EngineException, InterruptedException {
        ObjectNode message = body(1);
        message.putObject("query").putObject("term").put("message.id", delivery.text("message.id"));
        List<Document> messages = documents(search(DocumentKind.MESSAGE, message));
        ObjectNode hops = body(PAGE);
        hops.putObject("query").putObject("term").put("delivery.id", delivery.text("delivery.id"));
        hops.putArray("sort")
                .addObject()
                .putObject("hop.position")
                .put("order", "asc")
                .put("unmapped_type", "integer");
        List<Passage> passages = new ArrayList<>();
        for (String line : delivery.texts("delivery.passages")) {
            passages.add(ClockDocuments.passage(line));
        }
        return new Inspection(
                // The copies of a message may be there before it is.
                messages.isEmpty() ? delivery : messages.getFirst(),
                delivery,
                documents(search(DocumentKind.HOP, hops)),
                clocks(new Way(passages)).documents(),
                null);
    }

    /** What is known of the clocks on a way. */
    public KnownClocks clocks(Way way) throws EngineException, InterruptedException {
        Set<String> hosts = new LinkedHashSet<>();
        for (Passage passage : way.passages()) {
            if (passage.host() != null) {
                hosts.add(passage.host());
            }
        }
        HostClocks clocks = new HostClocks();
        if (hosts.isEmpty()) {
            return new KnownClocks(clocks, List.of());
        }
        Map<String, Document> documents = new LinkedHashMap<>();
        for (JsonNode hit : search(DocumentKind.HOST, windows(hosts, way.days()))) {
            ClockWindow window = StoredWays.window(hit).window();
            clocks.add(List.of(window));
            documents.put(ClockDocuments.id(window), document(hit));
        }
        // Of a day with several windows of a host, the mail fell in one.
        Map<String, Document> met = new LinkedHashMap<>();
        List<Passage> passages = way.passages();
        for (int i = 0; i < passages.size(); i++) {
            String host = passages.get(i).host();
            @Nullable ClockWindow window = host == null ? null : clocks.at(host, way.referenceMs(i));
            Document document = window == null ? null : documents.get(ClockDocuments.id(window));
            if (window != null && document != null) {
                met.put(ClockDocuments.id(window), document);
            }
        }
        return new KnownClocks(clocks, List.copyOf(met.values()));
    }

    private static ObjectNode windows(Set<String> hosts, List<Long> days) {
        ObjectNode body = body(PAGE);
        ObjectNode bool = body.putObject("query").putObject("bool");
        ArrayNode names = bool.putArray("filter").addObject().putObject("terms").putArray("host.name");
        hosts.forEach(names::add);
        ArrayNode should = bool.putArray("should");
        for (long day : days) {
            should.addObject()
                    .putObject("range")
                    .putObject("@timestamp")
                    .put("gte", LocalDate.ofEpochDay(day).toString())
                    .put("lt", LocalDate.ofEpochDay(day + 1).toString());
        }
        bool.put("minimum_should_match", 1);
        return body;
    }

    private static ObjectNode body(int size) {
        return JsonNodeFactory.instance.objectNode().put("size", size).put("track_total_hits", false);
    }

    private static List<Document> documents(List<JsonNode> hits) {
        List<Document> documents = new ArrayList<>(hits.size());
        for (JsonNode hit : hits) {
            documents.add(document(hit));
        }
        return documents;
    }

    private static Document document(JsonNode hit) {
        byte[] source = hit.path("_source").toString().getBytes(StandardCharsets.UTF_8);
        try {
            return Document.parse(source, 0, source.length);
        } catch (IOException e) {
            throw new IllegalArgumentException("an engine's document is a JSON object", e);
        }
    }

    private List<JsonNode> search(DocumentKind kind, ObjectNode body) throws EngineException, InterruptedException {
        List<JsonNode> hits = new ArrayList<>();
        engine.search(kind, body).at("/hits/hits").forEach(hits::add);
        return hits;
    }
}
