package org.listlens.generate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the mail of a site is vouched for.
 *
 * @param spf what SPF says of the host that its mail comes from
 * @param policy the DMARC policy that its domain publishes; {@code null} when it publishes none
 * @param keys what its mail is signed with, one signature each
 * @param onTop whether the host that signs puts the signatures above its own trace line rather than below it
 */
record Vouching(String spf, @Nullable String policy, List<SigningKey> keys, boolean onTop) {
    /**
     * A key for DKIM (RFC 6376) or ARC.
     *
     * @param canonicalization of header and body, as {@code c=} has it
     */
    record SigningKey(String domain, String selector, Algorithm algorithm, String canonicalization) {
        /** Whether white space in the body may change (RFC 6376 §3.4.4). */
        boolean relaxed() {
            return canonicalization.endsWith("/relaxed");
        }
    }

    /** Signature algorithms, with the bits of their keys and the base64 characters of a signature before its padding. */
    enum Algorithm {
        RSA("rsa-sha256", 2048, 342),
        ED25519("ed25519-sha256", 256, 86);

        private final String label;
        private final int bits;
        private final int length;

        Algorithm(String label, int bits, int length) {
            this.label = label;
            this.bits = bits;
            this.length = length;
        }

        String label() {
            return label;
        }

        int bits() {
            return bits;
        }

        String signature(Prng random) {
            return random.string(QueueIds.BASE62, 8) + random.string(QueueIds.BASE62 + "+/", length - 8) + "==";
        }
    }

    private static final String RELAXED = "relaxed/relaxed";

    static Vouching of(Site site) {
        String domain = site.domain();
        return switch (site.origin()) {
            case GOOGLE, GOOGLE_WEB -> new Vouching("pass", "none", List.of(rsa(domain, "20230601", RELAXED)), false);
            case SUBMISSION -> new Vouching("pass", "quarantine", List.of(rsa(domain, "s2020", RELAXED)), false);
            case WORKSTATION -> {
                SigningKey newer = new SigningKey(domain, "ed2024", Algorithm.ED25519, RELAXED);
                yield new Vouching("pass", "none", List.of(rsa(domain, "rsa2024", RELAXED), newer), false);
            }
            case EXIM -> new Vouching("pass", null, List.of(rsa(domain, "x", RELAXED)), true);
            case EXCHANGE -> new Vouching("pass", "none", List.of(rsa(domain, "selector1", RELAXED)), true);
            case EXIM_LOCAL -> new Vouching("pass", "none", List.of(rsa(domain, "relay", "simple/simple")), true);
            case WEBMAIL -> new Vouching("pass", "none", List.of(rsa(domain, "web", "relaxed/simple")), false);
            // Signed by the bulk sender alone, from addresses that its customer has not named: DMARC fails.
            case BULK -> new Vouching("softfail", "quarantine", List.of(rsa("bulk.example.com", "s1", RELAXED)), false);
            case SENDMAIL -> new Vouching("pass", null, List.of(), false);
            case QMAIL -> new Vouching("none", null, List.of(), false);
            case OLD_GATEWAY -> new Vouching("neutral", null, List.of(), false);
        };
    }

    /** An RSA key. */
    static SigningKey rsa(String domain, String selector, String canonicalization) {
        return new SigningKey(domain, selector, Algorithm.RSA, canonicalization);
    }
}
