package org.listlens.body;

/**
 * Puts the paragraphs of {@code format=flowed} together again (RFC 3676). Quote marks come out as {@code > } for each
 * level, so that depth can be counted as in any other text.
 */
final class FlowedText {
    private FlowedText() {}

    /**
     * Joins the lines that end with a blank to the next line of the same depth.
     *
     * @param text with {@code \n} line ends
     * @param delSp whether that blank goes (DelSp=yes, §4.1)
     */
    static String unflow(String text, boolean delSp) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        int flowing = -1;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            boolean ended = end >= 0;
            end = ended ? end : text.length();
            int depth = 0;
            // Mozilla stuffed the marks of what it quoted: to who reads it, a mark that was stuffed is one, too.
            at += at + 1 < end && text.charAt(at) == ' ' && text.charAt(at + 1) == '>' ? 1 : 0;
            while (at < end && (text.charAt(at) == '>' || isSpacedMark(text, at, end, depth))) {
                depth += text.charAt(at) == '>' ? 1 : 0;
                at++;
            }
            at += at < end && text.charAt(at) == ' ' ? 1 : 0;
            boolean signature = end - at == 3 && text.startsWith("-- ", at);
            if (flowing >= 0 && (flowing != depth || signature)) {
                out.append('\n');
                flowing = -1;
            }
            if (flowing < 0) {
                marks(out, depth, at < end);
            }
            boolean flows = !signature && end > at && text.charAt(end - 1) == ' ';
            out.append(text, at, flows && delSp ? end - 1 : end);
            if (flows && ended) {
                flowing = depth;
            } else {
                flowing = -1;
                if (ended) {
                    out.append('\n');
                }
            }
            at = end + 1;
        }
        return out.toString();
    }

    /** Whether a blank stands between two marks, as some mailers write them against §4.5; else the levels would be lost. */
    private static boolean isSpacedMark(String text, int at, int end, int depth) {
        return depth > 0 && text.charAt(at) == ' ' && at + 1 < end && text.charAt(at + 1) == '>';
    }

    private static void marks(StringBuilder out, int depth, boolean content) {
        // More levels than anything counts would only make the text longer.
        for (int i = 0; i < Math.min(depth, HtmlText.MAX_MARKS); i++) {
            out.append(i == 0 ? ">" : " >");
        }
        if (depth > 0 && content) {
            out.append(' ');
        }
    }
}
