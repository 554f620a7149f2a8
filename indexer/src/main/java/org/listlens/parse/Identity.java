package org.listlens.parse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Digests that tell copies and contents apart: the first 16 octets of SHA-256, in lower-case hex. */
final class Identity {
    private static final int OCTETS = 16;
    /** A list's footer is short; a rule of underscores further up belongs to the author. */
    private static final int FOOTER_CHARS = 2_000;

    private static final int RULE_CHARS = 10;

    private final MessageDigest sha;

    Identity() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Identity of a copy: its octets with CRLF as LF, without line ends at the end. */
    String ofCopy(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        sha.reset();
        int start = 0;
        for (int i = 0; i + 1 < end; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                sha.update(bytes, start, i - start);
                start = i + 1;
            }
        }
        sha.update(bytes, start, end - start);
        return hex();
    }

    /**
     * Identity of what an author wrote: the text without blanks, line ends and a list's footer, so that a list that
     * wraps, re-encodes or adds its footer leaves it as it was.
     */
    String ofText(String text) {
        byte[] utf8 = text.substring(0, withoutFooter(text)).getBytes(StandardCharsets.UTF_8);
        int kept = 0;
        for (byte octet : utf8) {
            // Without a branch: blanks come too irregularly for the processor to foresee them.
            utf8[kept] = octet;
            kept += (octet & 0xFF) > ' ' ? 1 : 0;
        }
        sha.reset();
        sha.update(utf8, 0, kept);
        return hex();
    }

    /** Identity of a body without text: its octets from {@code start} on, without line ends. */
    String ofBody(byte[] bytes, int start, int length) {
        byte[] kept = Arrays.copyOfRange(bytes, Math.min(start, length), length);
        int size = 0;
        for (byte octet : kept) {
            if (octet != '\n' && octet != '\r') {
                kept[size++] = octet;
            }
        }
        sha.reset();
        sha.update(kept, 0, size);
        return hex();
    }

    /** Where Mailman's footer begins: a line of underscores near the end. */
    private static int withoutFooter(String text) {
        int from = Math.max(0, text.length() - FOOTER_CHARS);
        String tail = text.substring(from);
        int rule = tail.lastIndexOf("\n__________");
        while (rule >= 0) {
            int end = rule + 1;
            while (end < tail.length() && tail.charAt(end) == '_') {
                end++;
            }
            if (end - rule > RULE_CHARS && (end == tail.length() || tail.charAt(end) == '\n')) {
                return from + rule;
            }
            rule = tail.lastIndexOf("\n__________", rule - 1);
        }
        return text.length();
    }

    private String hex() {
        return HexFormat.of().formatHex(sha.digest(), 0, OCTETS);
    }
}
