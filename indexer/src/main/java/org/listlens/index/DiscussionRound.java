package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;

/**
 * What the updates of persons, series and threads have in common when they are made one after the other: which messages
 * they take into account, in which state, and who wrote some of them. A message that others change meanwhile is another
 * one: it keeps for the next round what tells that it is new. A message costs some 40 octets. Not thread-safe.
 */
final class DiscussionRound {
    /** With more new messages than this, all is looked at anew instead of what they lead to. */
    static final long MANY = 50_000;

    /** So many messages wait to be told who wrote them, until their places are written; others are told at once. */
    private static final int MOST_AUTHORS = 50_000;

    /** The columns by which it is told whether a message was changed, other than by updates. */
    static final List<String> STATE = List.of("event.hash", "list.id");

    private final DigestSet states = new DigestSet();
    private long messages;
    private final Map<String, String> authors = new HashMap<>();
    private final Set<String> threads = new HashSet<>();

    private DiscussionRound() {}

    /** Begins a round with the messages that are new now. */
    static DiscussionRound begin(EngineSearch search) throws EngineException, InterruptedException {
        DiscussionRound round = new DiscussionRound();
        search.columns(DocumentKind.MESSAGE, unsolved(), STATE, List.of("message.id"), hit -> {
            round.messages++;
            round.states.add(state(hit));
        });
        return round;
    }

    /** The messages that persons, series or threads do not take into account as they are. */
    static ObjectNode unsolved() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("bool")
                .putArray("must_not")
                .addObject()
                .putObject("term")
                .put("thread.solved", true);
        return query;
    }

    /** How many messages are new. */
    long messages() {
        return messages;
    }

    /** Whether a message was new when the round began, and is what it was then. */
    boolean considers(String state) {
        return states.contains(state);
    }

    /** A digest of a hit with the columns of {@link #STATE}, which differs when others change the message. */
    static String state(JsonNode hit) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        sha256.update(hit.path("_id").asText().getBytes(StandardCharsets.UTF_8));
        for (String column : STATE) {
            for (JsonNode value : hit.path("fields").path(column)) {
                sha256.update((byte) ' ');
                sha256.update(value.asText().getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, 16);
    }

    /**
     * Notes who wrote a message, for it to be told with its place in its thread.
     *
     * @param thread {@code thread.id} of the message; {@code null} when it has none yet
     * @return whether that will be; the message has to be told at once otherwise
     */
    boolean author(String message, String person, @Nullable String thread) {
        if (messages > MANY || authors.size() >= MOST_AUTHORS) {
            return false;
        }
        authors.put(message, person);
        if (thread != null) {
            threads.add(thread);
        }
        return true;
    }

    /** Who was found to have written a message; {@code null} where nothing is to be changed. */
    @Nullable
    String author(String message) {
        return authors.get(message);
    }

    /** The threads of the messages whose authors were found. */
    Set<String> threads() {
        return threads;
    }
}
