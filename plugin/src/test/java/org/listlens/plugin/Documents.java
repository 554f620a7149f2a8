package org.listlens.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Fields of documents by their paths, to compare those of a pipeline with those of the indexer. */
final class Documents {
    /** The fields of a message that come from other mails: who is one person, and what belongs to one thread. */
    private static final Set<String> FROM_OTHERS =
            Set.of("/author/id", "/thread/id", "/thread/depth", "/thread/solved");

    private Documents() {}

    /** All values of a document, arrays as one. */
    static Map<String, JsonNode> leaves(JsonNode document) {
        Map<String, JsonNode> leaves = new TreeMap<>();
        leaves("", document, leaves);
        return leaves;
    }

    private static void leaves(String path, JsonNode value, Map<String, JsonNode> leaves) {
        if (value.isObject()) {
            value.properties().forEach(field -> leaves(path + '/' + field.getKey(), field.getValue(), leaves));
        } else if (path.equals("/hops")) {
            for (int i = 0; i < value.size(); i++) {
                leaves(path + '/' + i, value.get(i), leaves);
            }
        } else {
            leaves.put(path, value);
        }
    }

    /**
     * Adds what the indexer has written of a mail in one of its documents. Left out is what the document of a pipeline
     * has of another of them, where they differ, and what only an archive has.
     *
     * @param alias the document's index; hops come in their order
     */
    static void add(Map<String, JsonNode> fields, String alias, JsonNode document) {
        ObjectNode copy = document.deepCopy();
        switch (alias) {
            case "mail-messages" -> {
                copy.remove("@timestamp");
                copy.remove("event");
            }
            case "mail-deliveries" -> {
                if (copy.get("archive") instanceof ObjectNode archive) {
                    archive.retain("size");
                }
            }
            default -> {
                ((ObjectNode) copy.path("hop")).remove(List.of("delay_corrected_ms", "confidence"));
                leaves(copy.path("hop"))
                        .forEach((path, value) ->
                                fields.put("/hops/" + (copy.at("/hop/position").asInt() - 1) + path, value));
                return;
            }
        }
        fields.putAll(leaves(copy));
        // What is told from other mails.
        fields.keySet()
                .removeIf(path ->
                        path.contains("_corrected_") || path.startsWith("/clock/") || FROM_OTHERS.contains(path));
    }
}
