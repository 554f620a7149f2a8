package org.listlens.mail;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The text of a mail that its reader sees, decoded, with {@code \n} line ends.
 *
 * @param text the whole of it
 * @param type {@code text/plain}, or {@code text/html} when the text was made from HTML
 * @param charset the IANA name of the charset that it was decoded with
 * @param quote what in it is quoted and what is new
 */
public record BodyText(String text, String type, @Nullable String charset, Quotes quote) {
    public BodyText {
        Objects.requireNonNull(text);
        Objects.requireNonNull(type);
        Objects.requireNonNull(quote);
    }
}
