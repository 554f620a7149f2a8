package org.listlens.dashboard;

import java.util.List;
import java.util.Map;

/**
 * A line of a file of saved objects.
 *
 * @param type index-pattern, visualization, search or dashboard
 * @param attributes what it is, with JSON in strings where the format wants that
 * @param references the objects that it needs
 */
record SavedObject(String type, String id, Map<String, Object> attributes, List<Reference> references) {
    /** The newest formats that Dashboards 2.8 reads; all later ones, and Kibana's, bring older formats up to theirs. */
    private static final Map<String, String> FORMATS =
            Map.of("index-pattern", "7.6.0", "visualization", "7.10.0", "search", "7.9.3", "dashboard", "7.9.3");

    /** Another object, by the name that the attributes call it by. */
    record Reference(String name, String type, String id) {}

    /** What the attributes call the index pattern by. */
    static final String INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index";

    static Reference index(Index index) {
        return new Reference(INDEX, "index-pattern", index.id());
    }

    String line() {
        return Json.text(Map.of(
                "type", type,
                "id", id,
                "attributes", attributes,
                "references",
                        references.stream()
                                .map(to -> Map.of("name", to.name(), "type", to.type(), "id", to.id()))
                                .toList(),
                "migrationVersion", Map.of(type, FORMATS.getOrDefault(type, ""))));
    }
}
