package org.listlens.header;

import org.jspecify.annotations.Nullable;

/**
 * What was read from texts that come again from mail to mail, such as the hosts of a list and the people on it. Holds a
 * bounded number of them: each has one place, by its hash, and a new text takes the place of the one before it, so that
 * neither many texts nor any that share a place cost more than to read them again.
 *
 * <p>Any number of threads may use it at once. What it holds is never changed but replaced as a whole, and a thread that
 * does not yet see what another has put reads the text itself. Values have to be immutable, for they are handed out again.
 *
 * @param <V> what is read from a text
 */
public final class Repeats<V> {
    /** Immutable, so that a thread sees all of it or nothing (JLS §17.5). */
    private record Entry<V>(String text, V value) {}

    private final @Nullable Entry<V>[] entries;
    private final int maxChars;

    /**
     * @param size how many texts are held at most, a power of two
     * @param maxChars longer texts are not held
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Repeats(int size, int maxChars) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("no power of two: " + size);
        }
        this.entries = new Entry[size];
        this.maxChars = maxChars;
    }

    /** What was read from a text; {@code null} when that is not known. */
    public @Nullable V get(String text) {
        Entry<V> entry = entries[place(text)];
        return entry != null && entry.text.equals(text) ? entry.value : null;
    }

    /** Takes what was read from a text. */
    public void put(String text, V value) {
        if (text.length() <= maxChars) {
            entries[place(text)] = new Entry<>(text, value);
        }
    }

    /** Makes the place of a text free. */
    void forget(String text) {
        entries[place(text)] = null;
    }

    /** Which place a text has; the hash's low bits alone tell texts that end alike badly apart. */
    private int place(String text) {
        int hash = text.hashCode() * 0x9E3779B1;
        return (hash ^ hash >>> 15) & (entries.length - 1);
    }
}
