package org.listlens.alert;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;

/** Reads the definitions of monitors, each from a file of its own. */
public final class MonitorFiles {
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Set<String> KEYS = Set.of(
            "name",
            "title",
            "description",
            "action",
            "severity",
            "index",
            "interval_minutes",
            "parameters",
            "each",
            "query",
            "subjects",
            "subject",
            "line",
            "since",
            "values",
            "cases");

    private MonitorFiles() {}

    /**
     * Reads all files {@code NAME.json} of a folder.
     *
     * @return in the order of their names
     * @throws IllegalArgumentException with a sentence when the folder or a file cannot be used
     */
    public static List<Monitor> read(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.json")) {
            entries.forEach(files::add);
        } catch (IOException e) {
            throw unusable("The folder of monitors " + folder + " cannot be read", e);
        }
        if (files.isEmpty()) {
            throw unusable("The folder of monitors " + folder + " is empty", null);
        }
        Collections.sort(files);
        List<Monitor> monitors = new ArrayList<>(files.size());
        for (Path file : files) {
            monitors.add(readFile(file));
        }
        return monitors;
    }

    private static Monitor readFile(Path file) {
        try {
            if (!(JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode json)) {
                throw new IllegalArgumentException("it is no JSON object");
            }
            Monitor monitor = monitor(json);
            if (!String.valueOf(file.getFileName()).equals(monitor.name() + ".json")) {
                throw new IllegalArgumentException("its name is \"" + monitor.name() + "\"");
            }
            return monitor;
        } catch (JsonProcessingException e) {
            throw unusable("The monitor " + file + " is no JSON (" + e.getOriginalMessage() + ")", e);
        } catch (IOException e) {
            throw unusable("The monitor " + file + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw unusable("The monitor " + file + " makes no sense (" + e.getMessage() + ")", e);
        }
    }

    private static IllegalArgumentException unusable(String what, @Nullable Exception cause) {
        return new IllegalArgumentException(what + ": use the folder alerts that comes with this program.", cause);
    }

    private static Monitor monitor(ObjectNode json) {
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown key \"" + unknown.iterator().next() + "\"");
        }
        if (!(json.get("query") instanceof ObjectNode query)) {
            throw new IllegalArgumentException("query is no object");
        }
        return new Monitor(
                text(json, "name"),
                text(json, "title"),
                text(json, "description"),
                text(json, "action"),
                constant(Monitor.Severity.class, text(json, "severity")),
                kind(text(json, "index")),
                json.path("interval_minutes").asInt(10),
                parameters(json.path("parameters")),
                json.has("each") ? text(json, "each") : null,
                query,
                text(json, "subjects"),
                text(json, "subject"),
                text(json, "line"),
                json.has("since") ? text(json, "since") : null,
                values(json.path("values")),
                json.path("cases"));
    }

    private static Map<String, Monitor.Parameter> parameters(JsonNode json) {
        Map<String, Monitor.Parameter> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            JsonNode standard = entry.getValue().path("default");
            parameters.put(
                    entry.getKey(),
                    new Monitor.Parameter(
                            standard,
                            constant(Monitor.Unit.class, text(entry.getValue(), "unit")),
                            text(entry.getValue(), "meaning")));
        }
        return Collections.unmodifiableMap(parameters);
    }

    private static List<Monitor.Value> values(JsonNode json) {
        List<Monitor.Value> values = new ArrayList<>();
        for (JsonNode value : json) {
            values.add(new Monitor.Value(
                    text(value, "name"), text(value, "path"), constant(Monitor.Unit.class, text(value, "unit"))));
        }
        return values;
    }

    private static String text(JsonNode json, String key) {
        if (!json.path(key).isTextual()) {
            throw new IllegalArgumentException(key + " is no text");
        }
        return json.path(key).textValue();
    }

    private static DocumentKind kind(String alias) {
        return Arrays.stream(DocumentKind.values())
                .filter(kind -> kind.alias().equals(alias))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown index \"" + alias + "\""));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "unknown " + type.getSimpleName().toLowerCase(Locale.ROOT) + " \"" + name + "\"", e);
        }
    }
}
