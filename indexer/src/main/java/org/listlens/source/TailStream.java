package org.listlens.source;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts octets and keeps the last of them, by which a file is known again that has grown since. */
final class TailStream extends InputStream {
    /** How many octets are kept. */
    static final int SIZE = 64 << 10;

    private final InputStream in;
    private final byte[] ring = new byte[SIZE];
    private byte[] before = new byte[0];
    private long octets;

    TailStream(InputStream in) {
        this.in = in;
    }

    long octets() {
        return octets;
    }

    /** Takes over what came before; it is not counted. */
    void remember(byte[] tail) {
        before = tail;
    }

    /** The digest of the last {@link #SIZE} octets, or of all when there are fewer: SHA-256 in lower-case hex. */
    String digest() {
        MessageDigest sha = sha256();
        int missing = (int) Math.min(before.length, Math.max(0, SIZE - octets));
        sha.update(before, before.length - missing, missing);
        int at = (int) (octets % SIZE);
        if (octets > SIZE) {
            sha.update(ring, at, SIZE - at);
        }
        sha.update(ring, 0, octets == SIZE ? SIZE : at);
        return HexFormat.of().formatHex(sha.digest());
    }

    /** The same of octets at hand. */
    static String digest(byte[] tail) {
        return HexFormat.of().formatHex(sha256().digest(tail));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        for (int from = Math.max(0, read - SIZE); from < read; ) {
            int at = (int) ((octets + from) % SIZE);
            int count = Math.min(read - from, SIZE - at);
            System.arraycopy(into, offset + from, ring, at, count);
            from += count;
        }
        octets += Math.max(0, read);
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
