package org.listlens.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
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

    /** Of all octets that the window has left behind; {@code null} when nobody wants to know. */
    private @Nullable MessageDigest digest;

    /** Begins a stream at offset 0. */
    void open(FaultStream stream) {
        in = stream;
        digest = null;
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

    /** Begins to digest what the window leaves behind; to be called before it moves for the first time. */
    void digest() {
        if (base != 0) {
            throw new IllegalStateException("octets have been left behind already");
        }
        digest = Prefixes.sha256();
    }

    /** The digest of all octets of the stream that lie before an offset, which lies in the window. */
    MessageDigest digest(long offset) {
        if (digest == null) {
            throw new IllegalStateException("nothing was digested");
        }
        MessageDigest until = Prefixes.copy(digest);
        until.update(octets, 0, index(offset));
        return until;
    }

    /**
     * Reads on to an offset, and leaves behind what lies before it.
     *
     * @return whether the stream goes that far
     */
    boolean skipTo(long offset) {
        long at = Math.min(offset, end());
        while (at < offset) {
            long step = Math.min(offset, at + SIZE / 4);
            if (!require(step, at)) {
                return false;
            }
            at = step;
        }
        return true;
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
        if (digest != null) {
            digest.update(octets, 0, from);
        }
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
