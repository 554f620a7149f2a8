package org.listlens.index;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A set of 128-bit digests, at most 49 octets for each: open addressing with linear probing, two thirds full at most. The
 * digests are uniform, so their own bits are the hash. It lies in parts that grow one after the other, because a part of
 * which there are two for that moment is small. Not thread-safe.
 */
final class DigestSet {
    private static final int PART_BITS = 6;

    private final Part[] parts = new Part[1 << PART_BITS];
    private int size;
    private boolean zero;

    DigestSet() {
        Arrays.setAll(parts, part -> new Part());
    }

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
        boolean added = part(high).add(high, low);
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
        return part(high).contains(high, low);
    }

    /** How many digests were added. */
    int size() {
        return zero ? size + 1 : size;
    }

    /** By the highest bits; the place in a part is told by the lowest. */
    private Part part(long high) {
        return parts[(int) (high >>> (Long.SIZE - PART_BITS))];
    }

    private static final class Part {
        private long[] slots = new long[2 << 4];
        private int size;

        boolean add(long high, long low) {
            if ((size + 1) * 3L > slots.length) {
                grow();
            }
            boolean added = put(slots, high, low);
            if (added) {
                size++;
            }
            return added;
        }

        boolean contains(long high, long low) {
            int at = find(slots, high, low);
            return slots[at] != 0 || slots[at + 1] != 0;
        }

        private void grow() {
            if (slots.length > 1 << 29) {
                throw new IllegalStateException("too many mails in one run; index the archive in parts");
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
            int at = find(slots, high, low);
            if (slots[at] != 0 || slots[at + 1] != 0) {
                return false;
            }
            slots[at] = high;
            slots[at + 1] = low;
            return true;
        }

        /** Where a digest is, or would be. */
        private static int find(long[] slots, long high, long low) {
            int mask = slots.length - 2;
            int at = (int) (high << 1) & mask;
            while ((slots[at] != 0 || slots[at + 1] != 0) && (slots[at] != high || slots[at + 1] != low)) {
                at = (at + 2) & mask;
            }
            return at;
        }
    }
}
