package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A search by {@code bool}, {@code term}, {@code terms} and {@code exists}, sorted by one field, page by page. */
final class FakeQuery {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FakeQuery() {}

    /** The hits of a request, with the whole of their documents. */
    static ArrayNode hits(JsonNode request, Map<String, ObjectNode> documents) {
        String field = request.at("/sort/0").fieldNames().next();
        List<Map.Entry<String, ObjectNode>> found = new ArrayList<>();
        String after = request.at("/search_after/0").asText();
        for (Map.Entry<String, ObjectNode> document : documents.entrySet()) {
            if (matches(request.path("query"), document.getValue())
                    && key(document.getValue(), field).compareTo(after) > 0) {
                found.add(document);
            }
        }
        found.sort(Comparator.comparing(document -> key(document.getValue(), field)));
        ArrayNode hits = JSON.createArrayNode();
        for (Map.Entry<String, ObjectNode> document : found) {
            if (hits.size() < request.path("size").asInt(10)) {
                ObjectNode hit = hits.addObject().put("_id", document.getKey());
                hit.set("_source", document.getValue());
                hit.putArray("sort").add(key(document.getValue(), field));
            }
        }
        return hits;
    }

    private static String key(JsonNode document, String field) {
        return document.at('/' + field.replace('.', '/')).asText();
    }

    private static boolean matches(JsonNode query, JsonNode document) {
        Map.Entry<String, JsonNode> clause = query.properties().iterator().next();
        JsonNode said = clause.getValue();
        return switch (clause.getKey()) {
            case "bool" -> bool(said, document);
            case "exists" -> !values(document, said.path("field").asText()).isEmpty();
            case "term", "terms" -> {
                Map.Entry<String, JsonNode> field = said.properties().iterator().next();
                List<String> values = values(document, field.getKey());
                boolean any = values.contains(field.getValue().asText());
                for (JsonNode value : field.getValue()) {
                    any |= values.contains(value.asText());
                }
                yield any;
            }
            default -> throw new IllegalStateException("no such query here: " + clause.getKey());
        };
    }

    private static boolean bool(JsonNode said, JsonNode document) {
        boolean all = true;
        for (String occurrence : List.of("filter", "must")) {
            for (JsonNode query : said.path(occurrence)) {
                all &= matches(query, document);
            }
        }
        for (JsonNode query : said.path("must_not")) {
            all &= !matches(query, document);
        }
        boolean any = said.path("should").isEmpty();
        for (JsonNode query : said.path("should")) {
            any |= matches(query, document);
        }
        return all && any;
    }

    private static List<String> values(JsonNode document, String field) {
        JsonNode value = document.at('/' + field.replace('.', '/'));
        List<String> values = new ArrayList<>();
        if (value.isValueNode()) {
            values.add(value.asText());
        }
        value.forEach(element -> values.add(element.asText()));
        return values;
    }
}
