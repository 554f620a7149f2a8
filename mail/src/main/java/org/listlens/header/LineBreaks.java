package org.listlens.header;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line breaks among octets, eight octets at a time: headers are walked several times, and most of them is this. */
public final class LineBreaks {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long TOP_BITS = EACH << 7;
    private static final long LF = EACH * '\n';
    private static final long CR = EACH * '\r';

    private LineBreaks() {}

    /** The first LF in {@code bytes[from, to)}; {@code to} when there is none. */
    public static int lf(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to) {
            long found = zeros((long) EIGHT.get(bytes, at) ^ LF);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** The first LF or CR in {@code bytes[from, to)}; {@code to} when there is none. */
    static int lfOrCr(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to) {
            long eight = (long) EIGHT.get(bytes, at);
            long found = zeros(eight ^ LF) | zeros(eight ^ CR);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /** The top bit of each octet that is zero; behind the first such octet also of others, which does not matter here. */
    private static long zeros(long eight) {
        return (eight - EACH) & ~eight & TOP_BITS;
    }
}
