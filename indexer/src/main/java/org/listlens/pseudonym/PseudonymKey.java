package org.listlens.pseudonym;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that pseudonyms are made with (HMAC-SHA-256, RFC 2104). Immutable; never shows the secret. */
public final class PseudonymKey {
    /** A key that is shorter can be guessed. */
    public static final int MIN_CHARS = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;
    private final String check;

    /**
     * A key.
     *
     * @throws IllegalArgumentException when it has fewer than {@link #MIN_CHARS} characters; the message is for the user
     */
    public PseudonymKey(String key) {
        if (key.codePointCount(0, key.length()) < MIN_CHARS) {
            throw new IllegalArgumentException("The key for pseudonyms is too short to keep them secret: give one of at"
                    + " least " + MIN_CHARS + " characters.");
        }
        secret = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        check = new Pseudonyms(this).digest("key check");
    }

    /** By which runs tell whether they use the same key, in 32 hexadecimal digits; does not tell the key. */
    public String check() {
        return check;
    }

    Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
