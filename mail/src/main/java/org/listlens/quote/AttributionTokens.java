package org.listlens.quote;

import java.util.Arrays;
import java.util.Locale;

/** Cuts the text of an attribution into pieces: words, numbers, what stands in quotes and brackets, and breaks. */
final class AttributionTokens {
    enum Kind {
        /** A word that is nothing else: of a name, or of prose. */
        NAME,
        /** What begins with a digit or a signed digit. */
        NUMBER,
        /** What stands in quotation marks; the token is without them. */
        QUOTED,
        /** An address, or what stands in angle brackets in place of one; the token is without them. */
        ADDRESS,
        /** A Message-ID. */
        ID,
        /** What stands in parentheses or brackets and is none of the others; the token is without them. */
        COMMENT,
        /** A comma, a colon and what else parts words. */
        BREAK,
        /** Part of a date. */
        DATE,
        /** How attributions begin. */
        START,
        /** What the author of the quoted text did. */
        VERB,
        /** A word that tells nothing. */
        SKIP
    }

    private static final int MAX = 160;
    /** Few texts have more tokens. */
    private static final int USUAL = 20;

    private static final int LONGEST_GROUP = 120;

    final String text;
    Kind[] kinds = new Kind[USUAL];
    int[] from = new int[USUAL];
    int[] to = new int[USUAL];
    int count;
    /** Whether the text ends with a colon. */
    boolean colon;

    AttributionTokens(String text) {
        this.text = text;
        int i = 0;
        while (i < text.length() && count < MAX) {
            char c = text.charAt(i);
            if (isBlank(c)) {
                i++;
            } else if (c == '<') {
                i = angle(i);
            } else if (c == '(' || c == '[') {
                i = bracket(i, c == '(' ? ')' : ']');
            } else if (!closing(c).isEmpty()) {
                i = quoted(i, closing(c));
            } else if (isDigit(c) || ((c == '+' || c == '-') && isDigit(at(i + 1)))) {
                i = number(i);
            } else if (isBreak(c)) {
                i = breaks(i);
            } else if (c == ')' || c == ']' || c == '>') {
                i++;
            } else {
                i = word(i);
            }
        }
        trimEnd();
    }

    String piece(int token) {
        return text.substring(from[token], to[token]);
    }

    /** Whether a token's text is a word of digits, letters and so on, not of something in brackets. */
    boolean isWord(int token) {
        return token >= 0 && token < count && kinds[token] == Kind.NAME;
    }

    /** The next token that is no break. */
    int next(int i) {
        int next = i + 1;
        while (next < count && kinds[next] == Kind.BREAK) {
            next++;
        }
        return next;
    }

    /** Whether a token can be part of a name. */
    boolean isNamePart(int i) {
        Kind kind = kinds[i];
        return kind == Kind.NAME || kind == Kind.QUOTED || kind == Kind.COMMENT;
    }

    /** The end of the words from here on that could be one name: commas inside of it belong to it. */
    int segmentEnd(int start) {
        int end = start;
        while (end < count
                && (isNamePart(end) || (kinds[end] == Kind.BREAK && end + 1 < count && isNamePart(end + 1)))) {
            end++;
        }
        return end;
    }

    /** The beginning of the words up to here that could be one name. */
    int segmentStart(int last) {
        int start = last;
        while (start > 0
                && (isNamePart(start - 1) || (kinds[start - 1] == Kind.BREAK && start > 1 && isNamePart(start - 2)))) {
            start--;
        }
        return start;
    }

    /** What a word means in attributions, as bits of {@link AttributionWords}. */
    int meaning(int i) {
        int start = from[i];
        int end = endOfWord(i);
        int kinds = AttributionWords.kinds(text, start, end);
        if (kinds == 0) {
            int slash = text.indexOf('/', start, end);
            kinds = slash > start + 1 ? AttributionWords.kinds(text, start, slash) & AttributionWords.VERB : 0;
        }
        return kinds;
    }

    /** The word in lower case and without points at its end. */
    String lower(int i) {
        return text.substring(from[i], endOfWord(i)).toLowerCase(Locale.ROOT);
    }

    private int endOfWord(int i) {
        int end = to[i];
        while (end > from[i] + 1 && text.charAt(end - 1) == '.') {
            end--;
        }
        return end;
    }

    /** Whether a token is a word, in whatever case and with or without a point behind it. */
    boolean is(int i, String word) {
        int length = word.length();
        int end = to[i];
        if (end - from[i] == length + 1 && text.charAt(end - 1) == '.') {
            end--;
        }
        return end - from[i] == length && text.regionMatches(true, from[i], word, 0, length);
    }

    /** Whether a token is in capitals. */
    boolean isUpper(int i) {
        for (int at = from[i]; at < to[i]; at++) {
            if (!Character.isUpperCase(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private void add(Kind kind, int start, int end) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * count);
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        kinds[count] = kind;
        from[count] = start;
        to[count] = end;
        count++;
    }

    /** Drops breaks at the end, a colon among them. */
    private void trimEnd() {
        int end = text.length();
        while (end > 0 && (isBlank(text.charAt(end - 1)) || text.charAt(end - 1) == '*')) {
            end--;
        }
        colon = end > 0 && text.charAt(end - 1) == ':';
        while (count > 0 && kinds[count - 1] == Kind.BREAK) {
            count--;
        }
    }

    private int angle(int start) {
        int depth = 0;
        int end = start;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == '<') {
                depth++;
            } else if (c == '>' && --depth == 0) {
                break;
            }
            end++;
        }
        if (depth > 0) {
            end = text.indexOf('>', start);
            end = end < 0 ? wordEnd(start + 1) : end;
        }
        add(Kind.ADDRESS, start + 1, Math.max(end, start + 1));
        return Math.max(end + 1, start + 1);
    }

    private int bracket(int start, char closing) {
        int end = text.indexOf(closing, start + 1);
        if (end < 0 || end - start > LONGEST_GROUP) {
            return start + 1;
        }
        String inner = text.substring(start + 1, end);
        if (inner.indexOf('@') >= 0 && inner.indexOf('<') < 0 && inner.strip().indexOf(' ') < 0) {
            add(Kind.ADDRESS, start + 1, end);
        } else if (MailAddress.of(inner) != null) {
            add(Kind.ADDRESS, start + 1, end);
        } else if (holdsDate(inner)) {
            // What is in it is read as if it stood without.
            return start + 1;
        } else {
            add(Kind.COMMENT, start + 1, end);
        }
        return end + 1;
    }

    /** Whether there is a time, or a number as long as a year's. */
    private static boolean holdsDate(String inner) {
        int digits = 0;
        for (int i = 0; i < inner.length(); i++) {
            if (isDigit(inner.charAt(i))) {
                digits++;
            }
        }
        return digits >= 3 && inner.indexOf('@') < 0;
    }

    private int quoted(int start, String closing) {
        int end = start + 1;
        int limit = Math.min(text.length(), start + LONGEST_GROUP);
        while (end < limit && closing.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end == limit || end == start + 1) {
            return start + 1;
        }
        add(Kind.QUOTED, start + 1, end);
        return end + 1;
    }

    private int number(int start) {
        int end = wordEnd(start + 1);
        while (end > start + 1 && (text.charAt(end - 1) == ':' || text.charAt(end - 1) == '-')) {
            end--;
        }
        add(Kind.NUMBER, start, end);
        return end;
    }

    private int word(int start) {
        int end = wordEnd(start + 1);
        int last = end;
        // A colon inside belongs to "mailto:…" and its like; behind it does not.
        while (last > start + 1 && text.charAt(last - 1) == ':') {
            last--;
        }
        boolean address = text.indexOf('@', start) >= start && text.indexOf('@', start) < last;
        add(address ? Kind.ADDRESS : Kind.NAME, start, last);
        return last;
    }

    /** Commas, colons and signs by themselves; they part words as a comma does. */
    private int breaks(int start) {
        int end = start + 1;
        while (end < text.length() && isBreak(text.charAt(end))) {
            end++;
        }
        if (count > 0) {
            add(Kind.BREAK, start, end);
        }
        return end;
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (isBlank(c)
                    || c == ','
                    || c == ';'
                    || c == '<'
                    || c == '>'
                    || c == '('
                    || c == ')'
                    || c == '['
                    || c == ']'
                    || c == '"'
                    || c == '\u201c'
                    || c == '\u201d') {
                break;
            }
            end++;
        }
        return end;
    }

    private char at(int i) {
        return i < text.length() ? text.charAt(i) : 0;
    }

    /** What closes a quotation that a mark opens; empty when it opens none. */
    private static String closing(char open) {
        return switch (open) {
            case '"' -> "\"";
            case '\u201c' -> "\u201d\u201c";
            case '\u201e' -> "\u201c\u201d";
            case '\u201d' -> "\u201d";
            case '\u00ab' -> "\u00bb";
            case '\u300c' -> "\u300d";
            case '`' -> "'`";
            default -> "";
        };
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f' || c == '\u00a0' || c == '\n' || c == '\r';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBreak(char c) {
        return switch (c) {
            case ',',
                    ';',
                    ':',
                    '*',
                    '=',
                    '|',
                    '#',
                    '~',
                    '-',
                    '\u2013',
                    '\u2014',
                    '!',
                    '/',
                    '\\',
                    '@',
                    '&',
                    '.',
                    '\u2026',
                    '?',
                    '{',
                    '}',
                    '+',
                    '\u30fb',
                    '\u3002',
                    '_',
                    '%',
                    '$',
                    '^',
                    '\u201d',
                    '\u00bb',
                    '\u300d',
                    '"' -> true;
            default -> false;
        };
    }
}
