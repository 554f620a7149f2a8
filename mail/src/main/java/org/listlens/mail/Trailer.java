package org.listlens.mail;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A trailer that the author of a mail gives (git-interpret-trailers): {@code Reviewed-by: Jane Doe <jane@example.org>}.
 * Quoted ones are not given by this author and are none.
 *
 * @param key in the usual capitals: {@code Signed-off-by}, {@code Reviewed-by}, {@code Fixes} …
 * @param value as written, continuation lines joined
 * @param name the name in it, of a trailer that names a person; else {@code null}
 * @param address the address in it, of a trailer that names a person; else {@code null}
 */
public record Trailer(
        String key,
        String value,
        @Nullable String name,
        @Nullable String address) {
    public Trailer {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
    }
}
