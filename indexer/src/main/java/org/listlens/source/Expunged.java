package org.listlens.source;

import java.io.IOException;
import org.listlens.mail.RawMail;

/**
 * Mails that Thunderbird has deleted and not yet removed from its mbox: those whose {@code X-Mozilla-Status} has the bit
 * 0x0008. The field counts only where Thunderbird writes it, above all fields but its own; elsewhere it came with a mail
 * that somebody has sent on.
 */
final class Expunged {
    private static final int EXPUNGED = 8;
    private static final int MAX_FIELDS = 8;

    private Expunged() {}

    /** Hands a mail over, unless it was deleted. */
    static void hand(RawMail mail, MailReceiver receiver) throws IOException {
        if (is(mail)) {
            receiver.leftOut(LeftOut.DELETED, mail.origin());
        } else {
            receiver.mail(mail);
        }
    }

    private static boolean is(RawMail mail) {
        byte[] octets = mail.bytes();
        return octets.length > 0
                && (octets[0] | 0x20) == 'x'
                && (Math.max(0, mozillaStatus(octets, 0, octets.length)) & EXPUNGED) != 0;
    }

    /** The flags at the top of the header that begins at {@code from}; -1 when there are none. */
    static int mozillaStatus(byte[] octets, int from, int limit) {
        int line = from;
        for (int i = 0; i < MAX_FIELDS && line < limit; i++) {
            int end = Scan.lineFeed(octets, line, limit);
            if (end < 0) {
                return -1;
            }
            if (FieldLine.isNamed("x-mozilla-status", octets, line, end)) {
                return hex(octets, line + "x-mozilla-status:".length(), end);
            }
            if (!FieldLine.isNamed("x-account-key", octets, line, end)
                    && !FieldLine.isNamed("x-uidl", octets, line, end)) {
                return -1;
            }
            line = end + 1;
        }
        return -1;
    }

    /** Four hexadecimal digits; -1 when there is anything else. */
    private static int hex(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] == ' ') {
            at++;
        }
        int value = 0;
        int digits = 0;
        for (; at < to && octets[at] != '\r' && octets[at] != ' '; at++) {
            int digit = Character.digit(octets[at], 16);
            if (digit < 0 || ++digits > 4) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return digits == 4 ? value : -1;
    }
}
