package org.listlens.mail;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a signature, or an ARC chain, broke: after the last place where it was whole and before or at the first after
 * it where it was broken.
 *
 * @param after where it was last found whole; {@code null} when no host found it so
 * @param at where it was first found broken thereafter
 * @param by the host that changed the mail: the only one that had it meanwhile, or the list's host, as lists do, if
 *     it was among several; {@code null} when that cannot be told
 * @param altered what was changed; {@code null} when that cannot be told
 */
public record SignatureBreak(
        @Nullable SignatureCheck after,
        SignatureCheck at,
        @Nullable String by,
        @Nullable Altered altered) {
    public SignatureBreak {
        Objects.requireNonNull(at);
    }

    /** What was changed of a signed mail. */
    public enum Altered {
        HEADER,
        BODY
    }
}
