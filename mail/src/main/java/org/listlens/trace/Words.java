package org.listlens.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The words of one comment or one clause, with blanks, commas and nested parentheses between them; the first {@value #MAX}
 * of them. Used again for each comment of a line.
 */
final class Words {
    /** More than any real comment has. */
    static final int MAX = 64;

    private static final int MAX_DEPTH = 3;

    private final String line;
    private final int[] starts = new int[MAX];
    private final int[] ends = new int[MAX];
    private final boolean[] nested = new boolean[MAX];
    private int size;

    Words(String line) {
        this.line = line;
    }

    /** Forgets what was there and takes the words between {@code start} and {@code end} of the line. */
    Words read(int start, int end) {
        size = 0;
        Arrays.fill(nested, false);
        collect(start, end, 0);
        return this;
    }

    private void collect(int start, int end, int depth) {
        Tokens tokens = new Tokens(line, start, end);
        while (size < MAX && tokens.next() != Tokens.Kind.END) {
            if (tokens.kind() == Tokens.Kind.WORD) {
                add(tokens.start(), tokens.end(), depth > 0);
            } else if (tokens.kind() == Tokens.Kind.COMMENT && depth < MAX_DEPTH) {
                collect(tokens.start(), tokens.end(), depth + 1);
            }
        }
    }

    /** Adds a word without the commas around it, or the words between the commas in it; what is quoted keeps its commas. */
    private void add(int start, int end, boolean isNested) {
        int from = start;
        char close = 0;
        for (int i = start; i <= end && size < MAX; i++) {
            char c = i == end ? ',' : line.charAt(i);
            if (i == end || (c == ',' && close == 0)) {
                if (i > from) {
                    starts[size] = from;
                    ends[size] = i;
                    nested[size] = isNested;
                    size++;
                }
                from = i + 1;
            } else if (close != 0) {
                close = c == close ? 0 : close;
            } else if (c == '"' || c == '<') {
                close = c == '"' ? '"' : '>';
            }
        }
    }

    int size() {
        return size;
    }

    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return ends[i];
    }

    int length(int i) {
        return ends[i] - starts[i];
    }

    char first(int i) {
        return line.charAt(starts[i]);
    }

    /** Whether a word stands in parentheses inside the comment. */
    boolean isNested(int i) {
        return nested[i];
    }

    String get(int i) {
        return line.substring(starts[i], ends[i]);
    }

    /** A word without the quotes or angle brackets around it; {@code null} where there is no such word. */
    @Nullable
    String bare(int i) {
        return i < size ? bare(line, starts[i], ends[i]) : null;
    }

    /** Whether there is such a word and it is this one, whatever its case. */
    boolean is(int i, String word) {
        return i >= 0 && i < size && length(i) == word.length() && startsWith(i, word);
    }

    boolean startsWith(int i, String prefix) {
        return i >= 0
                && i < size
                && length(i) >= prefix.length()
                && line.regionMatches(true, starts[i], prefix, 0, prefix.length());
    }

    /** A part of a line without the quotes or angle brackets around it. */
    static String bare(String line, int start, int end) {
        int from = start;
        int to = end;
        while (to - from >= 2 && isPair(line.charAt(from), line.charAt(to - 1))) {
            from++;
            to--;
        }
        return line.substring(from, to);
    }

    private static boolean isPair(char open, char close) {
        return (open == '"' && close == '"') || (open == '<' && close == '>');
    }
}
