package org.listlens.trace;

/**
 * Walks the words, comments and semicolons of a trace line. A quoted string, an address in angle brackets and a literal in
 * square brackets are parts of words, with the blanks and parentheses in them. Comments nest (RFC 5322 §3.2.2). A
 * parenthesis that is never closed counts as a blank, and so do all that follow it. Linear in the line.
 */
final class Tokens {
    enum Kind {
        WORD,
        /** Starts after its opening parenthesis and ends before its closing one. */
        COMMENT,
        SEMICOLON,
        END
    }

    /** How far a closing bracket may be from its opening one. */
    private static final int MAX_LITERAL = 80;

    private static final int MAX_ADDRESS = 1_000;

    private final String line;
    private final int limit;
    private int at;
    private boolean parenthesesAreBlanks;
    private boolean unclosed;

    private Kind kind = Kind.END;
    private int start;
    private int end;

    Tokens(String line, int start, int limit) {
        this.line = line;
        this.at = start;
        this.limit = limit;
    }

    Kind kind() {
        return kind;
    }

    /** Where the current token starts in the line. */
    int start() {
        return start;
    }

    /** Where it ends, exclusive. */
    int end() {
        return end;
    }

    /** Whether something that opened was not closed, so that what follows would read otherwise had it been. */
    boolean isUnclosed() {
        return unclosed;
    }

    Kind next() {
        while (at < limit) {
            char c = line.charAt(at);
            if (c == '(' && !parenthesesAreBlanks) {
                if (comment()) {
                    kind = Kind.COMMENT;
                    return kind;
                }
                parenthesesAreBlanks = true;
                unclosed = true;
            } else if (c == ';') {
                start = at++;
                end = at;
                kind = Kind.SEMICOLON;
                return kind;
            } else if (!isBlank(c) && c != '(' && c != ')') {
                word();
                kind = Kind.WORD;
                return kind;
            } else {
                at++;
            }
        }
        start = limit;
        end = limit;
        kind = Kind.END;
        return kind;
    }

    /** Passes over a comment; false, and nothing passed over, when it is not closed. */
    private boolean comment() {
        int depth = 0;
        for (int i = at; i < limit; i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                start = at + 1;
                end = i;
                at = i + 1;
                return true;
            }
        }
        return false;
    }

    private void word() {
        start = at;
        while (at < limit) {
            char c = line.charAt(at);
            if (isBlank(c) || c == '(' || c == ')' || c == ';') {
                break;
            }
            at = switch (c) {
                case '"' -> closing('"', MAX_ADDRESS);
                case '<' -> closing('>', MAX_ADDRESS);
                case '[' -> closing(']', MAX_LITERAL);
                case '\\' -> Math.min(at + 2, limit);
                default -> at + 1;
            };
        }
        end = at;
    }

    /** Where what opens here has its end; the next character when it is not closed near by or opens again. */
    private int closing(char close, int max) {
        char open = line.charAt(at);
        int last = Math.min(limit, at + max);
        for (int i = at + 1; i < last; i++) {
            char c = line.charAt(i);
            if (c == close) {
                return i + 1;
            }
            if (c == open && c != '[') {
                break;
            }
            if (c == '\\') {
                i++;
            }
        }
        unclosed = true;
        return at + 1;
    }

    static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0';
    }
}
