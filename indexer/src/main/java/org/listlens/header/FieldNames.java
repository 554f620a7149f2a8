package org.listlens.header;

import java.util.Locale;
import java.util.Set;

/** The field names that salvage trusts, for there a colon alone does not make a line a field. */
final class FieldNames {
    /** Fields that mails have and that prose hardly ever has before a colon. */
    private static final Set<String> KNOWN = Set.of(
            "apparently-to",
            "approved",
            "archived-at",
            "arc-authentication-results",
            "arc-message-signature",
            "arc-seal",
            "authentication-results",
            "auto-submitted",
            "autocrypt",
            "bcc",
            "cc",
            "content-description",
            "content-disposition",
            "content-id",
            "content-language",
            "content-length",
            "content-location",
            "content-md5",
            "content-transfer-encoding",
            "content-type",
            "date",
            "deferred-delivery",
            "delivered-to",
            "delivery-date",
            "disposition-notification-to",
            "dkim-filter",
            "dkim-signature",
            "domainkey-signature",
            "envelope-to",
            "errors-to",
            "expires",
            "face",
            "feedback-id",
            "followup-to",
            "from",
            "importance",
            "in-reply-to",
            "ironport-hdrordr",
            "ironport-phdr",
            "ironport-sdr",
            "keywords",
            "lines",
            "list-archive",
            "list-help",
            "list-id",
            "list-owner",
            "list-post",
            "list-subscribe",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "mail-followup-to",
            "mail-reply-to",
            "mailing-list",
            "message-id",
            "mime-version",
            "newsgroups",
            "nntp-posting-date",
            "nntp-posting-host",
            "old-return-path",
            "openpgp",
            "organisation",
            "organization",
            "original-recipient",
            "posted-date",
            "precedence",
            "priority",
            "received",
            "received-spf",
            "references",
            "reply-to",
            "resent-bcc",
            "resent-cc",
            "resent-date",
            "resent-from",
            "resent-message-id",
            "resent-sender",
            "resent-to",
            "return-path",
            "return-receipt-to",
            "sender",
            "sensitivity",
            "spamdiagnosticmetadata",
            "status",
            "subject",
            "thread-index",
            "thread-topic",
            "to",
            "user-agent",
            "user-mail-address",
            "xref");

    /** Known fields whose names prose does have before a colon, so that within other text they prove nothing. */
    private static final Set<String> PROSE = Set.of(
            "approved",
            "expires",
            "face",
            "importance",
            "keywords",
            "lines",
            "openpgp",
            "organisation",
            "organization",
            "priority",
            "sensitivity",
            "status");

    private FieldNames() {}

    /** Whether this is the name of a field that mails have: one of the registered ones, or any {@code X-} name. */
    static boolean known(String name) {
        return extension(name) || KNOWN.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether this name, as written, tells a field even in the midst of other text. */
    static boolean distinctive(String name) {
        if (extension(name)) {
            return true;
        }
        char first = name.charAt(0);
        if (first < 'A' || first > 'Z') {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return KNOWN.contains(lower) && !PROSE.contains(lower);
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
