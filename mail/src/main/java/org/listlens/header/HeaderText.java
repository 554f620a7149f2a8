package org.listlens.header;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;

/** Octets of a header field as text. */
final class HeaderText {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private HeaderText() {}

    /**
     * Reads {@code bytes[from, to)} as UTF-8 (RFC 6532) or, where that is not what they are, as windows-1252. NUL
     * octets go, stray CR become blanks, blanks at either end go.
     *
     * @param offset where defects are noted
     */
    static String decode(byte[] bytes, int from, int to, Defects defects, int offset) {
        int start = from;
        int end = to;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        // What is no UTF-8 becomes U+FFFD.
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        boolean clean = text.indexOf('\uFFFD') < 0 && text.indexOf('\r') < 0 && text.indexOf('\0') < 0;
        return clean ? text : decodeOdd(bytes, from, to, defects, offset);
    }

    private static String decodeOdd(byte[] bytes, int from, int to, Defects defects, int offset) {
        byte[] clean = Arrays.copyOfRange(bytes, from, to);
        int length = 0;
        for (byte b : clean) {
            if (b != 0) {
                clean[length++] = b == '\r' ? (byte) ' ' : b;
            }
        }
        if (length < clean.length) {
            defects.add(DefectCode.NUL_IN_HEADER, offset);
        }
        int start = 0;
        int end = length;
        while (start < end && isBlank(clean[start])) {
            start++;
        }
        while (end > start && isBlank(clean[end - 1])) {
            end--;
        }
        String text = utf8(clean, start, end);
        if (text == null) {
            defects.add(DefectCode.RAW_8BIT_HEADER, offset);
            text = new String(clean, start, end - start, WINDOWS_1252);
        }
        return text;
    }

    /** Reads octets of which nothing else is known: as UTF-8 if they are that, else as windows-1252. */
    static String guess(byte[] bytes, int from, int to) {
        String text = utf8(bytes, from, to);
        return text == null ? new String(bytes, from, to - from, WINDOWS_1252) : text;
    }

    /** Reads octets as UTF-8; {@code null} when they are not. */
    static @Nullable String utf8(byte[] bytes, int from, int to) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        // No octet gives more than one char, and four give at most two.
        CharBuffer chars = CharBuffer.allocate(to - from);
        boolean valid = !decoder.decode(ByteBuffer.wrap(bytes, from, to - from), chars, true)
                .isError();
        return valid ? chars.flip().toString() : null;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
