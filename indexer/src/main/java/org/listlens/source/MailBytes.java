package org.listlens.source;

import java.util.Arrays;

/** Gathers the octets of a mail piece by piece: keeps as many as the limit allows and counts all. */
final class MailBytes {
    private static final byte[] NONE = new byte[0];

    private final int most;
    private byte[] octets = NONE;
    private int kept;
    private long size;

    /** @param most how many octets are kept of a mail */
    MailBytes(int most) {
        this.most = most;
    }

    /** How many octets the mail has so far. */
    long size() {
        return size;
    }

    /** Prepares for a mail of which {@code count} more octets are known to come. */
    void expect(long count) {
        int wanted = (int) Math.min(most, kept + count);
        if (wanted > octets.length) {
            octets = Arrays.copyOf(octets, wanted);
        }
    }

    void append(byte[] from, int begin, int end) {
        int count = Math.min(end - begin, most - kept);
        if (count > octets.length - kept) {
            int doubled = (int) Math.min(most, 2L * octets.length);
            octets = Arrays.copyOf(octets, Math.max(doubled, kept + count));
        }
        System.arraycopy(from, begin, octets, kept, count);
        kept += count;
        size += end - begin;
    }

    /** Gives the octets kept and begins anew. */
    byte[] take() {
        byte[] mail = kept == octets.length ? octets : Arrays.copyOf(octets, kept);
        octets = NONE;
        kept = 0;
        size = 0;
        return mail;
    }
}
