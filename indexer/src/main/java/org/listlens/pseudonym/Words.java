package org.listlens.pseudonym;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The words of a text: runs of letters, digits and their marks; in scripts without blanks each character is one. */
final class Words {
    /** What may stand between two words of a name is not longer. */
    private static final int LONGEST_GAP = 12;

    private static final String GAP = " \t\r\u00a0.,-_+:'\"’>|";

    private Words() {}

    /** Where the next word begins; {@code to} when there is none. */
    static int next(String text, int from, int to) {
        int at = from;
        while (at < to && !isWordChar(text, at)) {
            at++;
        }
        return at;
    }

    /** Where the word that begins here ends. */
    static int end(String text, int start, int to) {
        int first = text.codePointAt(start);
        int at = start + Character.charCount(first);
        if (isAlone(first)) {
            return Math.min(at, to);
        }
        while (at < to && isWordChar(text, at) && !isAlone(text.codePointAt(at))) {
            at++;
        }
        return Math.min(at, to);
    }

    /**
     * Where the next word of a name begins that may go on after this place; -1 when it cannot. A name may be wrapped once
     * between two words, with quote marks before the second.
     */
    static int afterGap(String text, int from, int to) {
        int at = from;
        boolean wrapped = false;
        while (at < to && at - from <= LONGEST_GAP) {
            if (isWordChar(text, at)) {
                return at;
            }
            char c = text.charAt(at);
            if (wrapped ? c != ' ' && c != '\t' && c != '>' && c != '|' : c != '\n' && GAP.indexOf(c) < 0) {
                return -1;
            }
            wrapped |= c == '\n';
            at++;
        }
        return -1;
    }

    /** The words of a text, in lower case. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>(4);
        addAll(text, words);
        return words;
    }

    static void addAll(String text, Collection<String> words) {
        int length = text.length();
        int at = next(text, 0, length);
        while (at < length) {
            int end = end(text, at, length);
            words.add(lower(text, at, end));
            at = next(text, end, length);
        }
    }

    static String lower(String text, int start, int end) {
        return text.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isWordChar(String text, int at) {
        char c = text.charAt(at);
        if (c < 128) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }
        if (Character.isSurrogate(c)) {
            int code = text.codePointAt(Character.isLowSurrogate(c) && at > 0 ? at - 1 : at);
            return Character.isLetterOrDigit(code);
        }
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /** Characters of scripts that put no blanks between words. */
    private static boolean isAlone(int code) {
        return code >= 0x2E80
                && (Character.isIdeographic(code)
                        || (code >= 0x3040 && code <= 0x30FF)
                        || (code >= 0xAC00 && code <= 0xD7A3));
    }
}
