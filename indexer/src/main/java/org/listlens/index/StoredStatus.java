package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

/** Reads from the engine what runs have recorded. An index that is not there is an empty one. */
public final class StoredStatus {
    private static final int RUNS = 200;
    private static final int REASONS = 10;

    /** Sources whose copies are counted in one request: each is a clause of its own, of which engines take a thousand. */
    private static final int AT_ONCE = 100;

    private final RetryingClient client;
    private final EngineSearch search;

    public StoredStatus(EngineClient client, RetryPolicy retry) {
        this.client = new RetryingClient(client, retry);
        this.search = new EngineSearch(this.client);
    }

    /** Reads it. */
    public ImportStatus read() throws EngineException, InterruptedException {
        List<ImportStatus.Index> indices = new ArrayList<>();
        for (DocumentKind kind : DocumentKind.values()) {
            ImportStatus.Index index = index(kind.alias());
            if (index != null) {
                indices.add(index);
            }
        }
        search.refresh(List.of(DocumentKind.IMPORT, DocumentKind.DELIVERY));
        ObjectNode unfinished = kind("run");
        unfinished
                .withObject("/bool")
                .putArray("must_not")
                .addObject()
                .putObject("exists")
                .put("field", "import.finished");
        long[] rejected = {0};
        List<ImportStatus.Reason> reasons = reasons(rejected);
        return new ImportStatus(indices, sources(), runs(unfinished, RUNS), rejected[0], reasons);
    }

    private ImportStatus.@Nullable Index index(String alias) throws EngineException, InterruptedException {
        JsonNode mappings = get('/' + alias + "/_mapping", Map.of("filter_path", "*.mappings._meta"));
        JsonNode stats = get('/' + alias + "/_stats/docs,store", Map.of("filter_path", "indices.*.primaries"));
        if (mappings == null || stats == null) {
            return null;
        }
        Integer version = null;
        for (JsonNode index : mappings) {
            JsonNode number = index.at("/mappings/_meta/version");
            version = number.isInt() && (version == null || number.intValue() < version)
                    ? (Integer) number.intValue()
                    : version;
        }
        List<String> names = new ArrayList<>();
        long documents = 0;
        long octets = 0;
        for (Map.Entry<String, JsonNode> index : stats.path("indices").properties()) {
            names.add(index.getKey());
            documents += index.getValue().at("/primaries/docs/count").asLong();
            octets += index.getValue().at("/primaries/store/size_in_bytes").asLong();
        }
        return new ImportStatus.Index(alias, names, documents, octets, version);
    }

    /** What is at a path; {@code null} when there is nothing. */
    private @Nullable JsonNode get(String path, Map<String, String> query)
            throws EngineException, InterruptedException {
        return client.<@Nullable JsonNode>send("GET", path, query, null, response -> {
            if (response.status() == 404) {
                return null;
            }
            if (!response.ok()) {
                throw client.refused("to show " + path, response);
            }
            return response.json();
        });
    }

    private static ObjectNode kind(String kind) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("bool").putArray("filter").addObject().putObject("term").put("import.kind", kind);
        return query;
    }

    private List<ImportStatus.Run> runs(ObjectNode query, int most) throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", most).put("track_total_hits", false).put("_source", true);
        body.set("query", query);
        body.putArray("sort").addObject().put("import.started", "desc");
        List<ImportStatus.Run> runs = new ArrayList<>();
        for (JsonNode hit : search.search(DocumentKind.IMPORT, body).at("/hits/hits")) {
            runs.add(run(hit.at("/_source/import")));
        }
        return runs;
    }

    private static ImportStatus.Run run(JsonNode run) {
        List<String> sources = new ArrayList<>();
        run.path("sources").forEach(source -> sources.add(source.asText()));
        Instant started = time(run.path("started"));
        return new ImportStatus.Run(
                run.path("run").asText(),
                run.path("version").textValue(),
                sources,
                started == null ? Instant.EPOCH : started,
                time(run.path("finished")),
                new Ledger.Counts(
                        run.path("read").asLong(),
                        run.path("indexed").asLong(),
                        run.path("unchanged").asLong(),
                        run.path("duplicate").asLong(),
                        run.path("rejected").asLong()));
    }

    private List<ImportStatus.Source> sources() throws EngineException, InterruptedException {
        Map<String, ImportStatus.@Nullable Run> last = lastRuns();
        Map<String, JsonNode> notes = new HashMap<>();
        search.all(DocumentKind.IMPORT, kind("source"), List.of("*"), List.of("archive.source"), hit -> {
            String name = hit.at("/_source/archive/source").asText();
            notes.put(name, hit.path("_source"));
            last.putIfAbsent(name, null);
        });
        List<String> names = new ArrayList<>(last.keySet());
        Map<String, Long> mails = mails(names);
        Map<String, Long> copies = copies(names);
        List<ImportStatus.Source> sources = new ArrayList<>();
        last.forEach((name, run) -> {
            JsonNode note = notes.getOrDefault(name, JsonNodeFactory.instance.missingNode());
            JsonNode lag = note.at("/import/lag_ms");
            sources.add(new ImportStatus.Source(
                    name,
                    note.at("/import/description").textValue(),
                    mails.get(name),
                    copies.getOrDefault(name, 0L),
                    time(note.at("/import/checked")),
                    note.at("/import/followed").asBoolean(),
                    lag.isNumber() ? (Long) lag.asLong() : null,
                    note.at("/import/error").textValue(),
                    time(note.path("@timestamp")),
                    run));
        });
        return sources;
    }

    /** The last run that was given each source, by the sources' names. */
    private Map<String, ImportStatus.@Nullable Run> lastRuns() throws EngineException, InterruptedException {
        Map<String, ImportStatus.@Nullable Run> last = new TreeMap<>();
        ObjectNode inner = JsonNodeFactory.instance.objectNode();
        ObjectNode newest = inner.putObject("last").putObject("top_hits").put("size", 1);
        newest.putArray("sort").addObject().put("import.started", "desc");
        search.buckets(
                DocumentKind.IMPORT,
                kind("run"),
                Map.of("source", "import.sources"),
                inner,
                bucket -> last.put(
                        bucket.at("/key/source").asText(), run(bucket.at("/last/hits/hits/0/_source/import"))));
        return last;
    }

    /** How many mails the positions in sources, and in what lies below them, stand for. */
    private Map<String, Long> mails(List<String> names) throws EngineException, InterruptedException {
        Map<String, Long> mails = new HashMap<>();
        ObjectNode sum = JsonNodeFactory.instance.objectNode();
        sum.putObject("mails").putObject("sum").put("field", "import.mails");
        for (JsonNode bucket : within(DocumentKind.IMPORT, kind("position"), "archive.source", names, sum)) {
            if (bucket.path("doc_count").asLong() > 0) {
                mails.put(
                        bucket.path("name").asText(),
                        Math.round(bucket.at("/mails/value").asDouble()));
            }
        }
        return mails;
    }

    /** How many copies lie in sources, or in what lies below them. */
    private Map<String, Long> copies(List<String> names) throws EngineException, InterruptedException {
        Map<String, Long> copies = new HashMap<>();
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putObject("match_all");
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        for (JsonNode bucket : within(DocumentKind.DELIVERY, all, "archive.sources", names, nothing)) {
            copies.put(bucket.path("name").asText(), bucket.path("doc_count").asLong());
        }
        return copies;
    }

    /** The buckets of documents within sources, each with its source as the field "name". */
    private List<JsonNode> within(
            DocumentKind kind, ObjectNode query, String field, List<String> names, ObjectNode inner)
            throws EngineException, InterruptedException {
        List<JsonNode> buckets = new ArrayList<>(names.size());
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            List<String> part = names.subList(from, Math.min(names.size(), from + AT_ONCE));
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("size", 0).put("track_total_hits", false);
            body.set("query", query);
            ObjectNode aggregation = body.putObject("aggs").putObject("within");
            ArrayNode filters = aggregation.putObject("filters").putArray("filters");
            for (String name : part) {
                ArrayNode either = filters.addObject().putObject("bool").putArray("should");
                either.addObject().putObject("term").put(field, name);
                either.addObject().putObject("prefix").put(field, name.endsWith("/") ? name : name + '/');
            }
            if (!inner.isEmpty()) {
                aggregation.set("aggs", inner);
            }
            JsonNode answer = search.search(kind, body).at("/aggregations/within/buckets");
            for (int i = 0; i < answer.size(); i++) {
                buckets.add(((ObjectNode) answer.get(i)).put("name", part.get(i)));
            }
        }
        return buckets;
    }

    private List<ImportStatus.Reason> reasons(long[] rejected) throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", true);
        body.set("query", kind("rejection"));
        body.putObject("aggs")
                .putObject("reasons")
                .putObject("terms")
                .put("field", "import.reason.keyword")
                .put("size", REASONS);
        JsonNode answer = search.search(DocumentKind.IMPORT, body);
        rejected[0] = answer.at("/hits/total/value").asLong();
        List<ImportStatus.Reason> reasons = new ArrayList<>();
        for (JsonNode bucket : answer.at("/aggregations/reasons/buckets")) {
            reasons.add(new ImportStatus.Reason(
                    bucket.path("key").asText(), bucket.path("doc_count").asLong()));
        }
        return reasons;
    }

    private static @Nullable Instant time(JsonNode time) {
        return time.isTextual() ? Instant.parse(time.textValue()) : null;
    }
}
