package org.listlens.sink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.listlens.engine.Errors;

/**
 * The answer to a {@code _bulk} request.
 *
 * @param results one for each item in the order of the request; empty when all of them succeeded
 */
record BulkResponse(List<Result> results) {
    /**
     * The part of an answer that is read. A status for each item is needed although errors alone would do: filtered
     * items would vanish from the list, and the others lose their places.
     */
    static final Map<String, String> QUERY = Map.of(
            // An index that somebody deleted must not come back with guessed mappings.
            "require_alias",
            "true",
            "filter_path",
            "errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by");

    private static final ObjectReader JSON = new ObjectMapper().reader();

    /**
     * The answer for one item.
     *
     * @param type the engine's name of the error, empty when there is none
     * @param reason the error on one line, empty when there is none
     */
    record Result(int status, String type, String reason) {}

    /**
     * Reads an answer, no further than needed.
     *
     * @param items how many items the request had
     * @throws IOException when it is malformed, cut short, or about another number of items
     */
    static BulkResponse read(byte[] body, int items) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("errors") && value == JsonToken.VALUE_FALSE) {
                    return new BulkResponse(List.of());
                } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
                    return new BulkResponse(readItems(parser, items));
                } else {
                    parser.skipChildren();
                }
            }
            throw new IOException("neither errors nor items");
        }
    }

    private static List<Result> readItems(JsonParser parser, int items) throws IOException {
        List<Result> results = new ArrayList<>(items);
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            // {"create":{"status":409,"error":{…}}}
            parser.nextToken();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object in item " + results.size());
            }
            results.add(readItem(parser));
            parser.nextToken();
        }
        if (parser.currentToken() != JsonToken.END_ARRAY || results.size() != items) {
            throw new IOException(results.size() + " items where " + items + " were sent");
        }
        return results;
    }

    private static Result readItem(JsonParser parser) throws IOException {
        int status = 0;
        String type = "";
        String reason = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("status")) {
                status = parser.getIntValue();
            } else if (name.equals("error")) {
                JsonNode error = JSON.readTree(parser);
                type = error.path("type").asText();
                reason = Errors.describe(error);
            } else {
                parser.skipChildren();
            }
        }
        if (status < 200) {
            throw new IOException("an item without status");
        }
        return new Result(status, type, reason);
    }
}
