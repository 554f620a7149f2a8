package org.listlens.quote;

/**
 * The author's own patches, from the cut line {@code ---} (or the first line of the diff) to the end of the last hunk.
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
        BINARY
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
            cut = -1;
            return;
        }
        int length = lines.end(line) - lines.start(line);
        if (length == 0) {
            return;
        }
        if (begins(line)) {
            for (int above = cut < 0 ? line : cut; above <= line; above++) {
                patch(above);
            }
            cut = -1;
        } else if (cut < 0 && isCut(line)) {
            cut = line;
        } else if (isDiffstatSum(line)) {
            diffstat(line);
        } else if (starts(line, "base-commit: ")
                || starts(line, "prerequisite-patch-id: ")
                || starts(line, "prerequisite-message-id: ")) {
            patch(line);
        }
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
            default -> shape = isNormalCommand(line) ? Shape.NORMAL : Shape.NONE;
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
        for (String meta : META) {
            if (starts(line, meta)) {
                return true;
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
                && isDigit(text.charAt(lines.start(line)))
                && isDigit(text.charAt(end - 1))
                && (starts(line + 1, "< ") || starts(line + 1, "> "));
    }

    /** {@code  3 files changed, 10 insertions(+)}. */
    private boolean isDiffstatSum(int line) {
        if (!starts(line, " ") || lines.end(line) - lines.start(line) > 100) {
            return false;
        }
        String text = lines.line(line).strip();
        return !text.isEmpty()
                && isDigit(text.charAt(0))
                && (text.contains(" file changed, ") || text.contains(" files changed, "));
    }

    /** Takes the lines of a diffstat above its sum, and what git puts under it. */
    private void diffstat(int sum) {
        for (int line = sum; line >= 0; line--) {
            boolean stat = line == sum
                    || (starts(line, " ") && lines.text().indexOf(" | ", lines.start(line), lines.end(line)) >= 0);
            if (!stat || lines.lineClass(line) == LineClass.PATCH) {
                break;
            }
            patch(line);
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
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
