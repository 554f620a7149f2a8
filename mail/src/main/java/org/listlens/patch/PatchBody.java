package org.listlens.patch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.quote.ClassifiedLines;
import org.listlens.quote.LineClass;

/**
 * What the text of a mail says of its author's own patch: the diff, the diffstat where there is no diff, what git and b4
 * note, and links to earlier versions. Quoted lines say nothing. Takes time linear in the text.
 */
final class PatchBody {
    /** So many prerequisites and links to earlier versions are kept of each. */
    private static final int MAX_NOTES = 100;

    private static final int LONGEST_NOTE = 500;

    private final ClassifiedLines lines;
    private final String text;
    private final DiffReader diff = new DiffReader();
    private final DiffstatReader diffstat = new DiffstatReader();
    private final List<String> prerequisites = new ArrayList<>(0);
    private final Set<String> earlier = new LinkedHashSet<>(0);
    private @Nullable String baseCommit;
    private @Nullable String changeId;
    private boolean cut;
    private boolean exported;
    private boolean signed;
    /** How much of a request to pull, as git writes it, was seen: its first line, then its second. */
    private int request;

    private PatchBody(ClassifiedLines lines) {
        this.lines = lines;
        this.text = lines.text();
    }

    static PatchBody of(ClassifiedLines lines) {
        PatchBody body = new PatchBody(lines);
        for (int line = 0; line < lines.size(); line++) {
            if (lines.depth(line) == 0 && lines.end(line) > lines.start(line)) {
                body.read(line);
            } else {
                body.diff.blank(lines.depth(line) == 0 && lines.lineClass(line) == LineClass.PATCH);
            }
        }
        body.diff.end();
        return body;
    }

    private void read(int line) {
        int start = lines.start(line);
        int end = lines.end(line);
        if (lines.lineClass(line) == LineClass.PATCH) {
            if (!diff.read(text, start, end)) {
                note(start, end);
                diffstat.read(text, start, end);
                cut |= isCut(start, end);
            }
            return;
        }
        diff.end();
        if (lines.lineClass(line) == LineClass.FOOTER) {
            return;
        }
        signed |= lines.lineClass(line) == LineClass.TRAILER;
        cut |= isCut(start, end);
        note(start, end);
    }

    private boolean isCut(int start, int end) {
        return end - start >= 3
                && end - start <= 4
                && text.startsWith("---", start)
                && (end - start == 3 || text.charAt(end - 1) == ' ');
    }

    private void note(int start, int end) {
        switch (text.charAt(start)) {
            case 'b' -> {
                if (starts("base-commit: ", start, end) && baseCommit == null) {
                    baseCommit = commit(start + 13, end);
                }
            }
            case 'c' -> {
                if (starts("change-id: ", start, end) && changeId == null) {
                    changeId = word(start + 11, end);
                }
            }
            case 'p' -> {
                if (starts("prerequisite-", start, end) && prerequisites.size() < MAX_NOTES) {
                    int colon = text.indexOf(": ", start, end);
                    if (colon > 0 && end - start < LONGEST_NOTE) {
                        prerequisites.add(text.substring(start + 13, end).strip());
                    }
                }
            }
            case 'F' -> exported |= isMboxLine(start, end);
            case '#' -> exported |= starts("# HG changeset patch", start, end);
            case 'T' -> {
                if (starts("The following changes since commit ", start, end)) {
                    request = 1;
                }
            }
            case 'a' -> {
                if (request == 1
                        && (starts("are available in the Git repository at", start, end)
                                || starts("are available in the git repository at", start, end))) {
                    request = 2;
                }
            }
            default -> {}
        }
        int scheme = end - start > 12 && end - start < LONGEST_NOTE ? text.indexOf("://", start, end) : -1;
        if (scheme > 0 && earlier.size() < MAX_NOTES) {
            EarlierVersion.find(text, start, end, scheme, earlier);
        }
    }

    private boolean starts(String prefix, int start, int end) {
        return end - start >= prefix.length() && text.startsWith(prefix, start);
    }

    /** {@code From 0123… Mon Sep 17 00:00:00 2001}, by which git begins what it exports. */
    private boolean isMboxLine(int start, int end) {
        return starts("From ", start, end)
                && commit(start + 5, end) != null
                && text.indexOf(" Mon Sep 17 00:00:00 2001", start, end) > 0;
    }

    /** The name of a commit: at least 7 and at most 64 hexadecimal digits. */
    private @Nullable String commit(int from, int end) {
        int to = from;
        while (to < end && Character.digit(text.charAt(to), 16) >= 0 && text.charAt(to) < 'g') {
            to++;
        }
        return to - from >= 7 && to - from <= 64 ? text.substring(from, to) : null;
    }

    private @Nullable String word(int from, int end) {
        int to = from;
        while (to < end && text.charAt(to) > ' ') {
            to++;
        }
        return to > from && to - from < LONGEST_NOTE ? text.substring(from, to) : null;
    }

    /** Whether there is a diff of the author's own. */
    boolean hasDiff() {
        return diff.found();
    }

    boolean hasDiffstat() {
        return diffstat.fileCount() != null;
    }

    /** Whether a commit comes with the diff: what git or Mercurial exported, or a cut line with trailers or a diffstat. */
    boolean isCommit() {
        return hasDiff() && (exported || (cut && (signed || hasDiffstat())));
    }

    /** Whether it asks to pull, as {@code git request-pull} does. */
    boolean asksToPull() {
        return request == 2;
    }

    List<String> files() {
        return diff.found() ? diff.files() : diffstat.files();
    }

    @Nullable
    Integer fileCount() {
        if (diff.found()) {
            return diff.fileCount();
        }
        return diffstat.fileCount();
    }

    @Nullable
    Integer insertions() {
        if (diff.found()) {
            return diff.insertions();
        }
        return diffstat.insertions();
    }

    @Nullable
    Integer deletions() {
        if (diff.found()) {
            return diff.deletions();
        }
        return diffstat.deletions();
    }

    @Nullable
    String baseCommit() {
        return baseCommit;
    }

    @Nullable
    String changeId() {
        return changeId;
    }

    List<String> prerequisites() {
        return prerequisites;
    }

    /** The Message-IDs that it calls earlier versions of itself. */
    Set<String> earlierVersions() {
        return earlier;
    }
}
