package org.listlens.index;

import java.util.HexFormat;

/**
 * A set of 128-bit digests, at most 43 octets for each: open addressing with linear probing, two thirds full at most.
 * The digests are uniform, so their own bits are the hash. Not thread-safe.
 */
final class DigestSet {
    private long[] slots = new long[2 << 10];
    private int size;
    private boolean zero;

    /**
     * Adds a digest.
     *
     * @param hex 32 lower-case hex digits
     * @return whether it was not there yet
     */
    boolean add(String hex) {
        long high = HexFormat.fromHexDigitsToLong(hex, 0, 16);
        long low = HexFormat.fromHexDigitsToLong(hex, 16, 32);
        if (high == 0 && low == 0) {
            boolean added = !zero;
            zero = true;
            return added;
        }
        if ((size + 1) * 3L > slots.length) {
            grow();
        }
        boolean added = put(slots, high, low);
        if (added) {
            size++;
        }
        return added;
    }

    /**
     * Whether a digest was added.
     *
     * @param hex 32 lower-case hex digits
     */
    boolean contains(String hex) {
        long high = HexFormat.fromHexDigitsToLong(hex, 0, 16);
        long low = HexFormat.fromHexDigitsToLong(hex, 16, 32);
        if (high == 0 && low == 0) {
            return zero;
        }
        int mask = slots.length - 2;
        int at = (int) (high << 1) & mask;
        while (slots[at] != 0 || slots[at + 1] != 0) {
            if (slots[at] == high && slots[at + 1] == low) {
                return true;
            }
            at = (at + 2) & mask;
        }
        return false;
    }

    /** How many digests were added. */
    int size() {
        return zero ? size + 1 : size;
    }

    private void grow() {
        if (slots.length > 1 << 29) {
            throw new IllegalStateException("more than " + size + " mails in one run; index the archive in parts");
        }
        long[] larger = new long[slots.length * 2];
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i] != 0 || slots[i + 1] != 0) {
                put(larger, slots[i], slots[i + 1]);
            }
        }
        slots = larger;
    }

    private static boolean put(long[] slots, long high, long low) {
        int mask = slots.length - 2;
        int at = (int) (high << 1) & mask;
        while (slots[at] != 0 || slots[at + 1] != 0) {
            if (slots[at] == high && slots[at + 1] == low) {
                return false;
            }
            at = (at + 2) & mask;
        }
        slots[at] = high;
        slots[at + 1] = low;
        return true;
    }
}
