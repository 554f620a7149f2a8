package org.listlens.parse;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A subject as its author may have written it: without reply prefixes, tags of lists and marks of spam filters. */
final class BareSubject {
    private static final Set<String> REPLIES = Set.of(
            "re", "aw", "sv", "vs", "antw", "odp", "rif", "ris", "ref", "res", "r", "fw", "fwd", "wg", "tr", "rv",
            "enc", "回复", "答复", "回覆", "转发", "ynt", "vá", "atb");

    /** A reply prefix has no more characters, its number aside. */
    private static final int LONGEST_REPLY = 4;

    private BareSubject() {}

    /** The letters and digits of what is left; empty when there is nothing. */
    static String of(@Nullable String subject) {
        if (subject == null) {
            return "";
        }
        int at = 0;
        int next = 0;
        while (next >= 0) {
            at = next;
            while (at < subject.length() && Character.isWhitespace(subject.charAt(at))) {
                at++;
            }
            next = at < subject.length() ? prefixEnd(subject, at) : -1;
        }
        return AuthoredText.of(subject.substring(at));
    }

    /** Where what stands before the subject proper ends; -1 when it begins here. */
    private static int prefixEnd(String subject, int at) {
        return switch (subject.charAt(at)) {
            case '[' -> bracketEnd(subject, at, ']');
            case '{' -> bracketEnd(subject, at, '}');
            case '*' -> starsEnd(subject, at);
            default -> replyEnd(subject, at);
        };
    }

    private static int bracketEnd(String subject, int at, char close) {
        int end = subject.indexOf(close, at);
        if (end < 0) {
            return -1;
        }
        // [PATCH 2/5] is no list's.
        for (int i = subject.indexOf('/', at, end); i >= 0; i = subject.indexOf('/', i + 1, end)) {
            if (Character.isDigit(subject.charAt(i - 1)) && Character.isDigit(subject.charAt(i + 1))) {
                return -1;
            }
        }
        return end + 1;
    }

    /** {@code ***SPAM***}. */
    private static int starsEnd(String subject, int at) {
        int word = at;
        while (word < subject.length() && subject.charAt(word) == '*') {
            word++;
        }
        int end = subject.indexOf('*', word);
        if (end < 0) {
            return -1;
        }
        while (end < subject.length() && subject.charAt(end) == '*') {
            end++;
        }
        return end;
    }

    /** {@code Re:}, {@code Re[2]:}, {@code RE :}. */
    private static int replyEnd(String subject, int at) {
        int end = at;
        while (end < subject.length() && end - at <= LONGEST_REPLY && Character.isLetter(subject.charAt(end))) {
            end++;
        }
        if (!REPLIES.contains(subject.substring(at, end).toLowerCase(java.util.Locale.ROOT))) {
            return -1;
        }
        if (end < subject.length() && subject.charAt(end) == '[') {
            int close = subject.indexOf(']', end);
            end = close < 0 ? end : close + 1;
        }
        while (end < subject.length() && subject.charAt(end) == ' ') {
            end++;
        }
        boolean colon = end < subject.length() && (subject.charAt(end) == ':' || subject.charAt(end) == '\uff1a');
        return colon ? end + 1 : -1;
    }
}
