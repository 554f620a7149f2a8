package org.listlens.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.Connection;
import org.listlens.engine.EngineSettings;
import org.listlens.tls.Handshake;

/** What a connection is worth, as JSON. What is not known is absent. */
final class ConnectionJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConnectionJson() {}

    static String text(
            List<ConnectionTestCommand.Node> nodes, @Nullable EngineSettings settings, @Nullable Connection connection)
            throws JsonProcessingException {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode array = json.putArray("nodes");
        for (ConnectionTestCommand.Node node : nodes) {
            node(array.addObject(), node, settings);
        }
        if (connection != null) {
            connection(json, connection, settings);
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private static void node(ObjectNode json, ConnectionTestCommand.Node node, @Nullable EngineSettings settings) {
        json.put("url", node.where());
        Handshake shown = node.handshake();
        if (shown != null && settings != null) {
            ObjectNode tls = json.putObject("tls");
            tls.put("protocol", shown.protocol()).put("cipher", shown.cipher());
            tls.put("verified", node.answered() && !settings.insecure());
            tls.put("subject", shown.subject()).put("issuer", shown.issuer());
            tls.put("valid_from", shown.validFrom().toString());
            tls.put("valid_until", shown.validUntil().toString());
            tls.put("sha256", shown.sha256());
        }
        if (node.info() != null) {
            json.put("distribution", node.info().distribution().title());
            json.put("version", node.info().version());
            json.put("cluster", node.info().cluster());
        }
        if (node.error() != null) {
            json.put("error", node.error());
        }
    }

    private static void connection(ObjectNode json, Connection connection, @Nullable EngineSettings settings) {
        Connection.Health health = connection.health();
        if (health != null) {
            json.putObject("health").put("status", health.status()).put("nodes", health.nodes());
        }
        Connection.Login login = connection.login();
        String by = ConnectionText.by(settings);
        if (login != null || by != null) {
            ObjectNode user = json.putObject("login");
            if (by != null) {
                user.put("by", by);
            }
            if (login != null) {
                user.put("user", login.user());
                names(user.putArray("roles"), login.roles());
            }
        }
        Connection.Fields fields = connection.fields();
        if (fields != null) {
            ObjectNode mappings = json.putObject("mappings").put("taken", fields.refusal() == null);
            if (fields.refusal() != null) {
                mappings.put("refusal", fields.refusal());
            }
            ObjectNode replaced = mappings.putObject("replaced_types");
            new TreeMap<>(fields.replaced()).forEach(replaced::put);
        }
        Connection.Installed installed = connection.installed();
        if (installed != null && installed.problem() != null) {
            json.putObject("installed").put("problem", installed.problem());
        } else if (installed != null) {
            ObjectNode indices = json.putObject("installed");
            names(indices.putArray("templates_missing_or_older"), installed.olderTemplates());
            names(indices.putArray("indices_missing"), installed.missingIndices());
            names(indices.putArray("mappings_older"), installed.olderIndices());
        }
        ObjectNode permissions = json.putObject("permissions");
        for (Connection.Permission permission : connection.permissions()) {
            ObjectNode one = permissions.putObject(permission.purpose().name().toLowerCase(Locale.ROOT));
            if (permission.unknown() != null) {
                one.put("unknown", permission.unknown());
            } else {
                one.put("granted", permission.granted());
                names(one.putArray("missing"), permission.missing());
            }
        }
    }

    private static void names(ArrayNode array, List<String> names) {
        names.forEach(array::add);
    }
}
