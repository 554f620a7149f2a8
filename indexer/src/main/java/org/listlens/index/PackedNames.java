package org.listlens.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.thread.ThreadIds;

/**
 * Very many names, numbered from 0 in the order in which they were met: some 25 octets for each beside its own, where
 * objects would take a hundred. Names are told apart by 64 bits of their SHA-256. Not thread-safe.
 */
final class PackedNames {
    private static final int CHUNK_BITS = 20;
    private static final int CHUNK = 1 << CHUNK_BITS;

    /** Names met a moment ago, which are most of those to come. */
    private static final int RECENT = 1 << 12;

    private final @Nullable String[] recent = new @Nullable String[RECENT];
    private final int[] recentNumbers = new int[RECENT];
    private final ThreadIds hashes = new ThreadIds();

    /** Open addressing: hashes of names, and their numbers plus 1. */
    private long[] keys = new long[1 << 8];

    private int[] numbers = new int[1 << 8];

    /** Where names begin: the number of the chunk and the place in it, where their length stands first, in two octets. */
    private int[] starts = new int[1 << 8];

    private int size;
    private final List<byte[]> chunks = new ArrayList<>();
    private int end = CHUNK;

    /** How many names there are. */
    int size() {
        return size;
    }

    /** The number of a name, a new one if it was not met before; of a very long name the beginning counts. */
    int number(String name) {
        int place = (name.hashCode() * 0x9E3779B9) >>> 20;
        if (name.equals(recent[place])) {
            return recentNumbers[place];
        }
        int number = find(name);
        recent[place] = name;
        recentNumbers[place] = number;
        return number;
    }

    private int find(String name) {
        long key = hashes.hash(name);
        int slot = slot(key);
        if (numbers[slot] == 0) {
            if (size * 2 >= keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            numbers[slot] = size + 1;
            keep(name);
        }
        return numbers[slot] - 1;
    }

    private int slot(long key) {
        int slot = (int) key & (keys.length - 1);
        while (numbers[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[oldKeys.length * 2];
        numbers = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }

    private void keep(String name) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(octets.length, 0xFFFF);
        if (end + 2 + length > CHUNK) {
            chunks.add(new byte[CHUNK]);
            end = 0;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
        }
        starts[size++] = ((chunks.size() - 1) << CHUNK_BITS) | end;
        byte[] chunk = chunks.getLast();
        chunk[end] = (byte) (length >> 8);
        chunk[end + 1] = (byte) length;
        System.arraycopy(octets, 0, chunk, end + 2, length);
        end += 2 + length;
    }

    /** The name with a number. */
    String name(int number) {
        byte[] chunk = chunks.get(starts[number] >>> CHUNK_BITS);
        int at = starts[number] & (CHUNK - 1);
        int length = (chunk[at] & 0xFF) << 8 | (chunk[at + 1] & 0xFF);
        return new String(chunk, at + 2, length, StandardCharsets.UTF_8);
    }
}
