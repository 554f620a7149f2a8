package org.listlens.body;

/** What is done to every decoded text. */
final class PlainText {
    private PlainText() {}

    /**
     * The text with {@code \n} line ends and without byte order mark and controls; tabs, form feeds and what is above
     * U+007F stay.
     */
    static String clean(String text) {
        int length = text.length();
        int at = !text.isEmpty() && text.charAt(0) == '\uFEFF' ? 1 : 0;
        int from = at;
        StringBuilder clean = null;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if ((c >= ' ' && c != 127) || c == '\n' || c == '\t' || c == '\f') {
                continue;
            }
            if (clean == null) {
                clean = new StringBuilder(length);
            }
            clean.append(text, from, at);
            from = at + 1;
            if (c == '\r' && (at + 1 == length || text.charAt(at + 1) != '\n')) {
                clean.append('\n');
            }
        }
        if (clean == null) {
            return text.substring(from);
        }
        return clean.append(text, from, length).toString();
    }
}
