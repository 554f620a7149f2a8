package org.listlens.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a stream in memory that moves along it. Places are offsets in the stream; the octet at an offset lies in
 * {@link #octets} at {@link #index}. Both change whenever octets are {@link #require required}.
 */
final class Window {
    /** Octets that fit without the window growing. */
    static final int SIZE = 1 << 20;

    private byte[] octets = new byte[SIZE];
    private FaultStream in = new FaultStream(new ByteArrayInputStream(new byte[0]), 1, () -> {});
    private long base;
    private int limit;
    private boolean ended;

    /** Begins a stream at offset 0. */
    void open(FaultStream stream) {
        in = stream;
        base = 0;
        limit = 0;
        ended = false;
        if (octets.length > SIZE) {
            octets = new byte[SIZE];
        }
    }

    byte[] octets() {
        return octets;
    }

    int index(long offset) {
        return (int) (offset - base);
    }

    long offset(int index) {
        return base + index;
    }

    /** How much of {@link #octets} is filled. */
    int limit() {
        return limit;
    }

    /** The offset behind the last octet that was read. */
    long end() {
        return base + limit;
    }

    /** What ended the stream, when it did not end by itself. */
    @Nullable
    IOException fault() {
        return in.fault();
    }

    /**
     * Reads on until the octets in front of {@code offset} are there.
     *
     * @param keep the offset from which octets are still needed; what lies before may go. The window grows when the
     *     octets between the two do not fit
     * @return whether they are; otherwise the stream ends before
     */
    boolean require(long offset, long keep) {
        while (end() < offset && !ended) {
            if (limit == octets.length) {
                makeRoom(index(keep));
            }
            int read = in.read(octets, limit, octets.length - limit);
            if (read < 0) {
                ended = true;
            } else {
                limit += read;
            }
        }
        return end() >= offset;
    }

    /** Moves what is kept to the front; grows when that would free less than half, so that no octet moves often. */
    private void makeRoom(int from) {
        int kept = limit - from;
        if (from >= octets.length / 2) {
            System.arraycopy(octets, from, octets, 0, kept);
        } else {
            byte[] larger = new byte[Math.multiplyExact(octets.length, 2)];
            System.arraycopy(octets, from, larger, 0, kept);
            octets = larger;
        }
        base += from;
        limit = kept;
    }

    /** Whether reading on would make the window grow. */
    boolean isCrowded(long keep) {
        return limit == octets.length && index(keep) < octets.length / 2;
    }
}
