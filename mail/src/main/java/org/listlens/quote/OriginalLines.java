package org.listlens.quote;

/**
 * The lines of a text as it stood before the paragraphs of {@code format=flowed} (RFC 3676) were put together, and which
 * line of the text that they became each of them belongs to. Putting together changes blanks, quote marks and line ends
 * and nothing else, so the lines are found by the characters between.
 */
public final class OriginalLines {
    private final String original;
    private final int size;
    private final int[] start;
    private final int[] classified;

    private OriginalLines(String original, int size, int[] start, int[] classified) {
        this.original = original;
        this.size = size;
        this.start = start;
        this.classified = classified;
    }

    /**
     * Finds the lines of a text.
     *
     * @param original the text as it stood, with {@code \n} line ends
     * @param lines what it became, classified
     */
    public static OriginalLines of(String original, ClassifiedLines lines) {
        ClassifiedLines cut = new ClassifiedLines(original);
        int[] start = new int[cut.size() + 1];
        for (int line = 0; line < cut.size(); line++) {
            start[line] = cut.start(line);
        }
        start[cut.size()] = original.length() + (original.endsWith("\n") ? 0 : 1);
        int[] classified = new int[cut.size()];
        if (original.equals(lines.text())) {
            for (int line = 0; line < classified.length; line++) {
                classified[line] = line;
            }
        } else if (lines.size() > 0) {
            match(cut, lines, classified);
        }
        return new OriginalLines(original, lines.size() == 0 ? 0 : cut.size(), start, classified);
    }

    private static void match(ClassifiedLines cut, ClassifiedLines lines, int[] classified) {
        int[] written = new int[lines.size()];
        for (int line = 0; line < written.length; line++) {
            written[line] = written(lines, line);
        }
        int at = 0;
        int left = written[0];
        for (int line = 0; line < classified.length; line++) {
            int own = written(cut, line);
            if (line > 0 && left <= 0) {
                if (own > 0) {
                    while (at + 1 < written.length) {
                        at++;
                        if (written[at] > 0) {
                            break;
                        }
                    }
                    left = written[at];
                } else if (at + 1 < written.length && written[at + 1] == 0) {
                    at++;
                }
                // Any other blank line belongs to the paragraph that flowed into it.
            }
            classified[line] = at;
            left -= own;
        }
    }

    /** How many characters of a line are neither blanks nor quote marks. */
    private static int written(ClassifiedLines lines, int line) {
        int count = 0;
        String text = lines.text();
        for (int i = lines.start(line), end = lines.end(line); i < end; i++) {
            count += text.charAt(i) == ' ' || text.charAt(i) == '>' ? 0 : 1;
        }
        return count;
    }

    /** How many lines there are. */
    public int size() {
        return size;
    }

    /** A line as it stood, without its line end. */
    public String line(int line) {
        return original.substring(start(line), end(line));
    }

    /** The line of the classified text that a line belongs to. */
    public int classified(int line) {
        return classified[line];
    }

    int start(int line) {
        return start[line];
    }

    int end(int line) {
        return start[line + 1] - 1;
    }
}
