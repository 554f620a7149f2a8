package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Index settings for the time of a big load: a refresh every half minute instead of every second, and no replicas of
 * indices that the run has created, which are copied once they are complete. Closing puts back what the templates say
 * and refreshes, so that everything can be found. The translog stays as it is: what is acknowledged survives a crash, and
 * to give that up has gained nothing that could be measured.
 *
 * <p>Who is killed leaves its settings behind, with which everything works, only late and on one node; the next run puts
 * them back. It knows its own kind by odd values that no person would choose. Runs side by side may put back one
 * another's settings: that costs some speed and nothing else.
 */
public final class BulkLoadSettings implements AutoCloseable {
    private static final String REFRESH_INTERVAL = "index.refresh_interval";
    private static final String AUTO_EXPAND = "index.auto_expand_replicas";
    private static final String REPLICAS = "index.number_of_replicas";
    /** Half a minute, told apart from the half minute of an administrator. */
    private static final String WHILE_LOADING = "30001ms";

    /** No replicas, told apart from the none of an administrator. */
    private static final String WITHOUT_REPLICAS = "0-0";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RetryingClient client;
    private final String aliases;
    private final boolean loading;
    private boolean closed;

    private BulkLoadSettings(RetryingClient client, String aliases, boolean loading) {
        this.client = client;
        this.aliases = aliases;
        this.loading = loading;
    }

    /**
     * Applies the settings, and puts back what a killed run has left on the other indices.
     *
     * @param installed the indices
     * @param all whether to apply them to indices too that this run has not created
     */
    public static BulkLoadSettings apply(EngineClient client, Templates.Installed installed, boolean all)
            throws EngineException, InterruptedException {
        RetryingClient retrying = new RetryingClient(client, RetryPolicy.lasting(PATIENCE));
        List<String> aliases = new ArrayList<>();
        for (String name : new TreeSet<>(installed.identities().keySet())) {
            aliases.add(client.index(name));
        }
        List<String> big = new ArrayList<>();
        List<String> left = new ArrayList<>();
        List<String> created = new ArrayList<>();
        for (String index : new TreeSet<>(installed.writeIndices().values())) {
            if (all || installed.created().contains(index)) {
                big.add(index);
                if (installed.created().contains(index)) {
                    created.add(index);
                }
            } else if (WHILE_LOADING.equals(installed.refreshIntervals().get(index))) {
                left.add(index);
            }
        }
        BulkLoadSettings settings = new BulkLoadSettings(retrying, String.join(",", aliases), !big.isEmpty());
        try {
            if (!big.isEmpty()) {
                settings.set(
                        String.join(",", big),
                        JsonNodeFactory.instance.objectNode().put(REFRESH_INTERVAL, WHILE_LOADING));
            }
            if (!created.isEmpty()) {
                settings.set(
                        String.join(",", created),
                        JsonNodeFactory.instance.objectNode().put(AUTO_EXPAND, WITHOUT_REPLICAS));
            }
            if (!left.isEmpty()) {
                settings.putBack(String.join(",", left));
            }
        } catch (EngineException | InterruptedException | RuntimeException e) {
            try {
                settings.close();
            } catch (EngineException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        return settings;
    }

    /**
     * Puts the settings back and refreshes the indices; also when the thread is interrupted, which it stays.
     *
     * @throws EngineException when that fails; the next run will do it
     */
    @Override
    public void close() throws EngineException {
        if (closed) {
            return;
        }
        closed = true;
        boolean interrupted = Thread.interrupted();
        try {
            if (loading) {
                // Asked anew: of what lies in parts there may be more now.
                putBack(aliases);
            }
            refresh();
        } catch (InterruptedException e) {
            interrupted = true;
            throw new EngineException(
                    EngineException.Kind.UNANSWERED,
                    "The settings of the indices " + aliases + " at " + client.where()
                            + " were not put back because of an interruption: the next run does it.",
                    e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void putBack(String indices) throws EngineException, InterruptedException {
        Map<String, String> flat = Map.of("flat_settings", "true", "ignore_unavailable", "true");
        JsonNode current = client.send(
                "GET", '/' + indices + "/_settings/" + REFRESH_INTERVAL + ',' + AUTO_EXPAND, flat, null, response -> {
                    if (!response.ok()) {
                        throw client.refused("to show the settings of " + indices, response);
                    }
                    return response.json();
                });
        for (Map.Entry<String, JsonNode> index : current.properties()) {
            JsonNode settings = index.getValue().path("settings");
            boolean refresh = settings.path(REFRESH_INTERVAL).asText().equals(WHILE_LOADING);
            boolean replicas = settings.path(AUTO_EXPAND).asText().equals(WITHOUT_REPLICAS);
            if (refresh || replicas) {
                JsonNode template = new Aliases(client).template(index.getKey());
                ObjectNode intended = JsonNodeFactory.instance.objectNode();
                if (refresh) {
                    intended.set(REFRESH_INTERVAL, intended(template));
                }
                if (replicas) {
                    intended.set(AUTO_EXPAND, intended(template, "auto_expand_replicas"));
                    if (intended.path(AUTO_EXPAND).isNull()) {
                        intended.set(REPLICAS, intended(template, "number_of_replicas"));
                    }
                }
                set(index.getKey(), intended);
            }
        }
    }

    /** The refresh interval that a template gives. */
    static JsonNode intended(JsonNode template) {
        return intended(template, "refresh_interval");
    }

    /** What a template gives an index; null for the engine's own choice. */
    private static JsonNode intended(JsonNode template, String setting) {
        JsonNode intended = template.path("settings").path("index").path(setting);
        return intended.isMissingNode() ? JsonNodeFactory.instance.nullNode() : intended;
    }

    private void set(String index, ObjectNode settings) throws EngineException, InterruptedException {
        client.send("PUT", '/' + index + "/_settings", Map.of(), RequestBody.json(settings.toString()), response -> {
            if (!response.ok()) {
                throw client.refused("to change the settings of " + index, response);
            }
            return true;
        });
    }

    private void refresh() throws EngineException, InterruptedException {
        client.send("POST", '/' + aliases + "/_refresh", Map.of("ignore_unavailable", "true"), null, response -> {
            if (!response.ok()) {
                throw client.refused("to refresh " + aliases, response);
            }
            if (response.json().at("/_shards/failed").asInt() > 0) {
                throw new IOException("not all shards have refreshed");
            }
            return true;
        });
    }
}
