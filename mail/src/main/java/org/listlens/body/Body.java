package org.listlens.body;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Part;

/**
 * The body of a mail.
 *
 * @param parts the leaves of the MIME tree in their order; an attached message is one, and its leaves follow it
 * @param text the text a reader sees; {@code null} when the mail has none
 */
public record Body(List<Part> parts, @Nullable ReaderText text) {
    public Body {
        parts = List.copyOf(parts);
    }
}
