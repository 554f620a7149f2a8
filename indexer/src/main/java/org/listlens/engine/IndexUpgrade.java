package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;

/**
 * Gives indices a mapping that they cannot get in place: builds the next index ({@code NAME-v2} after {@code NAME-v1})
 * beside the old one, copies the documents as they are, and lets the alias point to it. Searches work all the time, on
 * the old index until all is in the next one. Who writes meanwhile is held up for the last moments only, in which what
 * has changed since the copy began is copied again.
 *
 * <p>The next index notes in its mapping's {@code _meta.upgrade} which index it is a copy of, and up to which of that
 * one's sequence numbers a document in it is surely the last version; so whoever is killed, at whatever moment, is
 * carried on by the next run. The old index stays, closed for writing, until somebody deletes it.
 */
public final class IndexUpgrade {
    /** Where an index that is being built notes of what. */
    static final String RECORD = "upgrade";

    /** Fewer changes than this are left to the time when nobody may write. */
    private static final long FEW = 1_000;

    private static final int ROUNDS = 10;

    private final RetryingClient client;
    private final Templates templates;
    private final Aliases aliases;
    private final Listener listener;

    private IndexUpgrade(Templates templates, Listener listener) {
        this.client = templates.client();
        this.templates = templates;
        this.aliases = templates.aliases();
        this.listener = listener;
    }

    /** Hears how far it has come, about once a second. */
    @FunctionalInterface
    public interface Listener {
        void copying(String from, String to, long documents, long total);
    }

    /**
     * An index that was rebuilt, with the number of its documents.
     *
     * @param from empty when there was none
     * @param to empty when there is none any more
     */
    public record Upgraded(String alias, String from, String to, long documents) {}

    /** What an upgrade has found and done. */
    public record Outcome(Templates.Installed installed, List<Upgraded> upgraded) {
        public Outcome {
            upgraded = List.copyOf(upgraded);
        }
    }

    /**
     * Installs templates as {@link Templates#install} does, and rebuilds the indices whose mapping is older, or was
     * changed in place after they were created, or that are laid out otherwise.
     *
     * @param layout of the indices that are created
     * @param all whether to rebuild the others too
     * @throws EngineException when the cluster has something newer than this program, a document does not fit the new
     *     mapping, or the engine refuses; the old indices are then as they were
     */
    public static Outcome run(EngineClient client, Path folder, IndexLayout layout, boolean all, Listener listener)
            throws EngineException, InterruptedException {
        IndexUpgrade upgrade = new IndexUpgrade(new Templates(client, folder, layout), listener);
        return upgrade.run(all);
    }

    private Outcome run(boolean all) throws EngineException, InterruptedException {
        Templates.Found found = templates.find();
        templates.requirePartition(found.indices());
        List<String> put = templates.put(found);
        List<Upgraded> upgraded = new ArrayList<>();
        for (Map.Entry<IndexSeries, IndexState> index : found.indices().entrySet()) {
            IndexSeries series = index.getKey();
            IndexState old = index.getValue();
            NavigableMap<Integer, IndexState> generations = aliases.generations(series);
            boolean wanted = all
                    || old.changedInPlace()
                    || !old.version().equals(templates.files().version(series.name()))
                    || !templates.layout().allowsShards(series.name(), old)
                    || unfinished(generations, old) != null;
            if (wanted) {
                upgraded.add(upgrade(series, old, generations));
            } else if (old.writesBlocked() && NextIndices.isLeft(aliases, series.name())) {
                // Somebody was killed right before all aliases were to change.
                aliases.unblock(old.name());
            } else if (old.meta().has(RECORD)) {
                // Somebody was killed right after the alias had changed.
                aliases.putMeta(old.name(), finished(series, old));
            }
        }
        // Asked anew: the aliases point elsewhere now.
        return new Outcome(templates.create(templates.find(), put), upgraded);
    }

    /** A copy of an index that a killed upgrade has left; {@code null} when there is none. */
    private @Nullable IndexState unfinished(NavigableMap<Integer, IndexState> generations, IndexState old) {
        for (IndexState state : generations.values()) {
            JsonNode record = state.meta().path(RECORD);
            if (state.aliases().isEmpty() && record.path("uuid").asText().equals(old.uuid())) {
                return state;
            }
        }
        return null;
    }

    private Upgraded upgrade(IndexSeries series, IndexState old, NavigableMap<Integer, IndexState> generations)
            throws EngineException, InterruptedException {
        IndexState left = unfinished(generations, old);
        MappingVersion version = templates.files().version(series.name());
        IndexCopy copy;
        if (left != null && left.version().equals(version) && templates.layout().allowsShards(series.name(), left)) {
            long since = left.meta().path(RECORD).path("seq_no").asLong(IndexCopy.NOTHING);
            copy = new IndexCopy(client, series.alias(), old.name(), left.name(), since, listener);
        } else {
            if (left != null) {
                delete(client, left.name());
            }
            int last = generations.isEmpty() ? 0 : generations.lastKey();
            copy = create(series, old, series.index(last + 1), version);
        }
        copyAll(copy);
        long documents = change(series, old, copy);
        aliases.putMeta(copy.to(), finished(series, old));
        return new Upgraded(series.alias(), old.name(), copy.to(), documents);
    }

    private IndexCopy create(IndexSeries series, IndexState old, String next, MappingVersion version)
            throws EngineException, InterruptedException {
        long since = IndexCopy.checkpoint(client, old.name());
        ObjectNode meta = old.handOn(version.meta()).put("identity", old.identity());
        meta.putObject(RECORD).put("from", old.name()).put("uuid", old.uuid()).put("seq_no", since);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        Integer shards = templates.layout().shards(series.name());
        // Nobody searches in it before it is complete.
        body.putObject("settings")
                .put("index.refresh_interval", "-1")
                .put("index.number_of_shards", shards == null ? old.shards() : shards);
        body.putObject("mappings").set("_meta", meta);
        // Where another program has just created it, that one's note may differ by a few numbers, so it is read again.
        if (!aliases.create(next, body)) {
            IndexState other = aliases.states(List.of(next)).get(next);
            JsonNode record = other == null ? meta : other.meta().path(RECORD);
            since = Math.min(since, record.path("seq_no").asLong(IndexCopy.NOTHING));
        }
        return new IndexCopy(client, series.alias(), old.name(), next, since, listener);
    }

    /** What an index notes that is no longer being built. */
    private ObjectNode finished(IndexSeries series, IndexState old) {
        return old.handOn(templates.files().version(series.name()).meta()).put("identity", old.identity());
    }

    /** Copies while others may write. */
    private void copyAll(IndexCopy copy) throws EngineException, InterruptedException {
        try {
            copy.run();
        } catch (IndexCopy.MisfitException e) {
            // It would meet the same document again.
            delete(client, copy.to());
            aliases.unblock(copy.from());
            throw new EngineException(
                    Kind.REFUSED,
                    "A document of " + copy.from() + " at " + client.where() + " does not fit the new mapping ("
                            + e.getMessage()
                            + "): nothing was changed; delete the document, or delete the index and index the archives"
                            + " again.");
        }
        for (int round = 0; round < ROUNDS && copy.catchUp() >= FEW; round++) {
            // Somebody is writing; the more was copied the less is left.
        }
    }

    /** Copies the last changes while nobody may write, and changes the alias; returns the number of documents. */
    private long change(IndexSeries series, IndexState old, IndexCopy copy)
            throws EngineException, InterruptedException {
        boolean changed = false;
        try {
            aliases.block(old.name());
            copy.catchUp();
            long documents = copy.verify();
            copy.awaitOthers();
            JsonNode interval = BulkLoadSettings.intended(aliases.template(copy.to()));
            aliases.set(copy.to(), "index.refresh_interval", interval);
            if (!copy.requireCurrent().writesBlocked()) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The index " + old.name() + " at " + client.where()
                                + " was opened for writing by another program: run 'listlens setup --upgrade' again.");
            }
            IndexState next = aliases.states(List.of(copy.to())).get(copy.to());
            if (next == null) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The index " + copy.to() + " at " + client.where()
                                + " was deleted by another program: run 'listlens setup --upgrade' again.");
            }
            aliases.point(
                    List.of(new Aliases.Change(series, old, next, JsonNodeFactory.instance.objectNode())), List.of());
            changed = true;
            return documents;
        } finally {
            if (!changed) {
                aliases.unblock(old.name());
            }
        }
    }

    /**
     * Deletes old indices.
     *
     * @param indices as {@link Upgraded#from} names them
     */
    public static void delete(EngineClient client, List<String> indices) throws EngineException, InterruptedException {
        delete(new RetryingClient(client, RetryPolicy.lasting(RetryPolicy.DEFAULT_PATIENCE)), indices);
    }

    /** Deletes indices, those that are there. */
    static void delete(RetryingClient client, List<String> indices) throws EngineException, InterruptedException {
        for (String index : indices) {
            delete(client, index);
        }
    }

    private static void delete(RetryingClient client, String index) throws EngineException, InterruptedException {
        client.send("DELETE", '/' + index, Map.of("ignore_unavailable", "true"), null, response -> {
            if (!response.ok() && response.status() != 404) {
                throw client.refused("to delete the index " + index, response);
            }
            return true;
        });
    }
}
