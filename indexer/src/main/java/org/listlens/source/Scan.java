package org.listlens.source;

/** Searches that go over every octet of an archive. */
final class Scan {
    /** How far the search for {@code From} may go on behind an octet that is not the {@code m} of it. */
    private static final byte[] SKIP = new byte[256];

    static {
        java.util.Arrays.fill(SKIP, (byte) 4);
        SKIP['F'] = 3;
        SKIP['r'] = 2;
        SKIP['o'] = 1;
        SKIP['m'] = 0;
    }

    private Scan() {}

    /** The first place of {@code From } at or behind {@code from}, anywhere in a line; -1 when there is none. */
    static int fromWord(byte[] octets, int from, int to) {
        // Horspool's search for the first four letters: it looks at about every fourth octet.
        int at = from + 3;
        int last = to - 1;
        while (at < last) {
            int skip = SKIP[octets[at] & 0xff];
            if (skip > 0) {
                at += skip;
            } else if (octets[at + 1] == ' '
                    && octets[at - 1] == 'o'
                    && octets[at - 2] == 'r'
                    && octets[at - 3] == 'F') {
                return at - 3;
            } else {
                at += 4;
            }
        }
        return -1;
    }

    /** The first LF at or behind {@code from}; -1 when there is none. */
    static int lineFeed(byte[] octets, int from, int to) {
        for (int at = from; at < to; at++) {
            if (octets[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /**
     * Whether a body that ends at {@code end} is followed by nothing but the blank line of the mbox: at most two line
     * ends up to {@code to}.
     */
    static boolean isBlankBetween(byte[] octets, int end, int to) {
        int at = end;
        for (int lines = 0; at < to; lines++) {
            int next = skipLineEnd(octets, at, to);
            if (next == at || lines == 2) {
                return false;
            }
            at = next;
        }
        return at == to;
    }

    /** The index behind the line end at {@code at}; {@code at} itself when there is none. */
    static int skipLineEnd(byte[] octets, int at, int to) {
        if (at < to && octets[at] == '\n') {
            return at + 1;
        }
        return at + 1 < to && octets[at] == '\r' && octets[at + 1] == '\n' ? at + 2 : at;
    }

    /** Where a blank line that ends at {@code at} begins, with what lies before the array taken for a line end; else {@code at}. */
    static int skipBlankLineBack(byte[] octets, int at) {
        if (at < 1 || octets[at - 1] != '\n') {
            return at;
        }
        int begin = at >= 2 && octets[at - 2] == '\r' ? at - 2 : at - 1;
        return begin == 0 || octets[begin - 1] == '\n' ? begin : at;
    }
}
