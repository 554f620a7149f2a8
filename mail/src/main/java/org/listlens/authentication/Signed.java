package org.listlens.authentication;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.AuthenticationResults.Result;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.HeaderField;
import org.listlens.mail.SignatureBreak;
import org.listlens.mail.SignatureCheck;

/** A DKIM-Signature as it is read, before it is known what became of it. */
final class Signed {
    /** A shorter {@code header.b} tells nothing (RFC 6008 §4 wants eight characters). */
    private static final int MIN_VALUE = 4;

    private final Tags tags;
    private final int index;
    private final @Nullable Integer hop;
    private final @Nullable String domain;
    private final @Nullable String selector;
    private final @Nullable String algorithm;
    private final @Nullable String value;
    private final @Nullable String bodyHash;
    private final String canonicalization;

    /** How far a result can be told to be one of a signature. */
    enum Match {
        NOT,
        /** By what signers of one domain share. */
        NAME,
        /** By the signature itself. */
        VALUE
    }

    /** @param below how many trace fields stand below the field */
    Signed(HeaderField field, int index, int below, Way way) {
        this.tags = new Tags(field.value());
        this.index = index;
        this.domain = tags.lower("d");
        this.hop = way.hop(below, domain);
        this.selector = tags.get("s");
        this.algorithm = tags.lower("a");
        this.value = tags.base64("b");
        this.bodyHash = tags.base64("bh");
        this.canonicalization = tags.canonicalization();
    }

    /** Whether the field is as RFC 6376 §3.5 wants it. */
    boolean isValid() {
        return !tags.malformed()
                && algorithm != null
                && value != null
                && bodyHash != null
                && domain != null
                && selector != null
                && tags.get("h") != null
                && "1".equals(tags.get("v"))
                && !tags.isNoNumber("t")
                && !tags.isNoNumber("x")
                && (tags.get("l") == null || isDigits(tags.get("l")));
    }

    private static boolean isDigits(@Nullable String text) {
        return text != null && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    int index() {
        return index;
    }

    @Nullable
    Integer hop() {
        return hop;
    }

    /**
     * Whether a result of DKIM is about this signature.
     *
     * @param alone whether the mail has no other signature
     */
    Match match(Result result, boolean alone) {
        String stated = result.property("header.b");
        if (stated != null && value != null) {
            stated = Tags.withoutBlanks(stated);
            if (stated.length() >= MIN_VALUE) {
                return value.startsWith(stated) ? Match.VALUE : Match.NOT;
            }
        }
        String signer = result.property("header.d");
        String identity = result.property("header.i");
        if (signer == null && identity == null) {
            return alone && !result.result().equals("none") ? Match.NAME : Match.NOT;
        }
        boolean same = signer != null ? signer.equalsIgnoreCase(domain) : identity != null && isWithin(identity);
        return same && agrees(result.property("header.s"), selector) && agrees(result.property("header.a"), algorithm)
                ? Match.NAME
                : Match.NOT;
    }

    /** Whether an identity lies in the domain or in one below it (RFC 6376 §3.5, {@code i=}). */
    private boolean isWithin(String identity) {
        if (domain == null) {
            return false;
        }
        String host = identity.substring(identity.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static boolean agrees(@Nullable String stated, @Nullable String own) {
        return stated == null || own == null || stated.equalsIgnoreCase(own);
    }

    /**
     * Whether a later signature was made of the same body; {@code null} when the two hash it in different ways, or only
     * a part of it.
     */
    @Nullable
    Boolean hasBodyOf(Tags later) {
        String other = later.base64("bh");
        if (bodyHash == null
                || other == null
                || tags.get("l") != null
                || later.get("l") != null
                || !hash(algorithm).equals(hash(later.lower("a")))
                || !bodyForm(canonicalization).equals(bodyForm(later.canonicalization()))) {
            return null;
        }
        return bodyHash.equals(other);
    }

    private static String hash(@Nullable String algorithm) {
        return algorithm == null ? "" : algorithm.substring(algorithm.indexOf('-') + 1);
    }

    private static String bodyForm(String canonicalization) {
        return canonicalization.substring(canonicalization.indexOf('/') + 1);
    }

    /** The signature with what became of it. */
    DkimSignature toSignature(
            Map<String, Integer> fieldCounts, List<Tracker.Step> steps, @Nullable SignatureBreak broken) {
        List<SignatureCheck> checks = new ArrayList<>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            checks.add(steps.get(i).check());
        }
        SignedFields signedFields = tags.fields();
        return new DkimSignature(
                domain,
                selector,
                algorithm,
                canonicalization,
                tags.get("i"),
                tags.time("t"),
                tags.time("x"),
                tags.seconds("l"),
                signedFields.names(),
                signedFields.overSigned(fieldCounts),
                bodyHash,
                value,
                hop,
                checks,
                broken);
    }
}
