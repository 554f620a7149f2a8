package org.listlens.generate;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an author wrote.
 *
 * @param lines the text without list footers
 * @param reply how a reply treats what it answers; {@code null} for mail that answers nothing
 * @param trailers the author's own trailers
 */
record Draft(List<Line> lines, @Nullable Reply reply, List<Trailer> trailers) {
    /** How a reply treats what it answers. */
    enum Reply {
        INLINE,
        TOP,
        BOTTOM,
        /** Quotes nothing. */
        NONE,
        /** Quotes everything and adds nothing. */
        FULL;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A trailer such as {@code Reviewed-by: Name <address>}. */
    record Trailer(String key, String name, String address) {
        String written() {
            return key + ": " + name + " <" + address + '>';
        }
    }
}
