package org.listlens.quote;

import java.util.Locale;

/** What stands under a mail: the author's signature and the footers of lists and list hosts. */
final class Footers {
    /** A footer is not longer; what is, is text with a rule above it. */
    private static final int MAX_FOOTER = 24;
    /** So far a signature goes whose delimiter lost its blank. */
    private static final int MAX_LOOSE_SIGNATURE = 12;

    private static final int MAX_LINE = 400;
    /** How many lines under the rule may pass before one tells that this is a list's. */
    private static final int TELLING_LINES = 4;

    private static final String[] PHRASES = {
        "unsubscribe",
        "mailing list",
        "mailing-list",
        "listinfo",
        "you received this message because you are subscribed",
        "this sf.net email is sponsored",
        "mailman/",
        "groups.io",
    };

    private Footers() {}

    /**
     * Whether a list's footer begins at this line.
     *
     * @param end the next line with quote marks, or the end of the text
     */
    static boolean beginsAt(ClassifiedLines lines, int line, int end) {
        if (!isRule(lines, line) || end - line > MAX_FOOTER) {
            return false;
        }
        int telling = line;
        for (int i = 0; i < TELLING_LINES; i++) {
            telling = lines.nextNotBlank(telling, 2);
            // Another rule below begins a footer of its own; a signature may stand between the two.
            if (telling < 0
                    || telling >= end
                    || lines.end(telling) - lines.start(telling) > MAX_LINE
                    || isRule(lines, telling)) {
                return false;
            }
            String text = lines.line(telling).toLowerCase(Locale.ROOT);
            for (String phrase : PHRASES) {
                if (text.contains(phrase)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Whether this line delimits a signature: {@code -- }, or {@code --} with only a few lines under it.
     *
     * @param end the next line with quote marks, or the end of the text
     */
    static boolean isSignature(ClassifiedLines lines, int line, int end) {
        int length = lines.end(line) - lines.start(line);
        if (length < 2 || length > 3 || !lines.text().startsWith("--", lines.start(line))) {
            return false;
        }
        return length == 3
                ? lines.text().charAt(lines.start(line) + 2) == ' '
                : line + 1 < end && end - line <= MAX_LOOSE_SIGNATURE;
    }

    /** A dash alone or two, or a run of at least five of one of the characters that rules are drawn with. */
    private static boolean isRule(ClassifiedLines lines, int line) {
        String text = lines.text();
        int from = lines.start(line);
        int to = lines.end(line);
        while (to > from && ClassifiedLines.isBlankChar(text.charAt(to - 1))) {
            to--;
        }
        if (from == to) {
            return false;
        }
        char rule = text.charAt(from);
        if (rule != '-' && rule != '_' && rule != '=' && rule != '*' && rule != '~' && rule != '#') {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != rule) {
                return false;
            }
        }
        return to - from >= 5 || (rule == '-' && to - from <= 3);
    }
}
