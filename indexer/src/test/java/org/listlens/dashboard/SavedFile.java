package org.listlens.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.listlens.document.Mappings;

/**
 * A committed file of {@code dashboards/}, read as Dashboards reads it; knows nothing of the builder.
 *
 * @param objects by type and id, as in {@code visualization:listlens-mails}
 */
public record SavedFile(String name, Map<String, JsonNode> objects) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static List<SavedFile> all() {
        try (Stream<Path> paths = Files.list(Mappings.ROOT.resolve("dashboards"))) {
            List<SavedFile> files = new ArrayList<>();
            for (Path path : paths.sorted().toList()) {
                Map<String, JsonNode> objects = new LinkedHashMap<>();
                for (String line : Files.readAllLines(path)) {
                    JsonNode object = JSON.readTree(line);
                    if (objects.put(key(object), object) != null) {
                        throw new IllegalStateException(path + " has two of " + key(object));
                    }
                }
                files.add(new SavedFile(String.valueOf(path.getFileName()), objects));
            }
            return files;
        } catch (IOException e) {
            throw new AssertionError("dashboards cannot be read", e);
        }
    }

    static String key(JsonNode object) {
        return object.path("type").asText() + ":" + object.path("id").asText();
    }

    /** JSON in a string. */
    static JsonNode inner(JsonNode text) {
        try {
            return JSON.readTree(text.asText());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    public List<JsonNode> panels() {
        return objects.values().stream()
                .filter(object -> object.path("type").asText().matches("visualization|search"))
                .toList();
    }

    /** What an object calls by a name. */
    JsonNode referenced(JsonNode object, String name) {
        for (JsonNode reference : object.path("references")) {
            if (reference.path("name").asText().equals(name)) {
                return Objects.requireNonNull(
                        objects.get(key(reference)), () -> key(reference) + " is not in " + this.name);
            }
        }
        throw new AssertionError(key(object) + " has no reference " + name);
    }

    /** The alias that a chart or a list of documents is about; empty for other panels. */
    public String alias(JsonNode panel) {
        JsonNode source = inner(panel.at("/attributes/kibanaSavedObjectMeta/searchSourceJSON"));
        return source.has("indexRefName")
                ? referenced(panel, source.path("indexRefName").asText())
                        .at("/attributes/title")
                        .asText()
                : "";
    }

    /** The scripts of an index pattern's scripted fields, by name. */
    public Map<String, String> scripts(String alias) {
        Map<String, String> scripts = new LinkedHashMap<>();
        JsonNode pattern = objects.get("index-pattern:listlens-" + alias);
        if (pattern != null) {
            for (JsonNode field : inner(pattern.at("/attributes/fields"))) {
                if (field.path("scripted").asBoolean()) {
                    scripts.put(
                            field.path("name").asText(), field.path("script").asText());
                }
            }
        }
        return scripts;
    }
}
