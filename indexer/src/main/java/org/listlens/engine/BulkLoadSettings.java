package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Index settings for the time of a big load: a refresh every half minute instead of every second. Closing puts back what
 * the templates say and refreshes, so that everything can be found.
 *
 * <p>Who is killed leaves its setting behind, with which everything works, only late; the next run puts it back. It
 * knows its own kind by an odd value that no person would choose. Runs side by side may put back one another's
 * settings: that costs some speed and nothing else.
 */
public final class BulkLoadSettings implements AutoCloseable {
    private static final String REFRESH_INTERVAL = "index.refresh_interval";
    /** Half a minute, told apart from the half minute of an administrator. */
    private static final String WHILE_LOADING = "30001ms";

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
        for (String index : new TreeSet<>(installed.writeIndices().values())) {
            if (all || installed.created().contains(index)) {
                big.add(index);
            } else if (WHILE_LOADING.equals(installed.refreshIntervals().get(index))) {
                left.add(index);
            }
        }
        BulkLoadSettings settings = new BulkLoadSettings(retrying, String.join(",", aliases), !big.isEmpty());
        try {
            if (!big.isEmpty()) {
                settings.set(String.join(",", big), JsonNodeFactory.instance.textNode(WHILE_LOADING));
            }
            for (String index : left) {
                settings.set(index, settings.intended(index));
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
                putBack();
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

    private void putBack() throws EngineException, InterruptedException {
        // Asked anew: of what lies in parts there may be more now.
        Map<String, String> flat = Map.of("flat_settings", "true", "ignore_unavailable", "true");
        JsonNode current =
                client.send("GET", '/' + aliases + "/_settings/" + REFRESH_INTERVAL, flat, null, response -> {
                    if (!response.ok()) {
                        throw client.refused("to show the settings of " + aliases, response);
                    }
                    return response.json();
                });
        for (Map.Entry<String, JsonNode> index : current.properties()) {
            JsonNode interval = index.getValue().path("settings").path(REFRESH_INTERVAL);
            if (interval.asText().equals(WHILE_LOADING)) {
                set(index.getKey(), intended(index.getKey()));
            }
        }
    }

    private JsonNode intended(String index) throws EngineException, InterruptedException {
        return intended(new Aliases(client).template(index));
    }

    /** The refresh interval that a template gives. */
    static JsonNode intended(JsonNode template) {
        JsonNode intended = template.at("/settings/index/refresh_interval");
        return intended.isMissingNode() ? JsonNodeFactory.instance.nullNode() : intended;
    }

    private void set(String index, JsonNode refreshInterval) throws EngineException, InterruptedException {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.set(REFRESH_INTERVAL, refreshInterval);
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
            return true;
        });
    }
}
