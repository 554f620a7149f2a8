package org.listlens.quote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.listlens.mail.Quotes;
import org.listlens.mail.ReplyStyle;

/**
 * The lines of a text, each with its class and depth. Lines are numbered from 0; the line end that closes the text
 * begins no further line.
 */
public final class ClassifiedLines {
    private final String text;
    private final int size;
    /** Where each line begins; one more for the end of the text. */
    private final int[] start;
    /** Where each line's content begins, after its quote marks. */
    private final int[] content;

    private final int[] marks;
    private final int[] depth;
    private final LineClass[] classes;

    ClassifiedLines(String text) {
        this.text = text;
        int lines = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            lines++;
        }
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            lines++;
        }
        size = lines;
        start = new int[lines + 1];
        for (int line = 1; line <= lines; line++) {
            int end = text.indexOf('\n', start[line - 1]);
            start[line] = end < 0 ? text.length() + 1 : end + 1;
        }
        content = Arrays.copyOf(start, lines);
        marks = new int[lines];
        depth = new int[lines];
        classes = new LineClass[lines];
        Arrays.fill(classes, LineClass.NEW);
    }

    /** How many lines there are. */
    public int size() {
        return size;
    }

    /** What a line is there for. */
    public LineClass lineClass(int line) {
        return classes[line];
    }

    /** How many times a line is quoted; 0 when it is not. */
    public int depth(int line) {
        return depth[line];
    }

    /** A line as it stands in the text, without its line end. */
    public String line(int line) {
        return text.substring(start[line], end(line));
    }

    /** A line without its quote marks and without its line end. */
    public String content(int line) {
        return text.substring(content[line], end(line));
    }

    /** The summary of all lines. */
    public Quotes toQuotes() {
        int deepest = 0;
        int quotedChars = 0;
        for (int line = 0; line < size; line++) {
            deepest = Math.max(deepest, depth[line]);
            quotedChars += depth[line] > 0 ? start[line + 1] - content[line] : 0;
        }
        int[] counts = new int[deepest + 1];
        StringBuilder written = new StringBuilder(text.length() - Math.min(quotedChars, text.length()));
        StringBuilder quoted = new StringBuilder(quotedChars);
        // Blank lines count as a break between what stands around them, and only there.
        boolean gap = false;
        for (int line = 0; line < size; line++) {
            boolean blank = isBlank(line);
            if (depth[line] > 0) {
                counts[depth[line]] += blank && marks[line] == 0 ? 0 : 1;
                if (quoted.length() > 0) {
                    quoted.append('\n');
                }
                quoted.append(text, content[line], end(line));
                gap = true;
            } else {
                counts[0] += blank ? 0 : 1;
                if (blank || (classes[line] != LineClass.NEW && classes[line] != LineClass.TRAILER)) {
                    gap = true;
                } else {
                    if (written.length() > 0) {
                        written.append(gap ? "\n\n" : "\n");
                    }
                    written.append(text, start[line], end(line));
                    gap = false;
                }
            }
        }
        if (deepest == 0 && counts[0] == 0) {
            return Quotes.NONE;
        }
        List<Integer> linesByDepth = new ArrayList<>(deepest + 1);
        for (int count : counts) {
            linesByDepth.add(count);
        }
        return new Quotes(
                deepest,
                linesByDepth,
                written.toString(),
                quoted.toString(),
                deepest == 0 ? ReplyStyle.NONE : ReplyStyle.INLINE,
                List.of(),
                List.of());
    }

    /** The text that the lines are of. */
    public String text() {
        return text;
    }

    /** Where a line begins in the text. */
    public int start(int line) {
        return start[line];
    }

    /** Where a line ends in the text, before its line end. */
    public int end(int line) {
        return start[line + 1] - 1;
    }

    /** Where a line's content begins in the text, after its quote marks. */
    public int contentStart(int line) {
        return content[line];
    }

    /** How many quote marks stand before a line. */
    int marks(int line) {
        return marks[line];
    }

    void setMarks(int line, int count, int contentStart) {
        marks[line] = count;
        content[line] = contentStart;
    }

    void set(int line, LineClass lineClass, int lineDepth) {
        classes[line] = lineClass;
        depth[line] = lineDepth;
    }

    /** Whether there is nothing but blanks after a line's quote marks. */
    boolean isBlank(int line) {
        for (int i = content[line], end = end(line); i < end; i++) {
            if (!isBlankChar(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a line's content begins so. */
    boolean startsWith(int line, String prefix) {
        return end(line) - content[line] >= prefix.length() && text.startsWith(prefix, content[line]);
    }

    /** The next line after this one, not more than {@code within} lines below, that is not blank; -1 without one. */
    int nextNotBlank(int line, int within) {
        for (int next = line + 1; next < size && next <= line + within; next++) {
            if (!isBlank(next)) {
                return next;
            }
        }
        return -1;
    }

    static boolean isBlankChar(char c) {
        return c == ' ' || c == '\t' || c == '\f' || c == '\u00a0';
    }
}
