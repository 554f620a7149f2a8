package org.listlens.body;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.listlens.header.MailCharsets;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;

/**
 * Octets become text. The declared charset is believed where the octets can be in it; where they cannot, or none is
 * declared that anybody knows, UTF-8 is tried, which hardly any other text is by accident, and then detection.
 */
final class TextDecoder {
    /** A charset with more than one octet to a character that is right leaves no more than this many in a hundred. */
    private static final int DAMAGED_PERCENT = 5;

    private TextDecoder() {}

    /**
     * A text, and the IANA name of the charset that it was decoded with.
     *
     * @param whole whether it is all of the text
     */
    record Decoded(String text, String charset, boolean whole) {}

    /**
     * Decodes octets.
     *
     * @param declared the charset parameter; {@code null} when there is none, which means US-ASCII (RFC 2045 §5.2)
     * @param maxChars how many characters are wanted; a few more may come
     * @param place where the text stands in the mail, for defects
     */
    static Decoded decode(Slice slice, @Nullable String declared, int maxChars, int place, Defects defects) {
        long enough = 4L * maxChars + 8;
        boolean whole = slice.length() <= enough;
        byte[] in = slice.bytes();
        int from = slice.offset();
        int to = from + (whole ? slice.length() : (int) enough);
        if (!whole) {
            to = beforeBrokenUtf8(in, from, to);
        }
        Charset charset = declared == null ? null : MailCharsets.forName(declared);
        boolean unknown = declared != null && charset == null;
        if (unknown) {
            defects.add(DefectCode.UNKNOWN_CHARSET, place);
        }

        Charset marked = byteOrderMark(in, from, to);
        if (marked != null) {
            from += marked.equals(StandardCharsets.UTF_8) ? 3 : 2;
            if (charset != null && !sameFamily(charset, marked)) {
                defects.add(DefectCode.WRONG_CHARSET, place);
            }
            return new Decoded(new String(in, from, to - from, marked), marked.name(), whole);
        }
        if (charset != null && !extendsAscii(charset)) {
            return unlikeAscii(in, from, to, charset, place, whole, defects);
        }

        String utf8 = new String(in, from, to - from, StandardCharsets.UTF_8);
        boolean valid = utf8.indexOf('\uFFFD') < 0 || strictly(in, from, to, StandardCharsets.UTF_8) != null;
        if (valid && utf8.length() == to - from) {
            boolean bare = charset == null || charset.equals(StandardCharsets.US_ASCII);
            if (bare && CharsetDetector.hasEscapes(utf8)) {
                return detected(in, from, to, charset, unknown, place, whole, defects);
            }
            return new Decoded(utf8, charset == null ? "US-ASCII" : MailCharsets.ianaName(charset), whole);
        }
        if (charset == null || charset.equals(StandardCharsets.US_ASCII) || charset.equals(StandardCharsets.UTF_8)) {
            if (!valid) {
                return detected(in, from, to, charset, unknown, place, whole, defects);
            }
            if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
                defects.add(DefectCode.WRONG_CHARSET, place);
            }
            return new Decoded(utf8, StandardCharsets.UTF_8.name(), whole);
        }
        if (valid && isUtf8ByIntent(utf8, charset)) {
            defects.add(DefectCode.WRONG_CHARSET, place);
            return new Decoded(utf8, StandardCharsets.UTF_8.name(), whole);
        }
        if (CharsetDetector.isWestern(charset)) {
            // Every octet is some letter in these; a text that has only such letters is in another charset.
            return western(in, from, to, charset, place, whole, defects);
        }
        String strict = strictly(in, from, to, charset);
        return strict != null
                ? new Decoded(strict, MailCharsets.ianaName(charset), whole)
                : detected(in, from, to, charset, unknown, place, whole, defects);
    }

    /** Believes a Western charset unless detection finds one of another script in which the same octets are letters. */
    private static Decoded western(
            byte[] in, int from, int to, Charset declared, int place, boolean whole, Defects defects) {
        if (!CharsetDetector.looksWestern(in, from, to)) {
            Charset detected = CharsetDetector.detect(in, from, to);
            String text = new String(in, from, to - from, detected);
            if (!CharsetDetector.isWestern(detected) && text.indexOf('\uFFFD') < 0 && isOfLetters(text)) {
                defects.add(DefectCode.WRONG_CHARSET, place);
                return new Decoded(text, MailCharsets.ianaName(detected), whole);
            }
        }
        return new Decoded(new String(in, from, to - from, declared), MailCharsets.ianaName(declared), whole);
    }

    /** Whether most of what is not ASCII are letters, and there are some. */
    private static boolean isOfLetters(String text) {
        int letters = 0;
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                if (Character.isLetter(c)) {
                    letters++;
                } else {
                    others++;
                }
            }
        }
        return letters >= 4 && letters > 4 * others;
    }

    /** Detects the charset, and chooses between it and the declared one by how many octets each cannot read. */
    private static Decoded detected(
            byte[] in,
            int from,
            int to,
            @Nullable Charset declared,
            boolean unknown,
            int place,
            boolean whole,
            Defects defects) {
        Charset detected = CharsetDetector.detect(in, from, to);
        String text = new String(in, from, to - from, detected);
        if (declared != null && !detected.equals(declared)) {
            if (!declared.equals(StandardCharsets.US_ASCII)) {
                String asDeclared = new String(in, from, to - from, declared);
                boolean damaged = 100L * replacements(asDeclared) <= (long) DAMAGED_PERCENT * notAscii(asDeclared);
                if (damaged || replacements(text) > replacements(asDeclared)) {
                    text = asDeclared;
                    detected = declared;
                }
            }
        }
        if (declared != null && !declared.equals(detected)) {
            defects.add(DefectCode.WRONG_CHARSET, place);
        } else if (!unknown && text.indexOf('\uFFFD') >= 0) {
            defects.add(DefectCode.MALFORMED_TEXT, place);
        }
        return new Decoded(text, MailCharsets.ianaName(detected), whole);
    }

    /** Charsets in which ASCII octets are not ASCII: UTF-16, UTF-32, ISO-2022, EBCDIC. */
    private static Decoded unlikeAscii(
            byte[] in, int from, int to, Charset charset, int place, boolean whole, Defects defects) {
        boolean wide = charset.name().startsWith("UTF-");
        // A mail in UTF-16 has a NUL in each line end at least; who only says UTF-16 wrote something else.
        if (!wide || hasNul(in, from, to)) {
            String strict = strictly(in, from, to, charset);
            if (strict != null) {
                return new Decoded(strict, MailCharsets.ianaName(charset), whole);
            }
        }
        String utf8 = strictly(in, from, to, StandardCharsets.UTF_8);
        if (utf8 != null && (wide || utf8.length() < to - from)) {
            defects.add(DefectCode.WRONG_CHARSET, place);
            boolean ascii = utf8.length() == to - from;
            return new Decoded(utf8, ascii ? "US-ASCII" : StandardCharsets.UTF_8.name(), whole);
        }
        return detected(in, from, to, charset, false, place, whole, defects);
    }

    /**
     * Whether octets that are UTF-8 are so because their sender meant it. In the charsets of the West one character is
     * enough, as what it is read as otherwise occurs in no word; in others a few may come together by chance.
     */
    private static boolean isUtf8ByIntent(String utf8, Charset declared) {
        if (CharsetDetector.isWestern(declared)) {
            return true;
        }
        boolean oneOctet = declared.canEncode() && declared.newEncoder().maxBytesPerChar() <= 1;
        return notAscii(utf8) >= (oneOctet ? 2 : 4);
    }

    private static boolean extendsAscii(Charset charset) {
        String name = charset.name();
        return !name.startsWith("UTF-16")
                && !name.startsWith("UTF-32")
                && !name.startsWith("X-UTF-")
                && !name.startsWith("ISO-2022-")
                && !name.startsWith("x-windows-iso2022")
                && !name.startsWith("IBM0")
                && !name.startsWith("IBM1")
                && !name.startsWith("IBM2");
    }

    private static boolean sameFamily(Charset declared, Charset marked) {
        return declared.equals(marked)
                || (declared.name().startsWith("UTF-16") && marked.name().startsWith("UTF-16"));
    }

    private static @Nullable Charset byteOrderMark(byte[] in, int from, int to) {
        if (to - from >= 3 && in[from] == (byte) 0xEF && in[from + 1] == (byte) 0xBB && in[from + 2] == (byte) 0xBF) {
            return strictly(in, from, to, StandardCharsets.UTF_8) == null ? null : StandardCharsets.UTF_8;
        }
        boolean bigEndian = to - from >= 4 && in[from] == (byte) 0xFE && in[from + 1] == (byte) 0xFF;
        boolean littleEndian = to - from >= 4 && in[from] == (byte) 0xFF && in[from + 1] == (byte) 0xFE;
        if ((bigEndian || littleEndian) && hasNul(in, from, to)) {
            return bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        }
        return null;
    }

    private static boolean hasNul(byte[] in, int from, int to) {
        for (int i = from; i < to; i++) {
            if (in[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Steps back over a sequence that a cut broke. */
    private static int beforeBrokenUtf8(byte[] in, int from, int to) {
        int end = to;
        while (end > from && to - end < 3 && (in[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        return end > from && (in[end - 1] & 0xC0) == 0xC0 ? end - 1 : to;
    }

    /** Decodes octets; {@code null} when they are not in that charset. */
    private static @Nullable String strictly(byte[] in, int from, int to, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate((int) Math.ceil((to - from) * (double) decoder.maxCharsPerByte()) + 1);
        ByteBuffer octets = ByteBuffer.wrap(in, from, to - from);
        boolean failed = decoder.decode(octets, out, true).isError()
                || decoder.flush(out).isError();
        return failed ? null : out.flip().toString();
    }

    private static int replacements(String text) {
        int count = 0;
        for (int at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) {
            count++;
        }
        return count;
    }

    private static int notAscii(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += text.charAt(i) < 128 ? 0 : 1;
        }
        return count;
    }
}
