package org.listlens.mail;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a signature, or of an ARC chain, at one place of a mail's way.
 *
 * @param evidence what tells so
 * @param host the host: its authserv-id, else the {@code by} host of its hop, in lower case
 * @param hop the position of the host's hop, as in {@link AuthenticationResults}
 * @param instance the ARC instance of the field that tells so
 * @param outcome what it means
 * @param result the result as the field has it, such as {@code pass}; {@code null} for {@link Evidence#BODY_HASH}
 * @param reason the reason or comment beside it
 */
public record SignatureCheck(
        Evidence evidence,
        @Nullable String host,
        @Nullable Integer hop,
        @Nullable Integer instance,
        Outcome outcome,
        @Nullable String result,
        @Nullable String reason) {
    public SignatureCheck {
        Objects.requireNonNull(evidence);
        Objects.requireNonNull(outcome);
    }

    /** What tells that a signature is whole or broken. */
    public enum Evidence {
        /** A host checked the mail as it got it, and noted the result. */
        RESULTS,
        /** The body that a host sealed when it sent the mail on is not the one that was signed. */
        BODY_HASH,
        /** The {@code cv=} of an ARC-Seal: the state of the chain when the host got the mail. */
        SEAL
    }

    /** What a check means for the signature. */
    public enum Outcome {
        WHOLE,
        BROKEN,
        /** The host could not tell, or for want of a key or of time. */
        UNDECIDED
    }
}
