package org.listlens.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document as an engine holds it, asked by the names of its fields, such as {@code hop.by.host}. What a field does not
 * hold, or holds as something else, is absent. Made from the stream of tokens alone: binding JSON would take as long as
 * all the rest of an inspection.
 */
public final class Document {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, @Nullable Object> fields;

    private Document(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /**
     * Reads a JSON object.
     *
     * @throws IOException when it is anything else
     */
    public static Document parse(byte[] json, int start, int end) throws IOException {
        try (JsonParser parser = JSON.createParser(json, start, end - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            return new Document(object(parser));
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    /** Writes the document as it was read. */
    public void write(JsonGenerator json) throws IOException {
        write(json, fields);
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> object -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> field : object.entrySet()) {
                    json.writeFieldName(String.valueOf(field.getKey()));
                    write(json, field.getValue());
                }
                json.writeEndObject();
            }
            case List<?> elements -> {
                json.writeStartArray();
                for (Object element : elements) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            default -> json.writeString(value.toString());
        }
    }

    /** A text; the first, when there are several. */
    public @Nullable String text(String field) {
        return first(field) instanceof String text ? text : null;
    }

    /** All texts of a field, in order. */
    public List<String> texts(String field) {
        Object value = find(field);
        if (!(value instanceof List<?> elements)) {
            return value instanceof String text ? List.of(text) : List.of();
        }
        List<String> texts = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (element instanceof String text) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** A whole number. */
    public @Nullable Long number(String field) {
        return first(field) instanceof Number number ? (Long) number.longValue() : null;
    }

    /** A number with its fraction. */
    public @Nullable Double decimal(String field) {
        return first(field) instanceof Number number ? (Double) number.doubleValue() : null;
    }

    /** Whether a field is true. */
    public boolean isTrue(String field) {
        return Boolean.TRUE.equals(first(field));
    }

    /** A time. */
    public @Nullable Instant time(String field) {
        String text = text(field);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable Object first(String field) {
        Object value = find(field);
        return value instanceof List<?> elements ? (elements.isEmpty() ? null : elements.getFirst()) : value;
    }

    private @Nullable Object find(String field) {
        Object value = fields;
        int start = 0;
        while (value instanceof Map<?, ?> object) {
            int dot = field.indexOf('.', start);
            value = object.get(dot < 0 ? field.substring(start) : field.substring(start, dot));
            if (dot < 0) {
                return value;
            }
            start = dot + 1;
        }
        return null;
    }
}
