package org.listlens.generate;

import org.jspecify.annotations.Nullable;
import org.listlens.generate.Vouching.SigningKey;

/** A DKIM-Signature with the truth about it; nothing verifies it. */
final class Signature {
    /** What is no longer as it was signed. */
    enum Altered {
        NOTHING,
        HEADER,
        BODY
    }

    private static final String FIELDS = "from:to:subject:date:message-id";

    final SigningKey key;

    /** The whole field, with its line end. */
    final String text;

    /** How the value begins; enough to tell signatures apart (RFC 6008). */
    final String start;

    final String bodyHash;

    /** The position of the hop whose host signed, and when by the clock of that host. */
    final int position;

    final long signedMs;

    /** What has changed on the way so far. */
    Altered altered = Altered.NOTHING;

    /** The host that did it. */
    @Nullable
    String brokenBy;

    /** Who noted it whole last, and who broken first. */
    @Nullable
    String brokenAfter;

    @Nullable
    String brokenAt;

    Signature(SigningKey key, int position, long clockMs, String bodyHash, Prng random) {
        this.key = key;
        this.position = position;
        this.bodyHash = bodyHash;
        signedMs = Math.floorDiv(clockMs, 1000L) * 1000;
        String value = key.algorithm().signature(random);
        start = value.substring(0, 8);
        text = "DKIM-Signature: v=1; " + tags(key, signedMs, bodyHash, value);
    }

    boolean whole() {
        return altered == Altered.NOTHING;
    }

    /** A host changes what was signed. */
    void alter(Altered what, String host) {
        if (what != Altered.NOTHING && whole()) {
            altered = what;
            brokenBy = host;
        }
    }

    /** A host notes whether it is whole. */
    void note(String host) {
        if (whole()) {
            brokenAfter = host;
        } else if (brokenAt == null) {
            brokenAt = host;
        }
    }

    /** The tags that DKIM-Signature and ARC-Message-Signature share, with the line end. */
    static String tags(SigningKey key, long signedMs, String bodyHash, String value) {
        return "a=" + key.algorithm().label() + "; c=" + key.canonicalization() + "; d=" + key.domain() + ";\n\ts="
                + key.selector() + "; t=" + signedMs / 1000 + "; h=" + FIELDS + ";\n\tbh=" + bodyHash + ";\n\tb="
                + folded(value) + '\n';
    }

    /** A value in lines of 70 characters. */
    static String folded(String value) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < value.length(); i += 70) {
            lines.append(i == 0 ? "" : "\n\t ").append(value, i, Math.min(value.length(), i + 70));
        }
        return lines.toString();
    }
}
