package org.listlens.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A buffer that grows, and the values of JSON (RFC 8259) in UTF-8. It sets the commas; that names and values come in turn,
 * and that what is begun is ended, is up to who writes. What JSON may have as it is, is not escaped, and surrogates
 * without their other half, which UTF-8 cannot hold, become U+FFFD.
 *
 * <p>A general generator checks what is written and copies it twice, which takes a fifth of the time of writing a mail's
 * documents.
 */
final class JsonBuffer {
    /** The longest array that every platform has. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    /** Shorter strings are looked at char by char; longer ones are worth an array of their own. */
    private static final int SHORT = 16;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long TOP_BITS = 0x8080808080808080L;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    /** Of each ASCII character what follows the backslash in a string, 0 where there is no need of one. */
    private static final byte[] ESCAPES = escapes();

    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    private byte[] octets;
    private int size;

    JsonBuffer(int capacity) {
        octets = new byte[Math.max(capacity, 1)];
    }

    private static byte[] escapes() {
        byte[] escapes = new byte[128];
        Arrays.fill(escapes, 0, ' ', (byte) 'u');
        escapes['\b'] = 'b';
        escapes['\t'] = 't';
        escapes['\n'] = 'n';
        escapes['\f'] = 'f';
        escapes['\r'] = 'r';
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        return escapes;
    }

    /** How many octets there are. */
    int size() {
        return size;
    }

    /** How many octets there is room for. */
    int capacity() {
        return octets.length;
    }

    /** Takes back what follows the first {@code newSize} octets. */
    void truncate(int newSize) {
        size = newSize;
    }

    void digestTo(MessageDigest digest, int from) {
        digest.update(octets, from, size - from);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(octets, size);
    }

    /** Writes an octet as it is. */
    void put(char ascii) {
        ensure(1);
        octets[size++] = (byte) ascii;
    }

    /** Writes ASCII text as it is. */
    void put(String ascii) {
        ensure(ascii.length());
        copy(ascii);
    }

    /** Writes the comma before a member or an element, unless it is the first. */
    void comma() {
        byte last = octets[size - 1];
        if (last != '{' && last != '[') {
            put(',');
        }
    }

    /** Writes the name of the next member: ASCII with nothing to escape. */
    void name(String name) {
        ensure(name.length() + 4);
        byte last = octets[size - 1];
        if (last != '{' && last != '[') {
            octets[size++] = ',';
        }
        octets[size++] = '"';
        copy(name);
        octets[size++] = '"';
        octets[size++] = ':';
    }

    /** Writes a string. */
    void string(String value) {
        put('"');
        text(value);
        put('"');
    }

    /** Writes a part of a string, for which the quotation marks are still to be written. */
    void text(String value) {
        int length = value.length();
        if (length < SHORT) {
            ensure(length);
            for (int i = 0; i < length; i++) {
                char c = value.charAt(i);
                if (c >= 128 || ESCAPES[c] != 0) {
                    slow(value, i);
                    return;
                }
                octets[size++] = (byte) c;
            }
            return;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length == length) {
            ascii(value, utf8);
        } else {
            slow(value, 0);
        }
    }

    /** Writes a number. */
    void number(long value) {
        ensure(20);
        if (value == Long.MIN_VALUE) {
            copy("-9223372036854775808");
            return;
        }
        long rest = value;
        if (value < 0) {
            octets[size++] = '-';
            rest = -value;
        }
        int digits = 1;
        for (long bound = 10; digits < 19 && rest >= bound; bound *= 10) {
            digits++;
        }
        size += digits;
        int at = size;
        do {
            octets[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
    }

    /** Writes a number with that many digits, the first of them 0 where it has less. */
    void digits(int value, int count) {
        ensure(count);
        size += count;
        int rest = value;
        for (int i = 1; i <= count; i++) {
            octets[size - i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Writes members again that were written before, with the comma that they need here. */
    void membersAgain(int from, int to) {
        int first = from < to && octets[from] == ',' ? from + 1 : from;
        if (first < to) {
            comma();
            ensure(to - first);
            System.arraycopy(octets, first, octets, size, to - first);
            size += to - first;
        }
    }

    /**
     * Writes a text whose UTF-8 has one octet for each char: what is not ASCII in it are surrogates without their other
     * half, which have become question marks.
     */
    private void ascii(String value, byte[] utf8) {
        int from = 0;
        while (true) {
            int next = special(utf8, from);
            ensure(next - from + 6);
            System.arraycopy(utf8, from, octets, size, next - from);
            size += next - from;
            if (next == utf8.length) {
                return;
            }
            if (utf8[next] != '?') {
                escape(utf8[next]);
            } else if (value.charAt(next) == '?') {
                octets[size++] = '?';
            } else {
                copy(REPLACEMENT);
            }
            from = next + 1;
        }
    }

    /** The next octet of ASCII text that is not to be written just so, or may not be. */
    private static int special(byte[] ascii, int from) {
        int at = from;
        for (; at <= ascii.length - 8; at += 8) {
            long eight = (long) EIGHT.get(ascii, at);
            // A top bit stays where an octet is neither below the blank nor one of three others.
            long plain = ((eight | TOP_BITS) - ' ' * EACH)
                    & (((eight ^ '"' * EACH) | TOP_BITS) - EACH)
                    & (((eight ^ '\\' * EACH) | TOP_BITS) - EACH)
                    & (((eight ^ '?' * EACH) | TOP_BITS) - EACH);
            long special = ~plain & TOP_BITS;
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
        }
        for (; at < ascii.length; at++) {
            if (ESCAPES[ascii[at]] != 0 || ascii[at] == '?') {
                return at;
            }
        }
        return at;
    }

    /** Writes the rest of a text, char by char. */
    private void slow(String value, int from) {
        for (int i = from; i < value.length(); i++) {
            ensure(6);
            char c = value.charAt(i);
            if (c < 128) {
                if (ESCAPES[c] == 0) {
                    octets[size++] = (byte) c;
                } else {
                    escape(c);
                }
            } else if (c < 0x800) {
                octets[size++] = (byte) (0xC0 | (c >> 6));
                octets[size++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                octets[size++] = (byte) (0xE0 | (c >> 12));
                octets[size++] = (byte) (0x80 | (c >> 6 & 0x3F));
                octets[size++] = (byte) (0x80 | (c & 0x3F));
            } else if (i + 1 < value.length() && Character.isSurrogatePair(c, value.charAt(i + 1))) {
                int code = Character.toCodePoint(c, value.charAt(++i));
                octets[size++] = (byte) (0xF0 | (code >> 18));
                octets[size++] = (byte) (0x80 | (code >> 12 & 0x3F));
                octets[size++] = (byte) (0x80 | (code >> 6 & 0x3F));
                octets[size++] = (byte) (0x80 | (code & 0x3F));
            } else {
                copy(REPLACEMENT);
            }
        }
    }

    private void escape(int c) {
        octets[size++] = '\\';
        octets[size++] = ESCAPES[c];
        if (ESCAPES[c] == 'u') {
            octets[size++] = '0';
            octets[size++] = '0';
            octets[size++] = HEX[c >> 4];
            octets[size++] = HEX[c & 0xF];
        }
    }

    private void copy(byte[] from) {
        System.arraycopy(from, 0, octets, size, from.length);
        size += from.length;
    }

    /** ASCII only, for which this deprecated method is right, and the fastest by far. */
    @SuppressWarnings("deprecation")
    private void copy(String ascii) {
        ascii.getBytes(0, ascii.length(), octets, size);
        size += ascii.length();
    }

    private void ensure(int more) {
        if (octets.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        if (more > MOST - size) {
            throw new OutOfMemoryError("documents of more than " + MOST + " octets");
        }
        octets = Arrays.copyOf(octets, (int) Math.min(MOST, Math.max(2L * octets.length, (long) size + more)));
    }
}
