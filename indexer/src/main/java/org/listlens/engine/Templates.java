package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;

/**
 * Puts the project's templates into a cluster and creates the indices and aliases that documents are written to.
 *
 * <p>The files are {@code component-templates/NAME.json} and {@code index-templates/NAME.json}, each the body of its
 * {@code PUT}. An index template has a whole number as {@code _meta.version}, a component template may; what the
 * cluster has in that version is not touched, and a newer version there is refused. The name of an index template is also the alias of the
 * index {@code NAME-v1}, or of several where the {@link IndexLayout} divides it. Any number of programs may do this at once.
 *
 * <p>Three questions tell that all is there, however many templates and indices there are.
 */
public final class Templates {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RetryingClient client;
    private final TemplateFiles files;
    private final Aliases aliases;
    private final IndexLayout layout;
    private final FieldTypes types = new FieldTypes();

    /** Asks and changes nothing yet. */
    Templates(EngineClient client, Path folder, IndexLayout layout) throws EngineException {
        this(client, folder, layout, PATIENCE);
    }

    /** Asks and changes nothing yet. */
    Templates(EngineClient client, Path folder, IndexLayout layout, Duration patience) throws EngineException {
        this.layout = layout;
        this.client = new RetryingClient(client, RetryPolicy.lasting(patience));
        this.files = TemplateFiles.read(folder);
        this.aliases = new Aliases(this.client);
    }

    /**
     * What an installation has found and done.
     *
     * @param templates names of the templates that were put, component templates first
     * @param created indices that were created
     * @param writeIndices alias → the index that it writes to; of what lies in parts, the alias of each part
     * @param identities name of a template → what tells the documents behind it from those of an index that was deleted and made
     *     anew; stays when an upgrade copies them into the next index
     * @param refreshIntervals index → its refresh interval, empty when none is set; without those just created
     */
    public record Installed(
            List<String> templates,
            List<String> created,
            Map<String, String> writeIndices,
            Map<String, String> identities,
            Map<String, String> refreshIntervals) {
        public Installed {
            templates = List.copyOf(templates);
            created = List.copyOf(created);
            writeIndices = Map.copyOf(writeIndices);
            identities = Map.copyOf(identities);
            refreshIntervals = Map.copyOf(refreshIntervals);
        }
    }

    /**
     * Installs what is missing or older. Does nothing when all is there.
     *
     * @param folder with the folders {@code component-templates} and {@code index-templates}
     * @param layout of the indices that are created
     * @throws EngineException when the files cannot be used, the cluster has newer templates or indices, or an index that
     *     is laid out otherwise, an index has the name of an alias, an index cannot get a newer mapping in place, or the
     *     engine refuses
     */
    public static Installed install(EngineClient client, Path folder, IndexLayout layout)
            throws EngineException, InterruptedException {
        Templates templates = new Templates(client, folder, layout);
        Found found = templates.find();
        templates.requireLayout(found.indices());
        if (templates.noteVersion(found.indices())) {
            found = templates.find();
        }
        List<String> put = templates.put(found);
        for (Map.Entry<IndexSeries, IndexState> index : found.indices().entrySet()) {
            MappingVersion wanted = templates.files.version(index.getKey().name());
            if (!put.isEmpty() || !wanted.equals(index.getValue().version())) {
                templates.aliases.bringUpToDate(index.getValue(), wanted);
            }
        }
        return templates.create(found, put);
    }

    /**
     * The versions of the mappings that a program comes with, by the aliases of their indices.
     *
     * @param folder as for {@link #install}
     */
    public static Map<String, Integer> versions(Path folder) throws EngineException {
        Map<String, Integer> versions = new TreeMap<>();
        TemplateFiles.read(folder)
                .indices()
                .forEach((alias, template) -> versions.put(
                        alias, template.path("_meta").path("version").asInt(-1)));
        return versions;
    }

    /**
     * What the cluster has.
     *
     * @param olderComponents those component templates of ours that it lacks or has in an older version
     * @param olderIndices the same of index templates
     * @param indices those that are written to; of what is not there, none
     */
    record Found(
            Map<String, ObjectNode> olderComponents,
            Map<String, ObjectNode> olderIndices,
            NavigableMap<IndexSeries, IndexState> indices) {
        /** Whether there is an index of a name. */
        boolean has(String name) {
            return indices.keySet().stream().anyMatch(series -> series.name().equals(name));
        }
    }

    TemplateFiles files() {
        return files;
    }

    IndexLayout layout() {
        return layout;
    }

    Aliases aliases() {
        return aliases;
    }

    RetryingClient client() {
        return client;
    }

    /**
     * Compares everything before the first change is made, so that a refusal leaves the cluster as it was.
     *
     * @throws EngineException when something is newer than ours
     */
    Found find() throws EngineException, InterruptedException {
        Map<String, ObjectNode> olderComponents = older("component_template", files.components());
        Map<String, ObjectNode> olderIndices = older("index_template", files.indices());
        NavigableMap<IndexSeries, IndexState> indices =
                aliases.inUse(files.indices().keySet());
        for (Map.Entry<IndexSeries, IndexState> index : indices.entrySet()) {
            if (index.getValue()
                    .version()
                    .isNewerThan(files.version(index.getKey().name()))) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The index " + index.getValue().name() + " at " + client.where()
                                + " was made by a newer version of this program: use that, or a newer one.");
            }
        }
        return new Found(olderComponents, olderIndices, indices);
    }

    private void requireLayout(Map<IndexSeries, IndexState> indices) throws EngineException {
        requirePartition(indices);
        for (Map.Entry<IndexSeries, IndexState> index : indices.entrySet()) {
            layout.requireShards(index.getKey().name(), index.getValue(), client.where());
        }
    }

    /** Checks that documents are divided as it is wanted. */
    void requirePartition(Map<IndexSeries, IndexState> indices) throws EngineException {
        for (Map.Entry<IndexSeries, IndexState> index : indices.entrySet()) {
            layout.requirePartition(index.getKey().name(), index.getValue(), client.where());
        }
    }

    /**
     * Notes, where documents lie in parts, that a program comes to write which may put some of them into others than the
     * program did that has begun. Returns whether that was to be noted.
     */
    private boolean noteVersion(Map<IndexSeries, IndexState> indices) throws EngineException, InterruptedException {
        boolean noted = false;
        for (Map.Entry<IndexSeries, IndexState> index : indices.entrySet()) {
            IndexState state = index.getValue();
            if (layout.documents() > 0
                    && index.getKey().isMain()
                    && state.partition() != Partition.NONE
                    && state.documents() != layout.documents()
                    && !state.isMixed()) {
                aliases.mix(state);
                noted = true;
            }
        }
        return noted;
    }

    /** The {@code _meta} of an index that is created. */
    ObjectNode meta(IndexSeries series) {
        ObjectNode meta = files.version(series.name()).meta();
        if (series.part() != null) {
            meta.putObject("partition").put("by", "year").put("documents", layout.documents());
        }
        return meta;
    }

    /** Puts what is older, and returns the names. */
    List<String> put(Found found) throws EngineException, InterruptedException {
        put("component_template", found.olderComponents());
        put("index_template", found.olderIndices());
        List<String> templates = new ArrayList<>(found.olderComponents().keySet());
        templates.addAll(found.olderIndices().keySet());
        return templates;
    }

    /** Creates the indices that are missing. */
    Installed create(Found found, List<String> put) throws EngineException, InterruptedException {
        List<String> created = new ArrayList<>();
        Map<String, String> writeIndices = new TreeMap<>();
        Map<String, String> identities = new TreeMap<>();
        Map<String, String> refreshIntervals = new TreeMap<>();
        Map<IndexSeries, IndexState> indices = new TreeMap<>(found.indices());
        List<String> missing = new ArrayList<>();
        for (String name : files.indices().keySet()) {
            if (!found.has(name)) {
                if (!client.index(name).equals(name)) {
                    throw new EngineException(
                            Kind.REFUSED,
                            "The alias " + client.index(name) + " at " + client.where()
                                    + " was taken away: run this again, which begins anew.");
                }
                boolean parts = layout.partition(name, found.indices()) != Partition.NONE;
                IndexSeries series = new IndexSeries(name, parts ? IndexSeries.REST : null);
                aliases.create(series, meta(series), layout.shards(name), created);
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            Map<IndexSeries, IndexState> now = aliases.inUse(missing);
            // Another program may have been faster.
            requireLayout(now);
            indices.putAll(now);
        }
        for (Map.Entry<IndexSeries, IndexState> index : indices.entrySet()) {
            IndexState state = index.getValue();
            writeIndices.put(index.getKey().alias(), state.name());
            if (index.getKey().isMain()) {
                identities.put(index.getKey().name(), state.identity());
            }
            refreshIntervals.put(state.name(), state.refreshInterval());
        }
        client.parts().set(files.indices().keySet(), indices);
        return new Installed(put, created, writeIndices, identities, refreshIntervals);
    }

    /** The templates that the cluster lacks or has in an older version; those without a version always. */
    private Map<String, ObjectNode> older(String kind, Map<String, ObjectNode> templates)
            throws EngineException, InterruptedException {
        Map<String, ObjectNode> older = new TreeMap<>();
        if (templates.isEmpty()) {
            return older;
        }
        Map<String, Integer> installed = versions(kind, prefix(templates));
        for (Map.Entry<String, ObjectNode> ours : templates.entrySet()) {
            String name = ours.getKey();
            int version = TemplateFiles.version(ours.getValue());
            int theirs = installed.getOrDefault(name, -1);
            if (theirs > version && version >= 0) {
                throw new EngineException(
                        Kind.REFUSED,
                        "The engine at " + client.where() + " has the template " + name + " in version " + theirs
                                + ", newer than this program's " + version
                                + ": use the program that installed it, or a newer one.");
            }
            if (theirs < version || version < 0) {
                older.put(name, ours.getValue());
            }
        }
        return older;
    }

    /** The versions of all templates that the cluster has under names that begin alike. */
    private Map<String, Integer> versions(String kind, String prefix) throws EngineException, InterruptedException {
        String list = kind + 's';
        Map<String, String> query = Map.of("filter_path", list + ".name," + list + '.' + kind + "._meta.version");
        JsonNode answer =
                client.<@Nullable JsonNode>send("GET", "/_" + kind + '/' + prefix + '*', query, null, response -> {
                    if (response.status() == 404) {
                        return null;
                    }
                    if (!response.ok()) {
                        throw client.refused("to show the templates " + prefix + '*', response);
                    }
                    return response.json().path(list);
                });
        Map<String, Integer> versions = new HashMap<>();
        if (answer != null) {
            for (JsonNode template : answer) {
                versions.put(template.path("name").asText(), TemplateFiles.version(template.path(kind)));
            }
        }
        return versions;
    }

    /** What all names begin with. */
    private static String prefix(Map<String, ObjectNode> templates) {
        Iterator<String> names = templates.keySet().iterator();
        String prefix = names.next();
        while (names.hasNext()) {
            String name = names.next();
            int common = 0;
            while (common < Math.min(prefix.length(), name.length()) && prefix.charAt(common) == name.charAt(common)) {
                common++;
            }
            prefix = prefix.substring(0, common);
        }
        return prefix;
    }

    private void put(String kind, Map<String, ObjectNode> templates) throws EngineException, InterruptedException {
        for (Map.Entry<String, ObjectNode> template : templates.entrySet()) {
            put(kind, template.getKey(), template.getValue());
        }
    }

    private void put(String kind, String name, ObjectNode template) throws EngineException, InterruptedException {
        while (true) {
            types.replaceIn(template);
            boolean done = client.send(
                    "PUT", "/_" + kind + '/' + name, Map.of(), RequestBody.json(template.toString()), response -> {
                        if (!response.ok() && types.learn(response) == null) {
                            throw client.refused("the template " + name, response);
                        }
                        return response.ok();
                    });
            if (done) {
                return;
            }
        }
    }
}
