package org.listlens.header;

/** The lexical tokens of structured fields (RFC 5322 §3.2): comments, quoted strings, quoted pairs, runs of blanks. */
final class Tokens {
    private Tokens() {}

    /** Trims, and makes one blank of each run of blanks. */
    static String squeeze(CharSequence text) {
        StringBuilder squeezed = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ') {
                blank = squeezed.length() > 0;
            } else {
                if (blank) {
                    squeezed.append(' ');
                    blank = false;
                }
                squeezed.append(c);
            }
        }
        return squeezed.toString();
    }

    /** {@code value[from, to)} with its quoted pairs resolved (RFC 5322 §3.2.1). */
    static String unescape(String value, int from, int to) {
        if (value.indexOf('\\', from, to) < 0) {
            return value.substring(from, to);
        }
        StringBuilder text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            text.append(c == '\\' && i + 1 < to ? value.charAt(++i) : c);
        }
        return text.toString();
    }

    /** The end of the quoted string that begins at {@code open}; -1 when nothing closes it. */
    static int quoteEnd(String value, int open) {
        int i = open + 1;
        while (i < value.length()) {
            char c = value.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            i += c == '\\' ? 2 : 1;
        }
        return -1;
    }

    /** The end of the comment that begins at {@code open}, with those nested in it; -1 when nothing closes it. */
    static int commentEnd(String value, int open) {
        int depth = 0;
        int i = open;
        while (i < value.length()) {
            char c = value.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
            i += c == '\\' ? 2 : 1;
        }
        return -1;
    }
}
