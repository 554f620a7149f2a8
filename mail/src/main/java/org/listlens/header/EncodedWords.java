package org.listlens.header;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;

/**
 * Decodes encoded words (RFC 2047 §2) in a header value: {@code =?charset?B?…?=} and {@code =?charset?Q?…?=}, with the
 * language that RFC 2231 §5 adds to the charset.
 *
 * <p>Reads what real mailers write, beyond the RFC: words glued to each other or to other text, within quoted strings,
 * longer than 75 octets, with blanks inside, base64 without padding or with padding in the middle. The octets of adjacent
 * words in the same charset are joined before they become text, for mailers split characters, and the shift states of
 * ISO-2022-JP, over words. The blank between adjacent words goes (RFC 2047 §6.2).
 *
 * <p>A word that does not end, or with another encoding than B and Q, stays as written. Where the charset is unknown, or
 * its octets are not text in it, they are read as UTF-8 or else windows-1252, and the word counts as
 * {@code INVALID_ENCODED_WORD}.
 */
public final class EncodedWords {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int MAX_CHARSET = 64;
    private static final byte[] BASE64 = base64();

    private final String value;
    private final @Nullable Defects defects;
    private final int offset;
    private final StringBuilder out;

    // The word last found by word(): its charset is [charsetStart, charsetEnd), its text [textStart, textEnd).
    private int charsetStart;
    private int charsetEnd;
    private int textStart;
    private int textEnd;

    /** Where the next {@code ?=} lies, so that words that do not end are not searched for it again and again. */
    private int nextEnd = -1;

    // Octets of adjacent words that have not become text yet.
    private @Nullable String pendingCharset;
    private byte[] octets;
    private int size;

    private EncodedWords(String value, @Nullable Defects defects, int offset) {
        this.value = value;
        this.defects = defects;
        this.offset = offset;
        out = new StringBuilder(value.length());
        octets = new byte[Math.min(value.length(), 256)];
    }

    /** Decodes the encoded words of a value; defects are noted without a place. */
    public static String decode(String value, @Nullable Defects defects) {
        return decode(value, defects, -1);
    }

    /**
     * Decodes the encoded words of a value.
     *
     * @param defects takes words that cannot be decoded; {@code null} when nobody asks
     * @param offset where in the mail the defects are noted, in octets
     */
    public static String decode(String value, @Nullable Defects defects, int offset) {
        int first = value.indexOf("=?");
        return first < 0 ? value : new EncodedWords(value, defects, offset).decode(first);
    }

    /** The end of the encoded word that begins at {@code start}; -1 when none does. Words beyond 1,000 chars do not count. */
    static int end(String value, int start) {
        int limit = Math.min(value.length(), start + 1000);
        int charset = start + 2;
        int pos = charset;
        while (pos < limit && isCharset(value.charAt(pos))) {
            pos++;
        }
        if (pos == charset || pos + 2 >= limit || value.charAt(pos) != '?' || !isEncoding(value, pos + 1)) {
            return -1;
        }
        for (int i = pos + 3; i + 1 < limit; i++) {
            if (value.charAt(i) == '?' && value.charAt(i + 1) == '=') {
                return i + 2;
            }
        }
        return -1;
    }

    private String decode(int first) {
        int copied = 0;
        int pos = first;
        while (pos >= 0) {
            if (word(pos)) {
                if (pendingCharset == null || !onlyBlanks(copied, pos)) {
                    flush();
                    out.append(value, copied, pos);
                }
                String charset = value.substring(charsetStart, charsetEnd);
                if (pendingCharset != null && !pendingCharset.equalsIgnoreCase(charset)) {
                    flush();
                }
                pendingCharset = charset;
                if ((value.charAt(textStart - 2) | 0x20) == 'b') {
                    base64(textStart, textEnd);
                } else {
                    quoted(textStart, textEnd, charset);
                }
                copied = textEnd + 2;
                pos = value.indexOf("=?", copied);
            } else {
                pos = value.indexOf("=?", pos + 2);
            }
        }
        flush();
        return out.append(value, copied, value.length()).toString();
    }

    /** Whether an encoded word begins at {@code start}; notes those that are begun only. */
    private boolean word(int start) {
        int pos = start + 2;
        charsetStart = pos;
        while (pos < value.length() && pos - charsetStart <= MAX_CHARSET && isCharset(value.charAt(pos))) {
            pos++;
        }
        int star = value.indexOf('*', charsetStart, pos);
        charsetEnd = star < 0 ? pos : star;
        if (charsetEnd == charsetStart || !isEncoding(value, pos + 1) || value.charAt(pos) != '?') {
            return false;
        }
        textStart = pos + 3;
        if (nextEnd < textStart) {
            int found = value.indexOf("?=", textStart);
            nextEnd = found < 0 ? Integer.MAX_VALUE : found;
        }
        if (nextEnd == Integer.MAX_VALUE) {
            invalid();
            return false;
        }
        textEnd = nextEnd;
        int inner = value.indexOf("=?", textStart, textEnd);
        if (inner >= 0 && end(value, inner) > 0) {
            // This one does not end before the next begins.
            invalid();
            return false;
        }
        return true;
    }

    private static boolean isCharset(char c) {
        return c > ' ' && c < 127 && c != '?' && c != '=' && c != '"' && c != '<' && c != '>' && c != ',';
    }

    private static boolean isEncoding(String value, int pos) {
        if (pos + 1 >= value.length() || value.charAt(pos + 1) != '?') {
            return false;
        }
        int letter = value.charAt(pos) | 0x20;
        return letter == 'b' || letter == 'q';
    }

    private boolean onlyBlanks(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                return false;
            }
        }
        return true;
    }

    private void quoted(int from, int to, String charset) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if (c == '=') {
                int high = i + 2 < to ? Character.digit(value.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
                if (low >= 0) {
                    put(high << 4 | low);
                    i += 2;
                } else {
                    invalid();
                    put(c);
                }
            } else if (c == '_') {
                put(' ');
            } else if (c < 128) {
                put(c);
            } else {
                // Not encoded at all; it has been read already, so it goes through the word's charset and back.
                int end = i + (Character.isHighSurrogate(c) && i + 1 < to ? 2 : 1);
                Charset known = MailCharsets.forName(charset);
                Charset to8bit = known != null && known.canEncode() ? known : StandardCharsets.UTF_8;
                for (byte b : value.substring(i, end).getBytes(to8bit)) {
                    put(b);
                }
                i = end - 1;
            }
        }
    }

    private void base64(int from, int to) {
        int bits = 0;
        int digits = 0;
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            int digit = c < 128 ? BASE64[c] : -1;
            if (digit >= 0) {
                bits = bits << 6 | digit;
                digits++;
                if (digits == 4) {
                    put(bits >> 16);
                    put(bits >> 8);
                    put(bits);
                    digits = 0;
                }
            } else if (c == '=') {
                // Mailers that cut base64 after encoding leave padding in the middle.
                rest(bits, digits);
                digits = 0;
            } else if (c != ' ' && c != '\t') {
                invalid();
            }
        }
        rest(bits, digits);
    }

    /** The octets of a last group of less than four digits. */
    private void rest(int bits, int digits) {
        switch (digits) {
            case 1 -> invalid();
            case 2 -> put(bits >> 4);
            case 3 -> {
                put(bits >> 10);
                put(bits >> 2);
            }
            default -> {}
        }
    }

    private void put(int octet) {
        if (size == octets.length) {
            octets = Arrays.copyOf(octets, Math.max(64, size * 2));
        }
        octets[size++] = (byte) octet;
    }

    /** Turns the octets that are pending into text. */
    private void flush() {
        if (pendingCharset == null) {
            return;
        }
        appendClean(text(pendingCharset));
        pendingCharset = null;
        size = 0;
    }

    private String text(String name) {
        Charset charset = MailCharsets.forName(name);
        if (charset == null) {
            invalid();
            return HeaderText.guess(octets, 0, size);
        }
        String text = new String(octets, 0, size, charset);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        String utf8 = HeaderText.utf8(octets, 0, size);
        if (text.equals(utf8)) {
            return text; // The author wrote U+FFFD.
        }
        invalid();
        if (utf8 != null) {
            return utf8;
        }
        return charset.equals(StandardCharsets.US_ASCII) ? new String(octets, 0, size, WINDOWS_1252) : text;
    }

    /** Appends decoded text; line breaks and other controls become blanks, so that a value stays one line. */
    private void appendClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 127) {
                out.append(' ');
            } else if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (pair) {
                    out.append(c).append(text.charAt(++i));
                } else {
                    out.append('\uFFFD');
                }
            } else {
                out.append(c);
            }
        }
    }

    private void invalid() {
        if (defects != null) {
            defects.add(DefectCode.INVALID_ENCODED_WORD, offset);
        }
    }

    private static byte[] base64() {
        byte[] digits = new byte[128];
        Arrays.fill(digits, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            digits[alphabet.charAt(i)] = (byte) i;
        }
        return digits;
    }
}
