package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;

/** Aliases and the indices behind them. */
final class Aliases {
    private static final long SETTLED_MILLIS = 1_000;

    private final RetryingClient client;

    Aliases(RetryingClient client) {
        this.client = client;
    }

    /**
     * The indices that are written to: of each name one, or one of each part; of a name whose alias is not there none.
     *
     * @throws EngineException when an index has the name of an alias, or it is not clear which index is for writing
     */
    NavigableMap<IndexSeries, IndexState> inUse(Collection<String> names) throws EngineException, InterruptedException {
        List<String> asked = new ArrayList<>();
        for (String name : names) {
            asked.add(client.index(name));
        }
        Map<String, IndexState> states = states(asked);
        NavigableMap<IndexSeries, IndexState> inUse = new TreeMap<>();
        for (String name : names) {
            String alias = client.index(name);
            if (states.containsKey(alias)) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The engine at " + client.where() + " has an index named " + alias
                                + " where an alias of that name is needed: reindex it under another name and delete it.");
            }
            List<IndexState> behind = behind(alias, states.values());
            Map<IndexSeries, IndexState> parts = parts(name, behind);
            if (!parts.isEmpty()) {
                inUse.putAll(parts);
            } else if (!behind.isEmpty()) {
                inUse.put(new IndexSeries(name, null), writeIndex(alias, behind));
            }
        }
        return inUse;
    }

    private static List<IndexState> behind(String alias, Collection<IndexState> states) {
        List<IndexState> behind = new ArrayList<>();
        for (IndexState state : states) {
            if (state.aliases().has(alias)) {
                behind.add(state);
            }
        }
        return behind;
    }

    /** The indices of the parts of a name; none when it is not divided. */
    private Map<IndexSeries, IndexState> parts(String name, List<IndexState> behind) throws EngineException {
        Map<IndexSeries, IndexState> parts = new TreeMap<>();
        for (IndexState state : behind) {
            IndexSeries series = IndexSeries.of(name, state);
            if (series.part() != null && state.aliases().has(client.index(series.alias()))) {
                parts.put(series, state);
            }
        }
        if (!parts.isEmpty() && !parts.containsKey(new IndexSeries(name, IndexSeries.REST))) {
            throw new EngineException(
                    Kind.REFUSED,
                    "Of the indices behind the alias " + client.index(name) + " at " + client.where()
                            + " the one of the part " + IndexSeries.REST
                            + " is missing: give it its aliases back, or delete them all and index the archives again.");
        }
        return parts;
    }

    /** The index that an alias of one series writes to; {@code null} when there is none. */
    @Nullable
    IndexState current(String alias) throws EngineException, InterruptedException {
        String called = client.index(alias);
        List<IndexState> behind = behind(called, states(List.of(called)).values());
        return behind.isEmpty() ? null : writeIndex(called, behind);
    }

    private IndexState writeIndex(String alias, List<IndexState> behind) throws EngineException {
        IndexState found = null;
        for (IndexState state : behind) {
            JsonNode writes = state.aliases().path(alias).path("is_write_index");
            if (writes.asBoolean(behind.size() == 1)) {
                found = state;
            }
        }
        if (found == null) {
            throw new EngineException(
                    Kind.REFUSED,
                    "The alias " + alias + " at " + client.where() + " has no index for writing among its "
                            + behind.size() + ": set is_write_index on one of them.");
        }
        return found;
    }

    /** The indices that names, aliases or patterns mean, by their names. */
    Map<String, IndexState> states(Collection<String> names) throws EngineException, InterruptedException {
        Map<String, String> query = Map.of("ignore_unavailable", "true", "filter_path", IndexState.FILTER);
        JsonNode indices = client.send("GET", '/' + String.join(",", names), query, null, response -> {
            if (response.status() == 404) {
                return emptyObject();
            }
            if (!response.ok()) {
                throw client.refused("to show the indices " + String.join(", ", names), response);
            }
            return response.json();
        });
        Map<String, IndexState> states = new TreeMap<>();
        for (Map.Entry<String, JsonNode> index : indices.properties()) {
            states.put(index.getKey(), IndexState.read(index.getKey(), index.getValue()));
        }
        return states;
    }

    /** The indices of a series by their numbers, whatever aliases they have. */
    NavigableMap<Integer, IndexState> generations(IndexSeries series) throws EngineException, InterruptedException {
        NavigableMap<Integer, IndexState> generations = new TreeMap<>();
        for (IndexState state : states(List.of(series.pattern())).values()) {
            int number = series.number(state.name());
            if (number > 0) {
                generations.put(number, state);
            }
        }
        return generations;
    }

    /**
     * Creates the first index of a series. One that has lost its alias gets it back.
     *
     * @param meta the {@code _meta} of its mapping
     * @param shards how many primary shards it shall have; {@code null} for what the templates say
     * @param created takes its name when it was this call that created it, not another program at the same time
     */
    void create(IndexSeries series, ObjectNode meta, @Nullable Integer shards, Collection<String> created)
            throws EngineException, InterruptedException {
        String index = series.index(1);
        ObjectNode body = emptyObject();
        if (shards != null) {
            body.putObject("settings").put("index.number_of_shards", shards);
        }
        body.set("aliases", aliases(series));
        body.putObject("mappings").set("_meta", meta);
        if (create(index, body)) {
            created.add(index);
        } else if (current(series.alias()) == null) {
            IndexState state = newest(series);
            ObjectNode actions = emptyObject();
            add(actions.putArray("actions"), state == null ? index : state.name(), aliases(series));
            change(actions, series.name());
        }
    }

    /** The aliases that the index in use of a series has, with their settings. */
    ObjectNode aliases(IndexSeries series) {
        ObjectNode aliases = emptyObject();
        aliases.putObject(client.index(series.alias())).put("is_write_index", true);
        if (series.part() != null) {
            aliases.putObject(client.index(series.name())).put("is_write_index", false);
        }
        return aliases;
    }

    /** The last index of a series that was ever in use. */
    private @Nullable IndexState newest(IndexSeries series) throws EngineException, InterruptedException {
        for (IndexState state : generations(series).descendingMap().values()) {
            if (!state.meta().has(IndexUpgrade.RECORD)) {
                return state;
            }
        }
        return null;
    }

    /** Creates an index; returns whether it was this call that did, not another program. */
    boolean create(String index, ObjectNode body) throws EngineException, InterruptedException {
        return client.send("PUT", '/' + index, Map.of(), RequestBody.json(body.toString()), response -> {
            if (!response.ok() && !response.errorType().equals("resource_already_exists_exception")) {
                throw client.refused("to create the index " + index, response);
            }
            return response.ok();
        });
    }

    /**
     * An index that is to take the place of another.
     *
     * @param series what both are of
     * @param from the index in use; {@code null} when there is none
     * @param to the index that gets its aliases
     * @param others further aliases for it, with their settings
     */
    record Change(IndexSeries series, @Nullable IndexState from, IndexState to, ObjectNode others) {}

    /**
     * Lets aliases point to other indices, all at once.
     *
     * @param gone indices that lose their aliases and have no successor
     */
    void point(List<Change> changes, Collection<IndexState> gone) throws EngineException, InterruptedException {
        ObjectNode body = emptyObject();
        ArrayNode actions = body.putArray("actions");
        TreeSet<String> names = new TreeSet<>();
        for (IndexState index : gone) {
            removeAll(actions, index);
        }
        for (Change change : changes) {
            names.add(change.series().alias());
            removeAll(actions, change.to());
            ObjectNode itsAliases = emptyObject();
            if (change.from() != null) {
                removeAll(actions, change.from());
                itsAliases.setAll((ObjectNode) change.from().aliases());
            }
            itsAliases.setAll(change.others());
            itsAliases.setAll(aliases(change.series()));
            add(actions, change.to().name(), itsAliases);
        }
        change(body, String.join(", ", names));
    }

    private static void removeAll(ArrayNode actions, IndexState index) {
        for (Map.Entry<String, JsonNode> alias : index.aliases().properties()) {
            actions.addObject().putObject("remove").put("index", index.name()).put("alias", alias.getKey());
        }
    }

    private static void add(ArrayNode actions, String index, ObjectNode aliases) {
        for (Map.Entry<String, JsonNode> alias : aliases.properties()) {
            ObjectNode addition = actions.addObject().putObject("add");
            addition.put("index", index).put("alias", alias.getKey());
            addition.setAll((ObjectNode) alias.getValue());
        }
    }

    private void change(ObjectNode actions, String names) throws EngineException, InterruptedException {
        client.send("POST", "/_aliases", Map.of(), RequestBody.json(actions.toString()), response -> {
            if (!response.ok()) {
                throw client.refused("to change the aliases " + names, response);
            }
            return true;
        });
    }

    /**
     * Gives an index the fields that its templates have got since it was created.
     *
     * @param version the mapping that it shall have
     */
    void bringUpToDate(IndexState index, MappingVersion version) throws EngineException, InterruptedException {
        JsonNode template = template(index.name()).path("mappings");
        if (!(template instanceof ObjectNode mapping)) {
            return;
        }
        ObjectNode meta = index.handOn(version.meta());
        if (index.meta().has("identity")) {
            meta.set("identity", index.meta().path("identity"));
        }
        meta.put("in_place", true);
        mapping.set("_meta", meta);
        put(index.name(), mapping, response -> {
            if (!response.ok()) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The mapping of the index " + index.name() + " at " + client.where()
                                + " cannot become version " + version.template() + " in place ("
                                + response.errorReason()
                                + "): run 'listlens setup --upgrade', which builds the next index beside it, or delete it"
                                + " and index the archives again.");
            }
            return true;
        });
    }

    /** Keeps everybody from writing to an index; what is under way is finished first. */
    void block(String index) throws EngineException, InterruptedException {
        boolean blocked = client.send("PUT", '/' + index + "/_block/write", Map.of(), null, response -> {
            JsonNode blocks = response.ok() ? response.json().path("indices") : response.json();
            if (!response.ok() || (!blocks.isEmpty() && !blocks.at("/0/blocked").asBoolean())) {
                throw client.refused("to block writing to " + index, response);
            }
            return !blocks.isEmpty();
        });
        if (!blocked) {
            // It was blocked before, by a run that was killed; what was under way then has had its time.
            Thread.sleep(SETTLED_MILLIS);
        }
    }

    void unblock(String index) throws EngineException, InterruptedException {
        boolean interrupted = Thread.interrupted();
        try {
            set(index, "index.blocks.write", JsonNodeFactory.instance.nullNode());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void set(String index, String setting, JsonNode value) throws EngineException, InterruptedException {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.set(setting, value);
        client.send("PUT", '/' + index + "/_settings", Map.of(), RequestBody.json(settings.toString()), response -> {
            if (!response.ok()) {
                throw client.refused("to change the settings of " + index, response);
            }
            return true;
        });
    }

    /** Replaces the {@code _meta} of an index's mapping. */
    void putMeta(String index, ObjectNode meta) throws EngineException, InterruptedException {
        ObjectNode mapping = emptyObject();
        mapping.set("_meta", meta);
        put(index, mapping, response -> {
            if (!response.ok()) {
                throw client.refused("to note the version of " + index, response);
            }
            return true;
        });
    }

    /** Notes that documents of a set of parts may lie in another than they would be put into now. */
    void mix(IndexState main) throws EngineException, InterruptedException {
        ObjectNode meta = main.meta().deepCopy();
        meta.withObjectProperty("partition").put("mixed", true);
        putMeta(main.name(), meta);
    }

    private void put(String index, ObjectNode mapping, RetryingClient.Reader<Boolean> reader)
            throws EngineException, InterruptedException {
        client.send("PUT", '/' + index + "/_mapping", Map.of(), RequestBody.json(mapping.toString()), reader);
    }

    /** How many documents an index has for searches. */
    long count(String index) throws EngineException, InterruptedException {
        return client.send("GET", '/' + index + "/_count", Map.of(), null, response -> {
            if (!response.ok()) {
                throw client.refused("to count " + index, response);
            }
            JsonNode json = response.json();
            if (json.at("/_shards/failed").asInt() > 0) {
                throw new IOException("not all shards have answered");
            }
            return json.path("count").asLong();
        });
    }

    /** What the templates of the cluster give to an index of a name: {@code settings}, {@code mappings}, {@code aliases}. */
    JsonNode template(String index) throws EngineException, InterruptedException {
        return client.send("POST", "/_index_template/_simulate_index/" + index, Map.of(), null, response -> {
            if (response.status() == 404) {
                return emptyObject();
            }
            if (!response.ok()) {
                throw client.refused("to show the template of " + index, response);
            }
            return response.json().path("template");
        });
    }

    private static ObjectNode emptyObject() {
        return JsonNodeFactory.instance.objectNode();
    }
}
