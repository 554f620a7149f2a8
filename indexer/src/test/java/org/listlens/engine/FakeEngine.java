package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The part of an engine that is used here, on loopback, with documents in memory, real sequence numbers and conditional
 * writes. Misbehaves on request: whole requests by {@link #misbehave}, single items by {@link #itemFault}.
 */
public final class FakeEngine implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What may go wrong with one whole request. */
    public interface Fault {
        /** Answers a request, or breaks it; {@code carryOut} does what was asked and returns the answer. */
        void meet(HttpExchange exchange, Work carryOut) throws IOException;
    }

    /** Does what was asked. */
    public interface Work {
        Answer run() throws IOException;
    }

    /** A status and a body. */
    public record Answer(int status, byte[] body) {}

    /** A refusal of one item. */
    public record ItemError(int status, String type, String reason) {}

    private record Stored(long seqNo, ObjectNode source) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, TreeMap<String, Stored>> indices = new HashMap<>();
    /** What a search sees: the documents at the last refresh. */
    private final Map<String, TreeMap<String, Stored>> searchable = new HashMap<>();

    private final Map<String, ObjectNode> settings = new HashMap<>();
    private final Map<String, JsonNode> mappings = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, JsonNode> templates = new TreeMap<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> log = new ArrayList<>();
    private long seqNo;

    /** Field types that mappings must not have. */
    public final Set<String> lackingTypes = new HashSet<>();
    /** Bodies with more octets get 413. */
    public volatile int largestBody = Integer.MAX_VALUE;
    /** Asked for each bulk item with its id and its source; an error is the item's answer. */
    public volatile BiFunction<String, @Nullable JsonNode, @Nullable ItemError> itemFault = (id, source) -> null;
    /** The answer to {@code GET /}. */
    public volatile String root = "{\"cluster_name\":\"fake\",\"version\":{\"distribution\":\"opensearch\","
            + "\"number\":\"3.8.0\"},\"tagline\":\"The OpenSearch Project: https://opensearch.org/\"}";

    public final AtomicInteger bulkRequests = new AtomicInteger();
    public final AtomicInteger bulkRequestsUnderWay = new AtomicInteger();
    public final AtomicInteger changes = new AtomicInteger();

    public FakeEngine() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** An alias with the one index {@code alias-v1} behind it. */
    public synchronized FakeEngine withAlias(String alias) {
        aliases.put(alias, alias + "-v1");
        indices.put(alias + "-v1", new TreeMap<>());
        return this;
    }

    public synchronized void addIndex(String index) {
        indices.put(index, new TreeMap<>());
    }

    public synchronized void forgetTemplates() {
        templates.clear();
    }

    public synchronized void dropAlias(String alias) {
        aliases.remove(alias);
    }

    /** The next requests meet these faults, one each. */
    public void misbehave(Fault... next) {
        faults.addAll(List.of(next));
    }

    public boolean faultsLeft() {
        return !faults.isEmpty();
    }

    /** Methods and paths of the requests so far. */
    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    /** The sources behind an alias by id. */
    public synchronized Map<String, JsonNode> documents(String alias) {
        Map<String, JsonNode> documents = new TreeMap<>();
        indices.getOrDefault(aliases.get(alias), new TreeMap<>())
                .forEach((id, stored) -> documents.put(id, stored.source()));
        return documents;
    }

    /** One source behind an alias; a missing node when there is none. */
    public JsonNode document(String alias, String id) {
        JsonNode source = documents(alias).get(id);
        return source == null ? JSON.missingNode() : source;
    }

    public synchronized Set<String> templates() {
        return Set.copyOf(templates.keySet());
    }

    public synchronized @Nullable JsonNode template(String kindAndName) {
        return templates.get(kindAndName);
    }

    public synchronized @Nullable JsonNode mapping(String index) {
        return mappings.get(index);
    }

    public synchronized String setting(String index, String name) {
        return settings.getOrDefault(index, JSON.createObjectNode()).path(name).asText();
    }

    public synchronized void setting(String index, String name, String value) {
        settings.computeIfAbsent(index, i -> JSON.createObjectNode()).put(name, value);
    }

    // Faults.

    /** An answer without doing anything. */
    public static Fault status(int status, String body) {
        return (exchange, carryOut) -> send(exchange, new Answer(status, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** The connection breaks before anything is done. */
    public static Fault resetBefore() {
        return (exchange, carryOut) -> exchange.close();
    }

    /** The connection breaks after all is done. */
    public static Fault resetAfter() {
        return (exchange, carryOut) -> {
            carryOut.run();
            exchange.close();
        };
    }

    /** All is done, and half of the answer arrives before the connection breaks. */
    public static Fault truncatedAfter() {
        return (exchange, carryOut) -> {
            Answer answer = carryOut.run();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body(), 0, answer.body().length / 2);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** All is done, and the answer is some text with status 200. */
    public static Fault garbageAfter(String text) {
        return (exchange, carryOut) -> {
            carryOut.run();
            send(exchange, new Answer(200, text.getBytes(StandardCharsets.UTF_8)));
        };
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head || answer.body().length == 0 ? -1 : answer.body().length);
        if (!head) {
            exchange.getResponseBody().write(answer.body());
        }
        exchange.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        byte[] plain = body;
        String path = exchange.getRequestURI().getPath();
        synchronized (this) {
            log.add(exchange.getRequestMethod() + ' ' + path);
        }
        Work work = () -> carryOut(exchange.getRequestMethod(), path, plain);
        boolean bulk = path.equals("/_bulk");
        if (bulk) {
            bulkRequests.incrementAndGet();
            bulkRequestsUnderWay.incrementAndGet();
        }
        try {
            Fault fault = faults.poll();
            if (fault != null) {
                fault.meet(exchange, work);
            } else if (body.length > largestBody) {
                send(exchange, new Answer(413, new byte[0]));
            } else {
                send(exchange, work.run());
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            send(exchange, error(400, "fake_engine_exception", String.valueOf(e.getMessage())));
        } finally {
            if (bulk) {
                bulkRequestsUnderWay.decrementAndGet();
            }
        }
    }

    private synchronized Answer carryOut(String method, String path, byte[] body) throws IOException {
        String[] parts = path.substring(1).split("/", -1);
        return switch (parts[0]) {
            case "" -> new Answer(200, root.getBytes(StandardCharsets.UTF_8));
            case "_bulk" -> bulk(body);
            case "_mget" -> multiGet(body);
            case "_component_template" -> template(method, parts[0].substring(1), parts[1], body);
            case "_index_template" ->
                parts[1].equals("_simulate_index")
                        ? simulate(parts[2])
                        : template(method, parts[0].substring(1), parts[1], body);
            case "_aliases" -> {
                JsonNode add = JSON.readTree(body).at("/actions/0/add");
                aliases.put(add.path("alias").asText(), add.path("index").asText());
                yield ok(JSON.createObjectNode().put("acknowledged", true));
            }
            default -> index(method, parts, body);
        };
    }

    private static Answer ok(JsonNode body) {
        return new Answer(200, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Answer error(int status, String type, String reason) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("type", type).put("reason", reason);
        body.put("status", status);
        return new Answer(status, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Answer bulk(byte[] body) throws IOException {
        if (body.length == 0 || body[body.length - 1] != '\n') {
            return error(400, "illegal_argument_exception", "The bulk request must be terminated by a newline");
        }
        String[] lines = new String(body, StandardCharsets.UTF_8).split("\n", -1);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = JSON.createArrayNode();
        boolean errors = false;
        for (int i = 0; i < lines.length - 1; i++) {
            Map.Entry<String, JsonNode> action =
                    JSON.readTree(lines[i]).properties().iterator().next();
            JsonNode source = action.getKey().equals("delete") ? null : JSON.readTree(lines[++i]);
            ObjectNode item = items.addObject().putObject(action.getKey());
            ItemError error = itemFault.apply(action.getValue().path("_id").asText(), source);
            if (error == null) {
                error = write(action.getKey(), action.getValue(), (ObjectNode) source, item);
            }
            if (error != null) {
                errors = true;
                item.put("status", error.status());
                item.putObject("error").put("type", error.type()).put("reason", error.reason());
            }
        }
        answer.put("errors", errors);
        answer.set("items", items);
        return ok(answer);
    }

    private @Nullable ItemError write(String action, JsonNode line, @Nullable ObjectNode source, ObjectNode item) {
        String id = line.path("_id").asText();
        String index = aliases.get(line.path("_index").asText());
        if (index == null) {
            return new ItemError(
                    404,
                    "index_not_found_exception",
                    "no such index [" + line.path("_index").asText() + "] and [require_alias] request flag is [true]");
        }
        TreeMap<String, Stored> documents = Objects.requireNonNull(indices.get(index));
        Stored stored = documents.get(id);
        if (action.equals("create") && stored != null) {
            return new ItemError(
                    409,
                    "version_conflict_engine_exception",
                    "[" + id + "]: version conflict, document already exists");
        }
        if (line.has("if_seq_no")
                && (stored == null || stored.seqNo() != line.path("if_seq_no").asLong())) {
            return new ItemError(409, "version_conflict_engine_exception", "[" + id + "]: version conflict");
        }
        if (stored == null && (action.equals("update") || action.equals("delete"))) {
            item.put("status", 404);
            return action.equals("delete") ? null : new ItemError(404, "document_missing_exception", "missing");
        }
        switch (action) {
            case "delete" -> documents.remove(id);
            case "update" -> {
                ObjectNode merged = Objects.requireNonNull(stored).source().deepCopy();
                Objects.requireNonNull(source)
                        .path("doc")
                        .properties()
                        .forEach(e -> merged.withObjectProperty(e.getKey()).setAll((ObjectNode) e.getValue()));
                documents.put(id, new Stored(seqNo++, merged));
            }
            default -> documents.put(id, new Stored(seqNo++, Objects.requireNonNull(source)));
        }
        changes.incrementAndGet();
        item.put("status", stored == null ? 201 : 200);
        return null;
    }

    private Answer multiGet(byte[] body) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode docs = answer.putArray("docs");
        for (JsonNode asked : JSON.readTree(body).path("docs")) {
            TreeMap<String, Stored> documents =
                    indices.getOrDefault(aliases.get(asked.path("_index").asText()), new TreeMap<>());
            Stored stored = documents.get(asked.path("_id").asText());
            ObjectNode doc = docs.addObject().put("found", stored != null);
            if (stored != null) {
                doc.put("_seq_no", stored.seqNo()).put("_primary_term", 1).set("_source", stored.source());
            }
        }
        return ok(answer);
    }

    /** Understands {@code ids} with fields from columns, and, sorted, what {@link FakeQuery} does. */
    private Answer search(String alias, byte[] body) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("_shards").put("failed", 0);
        ArrayNode hits = answer.putObject("hits").putArray("hits");
        TreeMap<String, Stored> documents = searchable.getOrDefault(aliases.get(alias), new TreeMap<>());
        JsonNode request = JSON.readTree(body);
        if (request.has("sort")) {
            Map<String, ObjectNode> sources = new TreeMap<>();
            documents.forEach((id, stored) -> sources.put(id, stored.source()));
            hits.addAll(FakeQuery.hits(request, sources));
            return ok(answer);
        }
        for (JsonNode id : request.at("/query/ids/values")) {
            Stored stored = documents.get(id.asText());
            if (stored != null && hits.size() < request.path("size").asInt(10)) {
                ObjectNode fields = hits.addObject().put("_id", id.asText()).putObject("fields");
                for (JsonNode field : request.path("docvalue_fields")) {
                    JsonNode value = stored.source().at('/' + field.asText().replace('.', '/'));
                    if (value.isArray() && !value.isEmpty()) {
                        fields.set(field.asText(), value);
                    } else if (value.isTextual()) {
                        fields.putArray(field.asText()).add(value);
                    }
                }
            }
        }
        return ok(answer);
    }

    /** Makes what is there visible to searches. */
    public synchronized void refresh() {
        indices.forEach((index, documents) -> searchable.put(index, new TreeMap<>(documents)));
    }

    private Answer template(String method, String kind, String name, byte[] body) throws IOException {
        String key = kind + '/' + name;
        if (method.equals("GET")) {
            if (name.endsWith("*")) {
                return templates(kind, name.substring(0, name.length() - 1));
            }
            if (!templates.containsKey(key)) {
                return error(404, "resource_not_found_exception", "template matching [" + name + "] not found");
            }
            ObjectNode answer = JSON.createObjectNode();
            answer.putArray(kind + 's').addObject().put("name", name).set(kind, templates.get(key));
            return ok(answer);
        }
        JsonNode template = JSON.readTree(body);
        for (String type : lackingTypes) {
            if (template.toString().contains("\"type\":\"" + type + '"')) {
                return error(
                        400,
                        "mapper_parsing_exception",
                        "Failed to parse mapping [_doc]: No handler for type [" + type + "] declared on field [f]");
            }
        }
        templates.put(key, template);
        return ok(JSON.createObjectNode().put("acknowledged", true));
    }

    private Answer templates(String kind, String prefix) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode list = answer.putArray(kind + 's');
        templates.forEach((key, template) -> {
            if (key.startsWith(kind + '/' + prefix)) {
                list.addObject().put("name", key.substring(kind.length() + 1)).set(kind, template);
            }
        });
        return ok(answer);
    }

    /** Resolves by name only: NAME-v1 is made by the index template NAME and its own content. */
    private Answer simulate(String index) {
        JsonNode template = templates.get("index_template/" + index.replaceAll("-v[0-9]+$", ""));
        ObjectNode answer = JSON.createObjectNode();
        answer.set("template", template == null ? JSON.createObjectNode() : template.path("template"));
        return ok(answer);
    }

    /** Describes the indices that names, aliases or prefixes with a star mean. */
    private Answer describe(String names) {
        ObjectNode answer = JSON.createObjectNode();
        for (String name : names.split(",", -1)) {
            for (String index : new TreeMap<>(indices).keySet()) {
                if (index.equals(aliases.getOrDefault(name, name))
                        || (name.endsWith("*") && index.startsWith(name.substring(0, name.length() - 1)))) {
                    answer.set(index, description(index));
                }
            }
        }
        return ok(answer);
    }

    private ObjectNode description(String index) {
        ObjectNode description = JSON.createObjectNode();
        ObjectNode its = description.putObject("aliases");
        aliases.forEach((alias, target) -> {
            if (target.equals(index)) {
                its.putObject(alias).put("is_write_index", true);
            }
        });
        description.set("mappings", mappings.getOrDefault(index, JSON.createObjectNode()));
        ObjectNode own = description.putObject("settings").putObject("index").put("uuid", "uuid of " + index);
        String interval = setting(index, "index.refresh_interval");
        if (!interval.isEmpty()) {
            own.put("refresh_interval", interval);
        }
        return description;
    }

    private Answer index(String method, String[] parts, byte[] body) throws IOException {
        if (parts.length == 2 && parts[1].equals("_search")) {
            return search(parts[0], body);
        }
        if (parts.length == 1 && method.equals("GET")) {
            return describe(parts[0]);
        }
        if (parts.length > 1 && parts[0].contains(",")) {
            return each(method, parts, body);
        }
        String index = aliases.getOrDefault(parts[0], parts[0]);
        if (parts.length == 1 && method.equals("PUT")) {
            if (indices.containsKey(index)) {
                return error(400, "resource_already_exists_exception", "index [" + index + "] already exists");
            }
            addIndex(index);
            JSON.readTree(body).path("aliases").fieldNames().forEachRemaining(alias -> aliases.put(alias, index));
            JsonNode template = templates.get("index_template/" + index.replaceAll("-v[0-9]+$", ""));
            if (template != null) {
                ObjectNode mapping = template.at("/template/mappings").deepCopy();
                JsonNode meta = JSON.readTree(body).at("/mappings/_meta");
                mappings.put(index, meta.isMissingNode() ? mapping : mapping.set("_meta", meta));
            }
            return ok(JSON.createObjectNode().put("acknowledged", true));
        }
        if (!indices.containsKey(index)) {
            return error(404, "index_not_found_exception", "no such index [" + index + "]");
        }
        ObjectNode answer = JSON.createObjectNode();
        if (parts.length == 1) {
            return ok(answer);
        }
        ObjectNode own = settings.computeIfAbsent(index, i -> JSON.createObjectNode());
        switch (parts[1] + ' ' + method) {
            case "_mapping GET" ->
                answer.putObject(index).set("mappings", mappings.getOrDefault(index, JSON.createObjectNode()));
            case "_mapping PUT" -> mappings.put(index, JSON.readTree(body));
            case "_settings GET" -> answer.putObject(index).set("settings", own);
            case "_settings PUT" -> own.setAll((ObjectNode) JSON.readTree(body));
            case "_refresh POST" -> {
                refresh();
                answer.putObject("_shards").put("failed", 0);
            }
            default -> {
                return error(400, "fake_engine_exception", method + " on " + parts[1]);
            }
        }
        return ok(answer);
    }

    /** The same for each of several indices. */
    private Answer each(String method, String[] parts, byte[] body) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        for (String name : parts[0].split(",", -1)) {
            String[] own = parts.clone();
            own[0] = name;
            Answer one = index(method, own, body);
            if (one.status() >= 300) {
                return one;
            }
            answer.setAll((ObjectNode) JSON.readTree(one.body()));
        }
        return ok(answer);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
