package org.listlens.quote;

import java.util.Arrays;

/** How lines of some kind begin, in lower case; told by the first letter of a line, since most lines begin otherwise. */
final class Beginnings {
    private final String[] all;
    /** Those that begin with each letter of ASCII, in whatever case. */
    private final String[][] byFirst = new String[128][];

    Beginnings(String... beginnings) {
        all = beginnings;
        for (char c = 0; c < byFirst.length; c++) {
            int count = 0;
            String[] same = new String[all.length];
            for (String beginning : all) {
                if (beginning.regionMatches(true, 0, String.valueOf(c), 0, 1)) {
                    same[count++] = beginning;
                }
            }
            byFirst[c] = Arrays.copyOf(same, count);
        }
    }

    /** Whether a line, without marks and blanks before it, begins with one of them, in whatever case. */
    boolean begin(ClassifiedLines lines, int line) {
        String text = lines.text();
        int at = lines.contentStart(line);
        int end = lines.trimmedEnd(line);
        while (at < end && ClassifiedLines.isBlankChar(text.charAt(at))) {
            at++;
        }
        if (at >= end) {
            return false;
        }
        char first = text.charAt(at);
        for (String beginning : first < byFirst.length ? byFirst[first] : all) {
            if (lines.end(line) - at >= beginning.length()
                    && text.regionMatches(true, at, beginning, 0, beginning.length())) {
                return true;
            }
        }
        return false;
    }
}
