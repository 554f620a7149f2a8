package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.listlens.engine.EngineException.Kind;
import org.listlens.engine.IndexUpgrade.Upgraded;

/**
 * All indices anew beside those in use, for documents that cannot be copied because a program makes others of the same
 * mail now. Until they are complete they are behind aliases of their own, {@code NAME-next}; then all aliases change at
 * once. Whoever is killed in between finds them again.
 */
public final class NextIndices {
    private static final String SUFFIX = "-next";

    private final RetryingClient client;
    private final EngineClient beside;
    private final Templates templates;
    private final Aliases aliases;
    private final Map<String, IndexState> old;
    private final Map<String, IndexState> next = new TreeMap<>();

    private NextIndices(EngineClient client, Templates templates, Map<String, IndexState> old) {
        this.client = templates.client();
        this.beside = client.beside(SUFFIX);
        this.templates = templates;
        this.aliases = templates.aliases();
        this.old = old;
    }

    /**
     * Creates the indices, or finds those that a killed run has left.
     *
     * @param layout of the indices
     * @param made tells how the documents are made; what was made otherwise is not gone on with but deleted
     * @throws EngineException when the cluster has something newer than this program, or refuses
     */
    public static NextIndices prepare(EngineClient client, Path folder, IndexLayout layout, String made)
            throws EngineException, InterruptedException {
        Templates templates = new Templates(client, folder, layout);
        Templates.Found found = templates.find();
        templates.create(found, templates.put(found));
        NextIndices indices =
                new NextIndices(client, templates, templates.find().indices());
        indices.findOrCreate(made);
        return indices;
    }

    private void findOrCreate(String made) throws EngineException, InterruptedException {
        Map<String, Integer> last = new TreeMap<>();
        List<String> unfit = new ArrayList<>();
        for (Map.Entry<String, IndexState> index : old.entrySet()) {
            String alias = index.getKey();
            NavigableMap<Integer, IndexState> generations = aliases.generations(alias);
            last.put(alias, generations.isEmpty() ? 0 : generations.lastKey());
            for (IndexState state : generations.values()) {
                if (state.aliases().has(alias + SUFFIX)) {
                    JsonNode record = state.meta().path(IndexUpgrade.RECORD);
                    if (record.path("uuid").asText().equals(index.getValue().uuid())
                            && record.path("made").asText().equals(made)
                            && templates.layout().allows(alias, state)
                            && state.version().equals(templates.files().version(alias))) {
                        next.put(alias, state);
                    } else {
                        unfit.add(state.name());
                    }
                }
            }
        }
        if (!unfit.isEmpty()) {
            // What was written to some refers to what was written to the others.
            for (IndexState state : next.values()) {
                unfit.add(state.name());
            }
            next.clear();
            IndexUpgrade.delete(client, unfit);
        }
        for (Map.Entry<String, IndexState> index : old.entrySet()) {
            if (!next.containsKey(index.getKey())) {
                create(index.getKey(), index.getValue(), last.getOrDefault(index.getKey(), 0) + 1, made);
            }
        }
        next.putAll(new Aliases(new RetryingClient(beside, RetryPolicy.lasting(RetryPolicy.DEFAULT_PATIENCE)))
                .writeIndices(old.keySet()));
    }

    private void create(String alias, IndexState from, int number, String made)
            throws EngineException, InterruptedException {
        ObjectNode meta = templates.files().version(alias).meta();
        meta.putObject(IndexUpgrade.RECORD)
                .put("from", from.name())
                .put("uuid", from.uuid())
                .put("seq_no", IndexCopy.checkpoint(client, from.name()))
                .put("made", made);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("aliases").putObject(alias + SUFFIX).put("is_write_index", true);
        // Nobody searches in it before it is complete, but for those who refresh it before.
        Integer shards = templates.layout().shards(alias);
        body.putObject("settings")
                .put("index.refresh_interval", "-1")
                .put("index.number_of_shards", shards == null ? from.shards() : shards);
        body.putObject("mappings").set("_meta", meta);
        aliases.create(alias + "-v" + number, body);
    }

    /** Whether a run that was building them was cut off, or is not yet done. */
    static boolean isLeft(String alias, NavigableMap<Integer, IndexState> generations) {
        for (IndexState state : generations.values()) {
            if (state.aliases().has(alias + SUFFIX)) {
                return true;
            }
        }
        return false;
    }

    /** A client that writes to the indices and searches in them. */
    public EngineClient beside() {
        return beside;
    }

    /**
     * The sequence number that an old index had come to before its next one was begun.
     *
     * @param alias its alias
     */
    public long begunAt(String alias) {
        IndexState state = next.get(alias);
        return state == null
                ? IndexCopy.NOTHING
                : state.meta().path(IndexUpgrade.RECORD).path("seq_no").asLong(IndexCopy.NOTHING);
    }

    /**
     * Copies documents as they are that the next index does not have.
     *
     * @param alias of which index
     * @param query which documents
     */
    public void copy(String alias, ObjectNode query, IndexUpgrade.Listener listener)
            throws EngineException, InterruptedException {
        IndexState from = old.get(alias);
        IndexState to = next.get(alias);
        if (from == null || to == null) {
            throw new IllegalArgumentException("no index " + alias);
        }
        try {
            new IndexCopy(client, alias, from.name(), to.name(), IndexCopy.NOTHING, listener).run(query);
        } catch (IndexCopy.MisfitException e) {
            throw new EngineException(
                    Kind.REFUSED,
                    "A document of " + from.name() + " at " + client.where() + " does not fit the new mapping ("
                            + e.getMessage() + "): delete it, then run this again.");
        }
    }

    /** What is to be done while nobody may write. */
    @FunctionalInterface
    public interface LastCopy {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Puts the next indices in the place of the old ones, all at once.
     *
     * @param lastCopy carries over what has come since; nobody else may write meanwhile
     * @return what has changed
     */
    public List<Upgraded> change(LastCopy lastCopy) throws IOException, InterruptedException {
        boolean changed = false;
        try {
            for (IndexState index : old.values()) {
                aliases.block(index.name());
            }
            lastCopy.run();
            for (IndexState index : next.values()) {
                JsonNode interval = BulkLoadSettings.intended(aliases.template(index.name()));
                aliases.set(index.name(), "index.refresh_interval", interval);
            }
            requireCurrent();
            List<Aliases.Change> changes = new ArrayList<>();
            for (Map.Entry<String, IndexState> index : next.entrySet()) {
                String alias = index.getKey();
                changes.add(new Aliases.Change(
                        alias, old.get(alias), index.getValue().name(), alias + SUFFIX));
            }
            aliases.point(changes);
            changed = true;
        } finally {
            if (!changed) {
                for (IndexState index : old.values()) {
                    aliases.unblock(index.name());
                }
            }
        }
        return finish();
    }

    /** Checks that nobody else has changed anything. */
    private void requireCurrent() throws EngineException, InterruptedException {
        Map<String, IndexState> now = aliases.writeIndices(old.keySet());
        for (Map.Entry<String, IndexState> index : old.entrySet()) {
            IndexState state = now.get(index.getKey());
            if (state == null || !state.uuid().equals(index.getValue().uuid()) || !state.writesBlocked()) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The alias " + index.getKey() + " at " + client.where()
                                + " or its index was changed by another program: run this again.");
            }
        }
    }

    private List<Upgraded> finish() throws EngineException, InterruptedException {
        List<Upgraded> upgraded = new ArrayList<>();
        for (Map.Entry<String, IndexState> index : next.entrySet()) {
            String alias = index.getKey();
            IndexState from = old.get(alias);
            String to = index.getValue().name();
            aliases.putMeta(to, templates.files().version(alias).meta());
            upgraded.add(new Upgraded(alias, from == null ? "" : from.name(), to, aliases.count(to)));
        }
        return upgraded;
    }
}
