package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks an engine what it is and can, and what the user may do there. Changes nothing: what cannot be asked is tried with
 * requests that must fail for another reason when they are allowed.
 */
public final class ConnectionCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EngineClient client;
    private final Path mappings;
    private final TemplateFiles files;

    /**
     * Prepares a check.
     *
     * @param mappings the folder of templates, as for {@link Templates#install}
     */
    public ConnectionCheck(EngineClient client, Path mappings) throws EngineException {
        this.client = client;
        this.mappings = mappings;
        this.files = TemplateFiles.read(mappings);
    }

    /**
     * Finds everything out.
     *
     * @param info what the engine has said that it is
     * @throws EngineException when the engine does not answer any more
     */
    public Connection run(EngineInfo info) throws EngineException, InterruptedException {
        return new Connection(
                info,
                health(),
                login(info),
                fields(),
                installed(),
                new PermissionCheck(client, List.copyOf(files.indices().keySet()), info).run());
    }

    private Connection.@Nullable Health health() throws EngineException, InterruptedException {
        JsonNode health = shown("/_cluster/health");
        return health == null || !health.path("number_of_nodes").isInt()
                ? null
                : new Connection.Health(
                        health.path("status").asText(),
                        health.path("number_of_nodes").asInt());
    }

    /** By the Security plugin of OpenSearch or the security of Elasticsearch; {@code null} where there is neither. */
    private Connection.@Nullable Login login(EngineInfo info) throws EngineException, InterruptedException {
        boolean openSearch = info.distribution() == EngineInfo.Distribution.OPENSEARCH;
        JsonNode told = shown(openSearch ? "/_plugins/_security/authinfo" : "/_security/_authenticate");
        String user = told == null
                ? ""
                : told.path(openSearch ? "user_name" : "username").asText();
        if (told == null || user.isEmpty()) {
            return null;
        }
        TreeSet<String> roles = new TreeSet<>();
        told.path("roles").forEach(role -> roles.add(role.asText()));
        return new Connection.Login(user, List.copyOf(roles));
    }

    private boolean forbidden(String path) throws EngineException, InterruptedException {
        return client.ask("GET", path, Map.of("filter_path", "none"), null).status() == 403;
    }

    private @Nullable JsonNode shown(String path) throws EngineException, InterruptedException {
        EngineResponse response = client.ask("GET", path, Map.of(), null);
        try {
            return response.ok() ? response.json() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Has the engine simulate what the templates would make; {@code null} when the user may not ask for that. */
    private Connection.@Nullable Fields fields() throws EngineException, InterruptedException {
        FieldTypes types = new FieldTypes();
        for (ObjectNode template : files.indices().values()) {
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            // A pattern that nobody's template has, or both would be in conflict.
            whole.putArray("index_patterns").add(PermissionCheck.NOBODYS + "-*");
            ObjectNode parts = whole.putObject("template");
            for (JsonNode name : template.path("composed_of")) {
                merge(parts, files.components().get(name.asText()));
            }
            merge(parts, template);
            EngineResponse response;
            do {
                types.replaceIn(whole);
                response =
                        client.ask("POST", "/_index_template/_simulate", Map.of(), RequestBody.json(whole.toString()));
            } while (!response.ok() && types.learn(response) != null);
            if (response.status() == 400) {
                return new Connection.Fields(types.replaced(), response.errorReason());
            }
            if (!response.ok()) {
                return null;
            }
        }
        return new Connection.Fields(types.replaced(), null);
    }

    private static void merge(ObjectNode into, @Nullable ObjectNode template) {
        if (template != null && template.path("template") instanceof ObjectNode part) {
            mergeObjects(into, part);
        }
    }

    private static void mergeObjects(ObjectNode into, ObjectNode from) {
        for (Map.Entry<String, JsonNode> entry : from.properties()) {
            if (entry.getValue() instanceof ObjectNode object
                    && into.path(entry.getKey()) instanceof ObjectNode before) {
                mergeObjects(before, object);
            } else {
                into.set(entry.getKey(), entry.getValue().deepCopy());
            }
        }
    }

    private Connection.@Nullable Installed installed() throws EngineException, InterruptedException {
        if (forbidden("/_component_template/" + PermissionCheck.NOBODYS)
                || forbidden("/_index_template/" + PermissionCheck.NOBODYS)
                || forbidden('/' + String.join(",", files.indices().keySet()))) {
            return null;
        }
        int count = files.components().size() + files.indices().size();
        Templates.Found found;
        try {
            found = new Templates(client, mappings, IndexLayout.ANY, PATIENCE).find();
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.REFUSED) {
                throw e;
            }
            return new Connection.Installed(count, List.of(), List.of(), List.of(), String.valueOf(e.getMessage()));
        }
        List<String> templates = new ArrayList<>(found.olderComponents().keySet());
        templates.addAll(found.olderIndices().keySet());
        List<String> missing = new ArrayList<>();
        for (String alias : files.indices().keySet()) {
            if (!found.has(alias)) {
                missing.add(alias);
            }
        }
        List<String> older = new ArrayList<>();
        for (Map.Entry<IndexSeries, IndexState> index : found.indices().entrySet()) {
            if (!files.version(index.getKey().name()).equals(index.getValue().version())) {
                older.add(index.getValue().name());
            }
        }
        return new Connection.Installed(count, templates, missing, older, null);
    }
}
