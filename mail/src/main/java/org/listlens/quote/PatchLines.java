package org.listlens.quote;

/**
 * The author's own patches: the cut line {@code ---}, the diffstat, the diff to the end of its last hunk, the base commit
 * and what a series changed since its last version. What authors write between the cut line and the diffstat is not taken.
 * Hunks are followed by the line counts in their heads, so that text after a patch counts as text, and a line that a
 * mailer broke inside a hunk belongs to it whatever it begins with.
 */
final class PatchLines {
    private static final String[] META = {
        "diff ",
        "index ",
        "--- ",
        "+++ ",
        "@@ ",
        "Index: ",
        "=======",
        "new file mode ",
        "deleted file mode ",
        "new mode ",
        "old mode ",
        "similarity index ",
        "dissimilarity index ",
        "rename from ",
        "rename to ",
        "copy from ",
        "copy to ",
        "Binary files ",
        "GIT binary patch",
        "Only in ",
        "RCS file:",
        "retrieving revision",
        "\\ No newline",
        "***************",
        "*** ",
    };

    /** What those begin with. */
    private static final String META_BEGINNINGS = "di-+@I=nosrcBGOR\\*";

    private final ClassifiedLines lines;
    /** The cut line of a patch that has not begun yet; -1 without one. */
    private int cut = -1;
    /** Lines of the old and the new file that the hunk still has. */
    private int oldLeft;

    private int newLeft;
    private Shape shape = Shape.NONE;

    /** What the walk is in. */
    private enum Shape {
        NONE,
        /** Between the hunks of a unified diff. */
        HEAD,
        HUNK,
        /** In the lines of {@code diff} without options: {@code <}, {@code >} and {@code ---}. */
        NORMAL,
        /** In a context diff. */
        CONTEXT,
        /** In a git binary patch. */
        BINARY,
        /** In what {@code git range-diff} prints. */
        RANGE
    }

    private PatchLines(ClassifiedLines lines) {
        this.lines = lines;
    }

    /** Classes the lines of the author's own patches. */
    static void scan(ClassifiedLines lines) {
        PatchLines patch = new PatchLines(lines);
        for (int line = 0; line < lines.size(); line++) {
            patch.next(line);
        }
    }

    private void next(int line) {
        if (shape != Shape.NONE && goesOn(line)) {
            patch(line);
            return;
        }
        shape = Shape.NONE;
        if (lines.marks(line) > 0) {
            // A changelog may quote; a rule among quotes is no cut line.
            cut = cut > 0 && Trailers.isTrailer(lines, cut - 1) ? cut : -1;
            return;
        }
        int length = lines.end(line) - lines.start(line);
        if (length == 0) {
            return;
        }
        if (begins(line)) {
            patch(line);
            join(line);
        } else if (cut < 0 && isCut(line)) {
            cut = line;
        } else if (isDiffstatSum(line)) {
            join(diffstat(line));
        } else if (isBase(line)) {
            patch(line);
            join(line);
        }
    }

    /** Takes the cut lines above what a patch begins with, and the blank lines between parts of it. */
    private void join(int begin) {
        for (int line = cut; line >= 0 && line < begin; line++) {
            if (isCut(line)) {
                patch(line);
            }
        }
        cut = -1;
        int above = begin - 1;
        while (above >= 0 && lines.isBlank(above) && lines.marks(above) == 0) {
            above--;
        }
        if (above >= 0 && lines.lineClass(above) == LineClass.PATCH) {
            for (int line = above + 1; line < begin; line++) {
                patch(line);
            }
        }
    }

    /** What git and b4 put under a patch or a cover letter for those who apply it. */
    private boolean isBase(int line) {
        return starts(line, "base-commit: ")
                || starts(line, "prerequisite-patch-id: ")
                || starts(line, "prerequisite-message-id: ")
                || starts(line, "prerequisite-change-id: ")
                || (starts(line, "change-id: ")
                        && (starts(line + 1, "prerequisite-")
                                || (line > 0 && lines.lineClass(line - 1) == LineClass.PATCH)
                                || cut == line - 1));
    }

    /** Takes a line into the patch, and the marks off it: they are content. */
    private void patch(int line) {
        lines.setMarks(line, 0, lines.start(line));
        lines.set(line, LineClass.PATCH, 0);
    }

    private boolean starts(int line, String prefix) {
        return line < lines.size()
                && lines.end(line) - lines.start(line) >= prefix.length()
                && lines.text().startsWith(prefix, lines.start(line));
    }

    private boolean isCut(int line) {
        int at = lines.start(line);
        int end = lines.end(line);
        while (end > at && lines.text().charAt(end - 1) == ' ') {
            end--;
        }
        return end - at == 3 && lines.text().startsWith("---", at);
    }

    /** A line of {@code git range-diff} that pairs two commits: {@code 1:  0123456 ! 1:  89abcde title}. */
    private boolean isRange(int line) {
        if (line >= lines.size()) {
            return false;
        }
        String text = lines.text();
        int at = blanks(line, lines.start(line), 6);
        int end = lines.end(line);
        if (at == end || (text.charAt(at) != '-' && !isDigit(text.charAt(at)))) {
            return false;
        }
        while (at < end && (text.charAt(at) == '-' || isDigit(text.charAt(at)))) {
            at++;
        }
        if (!text.startsWith(":  ", at)) {
            return false;
        }
        at += 3;
        int hash = at;
        while (at < end && (text.charAt(at) == '-' || Character.digit(text.charAt(at), 16) >= 0)) {
            at++;
        }
        return at - hash >= 7
                && at + 2 < end
                && text.charAt(at) == ' '
                && "=!<>".indexOf(text.charAt(at + 1)) >= 0
                && text.charAt(at + 2) == ' ';
    }

    private int blanks(int line, int from, int most) {
        int at = from;
        while (at < lines.end(line) && at - from < most && lines.text().charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** Whether a patch begins at this line; enters its shape. */
    private boolean begins(int line) {
        switch (lines.text().charAt(lines.start(line))) {
            case 'd', 'I' -> {
                boolean head = starts(line, "diff --git ")
                        || starts(line, "diff -")
                        || (starts(line, "Index: ") && starts(line + 1, "======="));
                shape = head ? Shape.HEAD : Shape.NONE;
            }
            case '-' -> shape = starts(line, "--- ") && starts(line + 1, "+++ ") ? Shape.HEAD : Shape.NONE;
            case '@' -> shape = hunk(line) ? Shape.HUNK : Shape.NONE;
            case '*' -> shape = starts(line, "*** ") && starts(line + 1, "--- ") ? Shape.CONTEXT : Shape.NONE;
            case 'R' -> {
                boolean head = starts(line, "Range-diff")
                        && (isRange(line + 1)
                                || (line + 1 < lines.size() && lines.isBlank(line + 1) && isRange(line + 2)));
                shape = head ? Shape.RANGE : Shape.NONE;
            }
            default -> {
                shape = isNormalCommand(line) ? Shape.NORMAL : Shape.NONE;
                shape = shape == Shape.NONE && isRange(line) && (isRange(line + 1) || starts(line + 1, "    "))
                        ? Shape.RANGE
                        : shape;
            }
        }
        return shape != Shape.NONE;
    }

    /** Whether the line belongs to the patch that the lines above it are in. */
    private boolean goesOn(int line) {
        int at = lines.start(line);
        boolean empty = at == lines.end(line);
        char first = empty ? '\n' : lines.text().charAt(at);
        return switch (shape) {
            case NONE -> false;
            case HEAD -> headGoesOn(line);
            case HUNK -> hunkGoesOn(line, first);
            case NORMAL ->
                first == '<' || first == '>' || starts(line, "---") || starts(line, "\\ ") || isNormalCommand(line);
            case CONTEXT ->
                starts(line, "  ")
                        || starts(line, "! ")
                        || starts(line, "+ ")
                        || starts(line, "- ")
                        || starts(line, "*** ")
                        || starts(line, "--- ")
                        || starts(line, "****");
            case RANGE ->
                starts(line, "    ") || isRange(line) || (empty && (starts(line + 1, "    ") || isRange(line + 1)));
            case BINARY -> {
                shape = empty ? Shape.HEAD : Shape.BINARY;
                yield true;
            }
        };
    }

    private boolean headGoesOn(int line) {
        if (hunk(line)) {
            shape = Shape.HUNK;
            return true;
        }
        if (starts(line, "literal ") || starts(line, "delta ")) {
            shape = Shape.BINARY;
            return true;
        }
        if (lines.start(line) < lines.end(line)
                && META_BEGINNINGS.indexOf(lines.text().charAt(lines.start(line))) >= 0) {
            for (String meta : META) {
                if (starts(line, meta)) {
                    return true;
                }
            }
        }
        // A blank line between two files belongs to the patch.
        return lines.end(line) == lines.start(line)
                && (starts(line + 1, "diff ") || starts(line + 1, "Index: ") || starts(line + 1, "literal "));
    }

    private boolean hunkGoesOn(int line, char first) {
        switch (first) {
            case ' ', '\t', '\n' -> {
                oldLeft--;
                newLeft--;
            }
            case '-' -> oldLeft--;
            case '+' -> newLeft--;
            case '\\' -> {}
            default -> {
                // Broken by a mailer, if it hangs on to the line above; after a blank line the hunk was cut short.
                if (line > 0 && lines.end(line - 1) == lines.start(line - 1)) {
                    return begins(line);
                }
            }
        }
        if (oldLeft <= 0 && newLeft <= 0) {
            shape = Shape.HEAD;
        }
        return true;
    }

    /** Reads {@code @@ -1,5 +1,6 @@}; false when the line is not one. */
    private boolean hunk(int line) {
        if (!starts(line, "@@ -")) {
            return false;
        }
        String text = lines.text();
        int end = lines.end(line);
        int at = lines.start(line) + 4;
        int[] counts = new int[2];
        for (int side = 0; side < 2; side++) {
            int digits = at;
            while (at < end && isDigit(text.charAt(at))) {
                at++;
            }
            if (at == digits) {
                return false;
            }
            counts[side] = 1;
            if (at < end && text.charAt(at) == ',') {
                at++;
                int count = 0;
                while (at < end && isDigit(text.charAt(at))) {
                    count = Math.min(count * 10 + (text.charAt(at) - '0'), 1_000_000);
                    at++;
                }
                counts[side] = count;
            }
            if (side == 0) {
                if (!text.startsWith(" +", at)) {
                    return false;
                }
                at += 2;
            }
        }
        oldLeft = counts[0];
        newLeft = counts[1];
        return text.startsWith(" @@", at);
    }

    /** A command of {@code diff} without options, {@code 12,13c14}, with its first line under it. */
    private boolean isNormalCommand(int line) {
        String text = lines.text();
        int at = lines.start(line);
        int end = lines.end(line);
        if (!isDigit(text.charAt(at))) {
            return false;
        }
        int digits = 0;
        int letters = 0;
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (isDigit(c)) {
                digits++;
            } else if (c == 'a' || c == 'c' || c == 'd') {
                letters++;
            } else if (c != ',') {
                return false;
            }
        }
        return letters == 1
                && digits >= 2
                && isDigit(text.charAt(end - 1))
                && (starts(line + 1, "< ") || starts(line + 1, "> "));
    }

    /** {@code  3 files changed, 10 insertions(+)}. */
    private boolean isDiffstatSum(int line) {
        if (!starts(line, " ") || lines.end(line) - lines.start(line) > 100) {
            return false;
        }
        String text = lines.text();
        int end = lines.end(line);
        int at = lines.start(line);
        while (at < end && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == end || !isDigit(text.charAt(at))) {
            return false;
        }
        String sum = text.substring(at, end).stripTrailing();
        return sum.contains(" file changed, ") || sum.contains(" files changed, ");
    }

    /** Takes the lines of a diffstat above its sum, and what git puts under it; gives the first. */
    private int diffstat(int sum) {
        int first = sum;
        for (int line = sum; line >= 0; line--) {
            boolean stat = line == sum
                    || (starts(line, " ") && lines.text().indexOf(" | ", lines.start(line), lines.end(line)) >= 0);
            if (!stat || lines.lineClass(line) == LineClass.PATCH) {
                break;
            }
            patch(line);
            first = line;
        }
        for (int line = sum + 1; line < lines.size(); line++) {
            if (!starts(line, " create mode ")
                    && !starts(line, " delete mode ")
                    && !starts(line, " mode change ")
                    && !starts(line, " rename ")
                    && !starts(line, " copy ")) {
                break;
            }
            patch(line);
        }
        return first;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
