package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.listlens.engine.EngineException.Kind;
import org.listlens.engine.IndexUpgrade.Upgraded;

/**
 * All indices anew beside those in use, for documents that cannot be copied because a program makes others of the same
 * mail now, or because they are to be divided otherwise. Until they are complete they are behind aliases of their own,
 * {@code NAME-next}; then all aliases change at once. Whoever is killed in between finds them again.
 */
public final class NextIndices {
    private static final String SUFFIX = "-next";

    private final RetryingClient client;
    private final EngineClient beside;
    private final Templates templates;
    private final Aliases aliases;
    private final Aliases nextAliases;
    private final NavigableMap<IndexSeries, IndexState> old;
    /** What stands for each kind: all of it, or the part that is always there. */
    private final Map<String, IndexState> next = new TreeMap<>();

    private NextIndices(EngineClient client, Templates templates, NavigableMap<IndexSeries, IndexState> old) {
        this.client = templates.client();
        this.beside = client.beside(SUFFIX);
        this.templates = templates;
        this.aliases = templates.aliases();
        this.nextAliases = new Aliases(new RetryingClient(beside, RetryPolicy.lasting(RetryPolicy.DEFAULT_PATIENCE)));
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
        // What is there may be laid out otherwise.
        Templates now = new Templates(client, folder, layout.asItIs());
        Templates.Found found = now.find();
        now.create(found, now.put(found));
        NextIndices indices = new NextIndices(
                client, new Templates(client, folder, layout), now.find().indices());
        indices.findOrCreate(made);
        return indices;
    }

    private void findOrCreate(String made) throws EngineException, InterruptedException {
        List<String> left = new ArrayList<>();
        boolean fit = true;
        for (Map.Entry<IndexSeries, IndexState> index : old.entrySet()) {
            String name = index.getKey().name();
            if (!index.getKey().isMain()) {
                continue;
            }
            for (IndexState state : left(aliases, name)) {
                JsonNode record = state.meta().path(IndexUpgrade.RECORD);
                left.add(state.name());
                fit &= record.path("uuid").asText().equals(index.getValue().uuid())
                        && record.path("made").asText().equals(made)
                        && templates.layout().allowsShards(name, state)
                        && templates.layout().partition(name, old) == state.partition()
                        && state.version().equals(templates.files().version(name));
                if (IndexSeries.of(name, state).isMain()) {
                    next.put(name, state);
                }
            }
        }
        if (!fit) {
            // What was written to some refers to what was written to the others.
            next.clear();
            IndexUpgrade.delete(client, left);
        }
        for (Map.Entry<IndexSeries, IndexState> index : old.entrySet()) {
            String name = index.getKey().name();
            if (index.getKey().isMain() && !next.containsKey(name)) {
                create(name, index.getValue(), made);
            }
        }
        nextAliases.inUse(names()).forEach((series, state) -> {
            if (series.isMain()) {
                next.put(series.name(), state);
            }
        });
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (IndexSeries series : old.keySet()) {
            names.add(series.name());
        }
        return names;
    }

    private void create(String name, IndexState from, String made) throws EngineException, InterruptedException {
        boolean parts = templates.layout().partition(name, old) != Partition.NONE;
        IndexSeries series = new IndexSeries(name, parts ? IndexSeries.REST : null);
        NavigableMap<Integer, IndexState> generations = aliases.generations(series);
        ObjectNode meta = templates.meta(series);
        ObjectNode record = meta.putObject(IndexUpgrade.RECORD)
                .put("from", from.name())
                .put("uuid", from.uuid())
                .put("made", made);
        ObjectNode begun = record.putObject("seq_nos");
        for (Map.Entry<IndexSeries, IndexState> index : old.entrySet()) {
            if (index.getKey().name().equals(name)) {
                String each = index.getValue().name();
                begun.put(each, IndexCopy.checkpoint(client, each));
            }
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("aliases", nextAliases.aliases(series));
        Integer shards = templates.layout().shards(name);
        // Nobody searches in it before it is complete, but for those who refresh it before.
        body.putObject("settings")
                .put("index.refresh_interval", "-1")
                .put("index.number_of_shards", shards == null ? from.shards() : shards);
        body.putObject("mappings").set("_meta", meta);
        aliases.create(series.index(generations.isEmpty() ? 1 : generations.lastKey() + 1), body);
    }

    /** The indices that a run is building for a name, or was building when it was cut off. */
    private static List<IndexState> left(Aliases aliases, String name) throws EngineException, InterruptedException {
        List<IndexState> left = new ArrayList<>();
        for (IndexState state : aliases.states(List.of(name + "-v*")).values()) {
            if (state.aliases().has(name + SUFFIX)) {
                left.add(state);
            }
        }
        return left;
    }

    /** Whether a run that was building them was cut off, or is not yet done. */
    static boolean isLeft(Aliases aliases, String name) throws EngineException, InterruptedException {
        return !left(aliases, name).isEmpty();
    }

    /** A client that writes to the indices and searches in them. */
    public EngineClient beside() {
        return beside;
    }

    /**
     * Finds what an old index has got since its next one was begun.
     *
     * @param name of which indices
     * @return the query
     */
    public ObjectNode since(String name) {
        IndexState state = next.get(name);
        JsonNode begun = state == null
                ? JsonNodeFactory.instance.missingNode()
                : state.meta().path(IndexUpgrade.RECORD).path("seq_nos");
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode bool = query.putObject("bool").put("minimum_should_match", 1);
        ArrayNode either = bool.putArray("should");
        ArrayNode known = JsonNodeFactory.instance.arrayNode();
        for (Map.Entry<String, JsonNode> index : begun.properties()) {
            known.add(index.getKey());
            // Numbers are those of an index.
            ArrayNode both = either.addObject().putObject("bool").putArray("filter");
            both.addObject().putObject("term").put("_index", index.getKey());
            both.addObject()
                    .putObject("range")
                    .putObject("_seq_no")
                    .put("gt", index.getValue().asLong(IndexCopy.NOTHING));
        }
        either.addObject()
                .putObject("bool")
                .putArray("must_not")
                .addObject()
                .putObject("terms")
                .set("_index", known);
        return query;
    }

    /** Notes that documents were carried over that an older program has made, who may have put them into other parts. */
    public void mix() throws EngineException, InterruptedException {
        for (Map.Entry<IndexSeries, IndexState> index :
                nextAliases.inUse(names()).entrySet()) {
            if (index.getKey().part() != null && index.getKey().isMain()) {
                aliases.mix(index.getValue());
            }
        }
    }

    /**
     * Copies documents as they are that the next index does not have.
     *
     * @param name of which index, of one that does not lie in parts
     * @param query which documents
     */
    public void copy(String name, ObjectNode query, IndexUpgrade.Listener listener)
            throws EngineException, InterruptedException {
        IndexState from = old.get(new IndexSeries(name, null));
        IndexState to = next.get(name);
        if (from == null || to == null) {
            throw new IllegalArgumentException("no index " + name);
        }
        try {
            new IndexCopy(client, name, from.name(), to.name(), IndexCopy.NOTHING, listener).run(query);
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
        List<String> blocked = new ArrayList<>();
        try {
            block(old, blocked);
            // Who makes a new part waits from now on; one that was made since is among these.
            NavigableMap<IndexSeries, IndexState> now = aliases.inUse(names());
            block(now, blocked);
            lastCopy.run();
            NavigableMap<IndexSeries, IndexState> successors = nextAliases.inUse(names());
            for (IndexState index : successors.values()) {
                JsonNode interval = BulkLoadSettings.intended(aliases.template(index.name()));
                aliases.set(index.name(), "index.refresh_interval", interval);
            }
            now = aliases.inUse(names());
            requireCurrent(now);
            List<IndexState> gone = new ArrayList<>();
            now.forEach((series, state) -> {
                if (!successors.containsKey(series)) {
                    gone.add(state);
                }
            });
            aliases.point(changes(now, successors), gone);
            changed = true;
            return finish(now, successors);
        } finally {
            if (!changed) {
                for (String index : blocked) {
                    aliases.unblock(index);
                }
            }
        }
    }

    private void block(Map<IndexSeries, IndexState> indices, List<String> blocked)
            throws EngineException, InterruptedException {
        for (Map.Entry<IndexSeries, IndexState> index : indices.entrySet()) {
            if (index.getKey().isMain() && !blocked.contains(index.getValue().name())) {
                blocked.add(index.getValue().name());
                aliases.block(index.getValue().name());
            }
        }
        for (IndexState index : indices.values()) {
            if (!blocked.contains(index.name())) {
                blocked.add(index.name());
                aliases.block(index.name());
            }
        }
    }

    /** Checks that nobody else has changed anything. */
    private void requireCurrent(Map<IndexSeries, IndexState> now) throws EngineException {
        for (Map.Entry<IndexSeries, IndexState> index : old.entrySet()) {
            IndexState state = now.get(index.getKey());
            if (state == null || !state.uuid().equals(index.getValue().uuid()) || !state.writesBlocked()) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The alias " + index.getKey().alias() + " at " + client.where()
                                + " or its index was changed by another program: run this again.");
            }
        }
    }

    /** Each index in the place of the one of its series; the aliases that somebody has added stay. */
    private static List<Aliases.Change> changes(
            NavigableMap<IndexSeries, IndexState> now, NavigableMap<IndexSeries, IndexState> successors) {
        List<Aliases.Change> changes = new ArrayList<>();
        successors.forEach((series, state) -> {
            IndexState from = now.get(series);
            ObjectNode others = JsonNodeFactory.instance.objectNode();
            if (from == null) {
                now.forEach((other, its) -> {
                    if (other.name().equals(series.name()) && other.isMain()) {
                        its.aliases().properties().forEach(alias -> others.set(alias.getKey(), alias.getValue()));
                        others.remove(List.of(other.alias(), other.name()));
                    }
                });
            }
            changes.add(new Aliases.Change(series, from, state, others));
        });
        return changes;
    }

    private List<Upgraded> finish(
            NavigableMap<IndexSeries, IndexState> then, NavigableMap<IndexSeries, IndexState> successors)
            throws EngineException, InterruptedException {
        List<Upgraded> upgraded = new ArrayList<>();
        for (Map.Entry<IndexSeries, IndexState> index : successors.entrySet()) {
            IndexSeries series = index.getKey();
            IndexState from = then.get(series);
            String to = index.getValue().name();
            aliases.putMeta(
                    to,
                    index.getValue()
                            .handOn(templates.files().version(series.name()).meta()));
            upgraded.add(new Upgraded(series.alias(), from == null ? "" : from.name(), to, aliases.count(to)));
        }
        then.forEach((series, state) -> {
            if (!successors.containsKey(series)) {
                upgraded.add(new Upgraded(series.alias(), state.name(), "", 0));
            }
        });
        return upgraded;
    }
}
