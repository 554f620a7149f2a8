package org.listlens.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Trailer;
import org.listlens.quote.ClassifiedLines;
import org.listlens.quote.LineClass;

/**
 * Reads the trailers that the author of a mail gives from the lines of that class. Quoted ones are of another class.
 * Stateless; takes time linear in the lines.
 */
public final class TrailerParser {
    /** More than any mail has; what lies beyond is left out. */
    static final int MAX_TRAILERS = 500;

    private static final int LONGEST_VALUE = 2_000;

    /** Keys whose usual capitals are not those of {@code Reviewed-by}. */
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("buglink", "BugLink"),
            Map.entry("change-id", "Change-Id"),
            Map.entry("message-id", "Message-ID"),
            Map.entry("url", "URL"),
            Map.entry("signed-off-by", "Signed-off-by"),
            Map.entry("reviewed-by", "Reviewed-by"),
            Map.entry("acked-by", "Acked-by"),
            Map.entry("tested-by", "Tested-by"),
            Map.entry("reported-by", "Reported-by"),
            Map.entry("suggested-by", "Suggested-by"),
            Map.entry("co-developed-by", "Co-developed-by"),
            Map.entry("co-authored-by", "Co-authored-by"),
            Map.entry("requested-by", "Requested-by"),
            Map.entry("assisted-by", "Assisted-by"),
            Map.entry("nacked-by", "Nacked-by"),
            Map.entry("reviewed-and-tested-by", "Reviewed-and-tested-by"),
            Map.entry("reported-and-tested-by", "Reported-and-tested-by"),
            Map.entry("fixes", "Fixes"),
            Map.entry("link", "Link"),
            Map.entry("closes", "Closes"),
            Map.entry("cc", "Cc"),
            Map.entry("to", "To"));

    private TrailerParser() {}

    /** The trailers in the order of the text. */
    public static List<Trailer> parse(ClassifiedLines lines) {
        List<Trailer> trailers = List.of();
        int line = 0;
        while (line < lines.size()) {
            if (lines.lineClass(line) != LineClass.TRAILER || lines.depth(line) > 0) {
                line++;
                continue;
            }
            int first = line;
            int colon = colon(lines.text(), lines.start(first), lines.end(first));
            line++;
            while (line < lines.size() && lines.lineClass(line) == LineClass.TRAILER && goesOn(lines, line)) {
                line++;
            }
            if (colon >= 0) {
                if (trailers.isEmpty()) {
                    trailers = new ArrayList<>();
                }
                String value = value(lines, first, line, colon);
                if (!value.isEmpty()) {
                    trailers.add(trailer(
                            lines.text().substring(lines.start(first), colon).strip(), value));
                }
                if (trailers.size() == MAX_TRAILERS) {
                    break;
                }
            }
        }
        return trailers;
    }

    /** A trailer never begins with a blank unless nothing stands above it that it could belong to. */
    private static boolean goesOn(ClassifiedLines lines, int line) {
        String text = lines.text();
        int from = lines.start(line);
        if (colon(text, from, lines.end(line)) < 0) {
            return true;
        }
        char first = text.charAt(from);
        return (first == ' ' || first == '\t') && !isBy(text, from, colon(text, from, lines.end(line)));
    }

    private static boolean isBy(String text, int from, int colon) {
        int end = text.charAt(colon - 1) == ' ' ? colon - 1 : colon;
        return end - from > 3 && text.regionMatches(true, end - 3, "-by", 0, 3);
    }

    /** The colon after the key; -1 when the line has no key. */
    private static int colon(String text, int start, int end) {
        int from = start;
        while (from < end && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
            from++;
        }
        int at = from;
        while (at < end && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        if (at == from) {
            return -1;
        }
        if (at < end && text.charAt(at) == ' ') {
            at++;
        }
        return at < end && text.charAt(at) == ':' && !text.startsWith("://", at) ? at : -1;
    }

    private static String value(ClassifiedLines lines, int first, int end, int colon) {
        String value = lines.text().substring(colon + 1, lines.end(first)).strip();
        if (end > first + 1) {
            StringBuilder joined = new StringBuilder(value);
            for (int line = first + 1; line < end && joined.length() < LONGEST_VALUE; line++) {
                joined.append(joined.isEmpty() ? "" : " ")
                        .append(lines.line(line).strip());
            }
            value = joined.toString();
        }
        return value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value;
    }

    /** A trailer by its key and value as written. */
    static Trailer trailer(String written, String value) {
        String key = key(written);
        return key.endsWith("-by") || key.equals("Cc") || key.equals("To")
                ? new Trailer(key, value, name(value), address(value))
                : new Trailer(key, value, null, null);
    }

    private static String key(String written) {
        String usual = USUAL.get(written.toLowerCase(Locale.ROOT));
        if (usual != null) {
            return usual;
        }
        int rest = written.length() - 3;
        boolean by = rest > 0 && written.regionMatches(true, rest, "-by", 0, 3);
        return Character.toUpperCase(written.charAt(0))
                + written.substring(1, by ? rest : written.length())
                + (by ? "-by" : "");
    }

    /** The address in brackets, else the word that is one. */
    private static @Nullable String address(String value) {
        int at = value.indexOf('@');
        if (at <= 0) {
            return null;
        }
        int open = value.lastIndexOf('<', at);
        int close = value.indexOf('>', at);
        if (open >= 0 && close > at) {
            String inside = value.substring(open + 1, close).strip();
            return inside.startsWith("mailto:") ? inside.substring(7) : inside;
        }
        int from = at;
        while (from > 0 && !isEdge(value.charAt(from - 1))) {
            from--;
        }
        int to = at;
        while (to < value.length() && !isEdge(value.charAt(to))) {
            to++;
        }
        while (to > at && (value.charAt(to - 1) == '.' || value.charAt(to - 1) == ':')) {
            to--;
        }
        return from < at && to > at + 1 ? value.substring(from, to) : null;
    }

    private static boolean isEdge(char c) {
        return c <= ' ' || c == '<' || c == '>' || c == '(' || c == ')' || c == '"' || c == ',' || c == ';';
    }

    /** What stands before the address, without quotes; all of it, without a comment, where there is no address. */
    private static @Nullable String name(String value) {
        int end = value.indexOf('<');
        int at = value.indexOf('@');
        if (end < 0 && at >= 0) {
            end = at;
            while (end > 0 && !isEdge(value.charAt(end - 1))) {
                end--;
            }
        }
        if (end < 0) {
            int comment = value.indexOf(" #");
            end = comment < 0 ? value.length() : comment;
        }
        String name = value.substring(0, end).strip();
        if (name.contains("://")) {
            return null;
        }
        while (name.endsWith("(") || name.endsWith("<")) {
            name = name.substring(0, name.length() - 1).strip();
        }
        if (name.length() > 1 && name.charAt(0) == '"' && name.charAt(name.length() - 1) == '"') {
            name = name.substring(1, name.length() - 1).replace("\\\"", "\"").strip();
        }
        return name.isEmpty() ? null : name;
    }
}
