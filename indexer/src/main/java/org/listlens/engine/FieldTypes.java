package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The field types that one engine lacks, and their nearest equivalents. Nobody keeps a list of which version with which
 * modules knows which type: the engine says so when it is given a mapping, and is believed.
 */
final class FieldTypes {
    /** What comes nearest to a type, in order of preference. */
    private static final Map<String, List<String>> NEAREST = Map.of(
            "match_only_text", List.of("text"),
            "wildcard", List.of("keyword"),
            "constant_keyword", List.of("keyword"),
            "scaled_float", List.of("double"),
            "flat_object", List.of("flattened", "object"),
            "flattened", List.of("flat_object", "object"));

    private final Set<String> lacking = new HashSet<>();

    /**
     * Learns from an engine's refusal of a mapping.
     *
     * @return the type that was not known to be lacking and has an equivalent; {@code null} when the refusal is about
     *     something else
     */
    @Nullable
    String learn(EngineResponse refusal) {
        // OpenSearch and Elasticsearch 7: "No handler for type [x] declared on field [y]";
        // Elasticsearch 8: "The mapper type [x] declared on field [y] does not exist."
        String text = new String(refusal.body(), StandardCharsets.UTF_8);
        int end = text.indexOf("] declared on field [");
        int start = end < 0 ? -1 : text.lastIndexOf("type [", end);
        if (start < 0) {
            return null;
        }
        String type = text.substring(start + "type [".length(), end);
        return NEAREST.containsKey(type) && lacking.add(type) ? type : null;
    }

    /** What the engine lacks, with what stands in for it. */
    Map<String, String> replaced() {
        Map<String, String> replaced = new TreeMap<>();
        lacking.forEach(type -> replaced.put(type, nearest(type)));
        return replaced;
    }

    /** Replaces what the engine lacks in the mappings of a component or index template. */
    void replaceIn(JsonNode template) {
        if (lacking.isEmpty()) {
            return;
        }
        JsonNode mappings = template.path("template").path("mappings");
        fields(mappings.path("properties"));
        for (JsonNode named : mappings.path("dynamic_templates")) {
            for (JsonNode rule : named) {
                field(rule.path("mapping"));
            }
        }
    }

    private void fields(JsonNode fields) {
        for (JsonNode field : fields) {
            field(field);
        }
    }

    private void field(JsonNode field) {
        fields(field.path("properties"));
        fields(field.path("fields"));
        if (!(field instanceof ObjectNode object)) {
            return;
        }
        String type = object.path("type").asText();
        while (lacking.contains(type)) {
            String nearest = nearest(type);
            object.put("type", nearest);
            switch (nearest) {
                case "object" -> {
                    // Kept in the source, found by nobody.
                    object.removeAll();
                    object.put("type", "object").put("enabled", false);
                }
                case "double" -> object.remove("scaling_factor");
                case "keyword" -> object.remove("value");
                default -> {}
            }
            type = nearest;
        }
    }

    private String nearest(String type) {
        List<String> candidates = NEAREST.getOrDefault(type, List.of("object"));
        for (String candidate : candidates) {
            if (!lacking.contains(candidate)) {
                return candidate;
            }
        }
        return candidates.getLast();
    }
}
