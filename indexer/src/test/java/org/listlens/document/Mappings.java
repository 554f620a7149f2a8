package org.listlens.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The templates in {@code mappings/}, read as an engine composes them. */
public final class Mappings {
    public static final Path ROOT = Path.of(System.getProperty("listlens.root", ".."));
    private static final Path FOLDER = ROOT.resolve("mappings");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One field of an index, by the mapping and the description of the template that has it. */
    public record Field(String path, JsonNode mapping, String meaning) {
        public String type() {
            return mapping.path("type").asText();
        }

        public String unit() {
            return mapping.path("meta").path("unit").asText();
        }
    }

    private Mappings() {}

    /** The component templates by name. */
    static Map<String, JsonNode> components() {
        return read("component-templates");
    }

    /** The index templates by name, which is that of the alias. */
    static Map<String, JsonNode> indices() {
        return read("index-templates");
    }

    static JsonNode component(String name) {
        return Objects.requireNonNull(components().get(name), name);
    }

    static JsonNode index(String name) {
        return Objects.requireNonNull(indices().get(name), name);
    }

    /** The fields of the index behind an alias, by path. */
    public static Map<String, Field> fields(String index) {
        JsonNode template = index(index);
        List<JsonNode> layers = new ArrayList<>();
        template.path("composed_of").forEach(name -> layers.add(component(name.asText())));
        layers.add(template);
        Map<String, Field> fields = new TreeMap<>();
        for (JsonNode layer : layers) {
            leaves(layer).forEach((path, mapping) -> {
                String meaning = layer.path("_meta").path("fields").path(path).asText();
                if (fields.put(path, new Field(path, mapping, meaning)) != null) {
                    throw new IllegalStateException("two templates of " + index + " have " + path);
                }
            });
        }
        return fields;
    }

    /** The fields that one template itself has, by path. */
    static Map<String, JsonNode> leaves(JsonNode template) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        collect("", template.path("template").path("mappings"), leaves);
        return leaves;
    }

    private static void collect(String prefix, JsonNode object, Map<String, JsonNode> leaves) {
        object.path("properties").properties().forEach(property -> {
            String path = prefix + property.getKey();
            if (property.getValue().has("type")) {
                leaves.put(path, property.getValue());
            } else {
                collect(path + '.', property.getValue(), leaves);
            }
        });
    }

    private static Map<String, JsonNode> read(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            Map<String, JsonNode> templates = new TreeMap<>();
            for (Path file : files.toList()) {
                templates.put(file.getFileName().toString().replaceFirst("\\.json$", ""), JSON.readTree(file.toFile()));
            }
            return templates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
