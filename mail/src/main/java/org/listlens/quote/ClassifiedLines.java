package org.listlens.quote;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Quotes;

/**
 * The lines of a text, each with its class and depth. Lines are numbered from 0; the line end that closes the text
 * begins no further line.
 */
public final class ClassifiedLines {
    /** How far below an attribution what it introduces can begin. */
    private static final int INTRODUCED = 8;
    /** So many characters most lines have at least. */
    private static final int USUAL_LINE = 24;
    /** Beside the hints of a line that has been looked at. */
    private static final int HINTED = 128;

    private static final Found[] NOTHING_FOUND = {};

    /**
     * An attribution.
     *
     * @param end the line after its last
     * @param said what it says
     */
    record Found(int end, Attribution said) {}

    private final String text;
    private final int size;
    /** Where each line begins; one more for the end of the text. */
    private final int[] start;
    /** Where the blanks at each line's end begin. */
    private final int[] trimmed;
    /** Where each line's content begins, after its quote marks. */
    private final int[] content;

    private final int[] marks;
    private final int[] depth;
    private final LineClass[] classes;
    private final BitSet rests = new BitSet();
    /** What {@link AttributionHints} finds in each line's content; 0 where nothing has been looked for. */
    private final byte[] hints;

    /** The attributions that have been read, at the line with which each begins; empty before the first. */
    private @Nullable Found[] found = NOTHING_FOUND;

    private boolean marked;

    ClassifiedLines(String text) {
        this.text = text;
        int length = text.length();
        int[] starts = new int[length / USUAL_LINE + 8];
        int[] ends = new int[starts.length];
        int lines = 0;
        int from = 0;
        while (from < length) {
            if (lines + 1 == starts.length) {
                starts = Arrays.copyOf(starts, 2 * starts.length);
                ends = Arrays.copyOf(ends, starts.length);
            }
            int end = text.indexOf('\n', from);
            end = end < 0 ? length : end;
            starts[lines] = from;
            from = end + 1;
            while (end > starts[lines] && isBlankChar(text.charAt(end - 1))) {
                end--;
            }
            ends[lines++] = end;
        }
        starts[lines] = from;
        size = lines;
        start = starts;
        trimmed = ends;
        content = Arrays.copyOf(start, lines);
        hints = new byte[lines];
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

    /** Whether a line goes on with the line above it, from which a mailer broke it off. */
    public boolean isRest(int line) {
        return rests.get(line);
    }

    /**
     * How deep the lines are quoted that an attribution introduces. One that stands inside of its own quote, as Apple Mail
     * writes it, has the depth that it speaks for; any other speaks for the next.
     *
     * @param line the last line of the attribution
     */
    public int introduces(int line) {
        int below = line + 1;
        while (below < size && below <= line + INTRODUCED && (classes[below] != LineClass.QUOTED || isBlank(below))) {
            below++;
        }
        boolean inside = below < size && below <= line + INTRODUCED && depth[below] == depth[line] && depth[line] > 0;
        return inside ? depth[line] : depth[line] + 1;
    }

    /** The summary of all lines; who is quoted is left open. */
    public Quotes toQuotes() {
        return toQuotes(text);
    }

    /**
     * The summary of all lines; who is quoted is left open.
     *
     * @param original the text before the paragraphs of {@code format=flowed} were put together, whose lines others quote
     */
    public Quotes toQuotes(String original) {
        return QuoteSummary.of(this, original);
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

    /** Where the blanks at the end of a line begin, which can be before its content does. */
    int trimmedEnd(int line) {
        return trimmed[line];
    }

    /** The hints of {@link AttributionHints} in a line's content. */
    int hints(int line) {
        int known = hints[line];
        if (known == 0) {
            known = HINTED | AttributionHints.of(text, content[line], end(line));
            hints[line] = (byte) known;
        }
        return known;
    }

    /** Remembers that an attribution begins at a line. */
    void found(int line, Found attribution) {
        if (found.length == 0) {
            found = new Found[size];
        }
        found[line] = attribution;
    }

    /** The attribution that begins at a line; {@code null} when none is known. */
    @Nullable
    Found found(int line) {
        return found.length == 0 ? null : found[line];
    }

    /** Whether marks have been found before any line. */
    boolean isMarked() {
        return marked;
    }

    /** How many quote marks stand before a line. */
    int marks(int line) {
        return marks[line];
    }

    void setMarks(int line, int count, int contentStart) {
        marks[line] = count;
        content[line] = contentStart;
        hints[line] = 0;
        marked |= count > 0;
    }

    void set(int line, LineClass lineClass, int lineDepth) {
        classes[line] = lineClass;
        depth[line] = lineDepth;
    }

    void setRest(int line) {
        rests.set(line);
    }

    /** Whether there is nothing but blanks after a line's quote marks. */
    boolean isBlank(int line) {
        return trimmed[line] <= content[line];
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
