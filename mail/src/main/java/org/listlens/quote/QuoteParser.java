package org.listlens.quote;

import java.util.Locale;
import org.listlens.mail.Quotes;

/**
 * Tells the new lines of a text from the quoted ones. Stateless; takes time linear in the text, whatever it holds.
 *
 * <p>Quoted is what has quote marks ({@code >}, also spaced and stacked; {@code JD>} as Supercite writes; {@code |} and
 * {@code :} where an attribution or a run of prose shows that they are marks), and what stands under
 * {@code -----Original Message-----}, under {@code Forwarded message} or under a block of
 * {@code From: / Sent: / To: / Subject:}, there one level deeper than its marks say, unless that block is itself the first
 * that its marks hold; so is what stands without marks under an attribution, where something is written above it and no
 * line below it has marks.
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
        if (lines.isMarked()) {
            AttributionMarks.scan(lines);
        }
        PatchLines.scan(lines);
        if (lines.isMarked()) {
            WrappedLines.scan(lines);
        }
        new Walk(lines).run();
        return lines;
    }

    /** The way through the text from top to bottom, with what holds until something ends it. */
    private static final class Walk {
        /** How far below an original message's head its text can begin. */
        private static final int BELOW = 8;

        private static final int FIELD_NAME = 16;

        /** Parts of what mailers write above a message that is passed on. */
        private static final String[] FORWARDS = {
            "forward",
            "weitergeleitet",
            "transf",
            "transmis",
            "reenviad",
            "inoltrat",
            "encaminhad",
            "doorgestuurd",
            "przekaz",
            "vidarebe",
            "videresend",
            "edelleen",
            "přeposl",
            "пересл",
            "перес",
            "转发",
            "轉寄",
            "転送"
        };

        private final ClassifiedLines lines;
        private final int size;
        /** The marks of the lines under which a message without marks of its own began, ascending. */
        private final int[] unmarked = new int[MAX_DEPTH];

        private int unmarkedCount;
        /** What unquoted lines are until something else begins: NEW, SIGNATURE or FOOTER. */
        private LineClass state = LineClass.NEW;

        private int quotedNext = -1;
        /** The next line with which an attribution could end. */
        private int nextEnding = -1;
        /** The last line above that is not blank; -1 without one. */
        private int above = -1;

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
                    above = line;
                    line++;
                } else if (lines.isBlank(line)) {
                    blank(line++);
                } else {
                    line = next(line);
                }
            }
        }

        private int endOfAttribution(int line) {
            if (nextEnding < line) {
                nextEnding = Attributions.nextEnding(lines, line);
            }
            return Attributions.reaches(line, nextEnding) ? Attributions.end(lines, line) : line;
        }

        private void blank(int line) {
            // Without the marks that the lines around it have it stands outside of what these hold.
            int marks = lines.marks(line);
            int depth = marks;
            while (depth - marks < unmarkedCount && unmarked[depth - marks] <= marks) {
                depth++;
            }
            if (depth > 0) {
                lines.set(line, LineClass.QUOTED, Math.min(depth, MAX_DEPTH));
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
            int end = lines.isRest(line) ? line : endOfAttribution(line);
            boolean attributed = end > line;
            end = attributed || lines.isRest(line) ? end : OriginalMessage.end(lines, line);
            if (end > line) {
                end = attributed ? end : endOfFields(end, marks);
                // Outlook draws a rule above the fields.
                boolean ruled = !attributed && above >= 0 && above == line - 1 && Footers.isRule(lines, above);
                attribution(ruled && lines.marks(above) == marks ? above : line, end);
                boolean bare = attributed
                        ? written && marks == 0 && endOfUnquoted(line) == size
                        : !isMarkedBelow(end, marks) && !beginsQuote(line) && !isAnsweredBelow(line, end);
                if (bare && unmarkedCount < unmarked.length) {
                    unmarked[unmarkedCount++] = marks;
                }
                above = end - 1;
                return end;
            }
            written |= marks == 0;
            above = line;
            if (marks == 0 && isFooter(line)) {
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
            lines.set(line, own(line), 0);
            return line + 1;
        }

        /** The class of a line that the author wrote. */
        private LineClass own(int line) {
            if (state == LineClass.NEW && Footers.isSignature(lines, line, endOfUnquoted(line))) {
                state = LineClass.SIGNATURE;
            }
            if (state == LineClass.NEW && Trailers.isTrailer(lines, line)) {
                return LineClass.TRAILER;
            }
            return state == LineClass.NEW && Footers.isMobile(lines, line) ? LineClass.SIGNATURE : state;
        }

        private boolean isFooter(int line) {
            if (state == LineClass.FOOTER || !Footers.isPossible(lines, line)) {
                return false;
            }
            int end = endOfUnquoted(line);
            if (!Footers.beginsAt(lines, line, end)) {
                return false;
            }
            if (unmarkedCount > 0) {
                // Where a message is repeated without marks, so is its footer, above that of this mail.
                String rule = lines.line(line);
                for (int below = line + 1; below < end; below++) {
                    if (lines.line(below).equals(rule) && Footers.beginsAt(lines, below, end)) {
                        return false;
                    }
                }
            }
            return true;
        }

        /**
         * Whether the marks before a line hold nothing above it: then what stands above a repeated message was given the
         * marks together with it.
         */
        private boolean beginsQuote(int line) {
            return lines.marks(line) > 0 && (above < 0 || lines.marks(above) < lines.marks(line));
        }

        private void attribution(int from, int to) {
            int depth = depth(from);
            for (int line = from; line < to; line++) {
                lines.set(line, LineClass.ATTRIBUTION, depth);
            }
            state = LineClass.NEW;
        }

        /**
         * Whether an answer stands below fields at the top of a mail, between lines that have marks: then these alone are
         * quoted. Where an attribution introduces the first of them, they belong to the message that is repeated.
         */
        private boolean isAnsweredBelow(int line, int end) {
            if (lines.marks(line) > 0 || written || unmarkedCount > 0 || isForward(line)) {
                return false;
            }
            int quoted = endOfUnquoted(end - 1);
            int last = quoted - 1;
            while (last >= end && lines.isBlank(last)) {
                last--;
            }
            return quoted < size && last >= end && !Attributions.looksLikeOne(lines, last);
        }

        private boolean isForward(int line) {
            String text = lines.line(line).toLowerCase(Locale.ROOT);
            for (String word : FORWARDS) {
                if (text.contains(word)) {
                    return true;
                }
            }
            return false;
        }

        /** The line after the fields that stand directly under what begins a repeated message, whatever they are. */
        private int endOfFields(int line, int marks) {
            int end = line;
            while (end < size && end < line + BELOW && lines.marks(end) == marks && isField(end)) {
                end++;
            }
            return end;
        }

        private boolean isField(int line) {
            String text = lines.text();
            int from = lines.contentStart(line);
            int at = from;
            while (at < lines.end(line) && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '-')) {
                at++;
            }
            return at > from + 1
                    && at < from + FIELD_NAME
                    && text.startsWith(": ", at)
                    && Character.isUpperCase(text.charAt(from));
        }

        /** Whether one of the next lines, before one that is not blank, has more marks than these. */
        private boolean isMarkedBelow(int line, int marks) {
            for (int below = line; below < size && below < line + BELOW; below++) {
                if (lines.marks(below) > marks) {
                    return true;
                }
                if (!lines.isBlank(below)) {
                    return false;
                }
            }
            return false;
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
