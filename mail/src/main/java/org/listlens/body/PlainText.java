package org.listlens.body;

/** What is done to every decoded text. */
final class PlainText {
    /** Characters that are looked at together. */
    private static final int BLOCK = 512;

    /** By character of ASCII 1 for controls, but those that stay. */
    private static final byte[] UNCLEAN = new byte[128];

    static {
        for (char c = 0; c < 128; c++) {
            UNCLEAN[c] = (byte) ((c >= ' ' && c != 127) || c == '\n' || c == '\t' || c == '\f' ? 0 : 1);
        }
    }

    private PlainText() {}

    /**
     * The text with {@code \n} line ends and without byte order mark and controls; tabs, form feeds and what is above
     * U+007F stay.
     */
    static String clean(String text) {
        if (isClean(text)) {
            return text;
        }
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

    /** Whether there is nothing to be done, as with most texts. */
    private static boolean isClean(String text) {
        char[] block = new char[Math.min(BLOCK, text.length())];
        for (int from = 0; from < text.length(); from += BLOCK) {
            int count = Math.min(BLOCK, text.length() - from);
            text.getChars(from, from + count, block, 0);
            int unclean = 0;
            for (int i = 0; i < count; i++) {
                char c = block[i];
                unclean |= c < 128 ? UNCLEAN[c] : c == '\uFEFF' ? 1 : 0;
            }
            if (unclean != 0) {
                return false;
            }
        }
        return true;
    }
}
