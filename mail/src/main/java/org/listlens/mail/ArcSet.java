package org.listlens.mail;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One link of an ARC chain (RFC 8617 §4): what a host found, signed and sealed when it sent the mail on.
 *
 * @param instance {@code i=}, 1 to 50
 * @param missing the fields of the set that the mail does not have
 * @param authservId who says so, from its ARC-Authentication-Results
 * @param hop the position of the host's hop, as in {@link AuthenticationResults}
 * @param domain {@code d=} of the seal, in lower case; that of the message signature where there is no seal
 * @param selector {@code s=} of the same
 * @param algorithm {@code a=} of the same, in lower case
 * @param cv the chain's state as the host got it: {@code none}, {@code pass} or {@code fail}; {@code null} when the seal
 *     is missing or does not tell
 * @param sealedAt {@code t=} of the seal
 * @param signedAt {@code t=} of the message signature
 * @param canonicalization {@code c=} of the message signature in full, such as {@code relaxed/simple}; {@code null} when
 *     it is missing
 * @param signedFields {@code h=} of the message signature: names in lower case, with repeats
 * @param bodyHash {@code bh=} of the message signature in base64
 */
public record ArcSet(
        int instance,
        Set<Part> missing,
        @Nullable String authservId,
        @Nullable Integer hop,
        @Nullable String domain,
        @Nullable String selector,
        @Nullable String algorithm,
        @Nullable String cv,
        @Nullable Instant sealedAt,
        @Nullable Instant signedAt,
        @Nullable String canonicalization,
        List<String> signedFields,
        @Nullable String bodyHash) {
    public ArcSet {
        Objects.requireNonNull(missing);
        missing = missing.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(missing));
        signedFields = List.copyOf(signedFields);
    }

    /** The fields of a set. */
    public enum Part {
        AUTHENTICATION_RESULTS,
        MESSAGE_SIGNATURE,
        SEAL
    }

    /** Whether the set has all its fields. */
    public boolean complete() {
        return missing.isEmpty();
    }
}
