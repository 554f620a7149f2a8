package org.listlens.patch;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds links to earlier versions, as authors give them in cover letters and under cut lines:
 * {@code - Link to v1: https://lore.example.org/r/20230705-topic-v1-0-0123456789ab@example.org}, {@code v2 - https://…},
 * {@code Changes since v1: https://…}.
 */
final class EarlierVersion {
    /** No label is longer. */
    private static final int LONGEST_LABEL = 60;

    private EarlierVersion() {}

    /**
     * Adds the Message-ID that a line links to, if it calls it a version.
     *
     * @param scheme where {@code ://} stands in the line
     */
    static void find(String text, int start, int end, int scheme, Set<String> found) {
        int url = scheme;
        while (url > start && Character.isLetter(text.charAt(url - 1))) {
            url--;
        }
        if (url - start > LONGEST_LABEL || !isLabel(text, start, url)) {
            return;
        }
        String id = messageId(text, scheme + 3, end);
        if (id != null) {
            found.add(id);
        }
    }

    /** Whether a label has a version of its own, or RFC, and nothing that tells of another's series. */
    private static boolean isLabel(String text, int start, int end) {
        boolean version = false;
        boolean joined = false;
        int words = 0;
        int at = start;
        while (at < end) {
            int to = at;
            while (to < end && Character.isLetterOrDigit(text.charAt(to))) {
                to++;
            }
            if (to > at) {
                words++;
                version |= isVersion(text, at, to) || (to - at == 3 && text.regionMatches(true, at, "rfc", 0, 3));
                joined |= text.regionMatches(true, at, "depends", 0, 7)
                        || text.regionMatches(true, at, "based", 0, 5)
                        || text.regionMatches(true, at, "patches", 0, 7)
                        || text.regionMatches(true, at, "requires", 0, 8);
            }
            at = to + 1;
        }
        return version && !joined && words <= 6;
    }

    private static boolean isVersion(String text, int from, int to) {
        boolean version = to - from >= 2 && to - from <= 4 && (text.charAt(from) == 'v' || text.charAt(from) == 'V');
        for (int i = from + 1; i < to; i++) {
            version &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return version;
    }

    /** The part of the path that is a Message-ID, as public-inbox writes it. */
    private static @Nullable String messageId(String text, int from, int end) {
        int at = text.indexOf('/', from, end);
        while (at >= 0) {
            int to = at + 1;
            boolean address = false;
            while (to < end && isIdChar(text.charAt(to))) {
                address |= text.charAt(to) == '@' || text.startsWith("%40", to);
                to++;
            }
            if (address) {
                int last = to;
                while (".,;:".indexOf(text.charAt(last - 1)) >= 0) {
                    last--;
                }
                return decoded(text.substring(at + 1, last));
            }
            at = to < end && text.charAt(to) == '/' ? to : -1;
        }
        return null;
    }

    private static boolean isIdChar(char c) {
        return c > ' ' && c != '/' && c != '<' && c != '>' && c != '(' && c != ')' && c != '"' && c != '?' && c != '#';
    }

    /** Takes the percent signs out of a part of a path; only ASCII is so written in Message-IDs. */
    private static String decoded(String part) {
        int percent = part.indexOf('%');
        if (percent < 0) {
            return part;
        }
        StringBuilder decoded = new StringBuilder(part.length());
        int i = 0;
        while (i < part.length()) {
            int high = i + 2 < part.length() ? Character.digit(part.charAt(i + 1), 16) : -1;
            int low = i + 2 < part.length() ? Character.digit(part.charAt(i + 2), 16) : -1;
            if (part.charAt(i) == '%' && high >= 2 && high < 8 && low >= 0) {
                decoded.append((char) (high * 16 + low));
                i += 3;
            } else {
                decoded.append(part.charAt(i));
                i++;
            }
        }
        return decoded.toString();
    }
}
