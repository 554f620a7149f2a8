package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;

/** Aliases and the indices behind them. */
final class Aliases {
    private final RetryingClient client;

    Aliases(RetryingClient client) {
        this.client = client;
    }

    /**
     * The index that an alias writes to; {@code null} when there is no such alias.
     *
     * @throws EngineException when an index has the name of the alias, or no index behind it is for writing
     */
    @Nullable
    String writeIndex(String alias) throws EngineException, InterruptedException {
        JsonNode indices = client.<@Nullable JsonNode>send("GET", "/_alias/" + alias, Map.of(), null, response -> {
            if (response.status() == 404) {
                return null;
            }
            if (!response.ok()) {
                throw client.refused("to show the alias " + alias, response);
            }
            return response.json();
        });
        if (indices == null || indices.isEmpty()) {
            if (exists(alias)) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The engine at " + client.where() + " has an index named " + alias
                                + " where an alias of that name is needed: reindex it under another name and delete it.");
            }
            return null;
        }
        String index = null;
        for (Map.Entry<String, JsonNode> entry : indices.properties()) {
            JsonNode writes = entry.getValue().path("aliases").path(alias).path("is_write_index");
            if (writes.asBoolean(indices.size() == 1)) {
                index = entry.getKey();
            }
        }
        if (index == null) {
            throw new EngineException(
                    Kind.REFUSED,
                    "The alias " + alias + " at " + client.where() + " has no index for writing among its "
                            + indices.size() + ": set is_write_index on one of them.");
        }
        return index;
    }

    private boolean exists(String index) throws EngineException, InterruptedException {
        return client.send("HEAD", '/' + index, Map.of(), null, EngineResponse::ok);
    }

    /**
     * Creates an index with its write alias.
     *
     * @return whether it was this call that created it, not another program at the same time
     */
    boolean create(String alias, String index) throws EngineException, InterruptedException {
        String body = "{\"aliases\":{\"" + alias + "\":{\"is_write_index\":true}}}";
        boolean created = client.send("PUT", '/' + index, Map.of(), RequestBody.json(body), response -> {
            if (!response.ok() && !response.errorType().equals("resource_already_exists_exception")) {
                throw client.refused("to create the index " + index, response);
            }
            return response.ok();
        });
        if (!created && writeIndex(alias) == null) {
            addAlias(alias, index);
        }
        return created;
    }

    /** Somebody took the alias off the index. */
    private void addAlias(String alias, String index) throws EngineException, InterruptedException {
        String body = "{\"actions\":[{\"add\":{\"index\":\"" + index + "\",\"alias\":\"" + alias
                + "\",\"is_write_index\":true}}]}";
        client.send("POST", "/_aliases", Map.of(), RequestBody.json(body), response -> {
            if (!response.ok()) {
                throw client.refused("the alias " + alias + " for the index " + index, response);
            }
            return true;
        });
    }

    /**
     * Gives an index the fields that its template has got since it was created.
     *
     * @param changed whether a template was changed just now; otherwise the version tells, as when the program that
     *     changed it was killed before it came to this
     */
    void bringUpToDate(String index, boolean changed) throws EngineException, InterruptedException {
        JsonNode wanted = template(index).path("mappings");
        JsonNode has = client.send("GET", '/' + index + "/_mapping", Map.of(), null, response -> {
            if (!response.ok()) {
                throw client.refused("to show the mapping of " + index, response);
            }
            return response.json().path(index).path("mappings");
        });
        JsonNode version = wanted.path("_meta").path("version");
        if (wanted.isMissingNode()
                || (!changed && version.equals(has.path("_meta").path("version")))) {
            return;
        }
        client.send("PUT", '/' + index + "/_mapping", Map.of(), RequestBody.json(wanted.toString()), response -> {
            if (!response.ok()) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The mapping of the index " + index + " at " + client.where() + " cannot become version "
                                + version + " in place (" + response.errorReason()
                                + "): reindex it, or delete it and index the archives again.");
            }
            return true;
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
