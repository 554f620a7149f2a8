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
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;

/**
 * The templates that come with this program, each the body of its {@code PUT}.
 *
 * @param components component templates by name
 * @param indices index templates by name, which is also the alias of their index
 */
record TemplateFiles(Map<String, ObjectNode> components, Map<String, ObjectNode> indices) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads {@code component-templates/NAME.json} and {@code index-templates/NAME.json}.
     *
     * @throws EngineException when a file is missing or cannot be used
     */
    static TemplateFiles read(Path folder) throws EngineException {
        return new TemplateFiles(
                readAll(folder.resolve("component-templates"), false),
                readAll(folder.resolve("index-templates"), true));
    }

    /** Which mapping an index of that alias has that is made now. */
    MappingVersion version(String alias) {
        return MappingVersion.of(indices.get(alias), components);
    }

    /**
     * Reads all files of a folder by their names.
     *
     * @throws EngineException as {@link #read(Path)}
     */
    static Map<String, ObjectNode> readFolder(Path folder) throws EngineException {
        return readAll(folder, false);
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
    static int version(JsonNode template) {
        JsonNode version = template.path("_meta").path("version");
        return version.isInt() && version.intValue() >= 0 ? version.intValue() : -1;
    }
}
