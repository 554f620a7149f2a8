package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which indices there are for kinds of documents that lie in parts, by what alias a part is written to and read by ids,
 * and in which part a document is. What a client has found out once is known to all who use it. Creates parts as they
 * come. Thread-safe.
 */
public final class Partitions {
    /** How many documents are looked for in one request. */
    private static final int AT_ONCE = 1_000;

    private final RetryingClient client;
    private final Aliases aliases;
    private final Known known;

    public Partitions(RetryingClient client) {
        this.client = client;
        this.aliases = new Aliases(client);
        this.known = client.parts();
    }

    /**
     * The parts of a kind.
     *
     * @param divided whether there are any
     * @param mixed whether documents may lie in another than this program would put them into
     * @param present those that are there, and that nobody is about to replace unseen
     */
    private record Parts(boolean divided, boolean mixed, Set<String> present) {}

    /** What a client has found out. */
    static final class Known {
        private final Map<String, Parts> parts = new ConcurrentHashMap<>();

        /** Takes what is there of some names. */
        void set(Collection<String> names, Map<IndexSeries, IndexState> inUse) {
            for (String name : names) {
                Set<String> present = ConcurrentHashMap.newKeySet();
                boolean mixed = false;
                for (Map.Entry<IndexSeries, IndexState> index : inUse.entrySet()) {
                    String part = index.getKey().part();
                    if (part != null && index.getKey().name().equals(name)) {
                        present.add(part);
                        mixed |= index.getValue().isMixed();
                    }
                }
                parts.put(name, new Parts(!present.isEmpty(), mixed, present));
            }
        }
    }

    /** Whether the documents of an alias lie in parts. */
    public boolean areIn(String alias) throws EngineException, InterruptedException {
        return parts(alias).divided();
    }

    /** Whether documents of an alias may lie in another part than this program would put them into. */
    public boolean areMixed(String alias) throws EngineException, InterruptedException {
        return parts(alias).mixed();
    }

    /**
     * The alias by which a part of a kind is written to and read by ids.
     *
     * @param alias of the kind
     * @param part must be given where the kind lies in parts, and is of no matter elsewhere
     */
    public String alias(String alias, @Nullable String part) throws EngineException, InterruptedException {
        if (!areIn(alias)) {
            return alias;
        }
        if (part == null) {
            throw new IllegalArgumentException("no part of " + alias);
        }
        return new IndexSeries(alias, part).alias();
    }

    private Parts parts(String alias) throws EngineException, InterruptedException {
        Parts parts = known.parts.get(alias);
        if (parts == null) {
            List<String> name = List.of(alias);
            known.set(name, aliases.inUse(name));
            parts = known.parts.get(alias);
        }
        return Objects.requireNonNull(parts);
    }

    /** Creates a part where the kind lies in parts and has not got it yet. */
    public void require(String alias, String part) throws EngineException, InterruptedException {
        Parts parts = parts(alias);
        if (!parts.divided() || parts.present().contains(part)) {
            return;
        }
        IndexSeries series = new IndexSeries(alias, part);
        RetryPolicy.Attempts attempts = client.start();
        while (true) {
            // Asked for first: whoever is faster after that takes the same name, and only one of both gets it.
            NavigableMap<Integer, IndexState> generations = aliases.generations(series);
            NavigableMap<IndexSeries, IndexState> inUse = aliases.inUse(List.of(alias));
            IndexState main = inUse.get(new IndexSeries(alias, IndexSeries.REST));
            if (main == null) {
                throw new EngineException(
                        EngineException.Kind.REFUSED,
                        "The indices behind the alias " + client.index(alias) + " at " + client.where()
                                + " were changed by another program: run this again.");
            }
            if (!inUse.containsKey(series)) {
                create(series, generations.isEmpty() ? 1 : generations.lastKey() + 1, main);
            } else if (main.writesBlocked()) {
                // All are about to be replaced, and whoever does that may not have seen this part.
                client.pause(attempts, client.blocked("index.blocks.write of " + main.name()));
            } else {
                parts.present().add(part);
                return;
            }
        }
    }

    private void create(IndexSeries series, int generation, IndexState main)
            throws EngineException, InterruptedException {
        ObjectNode meta = main.meta().deepCopy();
        meta.remove("identity");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode settings = body.putObject("settings").put("index.number_of_shards", main.shards());
        if (!main.refreshInterval().isEmpty()) {
            settings.put("index.refresh_interval", main.refreshInterval());
        }
        body.set("aliases", aliases.aliases(series));
        body.putObject("mappings").set("_meta", meta);
        // Where another program is faster it is found the next time.
        aliases.create(series.index(generation), body);
    }

    /**
     * Finds the parts that documents lie in, as searches see them; what is not there is missing.
     *
     * @param alias of a kind that lies in parts
     * @return parts by id
     */
    public Map<String, String> find(String alias, Collection<String> ids) throws EngineException, InterruptedException {
        Map<String, String> found = HashMap.newHashMap(ids.size());
        Iterator<String> rest = ids.iterator();
        while (rest.hasNext()) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode values = body.putObject("query").putObject("ids").putArray("values");
            while (rest.hasNext() && values.size() < AT_ONCE) {
                values.add(rest.next());
            }
            body.put("size", values.size()).put("_source", false).put("track_total_hits", false);
            Map<String, String> query =
                    Map.of("filter_path", "hits.hits._id,hits.hits._index,_shards.failed,timed_out");
            String path = '/' + client.index(alias) + "/_search";
            JsonNode answer = client.send("POST", path, query, RequestBody.json(body.toString()), response -> {
                if (!response.ok()) {
                    throw client.refused("to search " + alias, response);
                }
                JsonNode json = response.json();
                if (json.path("timed_out").asBoolean()
                        || json.at("/_shards/failed").asInt() > 0) {
                    throw new IOException("not all shards have answered");
                }
                return json;
            });
            for (JsonNode hit : answer.at("/hits/hits")) {
                String part = IndexSeries.partOf(alias, hit.path("_index").asText());
                if (part != null) {
                    found.put(hit.path("_id").asText(), part);
                }
            }
        }
        return found;
    }
}
