package org.listlens.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.header.HeaderBlock;
import org.listlens.header.HeaderParser;
import org.listlens.header.ParameterizedValue;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;
import org.listlens.mail.MailingList;

/**
 * The author's mail inside of one that a list has put around it, as Mailman does for authors whose domain publishes a
 * DMARC policy: the outer mail comes from the list and has an id of its own, and its body is a {@code message/rfc822}, or
 * a note and a {@code message/rfc822}.
 */
final class WrappedMail {
    private static final String MESSAGE = "message/rfc822";
    /** The note that may stand before the mail, and the mail. */
    private static final int PARTS = 2;

    private final byte[] bytes;
    private final HeaderBlock header;

    private WrappedMail(byte[] bytes, HeaderBlock header) {
        this.bytes = bytes;
        this.header = header;
    }

    /** The octets of the inner mail. */
    byte[] bytes() {
        return bytes;
    }

    /** The header of the inner mail. */
    HeaderBlock header() {
        return header;
    }

    /** The mail that a list has wrapped; {@code null} when the mail is its author's own. */
    static @Nullable WrappedMail find(byte[] outer, HeaderBlock header, List<MailingList> lists, Limits limits) {
        HeaderField type = header.first("Content-Type");
        if (lists.isEmpty() || type == null || !mayWrap(type.value()) || !isFromList(header, lists)) {
            return null;
        }
        int from = header.bodyOffset();
        int to = outer.length;
        ParameterizedValue value = ParameterizedValue.parse(type.value());
        if (!value.value().equals(MESSAGE)) {
            String boundary = value.parameter("boundary");
            int[] part = boundary == null || boundary.isBlank()
                    ? null
                    : messagePart(outer, from, ("--" + boundary).getBytes(StandardCharsets.UTF_8), limits);
            if (part == null) {
                return null;
            }
            from = part[0];
            to = part[1];
        }
        byte[] inner = Arrays.copyOfRange(outer, from, to);
        HeaderBlock own = HeaderParser.parse(inner, inner.length, limits, new Defects(1));
        boolean whole = own.first("From") != null && (own.first("Message-ID") != null || own.first("Date") != null);
        return whole ? new WrappedMail(inner, own) : null;
    }

    private static boolean mayWrap(String type) {
        return type.regionMatches(true, 0, MESSAGE, 0, MESSAGE.length())
                || type.regionMatches(true, 0, "multipart/mixed", 0, 15);
    }

    private static boolean isFromList(HeaderBlock header, List<MailingList> lists) {
        HeaderField from = header.first("From");
        if (from == null) {
            return false;
        }
        String value = from.value().toLowerCase(Locale.ROOT);
        for (MailingList list : lists) {
            if (list.post() != null && value.contains(list.post().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** The bounds of the body of the first or second part, when it is a mail; {@code null} when neither is. */
    private static int @Nullable [] messagePart(byte[] bytes, int from, byte[] delimiter, Limits limits) {
        int start = delimiterLine(bytes, from, delimiter);
        for (int i = 0; i < PARTS && start >= 0; i++) {
            int body = lineEnd(bytes, start);
            int end = delimiterLine(bytes, body, delimiter);
            byte[] part = Arrays.copyOfRange(bytes, body, end < 0 ? bytes.length : end);
            HeaderBlock fields = HeaderParser.parse(part, part.length, limits, new Defects(1));
            HeaderField type = fields.first("Content-Type");
            if (type != null && type.value().regionMatches(true, 0, MESSAGE, 0, MESSAGE.length())) {
                return new int[] {body + fields.bodyOffset(), body + part.length};
            }
            start = end;
        }
        return null;
    }

    /** The next line that begins with the delimiter; -1 when there is none. */
    private static int delimiterLine(byte[] bytes, int from, byte[] delimiter) {
        int at = from;
        while (at < bytes.length) {
            if (at + delimiter.length <= bytes.length
                    && Arrays.equals(bytes, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                return at;
            }
            at = lineEnd(bytes, at);
        }
        return -1;
    }

    /** The octet after the next line feed. */
    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, bytes.length);
    }
}
