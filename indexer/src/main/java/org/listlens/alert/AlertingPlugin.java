package org.listlens.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineInfo;
import org.listlens.engine.EngineResponse;
import org.listlens.engine.RequestBody;

/** The monitors of an engine's Alerting plugin that Listlens has made. */
public final class AlertingPlugin {
    private static final String MONITORS = "/_plugins/_alerting/monitors";
    private static final String CHANNELS = "/_plugins/_notifications/configs/";
    private static final int MOST = 1_000;

    private final EngineClient client;
    private final EngineInfo engine;

    public AlertingPlugin(EngineClient client, EngineInfo engine) {
        this.client = client;
        this.engine = engine;
    }

    /** What became of a monitor. */
    public enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED,
        REMOVED,
        ABSENT
    }

    /**
     * A monitor that is there.
     *
     * @param id the engine's name for it
     * @param trigger the engine's name for its trigger; empty when it has none
     * @param action the engine's name for that trigger's action; empty when it has none
     * @param digest of what it was made from; {@code null} when its condition is another
     */
    public record Installed(
            String id,
            boolean enabled,
            String trigger,
            String action,
            @Nullable String digest) {}

    /**
     * The monitors whose names begin as Listlens' do, by their names.
     *
     * @throws EngineException when the engine has no Alerting plugin, or refuses
     */
    public Map<String, Installed> installed() throws EngineException, InterruptedException {
        if (engine.distribution() != EngineInfo.Distribution.OPENSEARCH) {
            throw none("it is Elasticsearch");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", MOST);
        body.withObject("/query/prefix").put("monitor.name.keyword", AlertingMonitor.PREFIX);
        EngineResponse response =
                client.request("POST", MONITORS + "/_search", Map.of(), RequestBody.json(body.toString()));
        if (response.status() == 404 && response.errorType().equals("index_not_found_exception")) {
            // Nobody has made a monitor yet.
            return new TreeMap<>();
        }
        if ((response.status() == 400 && response.errorReason().contains("no handler found"))
                || response.status() == 404
                || response.status() == 405) {
            throw none("it has no Alerting plugin");
        }
        Map<String, Installed> installed = new TreeMap<>();
        for (JsonNode hit : json(response, "to list monitors").at("/hits/hits")) {
            JsonNode source = hit.path("_source");
            JsonNode monitor = source.has("monitor") ? source.path("monitor") : source;
            String name = monitor.path("name").asText();
            if (name.startsWith(AlertingMonitor.PREFIX)) {
                JsonNode trigger = AlertingMonitor.triggerOf(monitor);
                installed.putIfAbsent(
                        name,
                        new Installed(
                                hit.path("_id").asText(),
                                monitor.path("enabled").asBoolean(true),
                                trigger.path("id").asText(),
                                trigger.at("/actions/0/id").asText(),
                                AlertingMonitor.made(AlertingMonitor.conditionOf(monitor))));
            }
        }
        return installed;
    }

    /**
     * Sees to it that a notification channel is there. The plugin itself takes any name, and tells nobody when it fires. An
     * engine that does not answer such questions (no Notifications plugin, as in 1.x, or not for this user) is believed.
     *
     * @throws EngineException when it is not
     */
    public void requireChannel(String id) throws EngineException, InterruptedException {
        EngineResponse response = client.request(
                "GET", CHANNELS + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
        if (response.status() == 404 && response.errorType().equals("status_exception")) {
            throw new EngineException(
                    EngineException.Kind.REFUSED,
                    "The engine at " + client.where() + " has no notification channel \"" + id
                            + "\": name the id of one, which GET _plugins/_notifications/channels lists.");
        }
    }

    private EngineException none(String why) {
        return new EngineException(
                EngineException.Kind.REFUSED,
                "The engine at " + client.where() + " cannot run monitors, because " + why
                        + ": let \"listlens alerts check\" evaluate them, by cron or Nagios.");
    }

    /**
     * Makes a monitor, or brings it up to date. One that somebody has disabled stays so, and so does an alert that is open:
     * the plugin ends those of triggers that it does not find again, and what it knows of actions' throttles.
     *
     * @param monitor as {@link AlertingMonitor#json} has it
     * @param before what is there under its name
     */
    public Outcome install(ObjectNode monitor, @Nullable Installed before)
            throws EngineException, InterruptedException {
        if (before == null) {
            EngineResponse response = client.request("POST", MONITORS, Map.of(), RequestBody.json(monitor.toString()));
            if (response.status() == 404 && response.errorReason().contains("indices are not found")) {
                throw new EngineException(
                        EngineException.Kind.REFUSED,
                        "The engine at " + client.where() + " makes no monitor of an index that it has not got, and "
                                + monitor.at("/inputs/0/search/indices/0").asText()
                                + " is not there: run \"listlens setup\" or index mail first.");
            }
            json(response, "to make the monitor " + monitor.path("name").asText());
            return Outcome.CREATED;
        }
        if (Objects.equals(AlertingMonitor.made(AlertingMonitor.conditionOf(monitor)), before.digest())) {
            return Outcome.UNCHANGED;
        }
        ObjectNode update = monitor.deepCopy().put("enabled", before.enabled());
        keep(before.trigger(), update.at("/triggers/0"));
        keep(before.action(), update.at("/triggers/0/actions/0"));
        json(
                client.request("PUT", MONITORS + '/' + before.id(), Map.of(), RequestBody.json(update.toString())),
                "to change the monitor " + monitor.path("name").asText());
        return Outcome.UPDATED;
    }

    private static void keep(String id, JsonNode in) {
        if (!id.isEmpty() && in instanceof ObjectNode object) {
            object.put("id", id);
        }
    }

    /** Removes a monitor. */
    public void remove(Installed monitor) throws EngineException, InterruptedException {
        EngineResponse response = client.request("DELETE", MONITORS + '/' + monitor.id());
        if (response.status() != 404) {
            json(response, "to remove a monitor");
        }
    }

    private JsonNode json(EngineResponse response, String what) throws EngineException {
        try {
            if (response.ok()) {
                return response.json();
            }
        } catch (IOException e) {
            throw new EngineException(
                    EngineException.Kind.UNANSWERED,
                    "The engine at " + client.where() + " gave no usable answer when asked " + what + ": try again.",
                    e);
        }
        throw new EngineException(
                EngineException.Kind.REFUSED,
                "The engine at " + client.where() + " refuses " + what + " (HTTP " + response.status() + ": "
                        + response.errorReason() + ").");
    }
}
