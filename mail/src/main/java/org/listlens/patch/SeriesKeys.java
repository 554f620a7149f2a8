package org.listlens.patch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which patches of one series find each other: {@code change-id:…} as b4 gives it, {@code title:…}, a digest
 * of the author's address, the stable tree and the title, and {@code message-id:…} of what the mail calls an earlier
 * version of itself.
 */
final class SeriesKeys {
    private static final HexFormat HEX = HexFormat.of();
    /** Letters of a title that is its author's alone; shorter ones recur. */
    private static final int SHORTEST = 4;

    private final MessageDigest sha256;

    SeriesKeys() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    List<String> of(
            @Nullable String author,
            String title,
            List<String> prefixes,
            @Nullable String changeId,
            Collection<String> earlier) {
        List<String> keys = new ArrayList<>(2 + earlier.size());
        if (changeId != null) {
            keys.add("change-id:" + changeId);
        }
        String letters = letters(title);
        if (author != null && letters.length() >= SHORTEST) {
            add(author.toLowerCase(Locale.ROOT));
            for (int i = 0; i < prefixes.size(); i++) {
                if (isTree(prefixes.get(i))) {
                    add(prefixes.get(i).toLowerCase(Locale.ROOT));
                }
            }
            add("");
            add(letters);
            keys.add("title:" + HEX.formatHex(sha256.digest(), 0, 12));
        }
        for (String id : earlier) {
            keys.add("message-id:" + id);
        }
        return keys;
    }

    private void add(String part) {
        sha256.update(part.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
    }

    /** Whether a word names a stable tree, into which the same patch goes once more: {@code 5.10.y}, {@code AUTOSEL}. */
    private static boolean isTree(String prefix) {
        boolean digit = false;
        for (int i = 0; i < prefix.length(); i++) {
            digit |= prefix.charAt(i) >= '0' && prefix.charAt(i) <= '9';
        }
        return (digit && prefix.indexOf('.') > 0)
                || prefix.equalsIgnoreCase("autosel")
                || prefix.equalsIgnoreCase("stable");
    }

    /** The letters and digits of a title, in lower case. */
    private static String letters(String title) {
        StringBuilder letters = new StringBuilder(title.length());
        for (int i = 0; i < title.length(); i++) {
            char c = title.charAt(i);
            if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        return letters.toString();
    }
}
