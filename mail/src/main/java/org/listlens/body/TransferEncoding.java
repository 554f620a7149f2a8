package org.listlens.body;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.eclipse.angus.mail.util.UUDecoderStream;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;

/** Takes the transfer encoding (RFC 2045 §6) off a body, whatever else is in it. */
final class TransferEncoding {
    private static final byte[] SIX_BITS = sixBits();
    private static final byte BLANK = -2;
    private static final byte PAD = -3;

    private TransferEncoding() {}

    /** Whether it is one that changes octets. */
    static boolean isEncoded(@Nullable String encoding) {
        return encoding != null
                && switch (encoding) {
                    case "base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue", "uue" -> true;
                    default -> false;
                };
    }

    /**
     * The decoded octets of a body; the body itself where nothing is encoded, or in a way that nobody knows.
     *
     * @param fields say which encoding it is
     */
    static Slice decode(Octets octets, int offset, int length, ContentFields fields, Defects defects) {
        String encoding = fields.encoding();
        if (encoding != null) {
            switch (encoding) {
                case "base64" -> {
                    return base64(octets, offset, offset + length, defects);
                }
                case "quoted-printable" -> {
                    return quotedPrintable(octets, offset, offset + length, defects);
                }
                case "x-uuencode", "uuencode", "x-uue", "uue" -> {
                    return uuencode(octets, offset, length, defects);
                }
                case "7bit", "8bit", "binary", "7-bit", "8-bit" -> {}
                default -> defects.add(DefectCode.UNKNOWN_TRANSFER_ENCODING, fields.encodingOffset());
            }
        }
        return new Slice(octets.bytes(), offset, length);
    }

    /**
     * RFC 2045 §6.8. Octets that do not belong are skipped, padding may be missing, and what is encoded may come in
     * several padded pieces. A line between two groups of four that cannot be base64 ends it, and is kept as it is with
     * all that follows: that is a footer which a list put under the text, or a text whose encoding nobody did.
     */
    private static Slice base64(Octets octets, int from, int to, Defects defects) {
        byte[] in = octets.bytes();
        byte[] out = new byte[(int) ((to - from) * 3L / 4) + 4];
        int size = 0;
        int bits = 0;
        int group = 0;
        boolean padded = false;
        boolean lineBegins = true;
        int at = from;
        while (at < to) {
            byte b = in[at];
            byte six = SIX_BITS[b & 0xff];
            boolean odd = six == -1;
            boolean first = size == 0 && group == 0;
            if (lineBegins
                    && group == 0
                    && six != BLANK
                    && (odd || padded || first)
                    && (first ? isProse(in, at, to) : !isBase64Line(in, at, to))) {
                defects.add(DefectCode.INVALID_TRANSFER_ENCODING, octets.place(at));
                return withRest(out, size, in, at, to);
            }
            if (six >= 0) {
                bits = bits << 6 | six;
                if (++group == 4) {
                    out[size++] = (byte) (bits >> 16);
                    out[size++] = (byte) (bits >> 8);
                    out[size++] = (byte) bits;
                    group = 0;
                    bits = 0;
                }
            } else if (six == PAD) {
                size = flush(out, size, bits, group);
                group = 0;
                bits = 0;
                padded = true;
            } else if (odd) {
                defects.add(DefectCode.INVALID_TRANSFER_ENCODING, octets.place(at));
            }
            lineBegins = b == '\n' || b == '\r' || (lineBegins && six == BLANK);
            at++;
        }
        if (group == 1) {
            defects.add(DefectCode.INVALID_TRANSFER_ENCODING, octets.place(to));
        }
        return new Slice(out, 0, flush(out, size, bits, group));
    }

    /** Writes the one or two octets of a group that is not full. */
    private static int flush(byte[] out, int size, int bits, int group) {
        int end = size;
        if (group == 2) {
            out[end++] = (byte) (bits >> 4);
        } else if (group == 3) {
            out[end++] = (byte) (bits >> 10);
            out[end++] = (byte) (bits >> 2);
        }
        return end;
    }

    /** Whether a line has groups of four and padding only. */
    private static boolean isBase64Line(byte[] in, int from, int to) {
        int digits = 0;
        for (int at = from; at < to && in[at] != '\n' && in[at] != '\r'; at++) {
            byte six = SIX_BITS[in[at] & 0xff];
            if (six == -1) {
                return false;
            }
            digits += six == BLANK ? 0 : 1;
        }
        return digits % 4 == 0;
    }

    /** Whether a line has blanks between other octets, and some that base64 does not have. */
    private static boolean isProse(byte[] in, int from, int to) {
        boolean blank = false;
        boolean blankInside = false;
        boolean odd = false;
        for (int at = from; at < to && in[at] != '\n' && in[at] != '\r'; at++) {
            byte six = SIX_BITS[in[at] & 0xff];
            blankInside |= blank && six != BLANK;
            blank |= six == BLANK;
            odd |= six == -1;
        }
        return blankInside && odd;
    }

    private static Slice withRest(byte[] out, int size, byte[] in, int from, int to) {
        byte[] whole = Arrays.copyOf(out, size + 1 + to - from);
        int end = size;
        if (end > 0 && whole[end - 1] != '\n') {
            whole[end++] = '\n';
        }
        System.arraycopy(in, from, whole, end, to - from);
        return new Slice(whole, 0, end + to - from);
    }

    /**
     * RFC 2045 §6.7. An equals sign that escapes nothing stays. Blanks at the end of a line go, as the RFC wants; only
     * the delimiter of a signature keeps its blank, because senders forget to encode that one.
     */
    private static Slice quotedPrintable(Octets octets, int from, int to, Defects defects) {
        byte[] in = octets.bytes();
        byte[] out = new byte[to - from];
        int size = 0;
        int lineStart = 0;
        int at = from;
        while (at < to) {
            byte b = in[at];
            if (b == '=') {
                int next = softBreak(in, at + 1, to);
                int octet = next < 0 && at + 2 < to ? hex(in[at + 1], in[at + 2]) : -1;
                if (next >= 0) {
                    at = next;
                } else if (octet >= 0) {
                    out[size++] = (byte) octet;
                    at += 3;
                } else {
                    defects.add(DefectCode.INVALID_TRANSFER_ENCODING, octets.place(at));
                    out[size++] = b;
                    at++;
                }
            } else if (b == ' ' || b == '\t') {
                int end = at + 1;
                while (end < to && (in[end] == ' ' || in[end] == '\t')) {
                    end++;
                }
                boolean trailing = end == to || in[end] == '\n' || in[end] == '\r';
                if (!trailing || isSignature(out, lineStart, size)) {
                    System.arraycopy(in, at, out, size, end - at);
                    size += end - at;
                }
                at = end;
            } else {
                out[size++] = b;
                at++;
                if (b == '\n' || b == '\r') {
                    lineStart = size;
                }
            }
        }
        return new Slice(out, 0, size);
    }

    private static boolean isSignature(byte[] line, int from, int to) {
        return to - from == 2 && line[from] == '-' && line[from + 1] == '-';
    }

    /** The octet after the line end that an equals sign takes away; -1 when none follows. */
    private static int softBreak(byte[] in, int from, int to) {
        int at = from;
        while (at < to && (in[at] == ' ' || in[at] == '\t')) {
            at++;
        }
        if (at == to) {
            return to;
        }
        return in[at] == '\n' || in[at] == '\r' ? Lines.next(in, at, to) : -1;
    }

    private static int hex(byte high, byte low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h << 4 | l;
    }

    /** What can be decoded of a uuencoded file; the octets themselves when there is none. */
    private static Slice uuencode(Octets octets, int offset, int length, Defects defects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length);
        byte[] chunk = new byte[8192];
        boolean begun = false;
        try (UUDecoderStream in =
                new UUDecoderStream(new ByteArrayInputStream(octets.bytes(), offset, length), true, false)) {
            in.getName();
            begun = true;
            int n = in.read(chunk, 0, chunk.length);
            while (n > 0) {
                out.write(chunk, 0, n);
                n = in.read(chunk, 0, chunk.length);
            }
        } catch (IOException | RuntimeException broken) {
            defects.add(DefectCode.INVALID_TRANSFER_ENCODING, octets.place(offset));
        }
        return begun ? new Slice(out.toByteArray(), 0, out.size()) : new Slice(octets.bytes(), offset, length);
    }

    private static byte[] sixBits() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < digits.length(); i++) {
            values[digits.charAt(i)] = (byte) i;
        }
        values['='] = PAD;
        for (char blank : new char[] {' ', '\t', '\r', '\n', '\f', 0x0b}) {
            values[blank] = BLANK;
        }
        return values;
    }
}
