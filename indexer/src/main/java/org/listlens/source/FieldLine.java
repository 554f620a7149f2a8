package org.listlens.source;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Whether a line looks like a header field (RFC 5322 §2.2), as far as telling mails from other text needs it. */
final class FieldLine {
    /** The longest field name that is looked at. */
    static final int MAX_NAME = 128;

    private static final String CONTENT_LENGTH = "content-length:";

    /** Fields that mail software writes and people do not. */
    private static final Set<String> BY_SOFTWARE = Set.of(
            "authentication-results",
            "auto-submitted",
            "autocrypt",
            "delivered-to",
            "delivery-date",
            "domainkey-signature",
            "envelope-to",
            "errors-to",
            "in-reply-to",
            "mailing-list",
            "message-id",
            "mime-version",
            "newsgroups",
            "original-recipient",
            "received",
            "received-spf",
            "return-path",
            "user-agent");

    private static final Set<String> BY_ANYBODY = Set.of(
            "apparently-to",
            "bcc",
            "cc",
            "date",
            "followup-to",
            "from",
            "importance",
            "lines",
            "organization",
            "path",
            "precedence",
            "priority",
            "references",
            "reply-to",
            "sender",
            "status",
            "subject",
            "to",
            "xref");

    private static final String[] PREFIXES_OF_SOFTWARE = {
        "arc-", "content-", "dkim-", "list-", "resent-", "thread-", "x-"
    };

    private FieldLine() {}

    /**
     * Whether a field begins at {@code from}: a name of printable ASCII, perhaps blanks (RFC 5322 §4.5), a colon.
     *
     * @param to where the line or what is known of it ends
     */
    static boolean isField(byte[] octets, int from, int to) {
        return nameEnd(octets, from, to) > 0;
    }

    /** Whether a field begins at {@code from} that mails are known to have. */
    static boolean isKnown(byte[] octets, int from, int to) {
        String name = name(octets, from, to);
        return BY_ANYBODY.contains(name) || isBySoftware(name);
    }

    /**
     * Whether a field of this name begins at {@code from}.
     *
     * @param name in lower case
     */
    static boolean isNamed(String name, byte[] octets, int from, int to) {
        if (nameEnd(octets, from, to) - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            int octet = octets[from + i];
            if ((octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a field begins at {@code from} that only mail software writes. */
    static boolean isBySoftware(byte[] octets, int from, int to) {
        return isBySoftware(name(octets, from, to));
    }

    private static boolean isBySoftware(String name) {
        if (BY_SOFTWARE.contains(name)) {
            return true;
        }
        for (String prefix : PREFIXES_OF_SOFTWARE) {
            if (name.length() > prefix.length() && name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The value of the Content-Length field that begins at {@code from}; -1 when it is another field or no number.
     *
     * @param to the end of the line
     */
    static long contentLength(byte[] octets, int from, int to) {
        int at = from + CONTENT_LENGTH.length();
        if (at >= to) {
            return -1;
        }
        for (int i = 0; i < CONTENT_LENGTH.length(); i++) {
            int octet = octets[from + i];
            if ((octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet) != CONTENT_LENGTH.charAt(i)) {
                return -1;
            }
        }
        while (at < to && (octets[at] == ' ' || octets[at] == '\t')) {
            at++;
        }
        int digits = at;
        long value = 0;
        while (at < to && octets[at] >= '0' && octets[at] <= '9' && at - digits < 16) {
            value = value * 10 + octets[at++] - '0';
        }
        int end = at;
        while (at < to && (octets[at] == ' ' || octets[at] == '\t' || octets[at] == '\r')) {
            at++;
        }
        return end > digits && at == to ? value : -1;
    }

    /** The field's name in lower case; an empty string when there is no field. */
    private static String name(byte[] octets, int from, int to) {
        int end = nameEnd(octets, from, to);
        return end < 0 ? "" : new String(octets, from, end - from, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    /** Where the name ends; -1 when no field begins here. */
    private static int nameEnd(byte[] octets, int from, int to) {
        int bound = Math.min(to, from + MAX_NAME);
        int at = from;
        while (at < bound && octets[at] > ' ' && octets[at] < 127 && octets[at] != ':') {
            at++;
        }
        int end = at;
        while (at < bound && (octets[at] == ' ' || octets[at] == '\t')) {
            at++;
        }
        return end > from && at < bound && octets[at] == ':' ? end : -1;
    }
}
