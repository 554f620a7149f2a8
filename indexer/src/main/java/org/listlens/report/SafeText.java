package org.listlens.report;

import org.listlens.mail.HiddenCharacters;

/** Text from mail, made safe to be shown among other text: short, on one line, and without what reorders or hides it. */
final class SafeText {
    /** Letters of some scripts and pictures are joined or kept apart by these; they move nothing. */
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private SafeText() {}

    /**
     * The text without control and format characters, those for bidirectional text among them, and half characters; white
     * space as one blank; cut to a number of code points with {@code …} at the end.
     */
    static String line(String text, int longest) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), longest));
        int points = 0;
        boolean blank = false;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                blank = points > 0;
                continue;
            }
            if (hidden(point)) {
                continue;
            }
            if (points + (blank ? 1 : 0) >= longest) {
                return line.append('…').toString();
            }
            if (blank) {
                line.append(' ');
                points++;
                blank = false;
            }
            line.appendCodePoint(point);
            points++;
        }
        return line.toString();
    }

    /** The text as it may stand in HTML between tags and in attributes with quotes. */
    static String html(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '&' -> html.append("&amp;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }

    /** A JSON text as it may stand in a script element: nothing in it ends that, nor is a line end to any reader. */
    static String script(String json) {
        StringBuilder script = new StringBuilder(json.length() + 64);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            switch (c) {
                case '<' -> script.append("\\u003c");
                case '>' -> script.append("\\u003e");
                case '&' -> script.append("\\u0026");
                case '\u2028' -> script.append("\\u2028");
                case '\u2029' -> script.append("\\u2029");
                default -> script.append(c);
            }
        }
        return script.toString();
    }

    private static boolean hidden(int point) {
        return point != ZERO_WIDTH_NON_JOINER && point != ZERO_WIDTH_JOINER && HiddenCharacters.isHidden(point);
    }
}
