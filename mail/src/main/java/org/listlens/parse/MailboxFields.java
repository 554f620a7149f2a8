package org.listlens.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.header.LineBreaks;
import org.listlens.mail.RawMail;

/**
 * Takes out of a mail what mailbox software has written into it: whether it was read, its labels, its number in the
 * mailbox, its length. Such fields are the archive's, not the mail's: they change in place whenever somebody reads the
 * mail, and the same mail in a Maildir or by IMAP lacks them. A copy keeps its identity, its size and its documents only
 * without them.
 *
 * <p>These are taken out:
 *
 * <ul>
 *   <li>of mbox readers and IMAP servers on mboxes: {@code X-Status}, {@code X-Keywords}, {@code X-UID}, {@code X-IMAP},
 *       {@code X-IMAPbase}, and {@code Status} when its value is made of nothing but their flags;
 *   <li>of POP servers and Thunderbird: {@code X-UIDL}, {@code X-Account-Key}, {@code X-Mozilla-Status}, {@code
 *       X-Mozilla-Status2}, {@code X-Mozilla-Keys}; of Evolution: {@code X-Evolution};
 *   <li>of Gmail's export: {@code X-GM-THRID}, {@code X-Gmail-Labels};
 *   <li>of the writers of mboxcl and mboxcl2: {@code Content-Length}, which no mail has a use for, and {@code Lines} right
 *       behind it; elsewhere {@code Lines} is a field of news (RFC 5536 §3.3).
 * </ul>
 */
final class MailboxFields {
    private static final Set<String> NAMES = Set.of(
            "content-length",
            "x-account-key",
            "x-evolution",
            "x-gm-thrid",
            "x-gmail-labels",
            "x-imap",
            "x-imapbase",
            "x-keywords",
            "x-mozilla-keys",
            "x-mozilla-status",
            "x-mozilla-status2",
            "x-status",
            "x-uid",
            "x-uidl");

    private static final int SHORTEST = 5;
    private static final int LONGEST = 17;

    /** Read, old, new, deleted, answered, flagged, draft, undeleted. */
    private static final String FLAGS = "RONDAFTU";

    private final byte[] bytes;

    /** The octets without the fields; {@code null} as long as none was found. */
    private byte @Nullable [] kept;

    private int size;
    private int copied;

    private MailboxFields(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The mail without these fields; the same one when it has none. */
    static RawMail takenOut(RawMail mail) {
        return new MailboxFields(mail.bytes()).takeOut(mail);
    }

    private RawMail takeOut(RawMail mail) {
        int line = 0;
        boolean begun = false;
        boolean taken = false;
        boolean afterLength = false;
        while (line < bytes.length) {
            int end = lineEnd(line);
            byte first = bytes[line];
            if (first == '\n' || (first == '\r' && end == line + 2)) {
                if (begun) {
                    break;
                }
                // Blank lines in front of the header.
            } else if (first == ' ' || first == '\t') {
                if (taken) {
                    drop(line, end);
                }
            } else {
                int colon = colon(line, end);
                if (colon < 0 && (begun || !isFromLine(line))) {
                    break;
                }
                begun = true;
                String name = colon < 0 ? null : name(line, colon);
                taken = name != null && isMailbox(name, colon + 1, end, afterLength);
                afterLength = "content-length".equals(name);
                if (taken) {
                    drop(line, end);
                }
            }
            line = end;
        }
        if (kept == null) {
            return mail;
        }
        keep(bytes.length);
        return new RawMail(mail.origin(), Arrays.copyOf(kept, size), mail.size() - (bytes.length - size));
    }

    private static boolean isMailboxName(String name, boolean afterLength) {
        return NAMES.contains(name) || name.equals("status") || (afterLength && name.equals("lines"));
    }

    private boolean isMailbox(String name, int from, int to, boolean afterLength) {
        return isMailboxName(name, afterLength) && (!name.equals("status") || isFlags(from, to));
    }

    /** Whether a value is a few flags, or empty. */
    private boolean isFlags(int from, int to) {
        int flags = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] > ' ') {
                if (FLAGS.indexOf(bytes[i]) < 0 || ++flags > FLAGS.length()) {
                    return false;
                }
            } else if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private void drop(int from, int to) {
        if (kept == null) {
            kept = new byte[bytes.length];
        }
        keep(from);
        copied = to;
    }

    private void keep(int to) {
        if (kept != null) {
            System.arraycopy(bytes, copied, kept, size, to - copied);
            size += to - copied;
        }
    }

    /** The name of a field in lower case; {@code null} when it is none that could be meant. */
    private @Nullable String name(int from, int colon) {
        int to = colon;
        while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == '\t')) {
            to--;
        }
        int length = to - from;
        if (length < SHORTEST || length > LONGEST) {
            return null;
        }
        return switch (bytes[from] | 0x20) {
            case 'x', 's', 'c', 'l' ->
                new String(bytes, from, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            default -> null;
        };
    }

    /** The colon behind a field's name; -1 when the line is no field. */
    private int colon(int from, int to) {
        int at = from;
        while (at < to && bytes[at] > ' ' && bytes[at] != 127 && bytes[at] != ':') {
            at++;
        }
        int end = at;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return end > from && at < to && bytes[at] == ':' ? at : -1;
    }

    private boolean isFromLine(int line) {
        int at = line < bytes.length && bytes[line] == '>' ? line + 1 : line;
        return at + 5 <= bytes.length
                && bytes[at] == 'F'
                && bytes[at + 1] == 'r'
                && bytes[at + 2] == 'o'
                && bytes[at + 3] == 'm'
                && bytes[at + 4] == ' ';
    }

    /** The octet behind the next LF. */
    private int lineEnd(int from) {
        return Math.min(LineBreaks.lf(bytes, from, bytes.length) + 1, bytes.length);
    }
}
