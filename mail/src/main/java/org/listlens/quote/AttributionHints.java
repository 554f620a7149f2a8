package org.listlens.quote;

/**
 * What a line holds that could make it, alone or with its neighbours, an attribution: found in one pass without reading
 * it, so that {@link AttributionReader} has to read those lines only that can be one. A hint that is missing says that
 * there is no such thing; one that is there says nothing.
 */
final class AttributionHints {
    /** A verb of writing. */
    static final int VERB = AttributionWords.VERB;
    /** A word that introduces who is quoted. */
    static final int QUOTING = AttributionWords.QUOTING;
    /** An address, or what hides one. */
    static final int MAILBOX = 8;
    /** A digit, without which there is no date. */
    static final int DIGIT = 16;
    /** An opening bracket. */
    static final int BRACKET = 32;
    /** A colon at the end. */
    static final int COLON = 64;

    private static final int ALL = VERB | QUOTING | MAILBOX | DIGIT | BRACKET | COLON;

    /** From here on there are characters that {@link AttributionText} replaces by others. */
    private static final char REPLACED = 0x0590;

    private AttributionHints() {}

    /** The hints in the text from {@code from} to before {@code to}, as bits. */
    static int of(String text, int from, int to) {
        int hints = 0;
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (isLetter(c)) {
                int word = at;
                while (at < to && isLetter(text.charAt(at))) {
                    at++;
                }
                hints |= ofWord(text, word, at);
                continue;
            }
            if (c >= REPLACED) {
                return ALL;
            }
            if (AttributionTokens.isDigit(c)) {
                hints |= DIGIT;
            } else if (c == '@' || c == '<') {
                hints |= MAILBOX;
            } else if (c == '[') {
                hints |= BRACKET;
            }
            at++;
        }
        return endsWithColon(text, from, to) ? hints | COLON : hints;
    }

    private static int ofWord(String text, int from, int to) {
        // Archives write "jane at example.org".
        boolean at = to - from == 2 && (text.charAt(from) | 0x20) == 'a' && (text.charAt(from + 1) | 0x20) == 't';
        return AttributionWords.beginning(text, from, to) | (at ? MAILBOX : 0);
    }

    private static boolean endsWithColon(String text, int from, int to) {
        int end = to;
        while (end > from && (AttributionTokens.isBlank(text.charAt(end - 1)) || text.charAt(end - 1) == '*')) {
            end--;
        }
        return end > from && text.charAt(end - 1) == ':';
    }

    /** Whether a character is a letter that nothing replaces. */
    private static boolean isLetter(char c) {
        return c < 128 ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') : c < REPLACED && Character.isLetter(c);
    }
}
