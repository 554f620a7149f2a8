package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.thread.Discussion;
import org.listlens.thread.ThreadMail;

/** Finds discussions in the engine. An index that is not there is an empty one. */
public final class StoredDiscussions {
    /** How many copies are looked for at once. */
    private static final int AT_ONCE = 1_000;

    private final StoredThreads threads;
    private final EngineSearch engine;

    public StoredDiscussions(EngineClient client, RetryPolicy retry) {
        this.engine = new EngineSearch(new RetryingClient(client, retry));
        this.threads = new StoredThreads(engine);
    }

    /**
     * The discussions of the mails that have a Message-ID or refer to it; as a rule one.
     *
     * @param id a Message-ID without brackets, or {@code thread.id}
     */
    public List<Discussion> find(String id) throws EngineException, InterruptedException {
        Set<String> found = threads.threads(List.of(id));
        List<ThreadMail> mails = new ArrayList<>();
        threads.mails(found.isEmpty() ? Set.of(id) : found, Set.of(), mail -> mails.add(mail.mail()));
        return Discussion.of(mails);
    }

    /**
     * How long the mails of a discussion were under way, by the ids of their messages: by right clocks where these are
     * known; of several copies the one that took longest.
     */
    public Map<String, Long> latencies(Discussion discussion) throws EngineException, InterruptedException {
        Map<String, Long> latencies = new HashMap<>();
        List<Discussion.Place> places = discussion.mails();
        for (int from = 0; from < places.size(); from += AT_ONCE) {
            ObjectNode query = JsonNodeFactory.instance.objectNode();
            ArrayNode messages = query.putObject("terms").putArray("message.id");
            for (Discussion.Place place : places.subList(from, Math.min(from + AT_ONCE, places.size()))) {
                messages.add(place.mail().id());
            }
            engine.all(
                    DocumentKind.DELIVERY,
                    query,
                    List.of("message.id", "delivery.latency_ms", "delivery.latency_corrected_ms"),
                    List.of("delivery.id"),
                    hit -> {
                        JsonNode source = hit.path("_source");
                        JsonNode raw = source.at("/delivery/latency_ms");
                        JsonNode right = source.at("/delivery/latency_corrected_ms");
                        if (raw.isNumber()) {
                            latencies.merge(
                                    source.at("/message/id").asText(),
                                    right.isNumber() ? right.asLong() : raw.asLong(),
                                    Math::max);
                        }
                    });
        }
        return latencies;
    }
}
