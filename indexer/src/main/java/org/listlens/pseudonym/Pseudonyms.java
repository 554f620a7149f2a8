package org.listlens.pseudonym;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;

/** Makes pseudonyms: equal for equal input, whatever its case. Not thread-safe. */
final class Pseudonyms {
    /** What stands in the place of a domain ends so, which no real domain does (RFC 6761 §6.4). */
    static final String INVALID = ".invalid";

    private static final HexFormat HEX = HexFormat.of();
    /** Enough for people: those of one domain and 32 bits would have to coincide. */
    private static final int SHORT = 8;
    /** For Message-IDs, of which one domain has millions. */
    private static final int LONG = 24;

    private static final int REMEMBERED = 20_000;

    private final Mac mac;
    private final Map<String, String> addresses = new HashMap<>();

    Pseudonyms(PseudonymKey key) {
        mac = key.mac();
    }

    /** {@code Person 3f9a2c71} for the words of a name, in lower case with single blanks between. */
    String person(String words) {
        return "Person " + hex('n', words, SHORT);
    }

    /** {@code 3f9a2c71@8c04d1e2.invalid} for {@code local@domain}, address or Message-ID. */
    String address(String address) {
        String key = address.toLowerCase(Locale.ROOT);
        String known = addresses.get(key);
        if (known == null) {
            int at = key.lastIndexOf('@');
            known = at < 0
                    ? hex('a', key, LONG) + '@' + "none" + INVALID
                    : local(key) + '@' + host(key.substring(at + 1));
            if (addresses.size() >= REMEMBERED) {
                addresses.clear();
            }
            addresses.put(key, known);
        }
        return known;
    }

    /** What stands before the {@code @} of {@link #address}. */
    String local(String address) {
        String key = address.toLowerCase(Locale.ROOT);
        return hex('a', key, AddressToken.isGenerated(key) ? LONG : SHORT);
    }

    /** {@code 8c04d1e2.invalid} for a domain or a host. */
    String host(String host) {
        return hex('d', host.toLowerCase(Locale.ROOT), SHORT) + INVALID;
    }

    /** An address of the range for documentation (RFC 3849) for an IP address. */
    String ip(String ip) {
        String hex = hex('i', ip.toLowerCase(Locale.ROOT), 16);
        StringBuilder address = new StringBuilder("2001:db8:0:0");
        for (int group = 0; group < 4; group++) {
            // Without leading zeros, and no zero group, which RFC 5952 would have written otherwise.
            int value = Integer.parseInt(hex, group * 4, group * 4 + 4, 16) | 0x1000;
            address.append(':').append(Integer.toHexString(value));
        }
        return address.toString();
    }

    /** 32 hexadecimal digits for what identifies a content. */
    String digest(String value) {
        return hex('x', value, 32);
    }

    /** Eight hexadecimal digits for a word, such as a user name. */
    String word(String value) {
        return hex('w', value.toLowerCase(Locale.ROOT), SHORT);
    }

    /** The same hashes, of 32 bits each in base64, keyed; what is no base64 becomes a digest. */
    String hashes(String base64) {
        byte[] hashes;
        try {
            hashes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return digest(base64);
        }
        byte[] keyed = new byte[hashes.length];
        for (int at = 0; at < hashes.length; at += 4) {
            int length = Math.min(4, hashes.length - at);
            mac.update((byte) 'h');
            mac.update(hashes, at, length);
            System.arraycopy(mac.doFinal(), 0, keyed, at, length);
        }
        Base64.Encoder encoder = base64.endsWith("=") || base64.length() % 4 == 0
                ? Base64.getEncoder()
                : Base64.getEncoder().withoutPadding();
        return encoder.encodeToString(keyed);
    }

    private String hex(char kind, String value, int digits) {
        mac.update((byte) kind);
        return HEX.formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)), 0, digits / 2);
    }
}
