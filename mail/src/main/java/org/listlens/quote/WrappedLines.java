package org.listlens.quote;

/**
 * Quoted lines that a mailer broke because their marks had made them too long: the rest, a word or a few, stands alone
 * with fewer marks or none. It is taken for one only where the line above was full, a line quoted as deep follows, and it
 * reads on from the line above; in a text where that happened, also where it might be a new sentence or name.
 */
final class WrappedLines {
    /** Mailers break lines at this column or later. */
    private static final int LEAST_WIDTH = 66;
    /** A broken line was not longer than this as a whole. */
    private static final int MOST_WIDTH = 130;
    /** The longest rest, against what stands above it. */
    private static final int LONGEST_REST = 45;
    /** So many clear rests say that the text was broken throughout. */
    private static final int THROUGHOUT = 3;

    /** What a line looks like. */
    private enum Rest {
        NONE,
        /** Reads like a new sentence or a name. */
        POSSIBLE,
        /** Reads on, but nothing quoted follows. */
        LAST,
        CLEAR
    }

    private WrappedLines() {}

    /** Gives such lines the marks of the line that they belong to. */
    static void scan(ClassifiedLines lines) {
        int clear = 0;
        for (int line = 1; line < lines.size(); line++) {
            if (lines.marks(line) < lines.marks(line - 1)) {
                clear += rest(lines, line) == Rest.CLEAR ? 1 : 0;
            }
        }
        if (clear == 0) {
            return;
        }
        for (int line = 1; line < lines.size(); line++) {
            if (lines.marks(line) < lines.marks(line - 1) && !lines.isRest(line - 1)) {
                Rest rest = rest(lines, line);
                if (rest == Rest.CLEAR
                        || (rest == Rest.LAST && clear > 1)
                        || (rest == Rest.POSSIBLE && (clear >= THROUGHOUT || !endsSentence(lines, line - 1)))) {
                    lines.setMarks(line, lines.marks(line - 1), lines.contentStart(line));
                    lines.setRest(line);
                }
            }
        }
    }

    private static Rest rest(ClassifiedLines lines, int line) {
        String text = lines.text();
        if (lines.lineClass(line) == LineClass.PATCH || lines.isBlank(line) || lines.isBlank(line - 1)) {
            return Rest.NONE;
        }
        int from = lines.contentStart(line);
        int end = trimmed(lines, line);
        while (ClassifiedLines.isBlankChar(text.charAt(from))) {
            from++;
        }
        int above = trimmed(lines, line - 1) - lines.start(line - 1);
        int word = from;
        while (word < end && !ClassifiedLines.isBlankChar(text.charAt(word))) {
            word++;
        }
        if (end - from > LONGEST_REST
                || above + 1 + word - from < LEAST_WIDTH
                || above + 1 + end - from > MOST_WIDTH
                || !holdsWord(text, from, end)
                || Attributions.looksLikeOne(lines, line)) {
            return Rest.NONE;
        }
        boolean followed = line + 1 < lines.size() && lines.marks(line + 1) > lines.marks(line);
        boolean readsOn = !Character.isUpperCase(text.charAt(from)) && !endsSentence(lines, line - 1);
        if (followed) {
            if (endsSentence(lines, line) && beginsSmall(lines, line + 1)) {
                // The line above reads on below: what stands between is an answer.
                return Rest.NONE;
            }
            return readsOn && isProse(lines, line - 1) ? Rest.CLEAR : Rest.POSSIBLE;
        }
        boolean last = line + 1 == lines.size() || lines.isBlank(line + 1);
        return readsOn && last ? Rest.LAST : Rest.NONE;
    }

    private static int trimmed(ClassifiedLines lines, int line) {
        int end = lines.end(line);
        while (end > lines.contentStart(line)
                && ClassifiedLines.isBlankChar(lines.text().charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Whether a line is neither of a diff nor drawn: lines of code are answered without ado. */
    private static boolean isProse(ClassifiedLines lines, int line) {
        String text = lines.text();
        char begin = text.charAt(lines.contentStart(line));
        char end = text.charAt(trimmed(lines, line) - 1);
        return begin != '+'
                && begin != '-'
                && begin != '@'
                && (Character.isLetterOrDigit(end) || ",'\")/-]>".indexOf(end) >= 0);
    }

    private static boolean beginsSmall(ClassifiedLines lines, int line) {
        int from = lines.contentStart(line);
        return from < lines.end(line) && Character.isLowerCase(lines.text().charAt(from));
    }

    private static boolean holdsWord(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isLetterOrDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsSentence(ClassifiedLines lines, int line) {
        int end = trimmed(lines, line);
        return end > lines.contentStart(line) && ".?!:;。？！".indexOf(lines.text().charAt(end - 1)) >= 0;
    }
}
