package org.listlens.patch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code git diff --stat} and diffstat print: {@code  path | 12 +++--} and, under the files,
 * {@code  3 files changed, 10 insertions(+), 2 deletions(-)}. Of a mail with several the last counts.
 */
final class DiffstatReader {
    private final Set<String> listed = new LinkedHashSet<>(0);
    private Set<String> files = Set.of();
    private @Nullable Integer fileCount;
    private @Nullable Integer insertions;
    private @Nullable Integer deletions;

    /** Reads a line of class PATCH that is not part of a diff. */
    void read(String text, int start, int end) {
        if (text.charAt(start) != ' ') {
            return;
        }
        int bar = text.indexOf(" | ", start, end);
        if (bar > 0) {
            String path = path(text.substring(start, bar).strip());
            if (path != null && listed.size() < DiffReader.MAX_FILES) {
                listed.add(path);
            }
        } else {
            sum(text, start, end);
        }
    }

    private void sum(String text, int start, int end) {
        int changed = text.indexOf(" changed", start, end);
        Integer count = changed < 0 ? null : number(text, start, end);
        if (count == null) {
            return;
        }
        fileCount = count;
        int plus = text.indexOf(" insertion", changed, end);
        int minus = text.indexOf(" deletion", changed, end);
        insertions = plus < 0 ? (Integer) 0 : numberBefore(text, plus);
        deletions = minus < 0 ? (Integer) 0 : numberBefore(text, minus);
        files = new LinkedHashSet<>(listed);
        listed.clear();
    }

    /** A path as listed; {@code null} when it is cut. Of a rename the new one: {@code dir/{old => new}/file}. */
    private static @Nullable String path(String listed) {
        if (listed.isEmpty() || listed.startsWith("...")) {
            return null;
        }
        int arrow = listed.indexOf(" => ");
        if (arrow < 0) {
            return listed;
        }
        int open = listed.lastIndexOf('{', arrow);
        int close = listed.indexOf('}', arrow);
        if (open < 0 || close < 0) {
            String now = listed.substring(arrow + 4);
            return now.startsWith("...") || (open < 0) != (close < 0) ? null : now;
        }
        String path = listed.substring(0, open) + listed.substring(arrow + 4, close) + listed.substring(close + 1);
        path = path.replace("//", "/");
        return path.startsWith("...") ? null : path;
    }

    /** The number that a line begins with, after blanks. */
    private static @Nullable Integer number(String text, int start, int end) {
        int from = start;
        while (from < end && text.charAt(from) == ' ') {
            from++;
        }
        int to = from;
        while (to < end && to - from < 9 && isDigit(text.charAt(to))) {
            to++;
        }
        return to == from || !text.startsWith(" file", to) ? null : (Integer) Integer.parseInt(text, from, to, 10);
    }

    private static @Nullable Integer numberBefore(String text, int end) {
        int from = end;
        while (from > 0 && end - from < 9 && isDigit(text.charAt(from - 1))) {
            from--;
        }
        return from == end ? null : (Integer) Integer.parseInt(text, from, end, 10);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The paths that are not cut, in their order, each once. */
    List<String> files() {
        return List.copyOf(files);
    }

    /** How many files the sum tells of; {@code null} without a diffstat. */
    @Nullable
    Integer fileCount() {
        return fileCount;
    }

    /** Lines added; {@code null} without a diffstat. */
    @Nullable
    Integer insertions() {
        return insertions;
    }

    /** Lines taken away; {@code null} without a diffstat. */
    @Nullable
    Integer deletions() {
        return deletions;
    }
}
