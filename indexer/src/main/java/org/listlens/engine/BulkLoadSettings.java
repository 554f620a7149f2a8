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
    private final List<String> indices;
    private boolean closed;

    private BulkLoadSettings(RetryingClient client, List<String> indices) {
        this.client = client;
        this.indices = indices;
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
        List<String> indices =
                List.copyOf(new TreeSet<>(installed.writeIndices().values()));
        BulkLoadSettings settings = new BulkLoadSettings(retrying, indices);
        try {
            List<String> others = new ArrayList<>();
            for (String index : indices) {
                if (all || installed.created().contains(index)) {
                    settings.set(index, JsonNodeFactory.instance.textNode(WHILE_LOADING));
                } else {
                    others.add(index);
                }
            }
            settings.putBack(others);
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
            putBack(indices);
            refresh();
        } catch (InterruptedException e) {
            interrupted = true;
            throw new EngineException(
                    EngineException.Kind.UNANSWERED,
                    "The settings of the indices " + indices + " at " + client.where()
                            + " were not put back because of an interruption: the next run does it.",
                    e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void putBack(List<String> some) throws EngineException, InterruptedException {
        if (some.isEmpty()) {
            return;
        }
        Map<String, String> flat = Map.of("flat_settings", "true");
        String path = '/' + String.join(",", some) + "/_settings/" + REFRESH_INTERVAL;
        JsonNode current = client.send("GET", path, flat, null, response -> {
            if (!response.ok()) {
                throw client.refused("to show the settings of " + String.join(", ", some), response);
            }
            return response.json();
        });
        for (String index : some) {
            if (current.path(index)
                    .path("settings")
                    .path(REFRESH_INTERVAL)
                    .asText()
                    .equals(WHILE_LOADING)) {
                JsonNode intended = new Aliases(client).template(index).at("/settings/index/refresh_interval");
                set(index, intended.isMissingNode() ? JsonNodeFactory.instance.nullNode() : intended);
            }
        }
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
        String path = '/' + String.join(",", indices) + "/_refresh";
        client.send("POST", path, Map.of(), null, response -> {
            if (!response.ok()) {
                throw client.refused("to refresh " + String.join(", ", indices), response);
            }
            return true;
        });
    }
}
