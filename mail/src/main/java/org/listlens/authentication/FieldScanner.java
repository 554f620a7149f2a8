package org.listlens.authentication;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Walks a field of names, values, comments and separators (RFC 5322 §3.2, RFC 8601 §2.2), once. Comments nest. A
 * parenthesis or quote that is never closed counts as a blank or a common character, and so do all that follow it, so
 * that nothing is searched for twice.
 */
final class FieldScanner {
    /** How much of the comments in one place is kept. */
    private static final int MAX_COMMENT = 1_000;

    /** The longest name that is looked ahead for. */
    private static final int MAX_NAME = 80;

    private final String text;
    private final int end;
    private int at;
    private boolean commentsClose = true;
    private boolean quotesClose = true;
    private boolean malformed;
    private @Nullable StringBuilder comments;

    FieldScanner(String text) {
        this.text = text;
        this.end = text.length();
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    boolean atEnd() {
        return at >= end;
    }

    /** Whether the next thing is the end or a semicolon. */
    boolean atEndOfPart() {
        return at >= end || text.charAt(at) == ';';
    }

    /** Whether something was met that the grammar does not have. */
    boolean malformed() {
        return malformed;
    }

    void noteMalformed() {
        malformed = true;
    }

    boolean isNext(char c) {
        return at < end && text.charAt(at) == c;
    }

    boolean take(char c) {
        boolean next = isNext(c);
        at += next ? 1 : 0;
        return next;
    }

    /** Passes over one character that does not belong where it stands. */
    void passOver() {
        malformed = true;
        at++;
    }

    /** Passes over blanks and comments; these are kept for {@link #takeComments}. */
    void skip() {
        while (at < end) {
            char c = text.charAt(at);
            if (c == '(' && commentsClose) {
                int close = commentEnd(at);
                if (close < 0) {
                    commentsClose = false;
                    passOver();
                } else {
                    keepComment(at + 1, close - 1);
                    at = close;
                }
            } else if (c == '(' || c == ')') {
                passOver();
            } else if (isBlank(c)) {
                at++;
            } else {
                return;
            }
        }
    }

    /** Passes over everything up to the next semicolon outside of comments and quotes. */
    void skipPart() {
        while (at < end) {
            skip();
            if (atEndOfPart()) {
                break;
            }
            if (isNext('"')) {
                value();
            } else {
                at++;
            }
        }
        comments = null;
    }

    /** What the comments since the last call say, without parentheses, joined; {@code null} when there were none. */
    @Nullable
    String takeComments() {
        String taken = comments == null || comments.isEmpty()
                ? null
                : comments.substring(0, Math.min(comments.length(), MAX_COMMENT));
        comments = null;
        return taken;
    }

    /** Reads a name: letters, digits and what else stands in them; empty when none is next. */
    String name() {
        int from = at;
        while (at < end && isNameCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /** Reads a name in lower case. */
    String lowerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a value: a quoted string, with what is attached to it by an {@code @}, or everything to the next blank,
     * comment or semicolon; without the angle brackets around it.
     */
    String value() {
        String quoted = null;
        if (isNext('"') && quotesClose) {
            quoted = quoted();
            if (quoted != null && !isNext('@')) {
                return quoted;
            }
        }
        int from = at;
        while (at < end) {
            char c = text.charAt(at);
            if (isBlank(c) || c == ';' || c == '(' || c == ')') {
                break;
            }
            at++;
        }
        String rest = text.substring(from, at);
        if (quoted != null) {
            return quoted + rest;
        }
        int length = rest.length();
        return length >= 2 && rest.charAt(0) == '<' && rest.charAt(length - 1) == '>'
                ? rest.substring(1, length - 1)
                : rest;
    }

    /**
     * Reads the value after an equals sign, which blanks and comments may precede; empty when it is missing, so that the
     * next pair follows the blanks.
     *
     * @param dotted whether the names of pairs have a dot in them
     */
    String valueOfPair(boolean dotted) {
        int equals = at;
        skip();
        return at > equals && isPairNext(dotted) ? "" : value();
    }

    private boolean isPairNext(boolean dotted) {
        int i = at;
        boolean dot = !dotted;
        int last = Math.min(end, at + MAX_NAME);
        while (i < last && isNameCharacter(text.charAt(i))) {
            dot |= text.charAt(i) == '.';
            i++;
        }
        return dot && i > at && i < end && text.charAt(i) == '=';
    }

    private @Nullable String quoted() {
        StringBuilder unescaped = null;
        for (int i = at + 1; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                String quoted = unescaped == null ? text.substring(at + 1, i) : unescaped.toString();
                at = i + 1;
                return quoted;
            }
            boolean escape = c == '\\' && i + 1 < end;
            if (escape && unescaped == null) {
                unescaped = new StringBuilder(64).append(text, at + 1, i);
            }
            i += escape ? 1 : 0;
            if (unescaped != null) {
                unescaped.append(text.charAt(i));
            }
        }
        quotesClose = false;
        malformed = true;
        return null;
    }

    /** The end of the comment that opens here; -1 when nothing closes it. */
    private int commentEnd(int open) {
        int depth = 0;
        for (int i = open; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private void keepComment(int from, int to) {
        StringBuilder kept = comments;
        if (kept == null) {
            kept = new StringBuilder(Math.min(to - from, MAX_COMMENT));
            comments = kept;
        }
        boolean blank = false;
        boolean first = true;
        for (int i = from; i < to && kept.length() < MAX_COMMENT; i++) {
            char c = text.charAt(i);
            if (isBlank(c)) {
                blank = true;
                continue;
            }
            if (first) {
                kept.append(kept.isEmpty() ? "" : "; ");
                first = false;
            } else if (blank) {
                kept.append(' ');
            }
            blank = false;
            kept.append(c == '\\' && i + 1 < to ? text.charAt(++i) : c);
        }
    }

    static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0';
    }

    private static boolean isNameCharacter(char c) {
        return !isBlank(c)
                && switch (c) {
                    case ';', '=', '/', '(', ')', '"', '<', '>', ',' -> false;
                    default -> true;
                };
    }

    /** Whether a word is a keyword (RFC 5321 §4.1.2), with the underscores that some servers put into theirs. */
    static boolean isKeyword(String word) {
        int length = word.length();
        if (length == 0 || length > MAX_NAME) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = word.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
