package org.listlens.quote;

/**
 * Takes away the marks before an attribution that are no levels of quoting but its ornament, as Supercite's
 * {@code >>>>> "JD" == Jane Doe writes:} and others' {@code >>>Jane Doe said:}: what they introduce has fewer.
 */
final class AttributionMarks {
    private static final int SUPERCITE = 5;
    /** Fewer marks are levels. */
    private static final int FEWEST = 3;

    private static final int LONGEST = 200;
    private static final int GAP = 6;

    private AttributionMarks() {}

    static void scan(ClassifiedLines lines) {
        for (int line = 0; line < lines.size(); line++) {
            int marks = lines.marks(line);
            if (marks >= FEWEST && marks < QuoteParser.MAX_DEPTH) {
                int ornament = ornament(lines, line);
                if (ornament > 0) {
                    lines.setMarks(line, marks - ornament, lines.contentStart(line));
                }
            }
        }
    }

    /** How many of a line's marks are ornament. */
    private static int ornament(ClassifiedLines lines, int line) {
        int from = lines.contentStart(line);
        int end = lines.end(line);
        if (end - from > LONGEST || from == end) {
            return 0;
        }
        String text = lines.text();
        if (text.charAt(from) == '"' && lines.marks(line) >= SUPERCITE) {
            int close = text.indexOf('"', from + 1);
            return close > 0 && close < end && text.startsWith("\" == ", close) ? SUPERCITE : 0;
        }
        int below = lines.nextNotBlank(line, GAP);
        int run = run(lines, line);
        int levels = lines.marks(line) - run;
        if (run < FEWEST || below < 0 || lines.marks(below) != levels + 1 || !begins(lines, line, levels)) {
            return 0;
        }
        AttributionReader found = new AttributionReader(lines.content(line));
        return found.hasVerb() && found.isTight() && found.names() ? run : 0;
    }

    /** Whether the line above is not one that the marks as levels go on from. */
    private static boolean begins(ClassifiedLines lines, int line, int levels) {
        int above = line - 1;
        while (above >= 0 && above > line - GAP && lines.isBlank(above)) {
            above--;
        }
        return above < 0
                || lines.marks(above) < levels
                || (lines.marks(above) == levels && !Attributions.looksLikeOne(lines, above));
    }

    /** How many marks stand right before the content without a blank between them. */
    private static int run(ClassifiedLines lines, int line) {
        String text = lines.text();
        int at = lines.contentStart(line) - 1;
        if (at >= lines.start(line) && text.charAt(at) == ' ') {
            at--;
        }
        int run = 0;
        while (at >= lines.start(line) && text.charAt(at) == '>') {
            at--;
            run++;
        }
        return run;
    }
}
