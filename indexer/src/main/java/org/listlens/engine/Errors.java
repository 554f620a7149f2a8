package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;

/** Errors as engines write them, as one line for people. */
public final class Errors {
    private static final int LONGEST = 400;
    private static final int DEEPEST = 5;

    private Errors() {}

    /**
     * An error object ({@code type}, {@code reason}, {@code caused_by}) as {@code type: reason: reason of its cause},
     * shortened; empty when it says nothing.
     */
    public static String describe(JsonNode error) {
        StringBuilder text = new StringBuilder(error.path("type").asText());
        String last = "";
        JsonNode cause = error;
        for (int depth = 0; depth < DEEPEST && cause.isObject(); depth++) {
            String reason = cause.path("reason").asText();
            if (!reason.isEmpty() && !last.contains(reason)) {
                text.append(text.isEmpty() ? "" : ": ").append(reason);
                last = reason;
            }
            cause = cause.path("caused_by");
        }
        return shorten(text.toString(), LONGEST);
    }

    /** A text on one line, control characters and runs of blanks made one blank, cut at a number of characters. */
    static String shorten(String text, int longest) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), longest + 1));
        boolean blank = false;
        for (int i = 0; i < text.length() && line.length() < longest; i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                blank = !line.isEmpty();
                continue;
            }
            if (blank) {
                line.append(' ');
                blank = false;
            }
            line.append(c);
        }
        if (line.length() >= longest) {
            if (Character.isHighSurrogate(line.charAt(line.length() - 1))) {
                line.setLength(line.length() - 1);
            }
            line.append('…');
        }
        return line.toString();
    }
}
