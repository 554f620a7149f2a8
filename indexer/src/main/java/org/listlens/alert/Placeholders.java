package org.listlens.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts values into the place of <code>{{NAME}}</code>. A text that is nothing but a placeholder becomes the value itself,
 * be it a number or an array; within a longer text it becomes its text. What has no value stays as it is.
 */
final class Placeholders {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private Placeholders() {}

    /** A copy of a JSON value with values in the place of placeholders. */
    static JsonNode fill(JsonNode json, Map<String, JsonNode> values) {
        return switch (json) {
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(field -> copy.set(fill(field.getKey(), values), fill(field.getValue(), values)));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(element -> copy.add(fill(element, values)));
                yield copy;
            }
            case TextNode text -> fill(text, values);
            default -> json;
        };
    }

    private static JsonNode fill(TextNode node, Map<String, JsonNode> values) {
        String text = node.textValue();
        if (!text.contains(OPEN)) {
            return node;
        }
        if (text.startsWith(OPEN) && text.indexOf(CLOSE) == text.length() - CLOSE.length()) {
            JsonNode value = values.get(text.substring(OPEN.length(), text.length() - CLOSE.length()));
            return value == null ? node : value;
        }
        return TextNode.valueOf(fill(text, values));
    }

    private static String fill(String text, Map<String, JsonNode> values) {
        return !text.contains(OPEN)
                ? text
                : fill(text, name -> {
                    JsonNode value = values.get(name);
                    return value == null ? null : value.asText();
                });
    }

    /** A text with values in the place of placeholders; those for which there is {@code null} stay. */
    static String fill(String text, Function<String, @Nullable String> values) {
        StringBuilder filled = new StringBuilder(text.length() + 32);
        int done = 0;
        while (true) {
            int open = text.indexOf(OPEN, done);
            int close = open < 0 ? -1 : text.indexOf(CLOSE, open);
            if (close < 0) {
                return filled.append(text, done, text.length()).toString();
            }
            int end = close + CLOSE.length();
            String value = values.apply(text.substring(open + OPEN.length(), close));
            filled.append(text, done, open).append(value == null ? text.substring(open, end) : value);
            done = end;
        }
    }
}
