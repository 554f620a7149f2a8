package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;

/**
 * The copy of an index that others may write to meanwhile. The engine copies by itself what is there
 * ({@code _reindex}, which creates only what is missing); then the documents are compared that have changed since, which
 * their sequence numbers tell. Everything may be done again at any time.
 */
final class IndexCopy {
    /** The sequence number before the first. */
    static final long NOTHING = -1;

    /** How many documents the engine copies at once: some MB, unless somebody has filled an archive with giants. */
    private static final int BATCH = 500;

    /** How many ids are listed in one answer. */
    private static final int PAGE = 1_000;

    /** How many documents are compared at once at most, and how many octets of them are aimed at. */
    private static final int COMPARED = 64;

    private static final long COMPARED_OCTETS = 4 << 20;

    private static final long POLL_MILLIS = 50;
    private static final long LONGEST_POLL_MILLIS = 1_000;

    private final RetryingClient client;
    private final String alias;
    private final String from;
    private final String to;
    private final IndexUpgrade.Listener listener;
    private long since;
    private int atOnce = 8;

    /**
     * @param alias what {@code from} is written to by
     * @param since documents of {@code from} with sequence numbers up to this one are in {@code to}, if at all, as they
     *     are
     */
    IndexCopy(RetryingClient client, String alias, String from, String to, long since, IndexUpgrade.Listener listener) {
        this.client = client;
        this.alias = alias;
        this.from = from;
        this.to = to;
        this.since = since;
        this.listener = listener;
    }

    /** A document does not fit the mapping of the copy. */
    static final class MisfitException extends Exception {
        private static final long serialVersionUID = 1L;

        MisfitException(String reason) {
            super(reason);
        }
    }

    String from() {
        return from;
    }

    String to() {
        return to;
    }

    /**
     * The sequence number up to which all changes of an index can be found after the next refresh; of several shards the
     * least.
     */
    static long checkpoint(RetryingClient client, String index) throws EngineException, InterruptedException {
        return client.send("GET", '/' + index + "/_stats/docs", Map.of("level", "shards"), null, response -> {
            if (!response.ok()) {
                throw client.refused("to show the state of " + index, response);
            }
            long least = Long.MAX_VALUE;
            for (JsonNode copies : shards(response.json(), index)) {
                for (JsonNode copy : copies) {
                    least = Math.min(
                            least, copy.path("seq_no").path("global_checkpoint").asLong(NOTHING));
                }
            }
            return Math.max(least == Long.MAX_VALUE ? NOTHING : least, NOTHING);
        });
    }

    private static JsonNode shards(JsonNode stats, String index) {
        return stats.path("indices").path(index).path("shards");
    }

    /** Copies what is missing. */
    void run() throws EngineException, MisfitException, InterruptedException {
        run(null);
    }

    /**
     * Copies what is missing of some documents.
     *
     * @param wanted which ones, as it stands under {@code query}; {@code null} for all
     */
    void run(@Nullable ObjectNode wanted) throws EngineException, MisfitException, InterruptedException {
        awaitOthers();
        refresh(from);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("conflicts", "proceed");
        ObjectNode source = body.putObject("source").put("index", from).put("size", BATCH);
        if (wanted != null) {
            source.set("query", wanted);
        }
        body.putObject("dest").put("index", to).put("op_type", "create");
        Map<String, String> query = Map.of("wait_for_completion", "false", "slices", "auto");
        boolean done = false;
        while (!done) {
            String task = client.send("POST", "/_reindex", query, RequestBody.json(body.toString()), response -> {
                if (!response.ok()) {
                    throw client.refused("to copy " + from, response);
                }
                return response.json().path("task").asText();
            });
            // It is gone when the engine was started anew meanwhile.
            done = await(task);
        }
    }

    /** Waits for a copy to end; false when the engine knows nothing of it. */
    private boolean await(String task) throws EngineException, MisfitException, InterruptedException {
        long pause = POLL_MILLIS;
        boolean ended = false;
        try {
            while (true) {
                JsonNode answer =
                        client.<@Nullable JsonNode>send("GET", "/_tasks/" + task, Map.of(), null, response -> {
                            if (response.status() == 404) {
                                return null;
                            }
                            if (!response.ok()) {
                                throw client.refused("to show the task " + task, response);
                            }
                            return response.json();
                        });
                if (answer == null) {
                    return false;
                }
                tell(answer.path("task").path("status"));
                if (answer.path("completed").asBoolean()) {
                    ended = true;
                    judge(answer);
                    return true;
                }
                Thread.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_POLL_MILLIS);
            }
        } finally {
            if (!ended) {
                cancel(task);
            }
        }
    }

    private void tell(JsonNode status) {
        long done = status.path("created").asLong()
                + status.path("version_conflicts").asLong();
        listener.copying(from, to, done, status.path("total").asLong());
    }

    private void judge(JsonNode answer) throws EngineException, MisfitException {
        JsonNode failure = answer.path("response").path("failures").path(0);
        JsonNode cause = failure.has("cause") ? failure.path("cause") : failure.path("reason");
        if (failure.path("status").asInt() == 400) {
            throw new MisfitException(failure.path("id").asText() + ": " + Errors.describe(cause));
        }
        JsonNode error = failure.isMissingNode() ? answer.path("error") : cause;
        if (!error.isMissingNode() || answer.path("response").path("timed_out").asBoolean()) {
            throw new EngineException(
                    Kind.REFUSED,
                    "The engine at " + client.where() + " could not copy " + from + " to " + to + " ("
                            + Errors.describe(error)
                            + "): see what its log says, then run 'listlens setup --upgrade' again, which goes on.");
        }
    }

    /** A copy that nobody waits for any more is to give way; if that does not reach the engine, it does no harm. */
    private void cancel(String task) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        try {
            client.send("POST", "/_tasks/" + task + "/_cancel", Map.of(), null, EngineResponse::ok);
        } catch (EngineException e) {
            // The exception that led here says more.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until no copy into the index is under way that another run has begun, perhaps before it was killed. */
    void awaitOthers() throws EngineException, InterruptedException {
        Map<String, String> query = Map.of("actions", "*reindex", "detailed", "true");
        long pause = POLL_MILLIS;
        while (client.send("GET", "/_tasks", query, null, response -> {
            if (!response.ok()) {
                throw client.refused("to show its tasks", response);
            }
            return isUnderWay(response.json());
        })) {
            Thread.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_POLL_MILLIS);
        }
    }

    private boolean isUnderWay(JsonNode answer) {
        for (JsonNode node : answer.path("nodes")) {
            for (JsonNode task : node.path("tasks")) {
                if (task.path("description").asText().contains("to [" + to + ']')) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Copies what has changed since the last time; returns how many documents were looked at. */
    long catchUp() throws EngineException, InterruptedException {
        long until = checkpoint(client, from);
        refresh(from);
        long seen = 0;
        for (int shard = 0; shard < shardCount(from); shard++) {
            seen += list(from, shard, since, this::copy);
        }
        since = until;
        return seen;
    }

    private interface IdTaker {
        void take(List<String> ids) throws EngineException, InterruptedException;
    }

    /** Lists the documents of a shard that were changed after a sequence number. */
    private long list(String index, int shard, long after, IdTaker taker) throws EngineException, InterruptedException {
        // Numbers are those of a shard, so they are an order of all documents only there.
        Map<String, String> query = Map.of("preference", "_shards:" + shard, "filter_path", "hits.hits,_shards.failed");
        long last = after;
        long count = 0;
        while (true) {
            ObjectNode body =
                    JsonNodeFactory.instance.objectNode().put("size", PAGE).put("_source", false);
            body.put("track_total_hits", false);
            body.putObject("query").putObject("range").putObject("_seq_no").put("gt", last);
            body.putArray("sort").addObject().put("_seq_no", "asc");
            JsonNode hits = search(index, query, body).at("/hits/hits");
            List<String> ids = new ArrayList<>(hits.size());
            for (JsonNode hit : hits) {
                ids.add(hit.path("_id").asText());
                last = hit.path("sort").path(0).asLong();
            }
            taker.take(ids);
            count += ids.size();
            if (ids.size() < PAGE) {
                return count;
            }
        }
    }

    private JsonNode search(String index, Map<String, String> query, ObjectNode body)
            throws EngineException, InterruptedException {
        return client.send("POST", '/' + index + "/_search", query, RequestBody.json(body.toString()), response -> {
            if (!response.ok()) {
                throw client.refused("to search " + index, response);
            }
            JsonNode json = response.json();
            if (json.at("/_shards/failed").asInt() > 0) {
                throw new IOException("not all shards have answered");
            }
            return json;
        });
    }

    private int shardCount(String index) throws EngineException, InterruptedException {
        return client.send("GET", '/' + index + "/_stats/docs", Map.of("level", "shards"), null, response -> {
            if (!response.ok()) {
                throw client.refused("to show the state of " + index, response);
            }
            return shards(response.json(), index).size();
        });
    }

    /** Makes documents of the copy what they are in the old index, a few at a time. */
    private void copy(List<String> ids) throws EngineException, InterruptedException {
        int start = 0;
        while (start < ids.size()) {
            int end = Math.min(start + atOnce, ids.size());
            long octets = copySome(ids.subList(start, end));
            atOnce = Math.clamp(COMPARED_OCTETS * (end - start) / Math.max(1, octets), 1, COMPARED);
            start = end;
        }
    }

    /** Returns how many octets the documents have, about. */
    private long copySome(List<String> ids) throws EngineException, InterruptedException {
        RetryPolicy.Attempts attempts = client.start();
        List<String> left = ids;
        long octets = 0;
        while (!left.isEmpty()) {
            long[] size = new long[1];
            JsonNode theirs = get(from, left, true, size);
            octets = Math.max(octets, size[0]);
            JsonNode ours = get(to, left, true, size);
            // After the look: what is there now is written over only as long as it is what was seen before the alias
            // changed.
            requireCurrent();
            StringBuilder body = new StringBuilder();
            List<String> different = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                if (append(body, left.get(i), theirs.path(i), ours.path(i))) {
                    different.add(left.get(i));
                }
            }
            if (!different.isEmpty()) {
                write(body, attempts);
            }
            left = different;
        }
        return octets;
    }

    private JsonNode get(String index, List<String> ids, boolean source, long[] size)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode asked = body.putArray("ids");
        ids.forEach(asked::add);
        Map<String, String> query = Map.of("_source", Boolean.toString(source));
        return client.send("POST", '/' + index + "/_mget", query, RequestBody.json(body.toString()), response -> {
            if (!response.ok()) {
                throw client.refused("to show documents of " + index, response);
            }
            size[0] = response.body().length;
            JsonNode documents = response.json().path("docs");
            if (documents.size() != ids.size()) {
                throw new IOException(documents.size() + " documents where " + ids.size() + " were asked for");
            }
            for (JsonNode document : documents) {
                if (document.has("error")) {
                    throw new IOException(Errors.describe(document.path("error")));
                }
            }
            return documents;
        });
    }

    /** Appends the action that makes ours what theirs is; false when it is that already. */
    private static boolean append(StringBuilder body, String id, JsonNode theirs, JsonNode ours) {
        boolean wanted = theirs.path("found").asBoolean();
        boolean there = ours.path("found").asBoolean();
        if (wanted == there && theirs.path("_source").equals(ours.path("_source"))) {
            return false;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode action =
                line.putObject(!wanted ? "delete" : there ? "index" : "create").put("_id", id);
        if (there) {
            action.set("if_seq_no", ours.path("_seq_no"));
            action.set("if_primary_term", ours.path("_primary_term"));
        }
        body.append(line).append('\n');
        if (wanted) {
            body.append(theirs.path("_source")).append('\n');
        }
        return true;
    }

    private void write(StringBuilder body, RetryPolicy.Attempts attempts) throws EngineException, InterruptedException {
        ByteBuffer lines = ByteBuffer.wrap(body.toString().getBytes(StandardCharsets.UTF_8));
        EngineException putOff = client.<@Nullable EngineException>send(
                attempts, "POST", '/' + to + "/_bulk", Map.of(), RequestBody.ndjson(List.of(lines)), response -> {
                    if (!response.ok()) {
                        throw client.refused("to take documents", response);
                    }
                    return refusal(response.json());
                });
        if (putOff != null) {
            client.pause(attempts, putOff);
        }
    }

    /** Why some documents have to be written again; {@code null} when all were taken. */
    private @Nullable EngineException refusal(JsonNode answer) throws EngineException {
        EngineException putOff = null;
        for (JsonNode item : answer.path("items")) {
            JsonNode result = item.iterator().next();
            int status = result.path("status").asInt();
            if (status < 300 || status == 404 || status == 409) {
                continue;
            }
            EngineException refusal = new EngineException(
                    Kind.REFUSED,
                    "The engine at " + client.where() + " does not take the document "
                            + result.path("_id").asText() + " of " + from + " into " + to + " ("
                            + Errors.describe(result.path("error")) + ").");
            if (!RetryingClient.passing(
                    status, result.path("error").path("type").asText())) {
                throw refusal;
            }
            putOff = refusal;
        }
        return putOff;
    }

    /**
     * Checks that the old index is still the one in use: another run may have finished the same work.
     *
     * @return how it is now
     * @throws EngineException when it is not
     */
    IndexState requireCurrent() throws EngineException, InterruptedException {
        IndexState current = new Aliases(client).current(alias);
        if (current == null || !current.name().equals(from)) {
            throw new EngineException(
                    Kind.REFUSED,
                    "The alias " + alias + " at " + client.where() + " was changed by another program, to "
                            + (current == null ? "nothing" : current.name())
                            + ": run this again if it is still needed.");
        }
        return current;
    }

    /**
     * Removes from the copy what the old index no longer has, and compares the numbers of documents; to be called while
     * nobody may write.
     *
     * @return how many documents there are
     */
    long verify() throws EngineException, InterruptedException {
        refresh(to);
        Aliases aliases = new Aliases(client);
        long wanted = aliases.count(from);
        long there = aliases.count(to);
        if (there > wanted) {
            for (int shard = 0; shard < shardCount(to); shard++) {
                list(to, shard, NOTHING, this::removeDeleted);
            }
            refresh(to);
            there = aliases.count(to);
        }
        if (there != wanted) {
            throw new EngineException(
                    Kind.REFUSED,
                    "The copy " + to + " at " + client.where() + " has " + there + " documents where " + from + " has "
                            + wanted + ": delete " + to + " and run 'listlens setup --upgrade' again.");
        }
        return there;
    }

    private void removeDeleted(List<String> ids) throws EngineException, InterruptedException {
        List<String> deleted = new ArrayList<>();
        if (!ids.isEmpty()) {
            JsonNode theirs = get(from, ids, false, new long[1]);
            for (int i = 0; i < ids.size(); i++) {
                if (!theirs.path(i).path("found").asBoolean()) {
                    deleted.add(ids.get(i));
                }
            }
        }
        copy(deleted);
    }

    private void refresh(String index) throws EngineException, InterruptedException {
        client.send("POST", '/' + index + "/_refresh", Map.of(), null, response -> {
            if (!response.ok()) {
                throw client.refused("to refresh " + index, response);
            }
            return true;
        });
    }
}
