package org.listlens.patch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads unified diffs, those of git, Mercurial, Subversion, CVS, quilt and {@code diff -u}, and tells of other diffs
 * which files they touch. Hunks are counted by their heads, so that a line {@code --- x} in a hunk is content.
 */
final class DiffReader {
    /** How many paths are kept; more are counted only. */
    static final int MAX_FILES = 10_000;

    private final Set<String> files = new LinkedHashSet<>();
    /** Files without a name, and those beyond the bound. */
    private int others;

    private int insertions;
    private int deletions;
    private boolean found;
    /** Whether something tells how many lines change. */
    private boolean counted;

    /** Lines of the old and the new file that the hunk still has. */
    private int oldLeft;

    private int newLeft;

    private boolean inFile;
    private boolean context;
    /** Whether the lines {@code ---} and {@code +++}, or a hunk, of the file were seen; what comes next is another's. */
    private boolean headed;

    private @Nullable String named;
    private @Nullable String oldPath;
    private @Nullable String newPath;
    private @Nullable String gitOld;
    private @Nullable String gitNew;
    private @Nullable String ofCommand;

    /** Reads a line of class PATCH that is not empty; true when it is a line of a hunk or the head of a file. */
    boolean read(String text, int start, int end) {
        char first = text.charAt(start);
        if (oldLeft > 0 || newLeft > 0) {
            hunkLine(first);
            return true;
        }
        switch (first) {
            case 'd' -> {
                return command(text, start, end);
            }
            case 'I' -> {
                if (starts(text, start, end, "Index: ")) {
                    begin();
                    named = DiffPath.of(text, start + 7, end);
                    return true;
                }
            }
            case '-' -> {
                if (starts(text, start, end, "--- ") && !text.startsWith("----", end - 4)) {
                    old(text, start, end);
                    return true;
                }
            }
            case '+' -> {
                if (starts(text, start, end, "+++ ") && headed) {
                    newPath = DiffPath.of(text, start + 4, end);
                    return true;
                }
            }
            case '*' -> {
                if (starts(text, start, end, "*** ") && !text.startsWith("****", end - 4)) {
                    head();
                    context = true;
                    oldPath = DiffPath.of(text, start + 4, end);
                    return true;
                }
            }
            case 'r', 'c' -> {
                String to = first == 'r' ? "rename to " : "copy to ";
                if (inFile && starts(text, start, end, to)) {
                    named = DiffPath.of(text, start + to.length(), end);
                    return true;
                }
            }
            case '@' -> {
                return hunk(text, start, end);
            }
            default -> {}
        }
        return false;
    }

    private boolean command(String text, int start, int end) {
        if (!starts(text, start, end, "diff ")) {
            return false;
        }
        if (starts(text, start, end, "diff --git ")) {
            begin();
            counted = true;
            int middle = DiffPath.middle(text, start + 11, end);
            if (middle > 0) {
                gitOld = DiffPath.whole(text, start + 11, middle);
                gitNew = DiffPath.whole(text, middle + 1, end);
            }
        } else {
            // CVS has its command below the Index line.
            if (!inFile || named == null || headed) {
                begin();
            }
            ofCommand = DiffPath.lastWord(text, start, end);
        }
        return true;
    }

    private void old(String text, int start, int end) {
        if (context && newPath == null) {
            newPath = DiffPath.of(text, start + 4, end);
        } else {
            head();
            oldPath = DiffPath.of(text, start + 4, end);
        }
    }

    private void head() {
        if (!inFile || headed) {
            begin();
        }
        headed = true;
    }

    /** An empty line; in a hunk it is one of content whose blank was lost. */
    void blank(boolean ofPatch) {
        if (!ofPatch) {
            end();
        } else if (oldLeft > 0 || newLeft > 0) {
            hunkLine(' ');
        }
    }

    private void begin() {
        end();
        inFile = true;
        found = true;
    }

    /** Ends the file that is read. */
    void end() {
        oldLeft = 0;
        newLeft = 0;
        if (!inFile) {
            return;
        }
        String name = name();
        if (name != null && (files.size() < MAX_FILES || files.contains(name))) {
            files.add(name);
        } else {
            others++;
        }
        inFile = false;
        context = false;
        headed = false;
        named = null;
        oldPath = null;
        newPath = null;
        gitOld = null;
        gitNew = null;
        ofCommand = null;
    }

    private void hunkLine(char first) {
        switch (first) {
            case '+' -> {
                insertions++;
                newLeft--;
            }
            case '-' -> {
                deletions++;
                oldLeft--;
            }
            case ' ', '\t' -> {
                oldLeft--;
                newLeft--;
            }
            default -> {}
        }
    }

    private @Nullable String name() {
        if (named != null) {
            return named;
        }
        String name = DiffPath.common(oldPath, newPath);
        name = name == null ? DiffPath.common(gitOld, gitNew) : name;
        return name == null ? ofCommand : name;
    }

    private boolean hunk(String text, int start, int end) {
        if (!starts(text, start, end, "@@ -")) {
            return false;
        }
        int at = start + 4;
        int before = 1;
        int count = 1;
        for (int side = 0; side < 2; side++) {
            while (at < end && isDigit(text.charAt(at))) {
                at++;
            }
            count = 1;
            if (at < end && text.charAt(at) == ',') {
                count = 0;
                for (at++; at < end && isDigit(text.charAt(at)); at++) {
                    count = Math.min(count * 10 + (text.charAt(at) - '0'), 1_000_000);
                }
            }
            if (side == 0) {
                before = count;
                if (!text.startsWith(" +", at)) {
                    return false;
                }
                at += 2;
            }
        }
        if (!text.startsWith(" @@", at)) {
            return false;
        }
        if (!inFile) {
            begin();
        }
        headed = true;
        counted = true;
        oldLeft = before;
        newLeft = count;
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean starts(String text, int start, int end, String prefix) {
        return end - start >= prefix.length() && text.startsWith(prefix, start);
    }

    boolean found() {
        return found;
    }

    /** The paths of the files in their order, each once. */
    List<String> files() {
        return List.copyOf(files);
    }

    int fileCount() {
        return files.size() + others;
    }

    /** Lines added; {@code null} when the diff does not show them. */
    @Nullable
    Integer insertions() {
        return counted ? (Integer) insertions : null;
    }

    /** Lines taken away; {@code null} when the diff does not show them. */
    @Nullable
    Integer deletions() {
        return counted ? (Integer) deletions : null;
    }
}
