package org.listlens.mail;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A DKIM-Signature (RFC 6376 §3.5) and what became of it.
 *
 * @param domain {@code d=}, in lower case
 * @param selector {@code s=}
 * @param algorithm {@code a=}, in lower case, such as {@code rsa-sha256}
 * @param canonicalization {@code c=} in full, such as {@code relaxed/simple}
 * @param identity {@code i=} as written
 * @param signedAt {@code t=}
 * @param expiresAt {@code x=}
 * @param bodyLength {@code l=}: how many octets of the body are signed; {@code null} when all are
 * @param signedFields {@code h=}: the names of the signed fields in lower case, with repeats
 * @param overSigned names that {@code h=} has more often than the mail has such fields, each once: another field of that
 *     name breaks the signature (RFC 6376 §8.15)
 * @param bodyHash {@code bh=} in base64; {@code null} when it is missing
 * @param value {@code b=} in base64; {@code null} when it is missing
 * @param hop the position of the hop at which it was made, as in {@link AuthenticationResults}
 * @param checks what the hosts on the way found, oldest first
 * @param broken where it was found broken; {@code null} when it is not known to be
 */
public record DkimSignature(
        @Nullable String domain,
        @Nullable String selector,
        @Nullable String algorithm,
        String canonicalization,
        @Nullable String identity,
        @Nullable Instant signedAt,
        @Nullable Instant expiresAt,
        @Nullable Long bodyLength,
        List<String> signedFields,
        List<String> overSigned,
        @Nullable String bodyHash,
        @Nullable String value,
        @Nullable Integer hop,
        List<SignatureCheck> checks,
        @Nullable SignatureBreak broken) {
    public DkimSignature {
        Objects.requireNonNull(canonicalization);
        signedFields = List.copyOf(signedFields);
        overSigned = List.copyOf(overSigned);
        checks = List.copyOf(checks);
    }

    /** Whether the last host that could tell found it whole; {@code null} when none could. */
    public @Nullable Boolean whole() {
        for (int i = checks.size() - 1; i >= 0; i--) {
            SignatureCheck.Outcome outcome = checks.get(i).outcome();
            if (outcome != SignatureCheck.Outcome.UNDECIDED) {
                return outcome == SignatureCheck.Outcome.WHOLE;
            }
        }
        return null;
    }

    /**
     * The signed fields that mailing lists add or change, each once: Subject, which gets a tag, the addresses for
     * replies, the {@code List-} fields, and those that a footer changes.
     */
    public List<String> signedListFields() {
        return signedFields.stream()
                .distinct()
                .filter(DkimSignature::isListField)
                .toList();
    }

    private static boolean isListField(String name) {
        return name.startsWith("list-")
                || switch (name) {
                    case "subject",
                            "reply-to",
                            "sender",
                            "to",
                            "cc",
                            "content-type",
                            "content-transfer-encoding",
                            "mime-version" -> true;
                    default -> false;
                };
    }
}
