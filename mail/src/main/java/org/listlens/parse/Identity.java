package org.listlens.parse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Part;
import org.listlens.quote.ClassifiedLines;

/** Digests that tell copies and contents apart: the first 16 octets of SHA-256, in lower-case hex. */
final class Identity {
    private static final int OCTETS = 16;
    /** A text with fewer letters than this is hardly any. */
    private static final int HARDLY_ANY = 24;

    private final MessageDigest sha;
    private final AuthoredText authored = new AuthoredText();

    Identity() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Identity of a copy: its octets with CRLF as LF, without line ends at the end. What {@link MailboxFields} names is to
     * be taken out before.
     */
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
     * Identity of what an author wrote: of {@link AuthoredText}, so that a list that wraps, re-encodes or adds its footer
     * leaves it as it was. Where there is hardly any text, the subject counts as well, and where there is none, so do the
     * attachments.
     *
     * @param lines {@code null} when the mail has no text
     * @param subject the subject as the mail has it
     * @param always whether the subject counts in any case
     * @param parts the leaves of the MIME tree
     */
    String ofContent(@Nullable ClassifiedLines lines, @Nullable String subject, boolean always, List<Part> parts) {
        int letters = authored.read(lines);
        sha.reset();
        authored.update(sha);
        if (always || letters < HARDLY_ANY) {
            sha.update(("\n" + BareSubject.of(subject)).getBytes(StandardCharsets.UTF_8));
        }
        if (letters == 0) {
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                if (!part.type().startsWith("text/")) {
                    String name = part.filename() == null ? "" : part.filename();
                    sha.update(("\n" + part.type() + ' ' + name).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return hex();
    }

    private String hex() {
        return HexFormat.of().formatHex(sha.digest(), 0, OCTETS);
    }
}
