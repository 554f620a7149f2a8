package org.listlens.quote;

import org.jspecify.annotations.Nullable;

/** Addresses as attributions have them: plain, after {@code mailto:}, with {@code at} for the {@code @}. */
final class MailAddress {
    private static final int LONGEST = 254;
    private static final String[] ATS = {" at ", " AT ", "(at)", "[at]", " (at) ", " [at] ", "_at_"};

    private MailAddress() {}

    /**
     * The address that a text is: with its domain in lower case, and without {@code mailto:} and what a mailer repeats
     * of it. {@code null} when it is none, or one that an archive has made unreadable.
     */
    static @Nullable String of(String text) {
        int from = 0;
        int to = text.length();
        // "jane@example.com<mailto:jane@example.com>": what stands before the bracket, else what is in it.
        int nested = text.indexOf('<');
        if (nested > 0 && text.lastIndexOf('@', nested) > 0) {
            to = nested;
        } else if (nested >= 0) {
            from = nested + 1;
            int close = text.indexOf('>', from);
            to = close < 0 ? to : close;
        }
        while (from < to && isTrimmed(text.charAt(from))) {
            from++;
        }
        while (to > from && isTrimmed(text.charAt(to - 1))) {
            to--;
        }
        if (text.regionMatches(true, from, "mailto:", 0, 7)) {
            from += 7;
        } else if (text.regionMatches(true, from, "smtp:", 0, 5)) {
            from += 5;
        }
        if (to - from > LONGEST || from >= to) {
            return null;
        }
        String address = text.substring(from, to);
        int at = address.lastIndexOf('@');
        if (at < 0) {
            for (String spelled : ATS) {
                int where = address.indexOf(spelled);
                if (where > 0) {
                    address = address.substring(0, where).strip()
                            + '@'
                            + address.substring(where + spelled.length())
                                    .strip()
                                    .replace(" dot ", ".");
                    at = address.lastIndexOf('@');
                    break;
                }
            }
        }
        return at > 0 && isLocal(address, at) && isDomain(address, at + 1)
                ? address.substring(0, at + 1) + lower(address, at + 1)
                : null;
    }

    private static boolean isTrimmed(char c) {
        return c == ' ' || c == '\'' || c == '"' || c == ',' || c == ';' || c == '<' || c == '>' || c == '.';
    }

    private static boolean isLocal(String address, int at) {
        for (int i = 0; i < at; i++) {
            char c = address.charAt(i);
            if (c <= ' '
                    || c == '<'
                    || c == '>'
                    || c == '('
                    || c == ')'
                    || c == '['
                    || c == ','
                    || c == '@'
                    || c == ':'
                    || c == ';'
                    || c == '\u2026') {
                return false;
            }
        }
        // Groups and archives shorten: "jane...@example.com".
        return address.charAt(at - 1) != '.';
    }

    /** Labels of letters and digits, the last of letters; letters that are all the same hide an address. */
    private static boolean isDomain(String address, int from) {
        int labels = 1;
        int label = from;
        boolean masked = true;
        for (int i = from; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '.') {
                if (i == label) {
                    return false;
                }
                labels++;
                label = i + 1;
            } else if (!Character.isLetterOrDigit(c) && c != '-') {
                return false;
            } else {
                masked &= c == 'x' || c == 'X';
            }
        }
        int last = address.length() - label;
        return labels > 1 && last >= 2 && Character.isLetter(address.charAt(label)) && !masked;
    }

    private static String lower(String address, int from) {
        StringBuilder domain = new StringBuilder(address.length() - from);
        for (int i = from; i < address.length(); i++) {
            domain.append(Character.toLowerCase(address.charAt(i)));
        }
        return domain.toString();
    }
}
