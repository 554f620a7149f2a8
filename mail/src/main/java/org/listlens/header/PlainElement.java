package org.listlens.header;

import org.listlens.mail.Participant;

/**
 * Elements of address fields that mean the same wherever they stand, {@code Jane Doe <jane@example.com>} and {@code
 * jane@example.com}: one address, and nothing that could belong together with what stands before or behind the element,
 * such as a quote, a comment or the name of a group. The people on a list come again from mail to mail.
 */
final class PlainElement {
    private static final int ELEMENTS = 8192;
    private static final int MAX_CHARS = 160;

    /** Participants outside of groups by their elements. */
    static final Repeats<Participant> KNOWN = new Repeats<>(ELEMENTS, MAX_CHARS);

    private PlainElement() {}

    /** The end of the plain element that begins at {@code start}, at a comma or the end of the field; -1 when none does. */
    static int end(String value, int start) {
        int last = Math.min(value.length(), start + MAX_CHARS);
        int open = -1;
        int close = -1;
        boolean at = false;
        int i = start;
        while (i < last) {
            char c = value.charAt(i);
            if (close >= 0 && c > ' ' && c != ',') {
                return -1;
            }
            switch (c) {
                case ',' -> {
                    return isWhole(at, open, close) ? i : -1;
                }
                case '"', '(', ')', '[', ']', ':', ';', '\\' -> {
                    return -1;
                }
                case '<' -> {
                    if (open >= 0) {
                        return -1;
                    }
                    open = i;
                }
                case '>' -> {
                    if (open < 0) {
                        return -1;
                    }
                    close = i;
                }
                case '@' -> at = true;
                case '=' -> {
                    if (i + 1 < value.length() && value.charAt(i + 1) == '?' && open < 0) {
                        int end = EncodedWords.end(value, i);
                        if (end < 0) {
                            return -1;
                        }
                        i = end - 1;
                    }
                }
                default -> {}
            }
            i++;
        }
        return i == value.length() && isWhole(at, open, close) ? i : -1;
    }

    private static boolean isWhole(boolean at, int open, int close) {
        return at && open < 0 == close < 0;
    }
}
