package org.listlens.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches that go over every octet of an archive. */
final class Scan {
    /** More {@code >} than that in front of {@code From } are no escape. */
    static final int MAX_DEPTH = 200;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_FEEDS = 0x0a0a0a0a0a0a0a0aL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Scan() {}

    /**
     * Marks the octets of a word that are LF by their high bits. The lowest mark is right; one above it may be wrong,
     * where an octet 0x0b follows an LF.
     */
    private static long lineFeeds(byte[] octets, int at) {
        long word = (long) WORD.get(octets, at) ^ LINE_FEEDS;
        return (word - ONES) & ~word & HIGH_BITS;
    }

    /**
     * The first line of {@code From }, or of that behind up to {@link #MAX_DEPTH} times {@code >}; -1 when there is
     * none.
     *
     * @param from where the LF is looked for that the line stands behind
     * @return where the line begins
     */
    static int fromLine(byte[] octets, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            for (long marks = lineFeeds(octets, at); marks != 0; marks &= marks - 1) {
                int line = at + (Long.numberOfTrailingZeros(marks) >>> 3) + 1;
                if (isFromLine(octets, line, to)) {
                    return line;
                }
            }
        }
        for (; at < to; at++) {
            if (isFromLine(octets, at + 1, to)) {
                return at + 1;
            }
        }
        return -1;
    }

    private static boolean isFromLine(byte[] octets, int line, int to) {
        int at = line + depth(octets, line, to);
        return at + 4 < to
                && octets[at] == 'F'
                && octets[at + 1] == 'r'
                && octets[at + 2] == 'o'
                && octets[at + 3] == 'm'
                && octets[at + 4] == ' '
                && octets[line - 1] == '\n';
    }

    /** How many {@code >} a line begins with, counted up to {@link #MAX_DEPTH}. */
    static int depth(byte[] octets, int line, int to) {
        int bound = Math.min(to, line + MAX_DEPTH);
        int at = line;
        while (at < bound && octets[at] == '>') {
            at++;
        }
        return at - line;
    }

    /** How many {@code >} stand before {@code From } at the start of a line; 0 when anything else does. */
    static int escapes(byte[] octets, int line, int to) {
        int depth = depth(octets, line, to);
        int at = line + depth;
        boolean from = at + 5 <= to
                && octets[at] == 'F'
                && octets[at + 1] == 'r'
                && octets[at + 2] == 'o'
                && octets[at + 3] == 'm'
                && octets[at + 4] == ' ';
        return from ? depth : 0;
    }

    /** The first LF at or behind {@code from}; -1 when there is none. */
    static int lineFeed(byte[] octets, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long marks = lineFeeds(octets, at);
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        for (; at < to; at++) {
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
