package org.listlens.quote;

/**
 * Bars and colons as quote marks, {@code | text}, {@code : text}, also indented by two blanks. Tables, trees and drawings
 * begin their lines so, too, and many authors set logs and code apart with bars: marks they are in a run that an
 * attribution introduces, or that is prose in a text without other marks, and further down in a text that has such a run.
 */
final class BarMarks {
    /** So many lines of prose make a run a quote without any attribution. */
    private static final int RUN = 3;

    private static final int INDENT = 2;

    private BarMarks() {}

    /** Whether a line begins with a bar or a colon that could be a quote mark. */
    static boolean isBar(ClassifiedLines lines, int line) {
        String text = lines.text();
        int at = barAt(lines, line);
        int end = lines.end(line);
        if (at < 0) {
            return false;
        }
        char bar = text.charAt(at);
        int content = at + 1;
        while (content < end && (text.charAt(content) == bar || text.charAt(content) == '>')) {
            content++;
        }
        if (content == end) {
            return true;
        }
        // Tables have another bar further on; trees have "|--" or a wide gap.
        return text.charAt(content) == ' '
                && !text.startsWith("   ", content)
                && (!text.startsWith(" --", content) || text.startsWith(" -----", content))
                && (bar != '|' || text.indexOf(bar, content, end) < 0);
    }

    /** Where the bar or colon stands that a line begins with; -1 without one. */
    private static int barAt(ClassifiedLines lines, int line) {
        String text = lines.text();
        int at = lines.start(line);
        int end = lines.end(line);
        while (at < end && at - lines.start(line) < INDENT && text.charAt(at) == ' ') {
            at++;
        }
        return at < end && (text.charAt(at) == '|' || (text.charAt(at) == ':' && at == lines.start(line))) ? at : -1;
    }

    /** Gives marks to the runs that are quotes. */
    static void scan(ClassifiedLines lines) {
        boolean others = false;
        for (int line = 0; line < lines.size() && !others; line++) {
            others = lines.marks(line) > 0;
        }
        // What the first runs leave open, a later one may decide.
        if (runs(lines, others ? Integer.MAX_VALUE : RUN, false)) {
            runs(lines, 1, true);
        }
    }

    /**
     * Goes through the runs that have no marks yet.
     *
     * @param enough so many lines of prose make a run a quote without an attribution
     * @param known whether there is such a run already, so that lines beside the prose do not matter
     */
    private static boolean runs(ClassifiedLines lines, int enough, boolean known) {
        boolean found = false;
        int line = 0;
        while (line < lines.size()) {
            if (!isBar(lines, line) || lines.marks(line) > 0) {
                line++;
                continue;
            }
            int bar = place(lines, line);
            int from = line;
            int prose = 0;
            int others = 0;
            while (line < lines.size() && place(lines, line) == bar && isBar(lines, line)) {
                boolean isProse = isProse(lines, line);
                prose += isProse ? 1 : 0;
                others += isProse || lines.end(line) - lines.start(line) <= INDENT + 2 ? 0 : 1;
                line++;
            }
            boolean ended = line == lines.size() || place(lines, line) != bar;
            boolean begun = from == 0 || place(lines, from - 1) != bar;
            boolean quotes = (prose >= enough && (known || prose > others)) || (prose > 0 && isAttributed(lines, from));
            if (ended && begun && quotes) {
                found = true;
                for (int quoted = from; quoted < line; quoted++) {
                    mark(lines, quoted);
                }
            }
        }
        return found;
    }

    /** The character and the column of a line's bar as one number; -1 without one. */
    private static int place(ClassifiedLines lines, int line) {
        int at = barAt(lines, line);
        return at < 0 ? -1 : lines.text().charAt(at) * (INDENT + 1) + at - lines.start(line);
    }

    /** Two words of letters at least, and no more than a little punctuation. */
    private static boolean isProse(ClassifiedLines lines, int line) {
        String text = lines.text();
        int letters = 0;
        int others = 0;
        int words = 0;
        boolean inWord = false;
        for (int i = barAt(lines, line) + 1, end = lines.end(line); i < end; i++) {
            char c = text.charAt(i);
            boolean letter = Character.isLetter(c);
            letters += letter ? 1 : 0;
            others += letter || c == ' ' ? 0 : 1;
            words += letter && !inWord ? 1 : 0;
            inWord = letter;
        }
        return words >= 2 && letters > 4 * others;
    }

    private static boolean isAttributed(ClassifiedLines lines, int line) {
        int above = line - 1;
        if (above >= 0 && lines.isBlank(above)) {
            above--;
        }
        return above >= 0 && lines.marks(above) == 0 && Attributions.looksLikeOne(lines, above);
    }

    private static void mark(ClassifiedLines lines, int line) {
        String text = lines.text();
        int end = lines.end(line);
        int at = barAt(lines, line);
        char bar = text.charAt(at);
        int marks = 0;
        int content = at;
        while (at < end && (text.charAt(at) == bar || text.charAt(at) == '>')) {
            marks++;
            at++;
            content = at;
            if (at < end && text.charAt(at) == ' ') {
                content = at + 1;
                at = at + 1;
            }
        }
        lines.setMarks(line, Math.min(marks, QuoteParser.MAX_DEPTH), content);
    }
}
