package org.listlens.header;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The field names that salvage trusts, for there a colon alone does not make a line a field. */
final class FieldNames {
    /** Fields that mails have and that prose hardly ever has before a colon. */
    private static final Set<String> KNOWN = Set.of(
            "accept-language",
            "also-control",
            "alternate-recipient",
            "apparently-to",
            "approved",
            "approved-by",
            "arc-authentication-results",
            "arc-filter",
            "arc-message-signature",
            "arc-seal",
            "archived-at",
            "article-names",
            "article-updates",
            "authentication-results",
            "authentication-results-original",
            "auto-submitted",
            "autocrypt",
            "bcc",
            "cancel-key",
            "cancel-lock",
            "cc",
            "cms-type",
            "content-alternative",
            "content-base",
            "content-class",
            "content-description",
            "content-disposition",
            "content-duration",
            "content-features",
            "content-id",
            "content-language",
            "content-length",
            "content-location",
            "content-md5",
            "content-return",
            "content-script-type",
            "content-style-type",
            "content-transfer-encoding",
            "content-translation-type",
            "content-type",
            "conversion-with-loss",
            "date",
            "deferred-delivery",
            "delivered-date",
            "delivered-to",
            "delivery-date",
            "discarded-x400-ipms-extensions",
            "disclose-recipients",
            "disposition-notification-options",
            "disposition-notification-to",
            "dkim-filter",
            "dkim-signature",
            "dl-expansion-history",
            "dlp-product",
            "dlp-reaction",
            "dlp-version",
            "domainkey-signature",
            "downgraded-final-recipient",
            "eesst-version",
            "envelope-to",
            "errors-to",
            "expires",
            "expiry-date",
            "face",
            "feedback-id",
            "followup-to",
            "form-sub",
            "from",
            "generate-delivery-report",
            "importance",
            "in-reply-to",
            "incomplete-copy",
            "injection-date",
            "injection-info",
            "ironport-data",
            "ironport-hdrordr",
            "ironport-phdr",
            "ironport-sdr",
            "jabber-id",
            "keywords",
            "latest-delivery-time",
            "lines",
            "list-archive",
            "list-help",
            "list-id",
            "list-owner",
            "list-post",
            "list-software",
            "list-subscribe",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "mail-copies-to",
            "mail-followup-to",
            "mail-reply-to",
            "mail-system-version",
            "mailing-list",
            "message-context",
            "message-id",
            "message-type",
            "mime-version",
            "mmhs-exempted-address",
            "msip_labels",
            "mt-priority",
            "newsgroups",
            "nntp-posting-date",
            "nntp-posting-host",
            "old-content-type",
            "old-date",
            "old-received",
            "old-return-path",
            "old-subject",
            "old-to",
            "openpgp",
            "organisation",
            "organization",
            "original-encoded-information-types",
            "original-from",
            "original-message-id",
            "original-recipient",
            "original-sender",
            "original-subject",
            "originator-return-address",
            "pics-label",
            "posted-date",
            "posting-version",
            "precedence",
            "prevent-nondelivery-report",
            "priority",
            "received",
            "received-date",
            "received-spf",
            "redirected-from",
            "references",
            "relay-version",
            "reply-by",
            "reply-to",
            "require-recipient-valid-since",
            "resent-bcc",
            "resent-cc",
            "resent-date",
            "resent-from",
            "resent-message-id",
            "resent-reply-to",
            "resent-sender",
            "resent-to",
            "return-path",
            "return-receipt-to",
            "see-also",
            "sender",
            "sensitivity",
            "sent-to",
            "sio-label",
            "spam_positive",
            "spamdiagnosticmetadata",
            "status",
            "subject",
            "suggested_attachment_session_id",
            "thread-index",
            "thread-topic",
            "tls-report-domain",
            "tls-report-submitter",
            "tls-required",
            "to",
            "ui-outboundreport",
            "user-agent",
            "user-mail-address",
            "vbr-info",
            "wdcipoutbound",
            "wdcironportexception",
            "x400-content-identifier",
            "x400-content-return",
            "x400-content-type",
            "x400-mts-identifier",
            "x400-originator",
            "x400-received",
            "x400-recipients",
            "x400-trace",
            "xref");

    /** Fields whose names prose does have before a colon, so that within other text they prove nothing by themselves. */
    private static final Set<String> PROSE = Set.of(
            "approved",
            "comments",
            "distribution",
            "expires",
            "face",
            "importance",
            "keywords",
            "lines",
            "openpgp",
            "organisation",
            "organization",
            "path",
            "priority",
            "sensitivity",
            "status");

    /** More than an archive has of them. */
    private static final int SHARED = 1024;

    private static final int MAX_SHARED = 64;

    /** Names as they were written, each in the place of its hash; a string is immutable, so that threads may race. */
    private static final @Nullable String[] WRITTEN = new @Nullable String[SHARED];

    private FieldNames() {}

    /** A name that was met before as it is written here; {@code null} when it was not, or is forgotten. */
    static @Nullable String met(byte[] bytes, int start, int end) {
        String known = WRITTEN[place(bytes, start, end)];
        return known != null && is(known, bytes, start, end) ? known : null;
    }

    /** Reads a name, which has to be US-ASCII without NUL. */
    static String read(byte[] bytes, int start, int end) {
        String name = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        if (end - start <= MAX_SHARED) {
            WRITTEN[place(bytes, start, end)] = name;
        }
        return name;
    }

    /** By the octets in which names differ most: their ends, and one in their middle. */
    private static int place(byte[] bytes, int start, int end) {
        int length = end - start;
        int hash = length * 31 + bytes[start + length / 2];
        hash = hash * 31 + bytes[start + length / 4];
        for (int i = Math.max(start, end - 4); i < end; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ hash >>> 10) & (SHARED - 1);
    }

    private static boolean is(String name, byte[] bytes, int start, int end) {
        if (name.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (name.charAt(i - start) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is the name of a field that mails have: one of the registered ones, or any {@code X-} name. */
    static boolean known(String name) {
        return extension(name) || KNOWN.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether this name, as written, tells a field even in the midst of other text: any {@code X-} name, a known one of
     * several words, another known one with a capital that prose does not have.
     *
     * @param smallLetters whether names without capitals are as good
     */
    static boolean distinctive(String name, boolean smallLetters) {
        if (extension(name)) {
            return true;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        boolean written = smallLetters || isCapital(name.charAt(0)) || name.indexOf('-') > 0;
        return written && KNOWN.contains(lower) && !PROSE.contains(lower);
    }

    /**
     * Whether this name, as written, may be one of a field where others follow: one that prose has as well, or one of
     * several words with capitals that nobody knows.
     */
    static boolean possible(String name) {
        if (!isCapital(name.charAt(0))) {
            return false;
        }
        if (prose(name)) {
            return true;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        boolean compound = false;
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean joint = c == '-';
            if (joint && (i + 1 == name.length() || !isCapitalOrDigit(name.charAt(i + 1)))) {
                return false;
            }
            if (!joint && !Character.isLetterOrDigit(c)) {
                return false;
            }
            compound |= joint;
        }
        return compound && !lower.endsWith("-by") && !lower.equals("undisclosed-recipients");
    }

    /** Whether this is the name of a field that prose has as well. */
    static boolean prose(String name) {
        return PROSE.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a field that prose has the name of could have this value, as far as its first word tells. */
    static boolean plausible(String name, String word) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "lines" -> isNumber(word);
            case "status" -> word.length() <= 4 && !word.isEmpty() && "ROAUDFN".contains(word.substring(0, 1));
            case "importance", "priority", "sensitivity" ->
                switch (word.toLowerCase(Locale.ROOT)) {
                    case "high",
                            "low",
                            "medium",
                            "non-urgent",
                            "normal",
                            "urgent",
                            "personal",
                            "private",
                            "company-confidential" -> true;
                    default -> isNumber(word);
                };
            default -> true;
        };
    }

    private static boolean isNumber(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) < '0' || word.charAt(i) > '9') {
                return false;
            }
        }
        return !word.isEmpty();
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isCapitalOrDigit(char c) {
        return isCapital(c) || (c >= '0' && c <= '9');
    }

    /** Whether this is an extension field such as {@code X-Mailer}. */
    static boolean extension(String name) {
        return name.length() > 3
                && (name.charAt(0) | 0x20) == 'x'
                && name.charAt(1) == '-'
                && Character.isLetterOrDigit(name.charAt(2));
    }

    /**
     * The bit of a field that may stand once (RFC 5322 §3.6, RFC 2045 §3); 0 for every other field. Destination fields
     * have theirs as well, although RFC 5322 §4.5.3 knows how to read several.
     */
    static int onceBit(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("To") ? 1 : name.equalsIgnoreCase("Cc") ? 1 << 1 : 0;
            case 3 -> name.equalsIgnoreCase("Bcc") ? 1 << 2 : 0;
            case 4 -> name.equalsIgnoreCase("From") ? 1 << 3 : name.equalsIgnoreCase("Date") ? 1 << 4 : 0;
            case 6 -> name.equalsIgnoreCase("Sender") ? 1 << 5 : 0;
            case 7 -> name.equalsIgnoreCase("Subject") ? 1 << 6 : 0;
            case 8 -> name.equalsIgnoreCase("Reply-To") ? 1 << 7 : 0;
            case 10 -> name.equalsIgnoreCase("Message-ID") ? 1 << 8 : name.equalsIgnoreCase("References") ? 1 << 9 : 0;
            case 11 -> name.equalsIgnoreCase("In-Reply-To") ? 1 << 10 : 0;
            case 12 ->
                name.equalsIgnoreCase("MIME-Version") ? 1 << 11 : name.equalsIgnoreCase("Content-Type") ? 1 << 12 : 0;
            case 25 -> name.equalsIgnoreCase("Content-Transfer-Encoding") ? 1 << 13 : 0;
            default -> 0;
        };
    }
}
