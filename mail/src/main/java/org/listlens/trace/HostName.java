package org.listlens.trace;

import java.util.Locale;

/** Names of hosts, and the words that stand where one could be. */
final class HostName {
    private HostName() {}

    /** A name in lower case, without a final dot. */
    static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /**
     * Whether a part of a line could be a name: letters, digits, dots, hyphens and underscores, and not but numbers between
     * dots, which are a version or an address.
     */
    static boolean isName(String line, int start, int end) {
        boolean numeric = true;
        boolean dotted = false;
        for (int i = start; i < end; i++) {
            char c = line.charAt(i);
            if (!(Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_')) {
                return false;
            }
            numeric &= c == '.' || (c >= '0' && c <= '9');
            dotted |= c == '.';
        }
        return end > start && !(numeric && dotted);
    }

    /** Whether a word says that there is no name: {@code unknown}, {@code Unknown_Domain}, {@code UnknownHost}. */
    static boolean isUnknown(String word) {
        return word.regionMatches(true, 0, "unknown", 0, 7) && word.indexOf('.') < 0;
    }

    /** Whether a word is one that mailers put beside or instead of a name. */
    static boolean isRemark(String word) {
        return isUnknown(word)
                || switch (word.toLowerCase(Locale.ROOT)) {
                    case "not",
                            "verified",
                            "unverified",
                            "rdns",
                            "failed",
                            "may",
                            "be",
                            "forged",
                            "misconfigured",
                            "sender",
                            "null",
                            "with",
                            "no",
                            "dns",
                            "lookup",
                            "single-drop",
                            "softdnserr",
                            "named",
                            "via" -> true;
                    default -> false;
                };
    }
}
