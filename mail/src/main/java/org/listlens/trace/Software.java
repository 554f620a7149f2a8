package org.listlens.trace;

import org.jspecify.annotations.Nullable;

/**
 * The mail software that a comment names.
 *
 * @param name such as {@code Postfix}; {@code Sendmail} for the bare versions that Sendmail writes
 * @param version such as {@code 4.92}; {@code null} when there is none
 */
record Software(String name, @Nullable String version) {
    private static final int MAX_WORDS = 8;

    /** The software in a comment after {@code by} or {@code with}; {@code null} when it names none. */
    static @Nullable Software of(Words words) {
        if (words.size() == 0) {
            return null;
        }
        String first = words.get(0);
        if (isSendmail(first) || isAnnotatedSendmail(words)) {
            int slash = first.indexOf('/');
            return new Software("Sendmail", slash < 0 ? first : first.substring(0, slash));
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < words.size() && i < MAX_WORDS; i++) {
            if (words.isNested(i) && !name.isEmpty() && (words.is(i, "tm") || words.is(i, "r"))) {
                continue;
            }
            if (words.isNested(i)
                    || words.is(i, "from")
                    || words.is(i, "port")
                    || (i > 0 && (words.is(i, "on") || words.is(i, "at")))) {
                break;
            }
            String word = words.get(i);
            if (isVersion(word, 0) || (!name.isEmpty() && isDigit(word.charAt(0)) && word.indexOf('.') > 0)) {
                return name.isEmpty() ? null : new Software(name.toString(), word.substring(digit(word)));
            }
            if (isAnnouncement(words, i) && i + 1 < words.size()) {
                String next = words.get(i + 1);
                return name.isEmpty() ? null : new Software(name.toString(), next.substring(Math.max(0, digit(next))));
            }
            if (word.charAt(0) == '/' || word.charAt(0) == '$') {
                // A path, a keyword of RCS; Smail's picture of itself, whose last backslash quotes the blank behind it.
                int blank = word.indexOf(' ');
                if (blank < 0 || blank + 1 == word.length()) {
                    continue;
                }
                word = word.substring(blank + 1);
            }
            if (word.endsWith(":")) {
                // A remark with a heading.
                return null;
            }
            if (!hasLetter(word) && !word.equals("&")) {
                break;
            }
            if (word.charAt(0) == '"') {
                word = word.replace("\"", "");
            }
            if (!name.isEmpty()) {
                name.append(' ');
            }
            int joint = words.startsWith(i, "HTTP/") ? -1 : joint(word);
            if (joint > 0) {
                boolean separated = !Character.isLetter(word.charAt(joint));
                name.append(word, 0, separated ? joint : joint + 1);
                int end = word.endsWith(".") ? word.length() - 1 : word.length();
                String itsVersion = word.substring(joint + 1, Math.max(joint + 1, end));
                return new Software(name.toString(), itsVersion.substring(Math.max(0, digit(itsVersion))));
            }
            name.append(word);
        }
        return name.isEmpty() || isNoName(name) ? null : new Software(name.toString(), null);
    }

    private static boolean isAnnouncement(Words words, int i) {
        return words.is(i, "release") || words.is(i, "version") || words.is(i, "build");
    }

    /** {@code (ESMTP)}, {@code (HTTP/1.1 POST)}, {@code (v8,2,6,11305)}, {@code (node=mx1)}, {@code (mp033)}. */
    private static boolean isNoName(StringBuilder name) {
        boolean version = name.length() > 1 && (name.charAt(0) | 0x20) == 'v' && isDigit(name.charAt(1));
        String text = name.toString();
        return version
                || text.startsWith("HTTP")
                || text.indexOf('=') > 0
                || Protocol.isRegistered(text)
                || isHostName(text);
    }

    /** Whether a word is rather the name of one of many hosts: small letters, and a number or a domain at the end. */
    private static boolean isHostName(String text) {
        int dot = text.lastIndexOf('.');
        boolean domain = dot > 0 && dot + 2 < text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean small = c >= 'a' && c <= 'z';
            if (!small && !(i > 0 && (isDigit(c) || c == '-' || c == '.'))) {
                return false;
            }
            domain &= i <= dot || small;
        }
        return domain || isDigit(text.charAt(text.length() - 1));
    }

    /** {@code 8.12.3 da nor stuldap/8.12.3}. */
    private static boolean isAnnotatedSendmail(Words words) {
        return words.size() > 1
                && isVersion(words.get(0), 0)
                && words.get(words.size() - 1).indexOf('/') > 0;
    }

    /** The version in a comment that holds nothing else, as in {@code Microsoft SMTPSVC(5.0.2195.4905)}. */
    static @Nullable String versionOf(Words words) {
        int i = words.size() == 2 && isAnnouncement(words, 0) ? 1 : 0;
        String word = words.size() == i + 1 ? words.get(i) : "";
        return isVersion(word, 0) ? word : null;
    }

    /** {@code 8.11.6/8.11.6}, {@code 8.9.3+Sun/8.9.3}, {@code SMI-8.6/SMI-SVR4}, {@code AIX5.1/8.11.0/8.11.0}. */
    private static boolean isSendmail(String word) {
        int slash = word.indexOf('/');
        if (slash < 3) {
            return false;
        }
        boolean version = isVersion(word, 0);
        boolean vendor = word.startsWith("SMI-") || word.startsWith("SGI-") || word.startsWith("AIX");
        return version || vendor;
    }

    /** Whether a version (digits with a dot, perhaps a {@code v} before) starts here. */
    private static boolean isVersion(String word, int from) {
        int at = from;
        if (at < word.length() && (word.charAt(at) == 'v' || word.charAt(at) == 'V')) {
            at++;
            // InterMail: vM.5.01, vK.4.04.
            if (at + 1 < word.length() && word.charAt(at + 1) == '.' && Character.isUpperCase(word.charAt(at))) {
                at += 2;
            }
        }
        int digits = at;
        while (at < word.length() && isDigit(word.charAt(at))) {
            at++;
        }
        return at > digits && at + 1 < word.length() && word.charAt(at) == '.';
    }

    /**
     * The last character before the version, where name and version are joined as in {@code Haraka/2.8.24}, {@code
     * fetchmail-5.9.0}, {@code MDaemon.v3.5.0} and {@code Smail3.1.29}; -1 when they are not.
     */
    private static int joint(String word) {
        for (int i = 1; i < word.length() - 1; i++) {
            char c = word.charAt(i);
            boolean separator = c == '/' || c == '-' || ((c == '.' || c == '_') && word.charAt(i + 1) == 'v');
            if ((separator || Character.isLetter(c))
                    && isVersion(word, i + 1)
                    && (separator || isNumbered(word, i + 1))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether digits, a dot and a digit start here, perhaps after a {@code v}: not {@code mail1.example.com}. */
    private static boolean isNumbered(String word, int from) {
        int dot = word.indexOf('.', from);
        return dot > 0 && dot + 1 < word.length() && isDigit(word.charAt(dot + 1));
    }

    private static int digit(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (isDigit(word.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean hasLetter(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (Character.isLetter(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
