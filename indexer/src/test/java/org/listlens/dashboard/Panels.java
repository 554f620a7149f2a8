package org.listlens.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Panels that are no charts: words, things to choose from, lists of documents, and Vega. */
final class Panels {
    private Panels() {}

    /** Words, in Markdown. */
    static SavedObject words(String id, String title, String markdown) {
        return visualization(
                id,
                title,
                "markdown",
                Map.of("fontSize", 12, "openLinksInNewTab", true, "markdown", markdown.strip()),
                List.of());
    }

    /** A field that one can choose values of. */
    record Choice(Index index, String field, String label, boolean several) {}

    static SavedObject choices(String id, String title, Choice... choices) {
        List<Map<String, Object>> controls = new ArrayList<>();
        List<SavedObject.Reference> references = new ArrayList<>();
        for (int i = 0; i < choices.length; i++) {
            Choice choice = choices[i];
            String name = "control_" + i + "_index_pattern";
            references.add(new SavedObject.Reference(
                    name, "index-pattern", choice.index().id()));
            Map<String, Object> control = new LinkedHashMap<>();
            control.put("id", "listlens-" + id + "-" + i);
            control.put("fieldName", choice.field());
            control.put("parent", "");
            control.put("label", choice.label());
            control.put("type", "list");
            control.put("indexPatternRefName", name);
            control.put(
                    "options",
                    Map.of(
                            "type",
                            "terms",
                            "multiselect",
                            choice.several(),
                            "dynamicOptions",
                            true,
                            "size",
                            25,
                            "order",
                            "desc"));
            controls.add(control);
        }
        return visualization(
                id,
                title,
                "input_control_vis",
                Map.of("controls", controls, "updateFiltersOnChange", true, "useTimeFilter", true, "pinFilters", false),
                references);
    }

    /** A Vega specification, which stays readable in a resource beside this class. */
    static SavedObject vega(String id, String title, String description, String specification) {
        SavedObject plain = visualization(id, title, "vega", Map.of("spec", specification), List.of());
        Map<String, Object> attributes = new HashMap<>(plain.attributes());
        attributes.put("description", description);
        return new SavedObject(plain.type(), plain.id(), attributes, plain.references());
    }

    /** Documents, one a row, the first by a field. */
    static SavedObject documents(String id, Index index, String title, String kql, String sortedBy, String... columns) {
        String source = Json.text(Map.of(
                "query",
                Map.of("query", kql, "language", "kuery"),
                "filter",
                List.of(),
                "highlightAll",
                true,
                "version",
                true,
                "indexRefName",
                SavedObject.INDEX));
        Map<String, Object> attributes = Map.of(
                "title",
                title,
                "description",
                "",
                "hits",
                0,
                "columns",
                Arrays.asList(columns),
                "sort",
                List.of(List.of(sortedBy, "desc")),
                "version",
                1,
                "kibanaSavedObjectMeta",
                Map.of("searchSourceJSON", source));
        return new SavedObject("search", "listlens-" + id, attributes, List.of(SavedObject.index(index)));
    }

    private static SavedObject visualization(
            String id, String title, String type, Map<String, Object> params, List<SavedObject.Reference> references) {
        Map<String, Object> attributes = Map.of(
                "title",
                title,
                "description",
                "",
                "version",
                1,
                "visState",
                Json.text(Map.of("title", title, "type", type, "aggs", List.of(), "params", params)),
                "uiStateJSON",
                "{}",
                "kibanaSavedObjectMeta",
                Map.of(
                        "searchSourceJSON",
                        Json.text(Map.of("query", Map.of("query", "", "language", "kuery"), "filter", List.of()))));
        return new SavedObject("visualization", "listlens-" + id, attributes, references);
    }
}
