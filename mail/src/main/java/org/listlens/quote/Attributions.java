package org.listlens.quote;

/**
 * Lines that say who is quoted below, {@code On … wrote:}, over up to four lines, as mailers write them in some thirty
 * languages. What makes one is what it holds (a verb of writing, a date, a mailbox, a name, and nothing besides) and
 * what follows, a line that is quoted deeper; without the latter it takes all of the former.
 */
final class Attributions {
    private static final int MAX_LINES = 4;
    private static final int MAX_CHARS = 600;
    /** Blank lines between an attribution and what it introduces. */
    private static final int GAP = 3;
    /** The same for a line that is one only because something quoted stands below it. */
    private static final int CLOSE = 2;
    /** What is no more than a name is not longer. */
    private static final int SHORT = 60;

    private Attributions() {}

    /**
     * The first line from here on that could be the last of an attribution: one that ends as they do, or below which
     * something is quoted deeper. Below most lines none is near.
     */
    static int nextEnding(ClassifiedLines lines, int from) {
        int line = from;
        while (line < lines.size() && !endsWithMark(lines, line)) {
            int below = lines.nextNotBlank(line, GAP);
            if (below >= 0 && lines.marks(below) > lines.marks(line)) {
                break;
            }
            line++;
        }
        return line;
    }

    /** Whether an attribution that begins at one line could end at another. */
    static boolean reaches(int line, int ending) {
        return ending - line < MAX_LINES;
    }

    /** The line after the attribution that begins at this line; the line itself when none does. */
    static int end(ClassifiedLines lines, int line) {
        // A line that cannot begin one is the usual case.
        if (lines.end(line) - lines.contentStart(line) > MAX_CHARS) {
            return line;
        }
        for (int last = line; last < lines.size() && last < line + MAX_LINES; last++) {
            if (!belongs(lines, line, last)) {
                return line;
            }
            int below = lines.nextNotBlank(last, GAP);
            boolean follows = below >= 0 && lines.marks(below) > lines.marks(line);
            if ((follows || endsWithMark(lines, last)) && isOne(lines, line, last, below, follows)) {
                return last + 1;
            }
            if (follows && below == last + 1 && lines.marks(below) > lines.marks(line) + 1) {
                return line;
            }
        }
        return line;
    }

    /** Whether this one line has a verb of writing and a colon at its end. */
    static boolean looksLikeOne(ClassifiedLines lines, int line) {
        return endsWithMark(lines, line)
                && lines.end(line) - lines.contentStart(line) <= MAX_CHARS
                && (lines.hints(line) & AttributionHints.VERB) != 0
                && new AttributionReader(lines.content(line)).hasVerb();
    }

    /** The text of some lines that are one attribution. */
    static String joined(ClassifiedLines lines, int from, int to) {
        if (to - from == 1) {
            return lines.content(from);
        }
        StringBuilder text = new StringBuilder();
        for (int line = from; line < to; line++) {
            String content = lines.content(line).strip();
            // An address that was broken goes on without a blank.
            boolean open = text.lastIndexOf("<") > Math.max(text.lastIndexOf(">"), text.lastIndexOf(" "));
            text.append(open || text.isEmpty() ? "" : " ").append(content);
        }
        return text.toString();
    }

    /**
     * Whether a line can go on with an attribution that began above it. It has the marks of the first; where mailers
     * wrap, it may have lost some, or have one more for a bracket that closes an address.
     */
    private static boolean belongs(ClassifiedLines lines, int line, int next) {
        return next == line
                || (lines.marks(next) <= lines.marks(line)
                        && !lines.isBlank(next)
                        && lines.lineClass(next) != LineClass.PATCH
                        && lines.end(next) - lines.contentStart(line) <= MAX_CHARS);
    }

    private static boolean isOne(ClassifiedLines lines, int line, int last, int below, boolean follows) {
        if (!isPossible(lines, line, last, follows)) {
            return false;
        }
        String text = joined(lines, line, last + 1);
        if (text.isBlank()) {
            return false;
        }
        AttributionReader found = new AttributionReader(text);
        if (found.isEmpty()) {
            return false;
        }
        boolean close = follows && below <= last + CLOSE;
        boolean one;
        if (last > line) {
            one = (follows || isStrict(found)) && isOneOfLines(lines, line, last, found, follows);
        } else if (follows) {
            one = isIntroduction(found) || (close && (isLoose(found, text) || isNameAlone(found, text)));
        } else {
            one = isStrict(found);
        }
        if (one) {
            lines.found(line, new ClassifiedLines.Found(last + 1, found.read()));
        }
        return one;
    }

    /** Whether the lines hold enough to be one: a cheap test that most fail. */
    private static boolean isPossible(ClassifiedLines lines, int line, int last, boolean follows) {
        int hints = 0;
        for (int i = line; i <= last; i++) {
            hints |= lines.hints(i);
        }
        boolean verb = (hints & AttributionHints.VERB) != 0;
        boolean mailbox = (hints & AttributionHints.MAILBOX) != 0;
        boolean dated = (hints & AttributionHints.DIGIT) != 0;
        if (last == line && follows) {
            return verb
                    || (mailbox && dated)
                    || (hints & (AttributionHints.COLON | AttributionHints.QUOTING | AttributionHints.BRACKET)) != 0;
        }
        return verb ? mailbox || dated : mailbox && dated;
    }

    /** What needs nothing quoted below it. */
    private static boolean isStrict(AttributionReader found) {
        if (!found.isTight() || !found.endsWithColon()) {
            return false;
        }
        if (found.hasVerb()) {
            boolean who = found.hasMailbox() || found.names();
            boolean mailbox = found.endsWithVerb() && found.read().address() != null;
            return who && ((found.isDated() && found.isStarted()) || mailbox);
        }
        return found.isWhollyDated() && found.hasMailbox() && found.isStarted();
    }

    /** What says who wrote, or when, above something quoted. */
    private static boolean isIntroduction(AttributionReader found) {
        if (!found.isTight()) {
            return false;
        }
        boolean names = found.names();
        boolean colon = found.endsWithColon();
        if (found.hasVerb()) {
            if (!names) {
                return found.isDated() || found.hasMailbox() || (colon && found.isPronoun());
            }
            return found.isDated()
                    || found.hasMailbox()
                    || found.isStarted()
                    || found.namesSubject()
                    || (colon && !found.isSubjectNoName() && !found.beginsWithVerb());
        }
        if (found.isDated()) {
            return found.hasMailbox()
                    || (names
                            && (found.isQuoting()
                                    || (colon
                                            && (found.isStarted()
                                                    || (found.isWhollyDated()
                                                            && NameShapes.beginsWithPerson(found.tokens()))))));
        }
        return names && ((colon && found.hasMailbox()) || found.isQuoting());
    }

    /** Prose that names who wrote what stands right below it. */
    private static boolean isLoose(AttributionReader found, String text) {
        if (!found.endsWithColon() && !found.hasVerb()) {
            return false;
        }
        if (found.hasVerb()) {
            return found.namesSubject() && (found.endsWithColon() || found.isTight());
        }
        return found.endsWithColon()
                && ((found.read().address() != null && text.length() <= 2 * SHORT) || found.isSpeech());
    }

    /** {@code Jane Doe:} and {@code [Jane Doe]}. */
    private static boolean isNameAlone(AttributionReader found, String text) {
        String bare = text.strip();
        boolean bracketed = bare.startsWith("[") && bare.endsWith("]");
        if (bare.length() > SHORT || (!bracketed && !found.endsWithColon())) {
            return false;
        }
        return NameShapes.isPersonAlone(found.tokens(), bracketed);
    }

    private static boolean isOneOfLines(
            ClassifiedLines lines, int line, int last, AttributionReader found, boolean follows) {
        boolean date = found.isDated();
        if (!found.isTight() || !(date || found.hasMailbox())) {
            return false;
        }
        boolean verb = found.hasVerb();
        // The lines above the last must have something of it.
        AttributionReader first = new AttributionReader(joined(lines, line, last));
        boolean begins = first.isDated() || first.hasMailbox() || first.isQuoting() || first.isStarted();
        boolean lost = lines.marks(last) < lines.marks(line);
        return (begins || beginsWithVerb(found, first))
                && (verb || (date && found.hasMailbox()))
                && (!lost || follows || verb)
                && (found.names() || (verb && date));
    }

    private static boolean beginsWithVerb(AttributionReader found, AttributionReader first) {
        return found.hasVerb() && !first.hasVerb() && NameShapes.namesAlone(first.tokens());
    }

    /** Whether a line ends as attributions end: with a colon, or with the sign that a mailer puts in its place. */
    private static boolean endsWithMark(ClassifiedLines lines, int line) {
        String text = lines.text();
        int end = lines.trimmedEnd(line) - 1;
        int start = lines.contentStart(line);
        while (end >= start && isTrailing(text.charAt(end))) {
            end--;
        }
        return end >= start && (text.charAt(end) == ':' || text.charAt(end) == '：');
    }

    private static boolean isTrailing(char c) {
        return ClassifiedLines.isBlankChar(c) || c == '*' || c == '\u202c' || c == '\u200e' || c == '\u200f';
    }
}
