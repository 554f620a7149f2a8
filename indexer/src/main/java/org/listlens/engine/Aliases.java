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
import java.util.StringJoiner;
import java.util.TreeMap;
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
     * The indices that aliases write to; an alias that is not there is missing.
     *
     * @throws EngineException when an index has the name of an alias, or no index behind one is for writing
     */
    Map<String, IndexState> writeIndices(Collection<String> aliases) throws EngineException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (String alias : aliases) {
            names.add(client.index(alias));
        }
        Map<String, IndexState> states = states(names);
        Map<String, IndexState> writeIndices = new TreeMap<>();
        for (String plain : aliases) {
            String alias = client.index(plain);
            if (states.containsKey(alias)) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The engine at " + client.where() + " has an index named " + alias
                                + " where an alias of that name is needed: reindex it under another name and delete it.");
            }
            List<IndexState> behind = new ArrayList<>();
            for (IndexState state : states.values()) {
                if (state.aliases().has(alias)) {
                    behind.add(state);
                }
            }
            if (!behind.isEmpty()) {
                writeIndices.put(plain, writeIndex(alias, behind));
            }
        }
        return writeIndices;
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

    /** The indices NAME-v1, NAME-v2 … of an alias, by their numbers. */
    NavigableMap<Integer, IndexState> generations(String alias) throws EngineException, InterruptedException {
        NavigableMap<Integer, IndexState> generations = new TreeMap<>();
        for (IndexState state : states(List.of(alias + "-v*")).values()) {
            int number = number(alias, state.name());
            if (number > 0) {
                generations.put(number, state);
            }
        }
        return generations;
    }

    /** The number in the name of an index, 0 when it has none. */
    private static int number(String alias, String index) {
        int start = alias.length() + "-v".length();
        int number = 0;
        for (int i = start; i < index.length(); i++) {
            char c = index.charAt(i);
            if (c < '0' || c > '9' || i - start > 8) {
                return 0;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    /**
     * Creates the first index of an alias. One that has lost its alias gets it back.
     *
     * @param shards how many primary shards it shall have; {@code null} for what the templates say
     * @param created takes its name when it was this call that created it, not another program at the same time
     * @return the index that the alias writes to
     */
    String create(String alias, MappingVersion version, @Nullable Integer shards, Collection<String> created)
            throws EngineException, InterruptedException {
        String index = alias + "-v1";
        ObjectNode body = emptyObject();
        if (shards != null) {
            body.putObject("settings").put("index.number_of_shards", shards);
        }
        body.putObject("aliases").putObject(alias).put("is_write_index", true);
        body.putObject("mappings").set("_meta", version.meta());
        if (create(index, body)) {
            created.add(index);
            return index;
        }
        IndexState state = writeIndices(List.of(alias)).get(alias);
        if (state == null) {
            state = newest(alias);
            point(List.of(new Change(alias, null, state == null ? index : state.name(), null)));
        }
        return state == null ? index : state.name();
    }

    /** The last index of an alias that was ever in use. */
    private @Nullable IndexState newest(String alias) throws EngineException, InterruptedException {
        for (IndexState state : generations(alias).descendingMap().values()) {
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
     * An alias that is to point to another index, with all other aliases of the old one.
     *
     * @param from the index that it points to; {@code null} when it points to none
     * @param until the alias that the new index had until now; {@code null} when it had none
     */
    record Change(
            String alias,
            @Nullable IndexState from,
            String to,
            @Nullable String until) {}

    /** Lets aliases point to other indices, all at once. */
    void point(List<Change> changes) throws EngineException, InterruptedException {
        ObjectNode body = emptyObject();
        ArrayNode actions = body.putArray("actions");
        StringJoiner names = new StringJoiner(", ");
        for (Change change : changes) {
            names.add(change.alias());
            IndexState from = change.from();
            if (change.until() != null) {
                actions.addObject()
                        .putObject("remove")
                        .put("index", change.to())
                        .put("alias", change.until());
            }
            ObjectNode settings = emptyObject().put("is_write_index", true);
            add(actions, change.alias(), from == null ? null : from.name(), change.to(), settings);
            if (from != null) {
                for (Map.Entry<String, JsonNode> other : from.aliases().properties()) {
                    if (!other.getKey().equals(change.alias())) {
                        add(actions, other.getKey(), from.name(), change.to(), other.getValue());
                    }
                }
            }
        }
        client.send("POST", "/_aliases", Map.of(), RequestBody.json(body.toString()), response -> {
            if (!response.ok()) {
                throw client.refused("to change the aliases " + names, response);
            }
            return true;
        });
    }

    private static void add(ArrayNode actions, String alias, @Nullable String from, String to, JsonNode settings) {
        if (from != null) {
            actions.addObject().putObject("remove").put("index", from).put("alias", alias);
        }
        ObjectNode addition = actions.addObject().putObject("add");
        addition.put("index", to).put("alias", alias);
        addition.setAll((ObjectNode) settings);
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
        ObjectNode meta = version.meta();
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
