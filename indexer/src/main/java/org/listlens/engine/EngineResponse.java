package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer, whatever its status.
 *
 * @param status the HTTP status
 * @param contentType the media type of the body
 * @param location where it redirects to, as it was sent
 * @param body the octets, none when there was no body; owned by this record
 */
public record EngineResponse(
        int status, @Nullable String contentType, @Nullable String location, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EXCERPT = 200;

    /** Whether the engine did what it was asked: a status of 200 to 299. */
    public boolean ok() {
        return status / 100 == 2;
    }

    /**
     * The body as JSON.
     *
     * @throws IOException when it is anything else, or cut short
     */
    public JsonNode json() throws IOException {
        JsonNode json = JSON.readTree(body);
        if (!json.isContainerNode()) {
            throw new IOException("neither a JSON object nor an array: " + excerpt());
        }
        return json;
    }

    /** Whether it is the beginning of an engine's error: it begins as JSON, and is none. */
    public boolean isBrokenError() {
        if (ok() || body.length == 0 || body[0] != '{') {
            return false;
        }
        try {
            json();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The engine's own name for what went wrong, such as {@code cluster_block_exception}; empty when it gives none. */
    public String errorType() {
        return error().path("type").asText();
    }

    /** What the engine says about a failure, the innermost causes included; the beginning of the body failing that. */
    public String errorReason() {
        JsonNode error = error();
        if (error.isTextual()) {
            return error.asText();
        }
        String reason = Errors.describe(error);
        return reason.isEmpty() ? excerpt() : reason;
    }

    private JsonNode error() {
        try {
            return json().path("error");
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    /** The beginning of the body on one line, for messages. */
    private String excerpt() {
        String text = new String(body, 0, Math.min(body.length, 4 * EXCERPT), StandardCharsets.UTF_8);
        return Errors.shorten(text, EXCERPT);
    }

    @Override
    public String toString() {
        return "EngineResponse[" + status + ", " + contentType + ", " + body.length + " octets]";
    }
}
