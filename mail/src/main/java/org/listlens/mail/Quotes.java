package org.listlens.mail;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What in a text is quoted.
 *
 * @param depth the deepest level of quoting; 0 when nothing is quoted
 * @param linesByDepth how many lines stand at each depth that occurs: element 0 counts the unquoted lines that are not
 *     blank, element n the lines quoted n times
 * @param counts how many lines are of each class
 * @param newText the lines that the author wrote, without signature and list footer, joined by {@code \n}
 * @param quotedText the quoted lines without their marks, joined by {@code \n}
 * @param style how the new text stands to the quoted
 * @param quotations who is quoted where, in the order of the text
 * @param sketch by which a quoted text finds the mail that it comes from: for each depth with lines to tell apart one
 *     element, the depth (0: new), a blank, and in base64 the 32-bit hashes of some of its lines ({@link QuoteSketch})
 */
public record Quotes(
        int depth,
        List<Integer> linesByDepth,
        LineCounts counts,
        String newText,
        String quotedText,
        ReplyStyle style,
        List<Quotation> quotations,
        List<String> sketch) {
    /** A text without any line. */
    public static final Quotes NONE =
            new Quotes(0, List.of(), LineCounts.NONE, "", "", ReplyStyle.NONE, List.of(), List.of());

    public Quotes {
        linesByDepth = List.copyOf(linesByDepth);
        Objects.requireNonNull(counts);
        Objects.requireNonNull(newText);
        Objects.requireNonNull(quotedText);
        Objects.requireNonNull(style);
        quotations = List.copyOf(quotations);
        sketch = List.copyOf(sketch);
    }

    /** The same with who is quoted where. */
    public Quotes with(List<Quotation> quoted) {
        return new Quotes(depth, linesByDepth, counts, newText, quotedText, style, quoted, sketch);
    }

    /** How many lines are quoted, at whatever depth, lines that hold nothing but quote marks included. */
    public int quotedLines() {
        int lines = 0;
        for (int level = 1; level < linesByDepth.size(); level++) {
            lines += linesByDepth.get(level);
        }
        return lines;
    }

    /** How many lines that are not blank are unquoted. */
    public int unquotedLines() {
        return linesByDepth.isEmpty() ? 0 : linesByDepth.get(0);
    }

    /**
     * The share of the lines that the author wrote among these and the quoted ones, from 0 to 1; {@code null} when there
     * are neither.
     */
    public @Nullable Double newRatio() {
        int both = counts.written() + counts.quoted();
        return both == 0 ? null : (Double) ((double) counts.written() / both);
    }
}
