package org.listlens.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code alerts/}: they ask for fields that there are, of a type that fits, and make monitors that Alerting takes. */
class MonitorFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]+)}}");

    private static final Set<String> NUMBERS = Set.of("long", "integer", "short", "float", "double", "date");
    private static final Set<String> TERMS = Set.of("keyword", "boolean", "integer", "long");

    /** Aggregations and queries whose {@code field} must be of certain types. */
    private static final Map<String, Set<String>> OF_FIELD = Map.of(
            "terms", TERMS,
            "cardinality", TERMS,
            "percentiles", NUMBERS,
            "min", NUMBERS,
            "max", NUMBERS,
            "avg", NUMBERS,
            "sum", NUMBERS,
            "date_histogram", Set.of("date"),
            "date_range", Set.of("date"));

    /** Queries that name the field as a key. */
    private static final Map<String, Set<String>> OF_KEY =
            Map.of("range", NUMBERS, "term", TERMS, "terms", TERMS, "prefix", Set.of("keyword"));

    private static Path root() {
        return Path.of(System.getProperty("listlens.root", System.getProperty("listlens.home", "..")));
    }

    static List<Monitor> monitors() {
        return MonitorFiles.read(root().resolve("alerts"));
    }

    static Stream<PreparedMonitor> prepared() {
        List<Monitor> monitors = monitors();
        return monitors.stream()
                .map(monitor -> PreparedMonitor.of(
                        monitor,
                        new Thresholds(monitors),
                        List.of(
                                new KnownList("a.example.org", List.of("a@example.org")),
                                new KnownList("b.example.org", List.of("b@example.org")))));
    }

    @ParameterizedTest
    @MethodSource("prepared")
    void everyFieldIsInTheMappingsWithATypeThatFits(PreparedMonitor monitor) throws Exception {
        Map<String, String> types = types(monitor.definition().kind().alias());
        assertThat(types).containsEntry("@timestamp", "date");
        List<String> wrong = new ArrayList<>();
        Set<String> used = new HashSet<>();
        fields(monitor.query(), types, used, wrong);
        assertThat(wrong).isEmpty();
        assertThat(used).as("a test that looks at nothing").isNotEmpty();
    }

    private static void fields(JsonNode json, Map<String, String> types, Set<String> used, List<String> wrong) {
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (OF_FIELD.containsKey(name) && value.path("field").isTextual()) {
                used(
                        name,
                        value.path("field").asText(),
                        Objects.requireNonNull(OF_FIELD.get(name)),
                        types,
                        used,
                        wrong);
            } else if (OF_KEY.containsKey(name)) {
                for (String field : (Iterable<String>) value::fieldNames) {
                    used(name, field, Objects.requireNonNull(OF_KEY.get(name)), types, used, wrong);
                }
            } else if (name.equals("exists")) {
                used(name, value.path("field").asText(), new HashSet<>(types.values()), types, used, wrong);
            } else if (name.equals("script") && value.path("source").isTextual()) {
                Matcher matcher = Pattern.compile("doc\\['([^']+)'\\]")
                        .matcher(value.path("source").asText());
                while (matcher.find()) {
                    used(name, matcher.group(1), NUMBERS, types, used, wrong);
                }
                value.path("params")
                        .path("parts")
                        .forEach(part -> used(name, part.asText(), NUMBERS, types, used, wrong));
            }
            fields(value, types, used, wrong);
        }
        if (json.isArray()) {
            json.forEach(element -> fields(element, types, used, wrong));
        }
    }

    private static void used(
            String by,
            String field,
            Set<String> fitting,
            Map<String, String> types,
            Set<String> used,
            List<String> wrong) {
        used.add(field);
        String type = types.get(field);
        if (type == null || !fitting.contains(type)) {
            wrong.add(by + " of " + field + ", which is " + type);
        }
    }

    /** The types of an index's searchable fields by their names. */
    private static Map<String, String> types(String alias) throws IOException {
        Path mappings = root().resolve("mappings");
        JsonNode template = JSON.readTree(
                mappings.resolve("index-templates").resolve(alias + ".json").toFile());
        Map<String, String> types = new HashMap<>();
        for (JsonNode component : template.path("composed_of")) {
            JsonNode file = JSON.readTree(mappings.resolve("component-templates")
                    .resolve(component.asText() + ".json")
                    .toFile());
            types("", file.at("/template/mappings"), types);
        }
        types("", template.at("/template/mappings"), types);
        return types;
    }

    private static void types(String prefix, JsonNode mapping, Map<String, String> types) {
        for (Map.Entry<String, JsonNode> field : mapping.path("properties").properties()) {
            String name = prefix + field.getKey();
            JsonNode type = field.getValue();
            if (type.has("type")
                    && type.path("index").asBoolean(true)
                    && type.path("enabled").asBoolean(true)) {
                types.put(name, type.path("type").asText());
            }
            types(name + '.', type, types);
            for (Map.Entry<String, JsonNode> sub : type.path("fields").properties()) {
                types.put(name + '.' + sub.getKey(), sub.getValue().path("type").asText());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("monitors")
    void parametersThatAreUsedAreDeclaredAndTheOtherWayRound(Monitor monitor) {
        Set<String> used = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(monitor.query() + monitor.line() + monitor.subject());
        while (matcher.find()) {
            if (matcher.group(1).startsWith("param.")) {
                used.add(matcher.group(1).substring("param.".length()));
            }
        }
        if (monitor.each() != null && !monitor.each().equals(Monitor.LISTS)) {
            used.add(monitor.each());
        }
        assertThat(used).isEqualTo(new TreeSet<>(monitor.parameters().keySet()));
        assertThat(List.of(monitor.title(), monitor.description(), monitor.action()))
                .allMatch(text -> !text.isBlank());
        assertThat(monitor.cases().path("fires").path("subjects")).isNotEmpty();
        assertThat(monitor.cases().path("quiet").path("subjects")).isEmpty();
        assertThat(monitor.values()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("prepared")
    void onlyTheTimeIsOpenAndOnlyInRanges(PreparedMonitor monitor) {
        Matcher matcher = PLACEHOLDER.matcher(monitor.query().toString());
        int ends = 0;
        while (matcher.find()) {
            assertThat(matcher.group(1)).isEqualTo(PreparedMonitor.PERIOD_END);
            ends++;
        }
        assertThat(ends).isPositive();
        ObjectNode ranges = JSON.createObjectNode();
        ranges.set("x", monitor.query().deepCopy());
        remove(ranges);
        assertThat(ranges.toString()).doesNotContain(PreparedMonitor.PERIOD_END);
        assertThat(monitor.edges()).isNotEmpty();
        // A range is open below and closed above, so that steps of time meet without a gap.
        assertThat(monitor.query().toString()).doesNotContain("\"gte\":\"{{", "\"lt\":\"{{");
    }

    private static void remove(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.remove(List.of("range", "date_range"));
        }
        json.forEach(MonitorFilesTest::remove);
    }

    @ParameterizedTest
    @MethodSource("prepared")
    void monitorsAreAsAlertingTakesThem(PreparedMonitor monitor) {
        ObjectNode json = AlertingMonitor.json(monitor, alias -> alias, "channel-id");
        assertThat(json.path("type").asText()).isEqualTo("monitor");
        assertThat(json.path("name").asText()).startsWith("listlens-");
        assertThat(json.path("monitor_type").asText()).isEqualTo("query_level_monitor");
        assertThat(json.path("enabled").isBoolean()).isTrue();
        assertThat(json.at("/schedule/period/interval").asInt()).isPositive();
        assertThat(json.at("/schedule/period/unit").asText()).isEqualTo("MINUTES");
        assertThat(json.path("inputs")).hasSize(1);
        assertThat(json.at("/inputs/0/search/indices"))
                .hasToString("[\"" + monitor.definition().kind().alias() + "\"]");
        assertThat(json.at("/inputs/0/search/query/aggs")).isNotEmpty();
        assertThat(json.path("triggers")).hasSize(1);
        JsonNode trigger = json.at("/triggers/0");
        assertThat(trigger.path("name").asText()).isNotEmpty();
        assertThat(trigger.path("severity").asText()).isIn("1", "2", "3", "4", "5");
        assertThat(trigger.at("/condition/script/lang").asText()).isEqualTo("painless");
        assertThat(trigger.at("/condition/script/source").asText()).contains("ctx.results[0].aggregations.");
        JsonNode action = trigger.at("/actions/0");
        assertThat(action.path("name").asText()).isNotEmpty();
        assertThat(action.path("destination_id").asText()).isEqualTo("channel-id");
        assertThat(action.at("/message_template/lang").asText()).isEqualTo("mustache");
        assertThat(action.at("/message_template/source").asText()).contains("{{#ctx.results.0.aggregations.");
        assertThat(action.at("/subject_template/source").asText()).startsWith("Listlens: ");
        assertThat(action.path("throttle_enabled").asBoolean()).isTrue();
        assertThat(action.at("/throttle/value").asInt()).isPositive();
        assertThat(action.at("/throttle/unit").asText()).isEqualTo("MINUTES");
        assertThat(AlertingMonitor.json(monitor, alias -> alias, null).at("/triggers/0/actions"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("prepared")
    void noMessageNamesAnElementThatAnArrayMayNotHave(PreparedMonitor monitor) {
        String message = AlertingMonitor.json(monitor, alias -> alias, "channel-id")
                .at("/triggers/0/actions/0/message_template/source")
                .asText();
        Set<String> first = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(message);
        while (matcher.find()) {
            if (matcher.group(1).contains(".buckets.0.")
                    && !matcher.group(1).startsWith("#")
                    && !matcher.group(1).startsWith("^")
                    && !matcher.group(1).startsWith("/")) {
                first.add(matcher.group(1));
            }
        }
        // What fires there has as many of these as the threshold says.
        assertThat(first)
                .isEqualTo(
                        monitor.definition().name().equals("crossposts-missing")
                                ? Set.of("lately.missing.buckets.0.key")
                                : Set.of());
    }

    @Test
    void thresholdsInMessagesHaveTheirUnits() {
        assertThat(message("list-dwell", "list-dwell.limit_ms=90m")).contains("longer than 90 min within");
        assertThat(message("list-dwell", "list-dwell.limit_ms=2h")).contains("longer than 2 h within");
        assertThat(message("slow-mails", "slow-mails.limit_ms=1500")).contains("longer than 1500 ms:");
        assertThat(message("slow-mails", "slow-mails.limit_ms=0")).contains("longer than 0 ms:");
        assertThat(message("slow-mails", "slow-mails.limit_ms=3d")).contains("longer than 3 d:");
        assertThat(message("imports-unfinished", "imports-unfinished.limit=36h"))
                .contains("since 36 h and");
    }

    private static String message(String name, String assignment) {
        List<Monitor> monitors = monitors();
        Thresholds thresholds = new Thresholds(monitors);
        thresholds.set(assignment);
        return AlertingMessage.template(PreparedMonitor.of(Thresholds.find(monitors, name), thresholds, List.of()));
    }

    @Test
    void aFileThatMakesNoSenseIsNamed(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> MonitorFiles.read(folder)).hasMessageContaining("is empty");
        Files.writeString(folder.resolve("a.json"), "{\"name\": \"a\", \"colour\": 1}");
        assertThatThrownBy(() -> MonitorFiles.read(folder)).hasMessageContaining("a.json", "unknown key \"colour\"");
        Files.writeString(folder.resolve("a.json"), "{\"name\": ");
        assertThatThrownBy(() -> MonitorFiles.read(folder)).hasMessageContaining("is no JSON");
        assertThatThrownBy(() -> MonitorFiles.read(folder.resolve("none"))).hasMessageContaining("cannot be read");
    }
}
