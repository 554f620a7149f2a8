package org.listlens.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.document.Mappings;

/** The committed files by themselves: what they refer to is there, fits, and is known to old servers. */
class SavedObjectsTest {
    /** The attributes that 7.10 knows; a later or a strict server refuses others. */
    private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
            "index-pattern", Set.of("title", "timeFieldName", "fields", "fieldFormatMap"),
            "visualization",
                    Set.of("title", "description", "version", "visState", "uiStateJSON", "kibanaSavedObjectMeta"),
            "search", Set.of("title", "description", "hits", "columns", "sort", "version", "kibanaSavedObjectMeta"),
            "dashboard",
                    Set.of(
                            "title",
                            "description",
                            "hits",
                            "version",
                            "panelsJSON",
                            "optionsJSON",
                            "timeRestore",
                            "timeFrom",
                            "timeTo",
                            "kibanaSavedObjectMeta"));

    private static final Map<String, String> NEWEST =
            Map.of("index-pattern", "7.6.0", "visualization", "7.10.0", "search", "7.9.3", "dashboard", "7.9.3");

    private static final Set<String> TYPES = Set.of(
            "line",
            "histogram",
            "horizontal_bar",
            "heatmap",
            "table",
            "metric",
            "markdown",
            "input_control_vis",
            "vega");
    private static final Set<String> NUMBERS = Set.of("integer", "long", "float");
    private static final Set<String> VALUES = Set.of(
            "integer", "long", "float", "keyword", "date", "boolean", "ip", "scripted string", "scripted number");

    /** The types of a field that an aggregation can use. */
    private static final Map<String, Set<String>> USABLE = Map.of(
            "date_histogram", Set.of("date"),
            "histogram", NUMBERS,
            "terms", VALUES,
            "cardinality", VALUES,
            "percentiles", NUMBERS,
            "median", NUMBERS,
            "avg", NUMBERS,
            "sum", NUMBERS,
            "min", Set.of("integer", "long", "float", "date"),
            "max", Set.of("integer", "long", "float", "date", "scripted number"));

    static List<SavedFile> files() {
        return SavedFile.all();
    }

    /** The types of all fields of an index that searches can use, scripted ones included. */
    private static Map<String, String> fields(SavedFile file, String alias) {
        Map<String, String> fields = new TreeMap<>();
        Mappings.fields(alias).forEach((path, field) -> {
            JsonNode mapping = field.mapping();
            if (mapping.path("index").asBoolean(true) && mapping.path("enabled").asBoolean(true)) {
                fields.put(path, field.type());
                if (mapping.path("fields").has("keyword")) {
                    fields.put(path + ".keyword", "keyword");
                }
            }
        });
        JsonNode pattern = file.objects().get("index-pattern:listlens-" + alias);
        if (pattern != null) {
            for (JsonNode field : SavedFile.inner(pattern.at("/attributes/fields"))) {
                if (field.path("scripted").asBoolean()) {
                    fields.put(
                            field.path("name").asText(),
                            "scripted " + field.path("type").asText());
                }
            }
        }
        return fields;
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyReferenceIsInTheFileAndUsed(SavedFile file) {
        for (JsonNode object : file.objects().values()) {
            Set<String> names = new TreeSet<>();
            for (JsonNode reference : object.path("references")) {
                assertThat(file.objects()).as(file.name()).containsKey(SavedFile.key(reference));
                assertThat(names.add(reference.path("name").asText())).isTrue();
            }
            Set<String> used = new TreeSet<>();
            collect(expanded(object), used);
            assertThat(used).as(SavedFile.key(object)).isEqualTo(names);
            assertThat(object.path("references").isArray()).isTrue();
        }
    }

    /** The attributes with the JSON that they have in strings. */
    private static List<JsonNode> expanded(JsonNode object) {
        JsonNode attributes = object.path("attributes");
        List<JsonNode> all = new ArrayList<>(List.of(attributes));
        if (attributes.has("visState")) {
            all.add(SavedFile.inner(attributes.path("visState")));
        }
        if (attributes.has("panelsJSON")) {
            all.add(SavedFile.inner(attributes.path("panelsJSON")));
        }
        if (attributes.has("kibanaSavedObjectMeta")) {
            all.add(SavedFile.inner(attributes.at("/kibanaSavedObjectMeta/searchSourceJSON")));
        }
        return all;
    }

    private static void collect(Iterable<JsonNode> nodes, Set<String> used) {
        for (JsonNode node : nodes) {
            for (String name : List.of("indexRefName", "indexPatternRefName", "panelRefName")) {
                if (node.has(name)) {
                    used.add(node.path(name).asText());
                }
            }
            collect(node, used);
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingIsNewerThanOldServersKnow(SavedFile file) {
        for (JsonNode object : file.objects().values()) {
            String type = object.path("type").asText();
            assertThat(names(object))
                    .containsExactlyInAnyOrder("type", "id", "attributes", "references", "migrationVersion");
            assertThat(object.path("id").asText()).startsWith("listlens-");
            assertThat(ATTRIBUTES).containsKey(type);
            assertThat(ATTRIBUTES.get(type)).as(SavedFile.key(object)).containsAll(names(object.path("attributes")));
            assertThat(names(object.path("migrationVersion"))).containsExactly(type);
            assertThat(object.path("migrationVersion").path(type).asText()).isEqualTo(NEWEST.get(type));
            if (type.equals("visualization")) {
                JsonNode state = SavedFile.inner(object.at("/attributes/visState"));
                assertThat(TYPES).contains(state.path("type").asText());
                assertThat(state.path("title").asText())
                        .isNotEmpty()
                        .isEqualTo(object.at("/attributes/title").asText());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void indexPatternsAreAsTheMappings(SavedFile file) {
        for (JsonNode object : file.objects().values()) {
            if (!object.path("type").asText().equals("index-pattern")) {
                continue;
            }
            String alias = object.at("/attributes/title").asText();
            assertThat(object.at("/attributes/timeFieldName").asText()).isEqualTo("@timestamp");
            Map<String, String> mapped = fields(file, alias);
            Set<String> missing = new HashSet<>(mapped.keySet());
            for (JsonNode field : SavedFile.inner(object.at("/attributes/fields"))) {
                String name = field.path("name").asText();
                missing.remove(name);
                if (field.path("scripted").asBoolean()) {
                    assertThat(field.path("lang").asText()).isEqualTo("painless");
                } else if (field.path("searchable").asBoolean() && !name.startsWith("_")) {
                    assertThat(field.at("/esTypes/0").asText()).as(name).isEqualTo(mapped.get(name));
                    assertThat(field.path("aggregatable").asBoolean())
                            .as(name)
                            .isEqualTo(!"text".equals(mapped.get(name)));
                }
            }
            assertThat(missing).as(alias).isEmpty();
            JsonNode formats = SavedFile.inner(object.at("/attributes/fieldFormatMap"));
            Mappings.fields(alias).forEach((path, field) -> {
                if (field.unit().equals("ms")) {
                    assertThat(formats.at("/" + path + "/id").asText()).as(path).isEqualTo("duration");
                    assertThat(formats.at("/" + path + "/params/inputFormat").asText())
                            .isEqualTo("milliseconds");
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFieldOfAPanelExistsAndCanBeUsedThere(SavedFile file) {
        for (JsonNode panel : file.panels()) {
            String key = SavedFile.key(panel);
            String alias = file.alias(panel);
            Map<String, String> fields = alias.isEmpty() ? Map.of() : fields(file, alias);
            JsonNode source = SavedFile.inner(panel.at("/attributes/kibanaSavedObjectMeta/searchSourceJSON"));
            queried(key, source.at("/query/query").asText(), fields);
            if (panel.path("type").asText().equals("search")) {
                for (JsonNode column : panel.at("/attributes/columns")) {
                    assertThat(fields).as(key).containsKey(column.asText());
                }
                assertThat(fields.get(panel.at("/attributes/sort/0/0").asText()))
                        .as(key)
                        .isIn(Set.of("date", "long", "integer"));
                continue;
            }
            JsonNode state = SavedFile.inner(panel.at("/attributes/visState"));
            for (JsonNode aggregation : state.path("aggs")) {
                aggregated(key, aggregation, fields);
            }
            for (JsonNode control : state.at("/params/controls")) {
                String controlled = file.referenced(
                                panel, control.path("indexPatternRefName").asText())
                        .at("/attributes/title")
                        .asText();
                assertThat(fields(file, controlled)
                                .get(control.path("fieldName").asText()))
                        .as(key)
                        .isEqualTo("keyword");
            }
        }
    }

    private static void aggregated(String key, JsonNode aggregation, Map<String, String> fields) {
        String type = aggregation.path("type").asText();
        JsonNode params = aggregation.path("params");
        if (type.equals("count")) {
            return;
        }
        if (type.equals("filters")) {
            for (JsonNode filter : params.path("filters")) {
                assertThat(filter.path("label").asText()).isNotEmpty();
                queried(key, filter.at("/input/query").asText(), fields);
            }
            return;
        }
        String field = params.path("field").asText();
        assertThat(fields).as(key).containsKey(field);
        assertThat(USABLE).as(key).containsKey(type);
        assertThat(Objects.requireNonNull(USABLE.get(type)))
                .as(key + " uses " + field + " in " + type)
                .contains(Objects.requireNonNull(fields.get(field)));
        assertThat(params.path("customLabel").asText())
                .as(key + " says what " + field + " is")
                .isNotEmpty();
    }

    private static void queried(String key, String kql, Map<String, String> fields) {
        Kql.parse(kql).comparisons().forEach(comparison -> {
            assertThat(fields).as(key).containsKey(comparison.field());
            if (comparison.operator().matches("[<>]=?")) {
                assertThat(NUMBERS).as(key).contains(Objects.requireNonNull(fields.get(comparison.field())));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void vegaAsksForFieldsThatExistAndFetchesNothingElse(SavedFile file) {
        for (JsonNode panel : file.panels()) {
            JsonNode state = SavedFile.inner(panel.at("/attributes/visState"));
            if (state.path("type").asText().equals("vega")) {
                JsonNode spec = SavedFile.inner(state.at("/params/spec"));
                assertThat(spec.path("$schema").asText()).isEqualTo("https://vega.github.io/schema/vega/v5.json");
                int asked = 0;
                for (JsonNode data : spec.path("data")) {
                    if (data.has("url")) {
                        asked++;
                        JsonNode url = data.path("url");
                        assertThat(url.path("%context%").asBoolean()).isTrue();
                        assertThat(url.path("body").has("query")).isFalse();
                        vegaFields(
                                url.path("body"), fields(file, url.path("index").asText()), SavedFile.key(panel));
                    }
                }
                assertThat(asked).isEqualTo(1);
                // What has no colour of its own takes the theme's, light or dark.
                assertThat(spec.has("background")).isFalse();
            }
        }
    }

    private static void vegaFields(JsonNode node, Map<String, String> fields, String key) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (USABLE.containsKey(entry.getKey()) && entry.getValue().has("field")) {
                String field = entry.getValue().path("field").asText();
                assertThat(Objects.requireNonNull(USABLE.get(entry.getKey())))
                        .as(key)
                        .contains(String.valueOf(fields.get(field)));
            } else if (entry.getKey().equals("auto_date_histogram")) {
                assertThat(fields.get(entry.getValue().path("field").asText())).isEqualTo("date");
            } else if (entry.getKey().equals("term")) {
                entry.getValue()
                        .fieldNames()
                        .forEachRemaining(field -> assertThat(fields).containsKey(field));
            } else if (entry.getKey().equals("sort")) {
                entry.getValue()
                        .get(0)
                        .fieldNames()
                        .forEachRemaining(field -> assertThat(fields).containsKey(field));
            } else {
                vegaFields(entry.getValue(), fields, key);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void panelsFillTheDashboardAndSayWhatTheyShow(SavedFile file) {
        JsonNode dashboard = Objects.requireNonNull(
                file.objects().get("dashboard:listlens-" + file.name().replace(".ndjson", "")));
        JsonNode attributes = dashboard.path("attributes");
        assertThat(attributes.path("timeRestore").asBoolean()).isTrue();
        assertThat(attributes.path("timeFrom").asText()).matches("now-\\d+[dy]");
        assertThat(attributes.path("timeTo").asText()).isEqualTo("now");
        Set<Integer> taken = new HashSet<>();
        Set<String> titles = new HashSet<>();
        JsonNode panels = SavedFile.inner(attributes.path("panelsJSON"));
        for (JsonNode panel : panels) {
            JsonNode grid = panel.path("gridData");
            for (int x = grid.path("x").asInt();
                    x < grid.path("x").asInt() + grid.path("w").asInt();
                    x++) {
                assertThat(x).isBetween(0, 47);
                for (int y = grid.path("y").asInt();
                        y < grid.path("y").asInt() + grid.path("h").asInt();
                        y++) {
                    assertThat(taken.add(y * 48 + x)).as("panels overlap").isTrue();
                }
            }
            JsonNode shown =
                    file.referenced(dashboard, panel.path("panelRefName").asText());
            assertThat(titles.add(shown.at("/attributes/title").asText())).isTrue();
        }
        assertThat(panels).hasSameSizeAs(file.panels());
        JsonNode first = SavedFile.inner(file.referenced(dashboard, "panel_0").at("/attributes/visState"));
        assertThat(first.path("type").asText()).isEqualTo("markdown");
    }

    @Test
    void whatSeveralFilesHaveIsTheSameInAll() {
        Map<String, JsonNode> seen = new HashMap<>();
        for (SavedFile file : files()) {
            file.objects().forEach((key, object) -> {
                JsonNode other = seen.putIfAbsent(key, object);
                assertThat(object).as(key).isEqualTo(other == null ? object : other);
            });
        }
        assertThat(files()).hasSize(5);
    }
}
