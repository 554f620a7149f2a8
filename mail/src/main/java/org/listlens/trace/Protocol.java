package org.listlens.trace;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code with} clause. */
final class Protocol {
    private static final int MAX_CHARS = 200;

    /** IANA's "WITH protocol types" (RFC 3848, RFC 4954, RFC 6531 §4.3). */
    private static final Set<String> REGISTERED = Set.of(
            "SMTP",
            "ESMTP",
            "ESMTPA",
            "ESMTPS",
            "ESMTPSA",
            "LMTP",
            "LMTPA",
            "LMTPS",
            "LMTPSA",
            "MMS",
            "UTF8SMTP",
            "UTF8SMTPA",
            "UTF8SMTPS",
            "UTF8SMTPSA",
            "UTF8LMTP",
            "UTF8LMTPA",
            "UTF8LMTPS",
            "UTF8LMTPSA");

    private Protocol() {}

    static boolean isRegistered(String word) {
        return REGISTERED.contains(word.toUpperCase(Locale.ROOT));
    }

    /**
     * The protocol that a clause names: a registered one in upper case, be it the first word or an ESMTP among others
     * ({@code XMail 1.27 ESMTP Server}); any other as written. What else the clause tells goes to the readers: {@code
     * ESMTP/TLS/CIPHER}, {@code CIPHER encrypted SMTP}, the S and A of {@code ESMTPSA}.
     */
    static @Nullable String read(Words words, TlsReader tls, EnvelopeReader envelope) {
        int size = words.size();
        if (size == 0) {
            return null;
        }
        int i = 0;
        if (words.is(1, "encrypted") && size > 2) {
            tls.cipher(words.get(0));
            i = 2;
        }
        String word = words.get(i);
        int slash = word.indexOf('/');
        String name = (slash < 0 ? word : word.substring(0, slash)).toUpperCase(Locale.ROOT);
        if (REGISTERED.contains(name)) {
            if (slash > 0) {
                joined(word, slash, tls);
            }
            suffixes(name, tls, envelope);
            return name;
        }
        for (int next = i + 1; next < size; next++) {
            if (words.startsWith(next, "ESMTP") && isRegistered(words.get(next))) {
                String extended = words.get(next).toUpperCase(Locale.ROOT);
                suffixes(extended, tls, envelope);
                return extended;
            }
        }
        switch (name) {
            case "SMTPS", "HTTPS", "ESMTP-TLS", "SMTP-TLS" -> tls.used();
            case "ASMTP" -> envelope.authenticated(null);
            // Exim's names of what RFC 6531 calls UTF8SMTP.
            case "UTF8ESMTP", "UTF8ESMTPS", "UTF8ESMTPA", "UTF8ESMTPSA" -> suffixes(name, tls, envelope);
            default -> {}
        }
        StringBuilder text = new StringBuilder();
        for (; i < size && text.length() < MAX_CHARS; i++) {
            text.append(text.isEmpty() ? "" : " ").append(words.get(i));
        }
        return text.toString();
    }

    private static void joined(String word, int slash, TlsReader tls) {
        if (!word.regionMatches(true, slash + 1, "TLS", 0, 3)) {
            return;
        }
        tls.used();
        int next = word.indexOf('/', slash + 1);
        if (next > 0 && next + 1 < word.length()) {
            tls.cipher(word.substring(next + 1));
        }
    }

    private static void suffixes(String name, TlsReader tls, EnvelopeReader envelope) {
        int end = name.length();
        if (name.charAt(end - 1) == 'A') {
            envelope.authenticated(null);
            end--;
        }
        if (end > 4 && name.charAt(end - 1) == 'S' && name.charAt(end - 2) == 'P') {
            tls.used();
        }
    }
}
