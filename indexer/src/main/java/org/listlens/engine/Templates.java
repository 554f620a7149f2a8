package org.listlens.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;

/**
 * Puts the project's templates into a cluster and creates the indices and aliases that documents are written to.
 *
 * <p>The files are {@code component-templates/NAME.json} and {@code index-templates/NAME.json}, each the body of its
 * {@code PUT}. An index template has a whole number as {@code _meta.version}, a component template may; what the
 * cluster has in that version is not touched, and a newer version there is refused. The name of an index template is also the alias of the
 * index {@code NAME-v1}. Any number of programs may do this at once.
 */
public final class Templates {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RetryingClient client;
    private final FieldTypes types = new FieldTypes();

    private Templates(RetryingClient client) {
        this.client = client;
    }

    /**
     * What an installation has found and done.
     *
     * @param templates names of the templates that were put, component templates first
     * @param created indices that were created
     * @param writeIndices alias → the index that it writes to
     */
    public record Installed(List<String> templates, List<String> created, Map<String, String> writeIndices) {
        public Installed {
            templates = List.copyOf(templates);
            created = List.copyOf(created);
            writeIndices = Map.copyOf(writeIndices);
        }
    }

    /**
     * Installs what is missing or older. Does nothing when all is there.
     *
     * @param folder with the folders {@code component-templates} and {@code index-templates}
     * @throws EngineException when the files cannot be used, the cluster has newer templates, an index has the name of
     *     an alias, or the engine refuses
     */
    public static Installed install(EngineClient client, Path folder) throws EngineException, InterruptedException {
        Templates templates = new Templates(new RetryingClient(client, RetryPolicy.lasting(PATIENCE)));
        return templates.install(
                readAll(folder.resolve("component-templates"), false),
                readAll(folder.resolve("index-templates"), true));
    }

    /**
     * The versions of the mappings that a program comes with, by the aliases of their indices.
     *
     * @param folder as for {@link #install}
     */
    public static Map<String, Integer> versions(Path folder) throws EngineException {
        Map<String, Integer> versions = new TreeMap<>();
        readAll(folder.resolve("index-templates"), true)
                .forEach((alias, template) -> versions.put(alias, version(template)));
        return versions;
    }

    private Installed install(Map<String, ObjectNode> components, Map<String, ObjectNode> indices)
            throws EngineException, InterruptedException {
        // All are compared before the first is put, so that a refusal leaves the cluster as it was.
        Map<String, ObjectNode> olderComponents = older("component_template", components);
        Map<String, ObjectNode> olderIndices = older("index_template", indices);
        put("component_template", olderComponents);
        put("index_template", olderIndices);
        List<String> templates = new ArrayList<>(olderComponents.keySet());
        templates.addAll(olderIndices.keySet());
        Aliases aliases = new Aliases(client);
        List<String> created = new ArrayList<>();
        Map<String, String> writeIndices = new TreeMap<>();
        for (String alias : indices.keySet()) {
            String index = aliases.writeIndex(alias);
            if (index == null) {
                index = alias + "-v1";
                if (aliases.create(alias, index)) {
                    created.add(index);
                }
            } else {
                aliases.bringUpToDate(index, !templates.isEmpty());
            }
            writeIndices.put(alias, index);
        }
        return new Installed(templates, created, writeIndices);
    }

    private static Map<String, ObjectNode> readAll(Path folder, boolean index) throws EngineException {
        Map<String, ObjectNode> templates = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                templates.put(name.substring(0, name.length() - ".json".length()), read(file, index));
            }
        } catch (NoSuchFileException e) {
            throw unusable("The folder of templates " + folder + " is missing", e);
        } catch (EngineException e) {
            throw e;
        } catch (IOException e) {
            throw unusable("The folder of templates " + folder + " cannot be read (" + Failures.reason(e) + ")", e);
        }
        if (index && templates.isEmpty()) {
            throw unusable("The folder of templates " + folder + " is empty", null);
        }
        return templates;
    }

    private static ObjectNode read(Path file, boolean index) throws EngineException {
        try {
            if (!(JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode template)) {
                throw unusable("The template " + file + " is no JSON object", null);
            }
            int version = version(template);
            if (version < 0 && (index || template.path("_meta").has("version"))) {
                throw unusable("The template " + file + " has no whole number as _meta.version", null);
            }
            if (index && template.path("template").path("mappings") instanceof ObjectNode mappings) {
                // The index remembers which mapping it was made with.
                mappings.withObjectProperty("_meta").put("version", version);
            }
            return template;
        } catch (JsonProcessingException e) {
            throw unusable("The template " + file + " is no JSON (" + e.getOriginalMessage() + ")", e);
        } catch (EngineException e) {
            throw e;
        } catch (IOException e) {
            throw unusable("The template " + file + " cannot be read (" + Failures.reason(e) + ")", e);
        }
    }

    private static EngineException unusable(String what, @Nullable Exception cause) {
        return new EngineException(
                Kind.REFUSED, what + ": use the folder mappings that comes with this program.", cause);
    }

    /** The version of a template, -1 when it has none that is a whole number from 0 up. */
    private static int version(JsonNode template) {
        JsonNode version = template.path("_meta").path("version");
        return version.isInt() && version.intValue() >= 0 ? version.intValue() : -1;
    }

    /** The templates that the cluster lacks or has in an older version; those without a version always. */
    private Map<String, ObjectNode> older(String kind, Map<String, ObjectNode> templates)
            throws EngineException, InterruptedException {
        Map<String, ObjectNode> older = new TreeMap<>();
        for (Map.Entry<String, ObjectNode> ours : templates.entrySet()) {
            String name = ours.getKey();
            int version = version(ours.getValue());
            int theirs = client.send("GET", "/_" + kind + '/' + name, Map.of(), null, response -> {
                if (response.status() == 404) {
                    return -1;
                }
                if (!response.ok()) {
                    throw client.refused("to show the template " + name, response);
                }
                return version(response.json().path(kind + 's').path(0).path(kind));
            });
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
