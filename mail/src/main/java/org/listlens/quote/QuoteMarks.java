package org.listlens.quote;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds the quote marks before each line: those of {@link AngleMarks}, tags as Supercite writes them, marks that are
 * indented, and those of {@link BarMarks}.
 */
final class QuoteMarks {
    private static final int MAX_TAGS = 100;
    private static final int LONGEST_TAG = 12;
    /** Marks are not indented by more blanks. */
    private static final int INDENT = 6;
    /** Supercite's own attributions begin with this many marks, which are not levels. */
    private static final int SUPERCITE_ATTRIBUTION = 5;

    private QuoteMarks() {}

    static void scan(ClassifiedLines lines) {
        Map<String, Integer> tags = new HashMap<>();
        boolean bars = false;
        boolean indented = false;
        AngleMarks.scan(lines);
        for (int line = 0; line < lines.size(); line++) {
            if (!isPossible(lines, line)) {
                continue;
            }
            int marks = lines.marks(line);
            int tag = tagEnd(lines, line, lines.contentStart(line), false);
            if (tag > 0 && tags.size() < MAX_TAGS) {
                tags.merge(tag(lines, line, tag), 1, Integer::sum);
            }
            indented |= marks == 0 && isIndented(lines, line);
            bars |= tag < 0 && BarMarks.isBar(lines, line);
        }
        boolean supercited = false;
        for (int line = 0; line < lines.size() && lines.isMarked() && !supercited; line++) {
            supercited = isSupercited(lines, line, !tags.isEmpty());
        }
        if (!tags.isEmpty() || supercited) {
            superciteLines(lines, tags, supercited);
        }
        if (indented) {
            indentedLines(lines);
        }
        if (bars) {
            BarMarks.scan(lines);
        }
    }

    /** Whether a line begins with what a tag, marks that are indented, a bar or a colon begin with: few do. */
    private static boolean isPossible(ClassifiedLines lines, int line) {
        int at = lines.contentStart(line);
        if (at == lines.end(line)) {
            return false;
        }
        char first = lines.text().charAt(at);
        return first == ' ' || (first >= 'A' && first <= 'Z') || first == '|' || first == ':';
    }

    /**
     * The end of a tag as Supercite puts it before a line, {@code JD>} or {@code Jane>}, after at most four blanks: a
     * capital and up to eleven more letters; -1 when there is none. Prompts of shells and databases look alike and are
     * left.
     *
     * @param at where the tag may begin
     * @param supercited whether the text has Supercite's own attribution, so that one letter is enough
     */
    private static int tagEnd(ClassifiedLines lines, int line, int at, boolean supercited) {
        String text = lines.text();
        int end = lines.end(line);
        int from = at;
        while (from < end && from - at < 4 && text.charAt(from) == ' ') {
            from++;
        }
        if (from == end || !isLetter(text.charAt(from))) {
            return -1;
        }
        int to = from + 1;
        while (to < end && to - from <= LONGEST_TAG && isLetter(text.charAt(to))) {
            to++;
        }
        boolean tag = to - from > (supercited ? 0 : 1)
                && to - from <= LONGEST_TAG
                && to < end
                && text.charAt(to) == '>'
                && (supercited || Character.isUpperCase(text.charAt(from)))
                && (to + 1 == end || text.charAt(to + 1) == ' ' || text.charAt(to + 1) == '>');
        return tag && !text.startsWith("SQL>", from) && !text.startsWith("PS>", from) ? to : -1;
    }

    /**
     * Whether a line is Supercite's own attribution, {@code >>>>> "JD" == Jane Doe <jane@example.org> writes:}.
     *
     * @param tagged whether lines with tags were found, so that it may be in another form
     */
    private static boolean isSupercited(ClassifiedLines lines, int line, boolean tagged) {
        if (lines.marks(line) < SUPERCITE_ATTRIBUTION) {
            return false;
        }
        int content = lines.contentStart(line);
        int equal = lines.text().indexOf("\" == ", content, Math.min(lines.end(line), content + 64));
        return (equal > 0 && lines.startsWith(line, "\""))
                || (tagged
                        && lines.text().startsWith(">>>>> ", content - SUPERCITE_ATTRIBUTION - 1)
                        && Attributions.looksLikeOne(lines, line));
    }

    private static String tag(ClassifiedLines lines, int line, int end) {
        return lines.text().substring(lines.contentStart(line), end).strip();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Takes tags as marks where they stand before two lines at least, or under Supercite's own attribution. */
    private static void superciteLines(ClassifiedLines lines, Map<String, Integer> tags, boolean supercited) {
        String text = lines.text();
        int arrow = -2;
        for (int line = 0; line < lines.size(); line++) {
            int tag = tagEnd(lines, line, lines.contentStart(line), supercited);
            if (tag > 0) {
                Integer count = tags.get(tag(lines, line, tag));
                if (supercited || (count != null && count > 1)) {
                    int at = lines.contentStart(line);
                    int marks = lines.marks(line);
                    // Further tags and marks belong to older mails.
                    while (tag > 0 && marks < QuoteParser.MAX_DEPTH) {
                        at = tag;
                        while (at < lines.end(line) && text.charAt(at) == '>') {
                            marks++;
                            at++;
                        }
                        at += at < lines.end(line) && text.charAt(at) == ' ' ? 1 : 0;
                        tag = tagEnd(lines, line, at, false);
                    }
                    lines.setMarks(line, Math.min(marks, QuoteParser.MAX_DEPTH), at);
                }
            } else if (isSupercited(lines, line, !tags.isEmpty())) {
                lines.setMarks(line, lines.marks(line) - SUPERCITE_ATTRIBUTION, lines.contentStart(line));
                arrow = line;
            } else if (arrow == line - 1 && lines.marks(line) == lines.marks(arrow) + SUPERCITE_ATTRIBUTION) {
                // It goes on behind another arrow.
                lines.setMarks(line, lines.marks(arrow), lines.contentStart(line));
            } else if (lines.marks(line) == 0 && (supercited || !tags.isEmpty())) {
                indented(lines, line);
            }
        }
    }

    /** What was quoted before Supercite quoted it keeps its marks, indented: {@code     >> text}. */
    private static void indented(ClassifiedLines lines, int line) {
        String text = lines.text();
        int end = lines.end(line);
        int at = lines.start(line);
        while (at < end && at - lines.start(line) < INDENT && text.charAt(at) == ' ') {
            at++;
        }
        int marks = 0;
        int next = at;
        while (next < end && text.charAt(next) == '>' && marks < QuoteParser.MAX_DEPTH) {
            marks++;
            at = next + 1;
            next = at;
            // Who indents marks indents those between them, too.
            while (next < end && next - at < INDENT && text.charAt(next) == ' ') {
                next++;
            }
        }
        if (marks > 0 && (at == end || text.charAt(at) == ' ')) {
            lines.setMarks(line, marks, Math.min(at + 1, end));
        }
    }

    /** Whether marks stand before a line that is indented by more than one blank. */
    private static boolean isIndented(ClassifiedLines lines, int line) {
        String text = lines.text();
        int at = lines.start(line);
        while (at < lines.end(line) && at - lines.start(line) < INDENT && text.charAt(at) == ' ') {
            at++;
        }
        return at - lines.start(line) > 1 && at < lines.end(line) && text.charAt(at) == '>';
    }

    /** Where an attribution introduces marks that are indented, all that are indented are marks. */
    private static void indentedLines(ClassifiedLines lines) {
        boolean introduced = false;
        for (int line = 1; line < lines.size() && !introduced; line++) {
            int above = line - (lines.isBlank(line - 1) && line > 1 ? 2 : 1);
            introduced = isIndented(lines, line)
                    && lines.marks(line) == 0
                    && !isIndented(lines, above)
                    && Attributions.looksLikeOne(lines, above);
        }
        for (int line = 0; line < lines.size() && introduced; line++) {
            if (lines.marks(line) == 0) {
                indented(lines, line);
            }
        }
    }
}
