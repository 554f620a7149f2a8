package org.listlens.quote;

/**
 * Counts the {@code >} before each line, but those that are none: the escape of {@code From} in archives (mboxo), the ends
 * of merge conflicts, a bracket that closes an address broken off above it, prompts of Python, and the signs with which
 * build robots point out lines.
 */
final class AngleMarks {
    /** The signs before each side of a merge conflict. */
    private static final int CONFLICT = 7;
    /** What may stand after an address that was broken before its closing bracket. */
    private static final int LONGEST_VERB = 30;
    /** How a build robot says that it points out lines: {@code All errors (new ones prefixed by >>):}. */
    private static final String POINTERS = "(new ones prefixed by >>";
    /** How far into its line it says so. */
    private static final int BEFORE_POINTERS = 80;

    /** How many signs Python's prompt has. */
    private static final int PROMPT = 3;

    private AngleMarks() {}

    static void scan(ClassifiedLines lines) {
        int conflict = -1;
        int robot = -1;
        int prompts = 0;
        boolean escapes = false;
        boolean tight = false;
        boolean robots = lines.text().contains(POINTERS);
        for (int line = 0; line < lines.size(); line++) {
            angles(lines, line, Integer.MAX_VALUE);
            if (robot >= 0 && lines.marks(line) > robot) {
                angles(lines, line, robot);
                if (!isPointed(lines, line)) {
                    angles(lines, line, Integer.MAX_VALUE);
                }
            } else if (robot > lines.marks(line)) {
                robot = -1;
            }
            int marks = lines.marks(line);
            if (marks == 1 && lines.contentStart(line) == lines.start(line) + 1) {
                boolean escape = isEscape(lines, line);
                escapes |= escape;
                tight |= !escape && !lines.isBlank(line);
            }
            prompts += marks == PROMPT && isPrompt(lines, line) ? 1 : 0;
            if (robots && announcesPointers(lines, line)) {
                robot = marks;
            } else if (lines.startsWith(line, "<<<<<<< ")) {
                conflict = marks;
            } else if (conflict >= 0 && marks == conflict + CONFLICT) {
                // The end of what git could not merge.
                angles(lines, line, conflict);
                conflict = -1;
            } else if (marks > 0 && line > 0 && closesAddress(lines, line)) {
                angles(lines, line, lines.marks(line - 1));
            }
        }
        if (prompts > 0) {
            prompts(lines);
        }
        if (escapes && !tight) {
            escapes(lines);
        }
    }

    /** Counts {@code >} marks, up to a limit: at most one blank before the first, two between one and the next. */
    private static void angles(ClassifiedLines lines, int line, int limit) {
        String text = lines.text();
        int end = lines.end(line);
        int at = lines.start(line);
        int marks = 0;
        int content = at;
        int blanks = 1;
        while (marks < limit) {
            int next = at;
            while (next < end && next - at < blanks && isBlank(text.charAt(next))) {
                next++;
            }
            // Mailers in Japan write the full-width sign.
            if (next >= end || (text.charAt(next) != '>' && text.charAt(next) != '\uff1e')) {
                break;
            }
            marks++;
            at = next + 1;
            content = at;
            blanks = 2;
        }
        if (marks == 0) {
            lines.setMarks(line, 0, lines.start(line));
        } else {
            if (content < end && isBlank(text.charAt(content))) {
                content++;
            }
            lines.setMarks(line, Math.min(marks, QuoteParser.MAX_DEPTH), content);
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\u00a0';
    }

    private static boolean isEscape(ClassifiedLines lines, int line) {
        return lines.text().startsWith(">From ", lines.start(line));
    }

    /** Takes the mark off {@code >From} that stands alone, in a text where no mark stands so close to what it quotes. */
    private static void escapes(ClassifiedLines lines) {
        for (int line = 0; line < lines.size(); line++) {
            if (lines.marks(line) == 1
                    && isEscape(lines, line)
                    && (line + 1 == lines.size() || lines.marks(line + 1) == 0)
                    && (line == 0 || lines.marks(line - 1) == 0)) {
                lines.setMarks(line, 0, lines.start(line));
            }
        }
    }

    /** Whether the last mark of a line closes an address that the line above it opens, {@code <jane@example.com}. */
    private static boolean closesAddress(ClassifiedLines lines, int line) {
        String text = lines.text();
        int above = line - 1;
        int from = lines.contentStart(line);
        int end = lines.end(line);
        if (lines.marks(line) != lines.marks(above) + 1
                || end - from > LONGEST_VERB
                || from == end
                || text.charAt(end - 1) != ':') {
            return false;
        }
        for (int i = lines.end(above) - 1; i >= lines.contentStart(above); i--) {
            char c = text.charAt(i);
            if (c == '<' || c == '>' || c == ' ') {
                return c == '<';
            }
        }
        return false;
    }

    private static boolean announcesPointers(ClassifiedLines lines, int line) {
        int from = lines.contentStart(line);
        int at = lines.text().indexOf('(', from, Math.min(lines.end(line), from + BEFORE_POINTERS));
        return at >= 0 && lines.text().startsWith(POINTERS, at);
    }

    /** Whether a line's content is pointed out, {@code >> file.c:12: error}, or a line of code that is, {@code  > 12 code}. */
    private static boolean isPointed(ClassifiedLines lines, int line) {
        String text = lines.text();
        int end = lines.end(line);
        int at = skipBlanks(text, lines.contentStart(line), end);
        if (text.startsWith(">> ", at) || text.startsWith("> > ", at)) {
            return true;
        }
        at = text.startsWith("> ", at) ? skipBlanks(text, at + 2, end) : end;
        return at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static int skipBlanks(String text, int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** Whether a line is a statement behind Python's prompt: {@code >>> a = f()}, {@code >>> import a}. */
    private static boolean isPrompt(ClassifiedLines lines, int line) {
        String text = lines.text();
        int end = lines.end(line);
        int at = lines.contentStart(line);
        if (!text.startsWith(">>> ", at - PROMPT - 1)) {
            return false;
        }
        if (text.startsWith("import ", at)) {
            return true;
        }
        int name = at;
        while (at < end
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '.')) {
            at++;
        }
        return at > name && (text.startsWith("(", at) || text.startsWith("[", at) || text.startsWith(" = ", at));
    }

    /** Takes the marks off prompts that stand in unquoted text. */
    private static void prompts(ClassifiedLines lines) {
        for (int line = 0; line < lines.size(); line++) {
            if (lines.marks(line) == PROMPT
                    && isPrompt(lines, line)
                    && (line == 0 || lines.marks(line - 1) == 0)
                    && (line + 1 == lines.size()
                            || lines.marks(line + 1) == 0
                            || (lines.marks(line + 1) == PROMPT && isPrompt(lines, line + 1)))) {
                lines.setMarks(line, 0, lines.start(line));
            }
        }
    }
}
