package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;

/** Aliases and the indices behind them. */
final class Aliases {
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
        Map<String, IndexState> states = states(aliases);
        Map<String, IndexState> writeIndices = new TreeMap<>();
        for (String alias : aliases) {
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
                writeIndices.put(alias, writeIndex(alias, behind));
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
    TreeMap<Integer, IndexState> generations(String alias) throws EngineException, InterruptedException {
        TreeMap<Integer, IndexState> generations = new TreeMap<>();
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
     * @param created takes its name when it was this call that created it, not another program at the same time
     * @return the index that the alias writes to
     */
    String create(String alias, MappingVersion version, Collection<String> created)
            throws EngineException, InterruptedException {
        String index = alias + "-v1";
        ObjectNode body = emptyObject();
        body.putObject("aliases").putObject(alias).put("is_write_index", true);
        body.putObject("mappings").set("_meta", version.meta());
        if (create(index, body)) {
            created.add(index);
            return index;
        }
        IndexState state = writeIndices(List.of(alias)).get(alias);
        if (state == null) {
            state = newest(alias);
            point(alias, null, state == null ? index : state.name(), emptyObject());
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
     * Lets aliases point from one index to another, all at once.
     *
     * @param alias the alias that is written to
     * @param from the index that loses its aliases; {@code null} for none
     * @param others the other aliases of that index, each with its settings
     */
    void point(String alias, @Nullable String from, String to, JsonNode others)
            throws EngineException, InterruptedException {
        ObjectNode body = emptyObject();
        ArrayNode actions = body.putArray("actions");
        add(actions, alias, from, to, emptyObject().put("is_write_index", true));
        for (Map.Entry<String, JsonNode> other : others.properties()) {
            if (!other.getKey().equals(alias)) {
                add(actions, other.getKey(), from, to, other.getValue());
            }
        }
        client.send("POST", "/_aliases", Map.of(), RequestBody.json(body.toString()), response -> {
            if (!response.ok()) {
                throw client.refused("the alias " + alias + " for the index " + to, response);
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
