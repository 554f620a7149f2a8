package org.listlens.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;

/** Finds the lists that the index has mail of, and where they are written to. */
public final class KnownLists {
    /** How many lists are told apart at most: those with the most mail. Each is an aggregation of its own. */
    static final int MOST = 50;

    private static final Duration LATELY = Duration.ofDays(28);

    private KnownLists() {}

    /**
     * Finds the lists that have sent mail from four weeks before a time until another. One whose name has the braces
     * of a placeholder is left out, because Alerting would take it for one of its own when it asks the search.
     *
     * @return by name, so that a monitor stays the same while the lists do
     */
    public static List<KnownList> find(EngineSearch search, Instant from, Instant to)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        body.withObject("/query/range/@timestamp")
                .put("gt", from.minus(LATELY).toEpochMilli())
                .put("lte", to.toEpochMilli())
                .put("format", "epoch_millis");
        ObjectNode lists = body.withObject("/aggs/lists");
        lists.putObject("terms").put("field", "list.id").put("size", MOST);
        lists.withObject("/aggs/posts/terms").put("field", "list.post").put("size", 3);
        List<KnownList> found = new ArrayList<>();
        for (JsonNode list : search.search(DocumentKind.DELIVERY, body).at("/aggregations/lists/buckets")) {
            long mails = list.path("doc_count").asLong();
            List<String> posts = new ArrayList<>();
            for (JsonNode post : list.at("/posts/buckets")) {
                // Copies that came by a second list name that one's address too.
                String address = post.path("key").asText();
                if (2 * post.path("doc_count").asLong() > mails && !address.contains("{{")) {
                    posts.add(address);
                }
            }
            String id = list.path("key").asText();
            if (!posts.isEmpty() && !id.contains("{{")) {
                Collections.sort(posts);
                found.add(new KnownList(id, posts));
            }
        }
        found.sort(Comparator.comparing(KnownList::id));
        return found;
    }
}
