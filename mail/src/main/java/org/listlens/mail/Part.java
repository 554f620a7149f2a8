package org.listlens.mail;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One body part (RFC 2045, 2046) that is not itself a multipart.
 *
 * @param path where it stands, as IMAP numbers parts (RFC 3501 §6.4.5): {@code 1}, {@code 2.1} …
 * @param type the media type in lower case without parameters; {@code text/plain} when none is declared
 * @param charset the declared charset as written; {@code null} when none is
 * @param encoding the declared transfer encoding in lower case; {@code null} when none is
 * @param disposition {@code inline}, {@code attachment} …, in lower case; {@code null} when none is declared
 * @param filename the decoded file name (RFC 2183, RFC 2231); {@code null} when there is none
 * @param size the octets of the part in the mail, before decoding
 */
public record Part(
        String path,
        String type,
        @Nullable String charset,
        @Nullable String encoding,
        @Nullable String disposition,
        @Nullable String filename,
        long size) {
    public Part {
        Objects.requireNonNull(path);
        Objects.requireNonNull(type);
    }
}
