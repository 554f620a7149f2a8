package org.listlens.quote;

import org.listlens.mail.Quotes;

/**
 * Tells the new lines of a text from the quoted ones. Stateless; takes time linear in the text, whatever it holds.
 *
 * <p>Quoted is what has quote marks ({@code >}, also spaced and stacked; {@code JD>} as Supercite writes; {@code |} and
 * {@code :} where an attribution or a run of prose shows that they are marks), and what stands under
 * {@code -----Original Message-----}, under {@code Forwarded message} or under a block of
 * {@code From: / Sent: / To: / Subject:}, there one level deeper than its marks say; so is what stands without marks
 * under an attribution, where something is written above it and no line below it has marks.
 */
public final class QuoteParser {
    /** No reply is deeper; more marks count as this many. */
    public static final int MAX_DEPTH = 255;

    private QuoteParser() {}

    /** Sums up what is quoted and what is new in a text with {@code \n} line ends. */
    public static Quotes parse(String text) {
        return text.isEmpty() ? Quotes.NONE : classify(text).toQuotes();
    }

    /** Classes each line of a text with {@code \n} line ends. */
    public static ClassifiedLines classify(String text) {
        ClassifiedLines lines = new ClassifiedLines(text);
        QuoteMarks.scan(lines);
        AttributionMarks.scan(lines);
        PatchLines.scan(lines);
        new Walk(lines).run();
        return lines;
    }

    /** The way through the text from top to bottom, with what holds until something ends it. */
    private static final class Walk {
        private final ClassifiedLines lines;
        private final int size;
        /** The marks of the lines under which a message without marks of its own began, ascending. */
        private final int[] unmarked = new int[MAX_DEPTH];

        private int unmarkedCount;
        /** What unquoted lines are until something else begins: NEW, SIGNATURE or FOOTER. */
        private LineClass state = LineClass.NEW;

        private int quotedNext = -1;
        /** Whether a line without marks stands above that is no attribution. */
        private boolean written;

        Walk(ClassifiedLines lines) {
            this.lines = lines;
            this.size = lines.size();
        }

        void run() {
            int line = 0;
            while (line < size) {
                if (lines.lineClass(line) == LineClass.PATCH) {
                    if (unmarkedCount > 0) {
                        lines.set(line, LineClass.QUOTED, depth(line));
                    }
                    state = LineClass.NEW;
                    line++;
                } else if (lines.isBlank(line)) {
                    blank(line++);
                } else {
                    line = next(line);
                }
            }
        }

        private void blank(int line) {
            if (lines.marks(line) > 0 || unmarkedCount > 0) {
                lines.set(line, LineClass.QUOTED, depth(line));
            } else {
                lines.set(line, state, 0);
            }
        }

        /** Classes the line, and those that belong to it; returns the line after them. */
        private int next(int line) {
            int marks = lines.marks(line);
            while (unmarkedCount > 0 && unmarked[unmarkedCount - 1] > marks) {
                unmarkedCount--;
            }
            int end = Attributions.end(lines, line);
            boolean attributed = end > line;
            end = attributed ? end : OriginalMessage.end(lines, line);
            if (end > line) {
                attribution(line, end);
                boolean bare = attributed
                        ? written && marks == 0 && endOfUnquoted(line) == size
                        : !isMarked(lines.nextNotBlank(end - 1, 4), marks);
                if (bare && unmarkedCount < unmarked.length) {
                    unmarked[unmarkedCount++] = marks;
                }
                return end;
            }
            written |= marks == 0;
            if (marks == 0 && Footers.beginsAt(lines, line, endOfUnquoted(line))) {
                state = LineClass.FOOTER;
            }
            if (state == LineClass.FOOTER && marks == 0) {
                lines.set(line, LineClass.FOOTER, 0);
                return line + 1;
            }
            int depth = depth(line);
            if (depth > 0) {
                lines.set(line, LineClass.QUOTED, depth);
                state = LineClass.NEW;
                return line + 1;
            }
            if (state == LineClass.NEW && Footers.isSignature(lines, line, endOfUnquoted(line))) {
                state = LineClass.SIGNATURE;
            }
            LineClass own = state == LineClass.NEW && Trailers.isTrailer(lines, line) ? LineClass.TRAILER : state;
            lines.set(line, own, 0);
            return line + 1;
        }

        private void attribution(int from, int to) {
            int depth = depth(from);
            for (int line = from; line < to; line++) {
                lines.set(line, LineClass.ATTRIBUTION, depth);
            }
            state = LineClass.NEW;
        }

        private boolean isMarked(int line, int marks) {
            return line >= 0 && lines.marks(line) > marks;
        }

        private int depth(int line) {
            return Math.min(lines.marks(line) + unmarkedCount, MAX_DEPTH);
        }

        /** The next line with quote marks, or the end. */
        private int endOfUnquoted(int line) {
            if (quotedNext <= line) {
                quotedNext = line + 1;
                while (quotedNext < size && lines.marks(quotedNext) == 0) {
                    quotedNext++;
                }
            }
            return quotedNext;
        }
    }
}
