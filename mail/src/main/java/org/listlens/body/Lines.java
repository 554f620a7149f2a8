package org.listlens.body;

/** Lines of octets, ended by LF, CRLF or a CR alone. */
final class Lines {
    private Lines() {}

    /** The end of the line that holds an octet, before its line end. */
    static int end(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /** The first octet after the line end at {@code end}. */
    static int next(byte[] bytes, int end, int to) {
        if (end >= to) {
            return to;
        }
        return bytes[end] == '\r' && end + 1 < to && bytes[end + 1] == '\n' ? end + 2 : end + 1;
    }

    /** Whether a line begins at an octet. */
    static boolean begins(byte[] bytes, int from, int at) {
        return at == from || bytes[at - 1] == '\n' || bytes[at - 1] == '\r';
    }

    static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    static boolean startsWith(byte[] bytes, int from, int to, String ascii) {
        if (to - from < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** @param lower in lower case */
    static boolean startsWithIgnoringCase(byte[] bytes, int from, int to, String lower) {
        if (to - from < lower.length()) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            int b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
