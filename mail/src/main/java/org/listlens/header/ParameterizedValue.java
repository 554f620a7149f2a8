package org.listlens.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field of the shape {@code value; name=value; …}, as Content-Type (RFC 2045 §5.1) and Content-Disposition (RFC 2183)
 * have it.
 *
 * @param value what stands before the first parameter, in lower case, without blanks and comments; empty when there is
 *     nothing
 * @param parameters by their names in lower case, in the order of the field, decoded (RFC 2231, RFC 2047); of two with the same
 *     name the first counts, except that a decoded RFC 2231 form wins over a plain one
 */
public record ParameterizedValue(String value, Map<String, String> parameters) {
    private static final int MAX_PARAMETERS = 200;
    private static final int MAX_SEGMENTS = 2_000;
    private static final int MAX_INDEX_DIGITS = 4;

    public ParameterizedValue {
        Objects.requireNonNull(value);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The value of a parameter, its name given in lower case; {@code null} when the field does not have it. */
    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    /**
     * Reads a field value, unfolded. It takes what mailers write: comments, missing quotes, doubled and missing
     * semicolons, a name without {@code =}, percent signs that escape nothing. Whatever cannot be read is left out;
     * parameters beyond the first 200 are, too.
     */
    public static ParameterizedValue parse(String fieldValue) {
        Scanner scanner = new Scanner(fieldValue);
        String value = scanner.value();
        if (scanner.atEnd()) {
            return new ParameterizedValue(value, Map.of());
        }
        Map<String, String> plain = new LinkedHashMap<>();
        Map<String, List<Segment>> extended = new LinkedHashMap<>();
        int segments = 0;
        while (plain.size() + extended.size() < MAX_PARAMETERS && segments < MAX_SEGMENTS && scanner.next()) {
            String name = scanner.name;
            int star = name.indexOf('*');
            if (star < 0) {
                plain.putIfAbsent(name, decodeWords(name, scanner.parameterValue));
            } else if (star > 0) {
                Segment segment = Segment.of(name.substring(star), scanner.parameterValue);
                if (segment != null) {
                    extended.computeIfAbsent(name.substring(0, star), key -> new ArrayList<>())
                            .add(segment);
                    segments++;
                }
            }
        }
        for (Map.Entry<String, List<Segment>> entry : extended.entrySet()) {
            plain.put(entry.getKey(), Segment.join(entry.getValue()));
        }
        return new ParameterizedValue(value, plain);
    }

    /** Mailers put encoded words where RFC 2047 §5 forbids them; a boundary is made of what it looks like. */
    private static String decodeWords(String name, String value) {
        return name.equals("boundary") ? value : EncodedWords.decode(value, null);
    }

    /**
     * One piece of a parameter in the forms of RFC 2231: {@code name*=}, {@code name*0=}, {@code name*0*=}.
     *
     * @param index its place among the continuations (§3)
     * @param encoded whether its octets are percent-encoded (§4)
     */
    private record Segment(int index, boolean encoded, String text) {
        /** @param suffix what follows the parameter's name, from the first star on */
        static @Nullable Segment of(String suffix, String text) {
            if (suffix.equals("*")) {
                return new Segment(0, true, text);
            }
            boolean encoded = suffix.endsWith("*");
            int end = encoded ? suffix.length() - 1 : suffix.length();
            if (end < 2 || end - 1 > MAX_INDEX_DIGITS) {
                return null;
            }
            int index = 0;
            for (int i = 1; i < end; i++) {
                char c = suffix.charAt(i);
                if (c < '0' || c > '9') {
                    return null;
                }
                index = index * 10 + (c - '0');
            }
            return new Segment(index, encoded, text);
        }

        /** Puts the pieces together in the order of their indices; a gap is passed over. */
        static String join(List<Segment> segments) {
            segments.sort((a, b) -> Integer.compare(a.index, b.index));
            Charset charset = null;
            StringBuilder joined = new StringBuilder();
            // A character may be split between two pieces, so octets are kept until something else follows.
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            int last = -1;
            for (Segment segment : segments) {
                if (segment.index == last) {
                    continue;
                }
                int from = 0;
                if (last < 0 && segment.encoded) {
                    int language = segment.text.indexOf('\'');
                    int text = language < 0 ? -1 : segment.text.indexOf('\'', language + 1);
                    if (text >= 0) {
                        charset = MailCharsets.forName(segment.text.substring(0, language));
                        from = text + 1;
                    }
                }
                last = segment.index;
                if (segment.encoded) {
                    unescape(segment.text, from, octets, joined, charset);
                } else {
                    flush(octets, joined, charset);
                    joined.append(segment.text);
                }
            }
            flush(octets, joined, charset);
            return joined.toString();
        }

        private static void unescape(
                String text, int from, ByteArrayOutputStream octets, StringBuilder out, @Nullable Charset charset) {
            int i = from;
            while (i < text.length()) {
                char c = text.charAt(i);
                int octet = c == '%' && i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
                if (octet >= 0) {
                    octets.write(octet);
                    i += 3;
                } else if (c < 128) {
                    octets.write(c);
                    i++;
                } else {
                    flush(octets, out, charset);
                    out.append(c);
                    i++;
                }
            }
        }

        private static int hex(char high, char low) {
            int value = Character.digit(high, 16) << 4 | Character.digit(low, 16);
            return high < 128 && low < 128 ? value : -1;
        }

        private static void flush(ByteArrayOutputStream octets, StringBuilder out, @Nullable Charset charset) {
            if (octets.size() == 0) {
                return;
            }
            byte[] bytes = octets.toByteArray();
            octets.reset();
            String text = new String(bytes, charset == null ? StandardCharsets.UTF_8 : charset);
            if (charset == null && text.indexOf('\uFFFD') >= 0) {
                Charset western = MailCharsets.forName("windows-1252");
                text = new String(bytes, western == null ? StandardCharsets.ISO_8859_1 : western);
            }
            out.append(text);
        }
    }

    /** Walks over the field once. */
    private static final class Scanner {
        private final String text;
        private final int end;
        private int at;
        private boolean quotesClose = true;
        private String name = "";
        private String parameterValue = "";

        Scanner(String text) {
            this.text = text;
            this.end = text.length();
        }

        boolean atEnd() {
            return at >= end;
        }

        /** What stands before the first semicolon, or before the first {@code name=} where that semicolon is missing. */
        String value() {
            StringBuilder value = new StringBuilder();
            while (at < end) {
                char c = text.charAt(at);
                if (c == '(') {
                    skipComment();
                } else if (c == ';' || c == ',') {
                    at++;
                    break;
                } else if (isBlank(c)) {
                    skipBlanks();
                    if (value.length() > 0 && value.charAt(value.length() - 1) != '/' && startsParameter()) {
                        break;
                    }
                } else {
                    if (c != '"') {
                        value.append(c);
                    }
                    at++;
                }
            }
            return value.toString().toLowerCase(Locale.ROOT);
        }

        /** Moves to the next {@code name=value}; false at the end. */
        boolean next() {
            while (at < end) {
                skipSeparators();
                int from = at;
                while (at < end && isToken(text.charAt(at))) {
                    at++;
                }
                int to = at;
                skipBlanksAndComments();
                if (to > from && at < end && text.charAt(at) == '=') {
                    at++;
                    name = text.substring(from, to).toLowerCase(Locale.ROOT);
                    parameterValue = readValue();
                    return true;
                }
                if (at == from) {
                    at++;
                }
            }
            return false;
        }

        private String readValue() {
            skipBlanksAndComments();
            if (at < end && text.charAt(at) == '"' && quotesClose) {
                int open = at;
                String quoted = readQuoted();
                if (quoted != null) {
                    return quoted;
                }
                quotesClose = false;
                at = open;
            }
            if (at < end && text.charAt(at) == '"') {
                at++;
            }
            int from = at;
            while (at < end && text.charAt(at) != ';') {
                char c = text.charAt(at);
                if (isBlank(c)) {
                    int blank = at;
                    skipBlanks();
                    if (at < end && text.charAt(at) == '(') {
                        // A comment at the end is one; parentheses amid an unquoted file name belong to the name.
                        skipComment();
                        skipBlanks();
                        if (at >= end || text.charAt(at) == ';') {
                            return text.substring(from, blank);
                        }
                    } else if (startsParameter()) {
                        return text.substring(from, blank);
                    }
                } else {
                    at++;
                }
            }
            return text.substring(from, at).strip();
        }

        /**
         * Reads a quoted string; {@code null} when it does not end. A backslash escapes only a quote or a backslash:
         * mailers write Windows paths as they are.
         */
        private @Nullable String readQuoted() {
            int from = ++at;
            StringBuilder unescaped = null;
            while (at < end) {
                char c = text.charAt(at);
                if (c == '"') {
                    String quoted = unescaped == null ? text.substring(from, at) : unescaped.toString();
                    at++;
                    return quoted;
                }
                boolean escape =
                        c == '\\' && at + 1 < end && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\');
                if (escape && unescaped == null) {
                    unescaped = new StringBuilder(text.length() - from).append(text, from, at);
                }
                at += escape ? 1 : 0;
                if (unescaped != null) {
                    unescaped.append(text.charAt(at));
                }
                at++;
            }
            return null;
        }

        /** Whether a {@code name=} begins here. */
        private boolean startsParameter() {
            int i = at;
            while (i < end && isToken(text.charAt(i)) && i - at < 80) {
                i++;
            }
            return i > at && i + 1 < end && text.charAt(i) == '=' && text.charAt(i + 1) != '=';
        }

        private void skipSeparators() {
            while (at < end && (text.charAt(at) == ';' || text.charAt(at) == ',' || isBlank(text.charAt(at)))) {
                at++;
            }
            if (at < end && text.charAt(at) == '(') {
                skipComment();
                skipSeparatorsAfterComment();
            }
        }

        private void skipSeparatorsAfterComment() {
            while (at < end && (text.charAt(at) == ';' || text.charAt(at) == '(' || isBlank(text.charAt(at)))) {
                if (text.charAt(at) == '(') {
                    skipComment();
                } else {
                    at++;
                }
            }
        }

        private void skipBlanksAndComments() {
            skipBlanks();
            while (at < end && text.charAt(at) == '(') {
                skipComment();
                skipBlanks();
            }
        }

        private void skipBlanks() {
            while (at < end && isBlank(text.charAt(at))) {
                at++;
            }
        }

        /** Skips a comment with those inside it (RFC 5322 §3.2.2); one that does not end is skipped to the end. */
        private void skipComment() {
            int depth = 0;
            while (at < end) {
                char c = text.charAt(at++);
                if (c == '\\') {
                    at++;
                } else if (c == '(') {
                    depth++;
                } else if (c == ')' && --depth == 0) {
                    return;
                }
            }
            at = end;
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t' || c == '\r' || c == '\n';
        }

        private static boolean isToken(char c) {
            return c > ' '
                    && c < 127
                    && switch (c) {
                        case '(', ')', '<', '>', '@', ',', ';', ':', '\\', '"', '/', '[', ']', '?', '=' -> false;
                        default -> true;
                    };
        }
    }
}
