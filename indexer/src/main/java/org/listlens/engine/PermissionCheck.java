package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.Connection.Permission;
import org.listlens.engine.Connection.Purpose;

/**
 * Whether a user may send the requests that a purpose needs, whatever guards the engine. Each is sent in a form that is
 * refused as soon as it is allowed: for an index that is not there, with a setting or a field type that there is not, on
 * the condition of a revision that no document has. Engines look at permissions before they look at these.
 */
final class PermissionCheck {
    /** What nobody calls a template or an index. */
    static final String NOBODYS = "listlens-connection-test";

    private static final Pattern ACTION = Pattern.compile("\\b(?:indices|cluster):[a-z_]++(?:/[a-z_]++){0,9}");
    private static final int MOST = 8;

    private final EngineClient client;
    private final List<String> aliases;
    private final EngineInfo info;

    PermissionCheck(EngineClient client, List<String> aliases, EngineInfo info) {
        this.client = client;
        this.aliases = aliases;
        this.info = info;
    }

    List<Permission> run() throws EngineException, InterruptedException {
        List<Permission> permissions = new ArrayList<>();
        permissions.add(new Permission(Purpose.READ, read(), null));
        permissions.add(new Permission(Purpose.INDEX, index(), null));
        permissions.add(new Permission(Purpose.SETUP, setup(), null));
        permissions.add(new Permission(Purpose.UPGRADE, upgrade(), null));
        permissions.add(alerts());
        return permissions;
    }

    private List<String> read() throws EngineException, InterruptedException {
        String all = '/' + String.join(",", aliases);
        Set<String> missing = new LinkedHashSet<>();
        probe(missing, "GET", all, null);
        probe(missing, "GET", all + "/_mapping", null);
        probe(missing, "GET", all + "/_stats/docs", null);
        probe(missing, "POST", all + "/_refresh", null);
        probe(missing, "POST", all + "/_search", json("{\"size\":0}"));
        StringBuilder searches = new StringBuilder();
        StringBuilder documents = new StringBuilder("{\"docs\":[");
        for (String alias : aliases) {
            searches.append("{\"index\":\"").append(alias).append("\"}\n{\"size\":0}\n");
            documents
                    .append(documents.charAt(documents.length() - 1) == '[' ? "" : ",")
                    .append("{\"_index\":\"")
                    .append(alias)
                    .append("\",\"_id\":\"")
                    .append(NOBODYS)
                    .append("\"}");
        }
        probe(missing, "POST", "/_msearch", lines(searches.toString()));
        probe(missing, "POST", "/_mget", json(documents.append("]}").toString()));
        String scroll = "{\"scroll_id\":\"" + NOBODYS + "\"}";
        probe(missing, "POST", "/_search/scroll", json(scroll));
        probe(missing, "DELETE", "/_search/scroll", json(scroll));
        return some(missing);
    }

    private List<String> index() throws EngineException, InterruptedException {
        Set<String> missing = new LinkedHashSet<>();
        probe(missing, "GET", "/_component_template/" + NOBODYS, null);
        probe(missing, "GET", "/_index_template/" + NOBODYS, null);
        probe(missing, "POST", "/_index_template/_simulate_index/" + absent(aliases.getFirst()), null);
        StringBuilder actions = new StringBuilder();
        for (String alias : aliases) {
            String place = "{\"_index\":\"" + alias + "\",\"_id\":\"" + NOBODYS
                    + "\",\"if_seq_no\":9007199254740991,\"if_primary_term\":1";
            actions.append("{\"index\":").append(place).append(",\"require_alias\":true}}\n{}\n");
            actions.append("{\"update\":").append(place).append(",\"require_alias\":true}}\n{\"doc\":{}}\n");
            actions.append("{\"delete\":").append(place).append("}}\n");
        }
        probe(missing, "POST", "/_bulk", lines(actions.toString()));
        create(missing);
        for (String alias : aliases) {
            probe(missing, "GET", '/' + absent(alias) + "/_settings", null);
            probe(missing, "PUT", '/' + absent(alias) + "/_settings", json("{\"index.refresh_interval\":null}"));
        }
        return some(missing);
    }

    private void create(Set<String> missing) throws EngineException, InterruptedException {
        for (String alias : aliases) {
            probe(
                    missing,
                    "PUT",
                    '/' + absent(alias),
                    json("{\"settings\":{\"index.number_of_shards\":0},\"aliases\":{\"" + alias + "-v0\":{}}}"));
        }
    }

    private List<String> setup() throws EngineException, InterruptedException {
        Set<String> missing = new LinkedHashSet<>();
        String template = "\"template\":{\"mappings\":{\"properties\":{\"x\":{\"type\":\"" + NOBODYS + "\"}}}}";
        probe(missing, "GET", "/_component_template/" + NOBODYS, null);
        probe(missing, "GET", "/_index_template/" + NOBODYS, null);
        probe(missing, "PUT", "/_component_template/" + NOBODYS, json('{' + template + '}'));
        probe(
                missing,
                "PUT",
                "/_index_template/" + NOBODYS,
                json("{\"index_patterns\":[\"" + NOBODYS + "-*\"]," + template + '}'));
        create(missing);
        for (String alias : aliases) {
            probe(missing, "PUT", '/' + absent(alias) + "/_mapping", json("{\"_meta\":{}}"));
        }
        return some(missing);
    }

    private List<String> upgrade() throws EngineException, InterruptedException {
        Set<String> missing = new LinkedHashSet<>();
        for (String alias : aliases) {
            String index = absent(alias);
            probe(missing, "GET", '/' + index + "/_search_shards", null);
            probe(missing, "PUT", '/' + index + "/_block/write", null);
            probe(missing, "DELETE", '/' + index, null);
            probe(
                    missing,
                    "POST",
                    "/_aliases",
                    json("{\"actions\":[{\"remove\":{\"index\":\"" + index + "\",\"alias\":\"" + alias + "-v0\"}}]}"));
        }
        String index = absent(aliases.getFirst());
        probe(
                missing,
                "POST",
                "/_reindex",
                json("{\"source\":{\"index\":\"" + index + "\"},\"dest\":{\"index\":\"" + index
                        + "-copy\",\"op_type\":\"create\"}}"));
        probe(missing, "GET", "/_tasks/" + NOBODYS + ":1", null);
        return some(missing);
    }

    private Permission alerts() throws EngineException, InterruptedException {
        if (info.distribution() != EngineInfo.Distribution.OPENSEARCH) {
            return new Permission(Purpose.ALERTS, List.of(), "Elasticsearch has no OpenSearch Alerting");
        }
        String path = "/_plugins/_alerting/monitors/_search";
        EngineResponse response = client.ask("POST", path, Map.of(), json("{\"size\":0}"));
        if ((response.status() == 400 || response.status() == 404 || response.status() == 405)
                && !response.errorType().equals("index_not_found_exception")) {
            return new Permission(Purpose.ALERTS, List.of(), "the engine has no Alerting plugin");
        }
        Set<String> missing = new LinkedHashSet<>();
        judge(missing, "POST " + path, response);
        return new Permission(Purpose.ALERTS, some(missing), null);
    }

    /** An index as ours are called, that is never there: they are counted from 1. */
    private static String absent(String alias) {
        return alias + "-v0-" + NOBODYS;
    }

    private static RequestBody json(String text) {
        return RequestBody.json(text);
    }

    private static RequestBody lines(String text) {
        return RequestBody.ndjson(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private void probe(Set<String> missing, String method, String path, @Nullable RequestBody body)
            throws EngineException, InterruptedException {
        judge(missing, method + ' ' + path, client.ask(method, path, Map.of(), body));
    }

    /** What an answer, or a part of it, forbids. */
    private static void judge(Set<String> missing, String request, EngineResponse response) {
        if (response.status() == 401 || response.status() == 403) {
            // A block of the whole cluster is no matter of permissions.
            if (!response.errorType().equals("cluster_block_exception")) {
                note(missing, response.errorReason(), request);
            }
            return;
        }
        if (!response.ok()) {
            return;
        }
        JsonNode json;
        try {
            json = response.json();
        } catch (IOException e) {
            return;
        }
        for (String list : List.of("docs", "responses")) {
            for (JsonNode part : json.path(list)) {
                judge(missing, request, part);
            }
        }
        for (JsonNode item : json.path("items")) {
            for (JsonNode part : item) {
                judge(missing, request, part);
            }
        }
    }

    private static void judge(Set<String> missing, String request, JsonNode part) {
        JsonNode error = part.path("error");
        String type = error.path("type").asText();
        if ((part.path("status").asInt() == 403 && !type.equals("cluster_block_exception"))
                || type.equals("security_exception")) {
            note(missing, Errors.describe(error), request);
        }
    }

    /** Adds the permissions that a refusal names, or what was refused. */
    private static void note(Set<String> missing, String reason, String request) {
        Matcher action = ACTION.matcher(reason);
        boolean named = false;
        while (action.find()) {
            missing.add(action.group());
            named = true;
        }
        if (!named) {
            missing.add(Errors.shorten(request, 80));
        }
    }

    private static List<String> some(Set<String> missing) {
        return missing.stream().limit(MOST).toList();
    }
}
