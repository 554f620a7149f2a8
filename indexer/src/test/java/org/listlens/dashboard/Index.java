package org.listlens.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.listlens.dashboards.LinkScript;
import org.listlens.document.Mappings;
import org.listlens.link.ArchiveLinks;

/** The indices that panels are about, and their index patterns. */
enum Index {
    MESSAGES("mail-messages"),
    DELIVERIES("mail-deliveries"),
    HOPS("mail-hops"),
    HOSTS("mail-hosts"),
    PEOPLE("mail-people"),
    THREADS("mail-threads"),
    SERIES("mail-series"),
    IMPORTS("mail-imports");

    private static final Set<Index> LINKED = Set.of(MESSAGES, DELIVERIES, HOPS, THREADS);
    private static final Set<String> SHARES = Set.of("quote.new_ratio", "clock.confidence", "hop.confidence");

    /** Fields that every document has by itself, and whether they can be aggregated. */
    private static final Map<String, Boolean> META =
            new TreeMap<>(Map.of("_id", true, "_index", true, "_source", false));

    private final String alias;

    Index(String alias) {
        this.alias = alias;
    }

    String alias() {
        return alias;
    }

    String id() {
        return "listlens-" + alias;
    }

    /** The index pattern: fields as the mapping has them, how they are shown, and where mails can be read. */
    SavedObject pattern() {
        List<Object> fields = new ArrayList<>();
        Map<String, Object> formats = new TreeMap<>();
        META.forEach((name, aggregatable) -> {
            Map<String, Object> meta = field(name, "keyword", aggregatable);
            meta.put("type", name.equals("_source") ? name : "string");
            meta.put("esTypes", List.of(name));
            fields.add(meta);
        });
        Mappings.fields(alias).forEach((path, field) -> {
            if (!field.type().equals("object")) {
                fields.add(
                        field(path, field.type(), field.mapping().path("index").asBoolean(true)));
            }
            if (field.mapping().path("fields").has("keyword")) {
                fields.add(field(path + ".keyword", "keyword", true));
            }
            format(path, field, formats);
        });
        if (LINKED.contains(this)) {
            fields.add(scripted(LinkScript.FIELD, "string", LinkScript.of(ArchiveLinks.shipped())));
            formats.put(
                    LinkScript.FIELD,
                    Map.of("id", "url", "params", Map.of("type", "a", "labelTemplate", "read the mail")));
        }
        if (this == IMPORTS) {
            fields.add(scripted(Imports.RATE, "number", Imports.RATE_SCRIPT));
            formats.put(Imports.RATE, Map.of("id", "number", "params", Map.of("pattern", "0,0")));
        }
        Map<String, Object> attributes = Map.of(
                "title",
                alias,
                "timeFieldName",
                "@timestamp",
                "fields",
                Json.text(fields),
                "fieldFormatMap",
                Json.text(formats));
        return new SavedObject("index-pattern", id(), attributes, List.of());
    }

    private static void format(String path, Mappings.Field field, Map<String, Object> formats) {
        if (field.unit().equals("ms")) {
            formats.put(
                    path,
                    Map.of(
                            "id",
                            "duration",
                            "params",
                            Map.of("inputFormat", "milliseconds", "outputFormat", "humanize")));
        } else if (field.unit().equals("byte")) {
            formats.put(path, Map.of("id", "bytes"));
        } else if (SHARES.contains(path)) {
            formats.put(path, Map.of("id", "percent", "params", Map.of("pattern", "0%")));
        }
    }

    private static Map<String, Object> field(String path, String type, boolean indexed) {
        boolean text = type.equals("text") || type.equals("match_only_text");
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("name", path);
        field.put("type", kind(type));
        field.put("esTypes", List.of(type));
        field.put("count", 0);
        field.put("scripted", false);
        field.put("searchable", indexed);
        field.put("aggregatable", indexed && !text);
        field.put("readFromDocValues", indexed && !text);
        return field;
    }

    private static Map<String, Object> scripted(String name, String type, String script) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("name", name);
        field.put("type", type);
        field.put("count", 0);
        field.put("scripted", true);
        field.put("script", script);
        field.put("lang", "painless");
        field.put("searchable", true);
        field.put("aggregatable", true);
        field.put("readFromDocValues", false);
        return field;
    }

    /** What Dashboards calls a type of the engine. */
    private static String kind(String type) {
        return switch (type) {
            case "text", "match_only_text", "keyword", "wildcard" -> "string";
            case "date", "boolean", "ip" -> type;
            case "integer", "long", "float", "double", "short" -> "number";
            default -> throw new IllegalStateException("a field of type " + type);
        };
    }
}
