package org.listlens.trace;

import org.jspecify.annotations.Nullable;
import org.listlens.mail.Hop;

/**
 * Finds the TLS session in the comments of a line, however it is spelt: {@code using TLSv1.3 with cipher … (256/256 bits)}
 * (Postfix), {@code TLS1.2:…:128} (Exim), {@code version=TLS1_3 cipher=… bits=128/128} (Google, Sendmail, Exchange),
 * {@code TLS: TLSv1/SSLv3,168bits,…} (Courier), {@code DHE-RSA-AES256-SHA encrypted} (qmail). The first session counts.
 */
final class TlsReader {
    private boolean used;
    private @Nullable String version;
    private @Nullable String cipher;
    private @Nullable Integer bits;

    /** Notes that the line tells of TLS. */
    void used() {
        used = true;
    }

    void cipher(String name) {
        used = true;
        if (cipher == null) {
            cipher = name;
        }
    }

    Hop.@Nullable Tls toTls() {
        return used ? new Hop.Tls(version, cipher, bits) : null;
    }

    /** Reads a comment; whether it is about TLS. */
    boolean read(Words words) {
        boolean found = false;
        for (int i = 0; i < words.size(); i++) {
            String word = null;
            char c = words.first(i);
            if (c == 'T' || c == 'S' || (c == 'U' && words.startsWith(i, "UNKNOWN:"))) {
                word = words.get(i);
                found |= session(words, i, word);
            } else if (c == 'v' && words.startsWith(i, "version=")) {
                word = words.get(i).substring(8);
                found |= session(words, i, word);
            } else if (c == 'c' && words.startsWith(i, "cipher=")) {
                cipher(words.get(i).substring(7));
                found = true;
            } else if ((c | 0x20) == 'c' && words.is(i, "cipher") && words.size() > i + 1) {
                found |= afterCipher(words, i + 1);
            } else if (c == 'b' && found && words.startsWith(i, "bits=")) {
                bits(words.get(i), 5);
            } else if (words.is(i, "encrypted") && i > 0 && isCipher(words.get(i - 1))) {
                cipher(words.get(i - 1));
                found = true;
            } else if (found && c >= '0' && c <= '9' && isBits(words, i)) {
                bits(words.get(i), 0);
            } else if (found && cipher == null && isCipher(words.get(i))) {
                cipher(words.get(i));
            }
        }
        used |= found;
        return found;
    }

    /** {@code with cipher NAME}, {@code (Cipher TLSv1:NAME:168)}. */
    private boolean afterCipher(Words words, int i) {
        String word = words.get(i);
        if (word.indexOf(':') < 0 && isCipher(word)) {
            cipher(word);
            return true;
        }
        return false;
    }

    /** A word that begins with a protocol version, with what is joined to it by colons. */
    private boolean session(Words words, int i, String word) {
        if (word.equals("TLS:") || word.equals("TLS") || word.equals("SSL")) {
            boolean told = word.endsWith(":")
                    || words.size() == 1
                    || words.is(i - 1, "using")
                    || words.is(i - 1, "with")
                    || words.is(i - 1, "via");
            used |= told;
            return told;
        }
        if (word.startsWith("TLS_") && isCipher(word)) {
            cipher(word);
            return true;
        }
        int colon = word.indexOf(':');
        boolean unknown = word.startsWith("UNKNOWN:");
        if (!unknown && !word.startsWith("TLS") && !word.startsWith("SSL")) {
            return false;
        }
        String name = unknown ? null : version(word, colon < 0 ? word.length() : colon);
        if (name == null && !unknown) {
            return false;
        }
        used = true;
        if (version == null) {
            version = name;
        }
        if (colon > 0) {
            int next = word.indexOf(':', colon + 1);
            if (colon + 1 < word.length()) {
                cipher(word.substring(colon + 1, next < 0 ? word.length() : next));
            }
            if (next > 0) {
                bits(word, next + 1);
            }
        }
        return true;
    }

    /** {@code 1.2} of {@code TLSv1.2}, {@code TLS1_2}, {@code TLS-1.2} or {@code TLS12}; {@code null} for any other word. */
    private static @Nullable String version(String word, int end) {
        int at = 3;
        if (at < end && word.charAt(at) == '-') {
            at++;
        }
        if (at < end && (word.charAt(at) == 'v' || word.charAt(at) == 'V')) {
            at++;
        }
        if (at >= end) {
            return null;
        }
        char major = word.charAt(at++);
        char minor = '0';
        if (at < end && (word.charAt(at) == '.' || word.charAt(at) == '_')) {
            at++;
            if (at == end) {
                return null;
            }
        }
        if (at < end && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
            minor = word.charAt(at++);
        }
        if (at < end && word.charAt(at) != '/' && word.charAt(at) != ')') {
            return null;
        }
        if (word.startsWith("SSL")) {
            return major == '2' || major == '3' ? "SSLv" + major : null;
        }
        return major == '1' ? "1." + minor : null;
    }

    /** {@code 256/256 bits} or {@code 168bits} right after the version or the cipher; not the bits of a key or a curve. */
    private boolean isBits(Words words, int i) {
        if (i == 0 || bits != null) {
            return false;
        }
        String word = words.get(i);
        boolean afterCipher = isCipher(words.get(i - 1));
        if (word.indexOf('/') > 0) {
            return afterCipher;
        }
        char before = words.first(i - 1);
        boolean named = words.is(i + 1, "bits") || word.endsWith("bits");
        return named && (afterCipher || before == 'T' || before == 'S');
    }

    private void bits(String word, int start) {
        int n = 0;
        int at = start;
        while (at < word.length() && at < start + 5 && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
            n = n * 10 + word.charAt(at++) - '0';
        }
        if (n > 0 && bits == null) {
            bits = n;
        }
    }

    /** Whether a word has the look of a cipher suite. */
    static boolean isCipher(String word) {
        if (word.length() < 6 || word.length() > 80 || (word.indexOf('-') < 0 && word.indexOf('_') < 0)) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean alphanumeric = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
            if (!alphanumeric && c != '-' && c != '_') {
                return false;
            }
        }
        return word.contains("AES")
                || word.contains("DES")
                || word.contains("RC4")
                || word.contains("CHACHA")
                || word.contains("CAMELLIA")
                || word.contains("ARIA")
                || word.contains("SEED")
                || word.contains("IDEA")
                || word.contains("NULL");
    }
}
