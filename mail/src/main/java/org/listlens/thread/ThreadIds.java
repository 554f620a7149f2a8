package org.listlens.thread;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What mails say of whom they answer, as 64-bit hashes: the first octets of SHA-256, so that nobody finds two
 * Message-IDs with one hash. Not thread-safe: one a thread.
 */
public final class ThreadIds {
    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest sha;

    public ThreadIds() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hash of a Message-ID without brackets. */
    public long hash(String messageId) {
        byte[] digest = sha.digest(messageId.getBytes(StandardCharsets.UTF_8));
        long hash = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            hash = hash << 8 | (digest[i] & 0xFF);
        }
        return hash;
    }

    /** The name of the thread whose root has a hash: 16 hexadecimal digits. */
    public static String name(long hash) {
        return HEX.toHexDigits(hash);
    }

    /** The hash whose {@link #name} this is. */
    public static long named(String thread) {
        return Long.parseUnsignedLong(thread, 16);
    }

    /**
     * What a mail refers to.
     *
     * @param references the line of mails above it, the one that it answers last
     * @param related what belongs to the same thread besides
     */
    public record References(long[] references, long[] related) {}

    /**
     * What a mail refers to: by References, and where there are none by the first of In-Reply-To, whose other ids
     * belong to the thread at least (RFC 5256 §3).
     *
     * @param references Message-IDs without brackets, oldest first
     * @param inReplyTo likewise
     */
    public References references(List<String> references, List<String> inReplyTo) {
        long[] line = hashes(references);
        long[] answered = hashes(inReplyTo);
        return line.length == 0 && answered.length > 0
                ? new References(new long[] {answered[0]}, answered)
                : new References(line, answered);
    }

    private long[] hashes(List<String> ids) {
        long[] hashes = new long[ids.size()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = hash(ids.get(i));
        }
        return hashes;
    }
}
