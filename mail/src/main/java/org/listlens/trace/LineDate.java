package org.listlens.trace;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.header.DateTimes;
import org.listlens.mail.Stamp;

/**
 * Finds the date of a trace line: after the last semicolon that stands outside of comments and quotes; where nothing there
 * is a date, after one of those before it; where there is no semicolon, among the last words.
 */
final class LineDate {
    /** How many words before the end a date without semicolon may begin. */
    private static final int LAST_WORDS = 16;

    private static final int LAST_SEMICOLONS = 4;

    /** How far after a semicolon a digit is looked for. */
    private static final int MAX_CHARS = 200;

    private static final String DAYS = " mon tue wed thu fri sat sun";

    private final String line;
    private final int[] words = new int[LAST_WORDS];
    private int wordCount;
    private final int[] semicolons = new int[LAST_SEMICOLONS];
    private int semicolonCount;
    private int start = Integer.MAX_VALUE;
    private boolean isThere;

    LineDate(String line) {
        this.line = line;
    }

    /** Notes a word outside of comments. */
    void word(int at) {
        words[wordCount++ % LAST_WORDS] = at;
    }

    /** Notes a semicolon outside of comments. */
    void semicolon(int at) {
        semicolons[semicolonCount++ % LAST_SEMICOLONS] = at;
    }

    /** Whether there is something in the place of the date. */
    boolean isThere() {
        return isThere;
    }

    /** Where the last semicolon outside of comments is; -1 when there is none. */
    int lastSemicolon() {
        return semicolonCount == 0 ? -1 : semicolons[(semicolonCount - 1) % LAST_SEMICOLONS];
    }

    /** Where a date begins that no semicolon sets apart from the clauses; beyond the line for any other. */
    int start() {
        return start;
    }

    /** The date; {@code null} when there is none, or none that can be read. */
    @Nullable
    Stamp find() {
        Stamp stamp = afterSemicolon();
        if (stamp == null) {
            stamp = amongWords();
        }
        isThere |= stamp != null;
        return stamp;
    }

    private @Nullable Stamp afterSemicolon() {
        int end = line.length();
        int kept = Math.min(semicolonCount, LAST_SEMICOLONS);
        for (int i = 1; i <= kept; i++) {
            int semicolon = semicolons[(semicolonCount - i) % LAST_SEMICOLONS];
            Stamp stamp = DateTimes.parse(line, semicolon + 1, end);
            if (stamp != null) {
                return stamp;
            }
            isThere |= hasDigit(semicolon + 1, end);
            end = semicolon;
        }
        return null;
    }

    private @Nullable Stamp amongWords() {
        for (int i = Math.max(0, wordCount - LAST_WORDS); i < wordCount; i++) {
            int word = words[i % LAST_WORDS];
            Stamp stamp = canBegin(word) ? DateTimes.parse(line, word, line.length()) : null;
            if (stamp != null) {
                start = word;
                return stamp;
            }
        }
        return null;
    }

    private boolean hasDigit(int from, int to) {
        for (int i = from; i < Math.min(to, from + MAX_CHARS); i++) {
            if (isDigit(i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word can begin a date: a day of the week, with a comma or in English; a day of the month; an ISO date. */
    private boolean canBegin(int word) {
        int at = word;
        while (at < line.length() && isDigit(at)) {
            at++;
        }
        int digits = at - word;
        if (digits > 0) {
            char next = at < line.length() ? line.charAt(at) : 0;
            boolean isJoined = next == '-' || next == '/';
            return digits <= 2 ? isJoined || Tokens.isBlank(next) : digits == 4 && isJoined;
        }
        while (at < line.length() && at - word < 12 && Character.isLetter(line.charAt(at))) {
            at++;
        }
        if (at - word < 2 || at == line.length()) {
            return false;
        }
        return line.charAt(at) == ',' || (at - word == 3 && isDay(word));
    }

    private boolean isDay(int word) {
        return DAYS.contains(" " + line.substring(word, word + 3).toLowerCase(Locale.ROOT));
    }

    private boolean isDigit(int at) {
        return line.charAt(at) >= '0' && line.charAt(at) <= '9';
    }
}
