package org.listlens.body;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.listlens.header.MailCharsets;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Guesses the charset of octets that are not UTF-8. Statistics need text to work on and mistake short Western texts for
 * anything; but in the languages of the West accented letters stand alone or in twos among ASCII letters, and in other
 * scripts they make whole words. Only those are left to statistics.
 */
final class CharsetDetector {
    /** Octets that are looked at; what has not shown by then does not show later. */
    private static final int WINDOW = 1 << 16;

    private static final Charset WESTERN = western();

    private CharsetDetector() {}

    private static Charset western() {
        Charset western = MailCharsets.forName("windows-1252");
        return western == null ? StandardCharsets.ISO_8859_1 : western;
    }

    /** The charset that the octets are most likely in; windows-1252 when nothing tells. */
    static Charset detect(byte[] in, int from, int to) {
        int first = from;
        while (first < to && in[first] >= 0 && in[first] != 0x1b) {
            first++;
        }
        int end = Math.min(to, first + WINDOW);
        if (first == to || (in[first] != 0x1b && looksWestern(in, first, end))) {
            return WESTERN;
        }
        Charset charset = statistics(in, first, end);
        return charset == null || charset.equals(StandardCharsets.US_ASCII) ? WESTERN : charset;
    }

    private static @Nullable Charset statistics(byte[] in, int from, int to) {
        try {
            UniversalDetector detector = new UniversalDetector();
            detector.handleData(in, from, to - from);
            detector.dataEnd();
            String name = detector.getDetectedCharset();
            return name == null ? null : MailCharsets.forName(name);
        } catch (RuntimeException unforeseen) {
            // Its state machines run over hostile octets; a guess is not worth a mail.
            return null;
        }
    }

    /** Whether there are the escape sequences of ISO 2022 (RFC 1468). */
    static boolean hasEscapes(String ascii) {
        int escape = ascii.indexOf('\u001b');
        while (escape >= 0 && escape + 2 < ascii.length()) {
            char c = ascii.charAt(escape + 1);
            if (c == '$' || (c == '(' && "BIJ".indexOf(ascii.charAt(escape + 2)) >= 0)) {
                return true;
            }
            escape = ascii.indexOf('\u001b', escape + 1);
        }
        return false;
    }

    /** Whether a charset has one octet to a character and the letters of the languages of the West. */
    static boolean isWestern(Charset charset) {
        return switch (charset.name()) {
            case "windows-1252", "ISO-8859-1", "ISO-8859-15", "x-MacRoman", "IBM850", "IBM437" -> true;
            default -> false;
        };
    }

    /** Whether most octets above 127 stand alone or in twos. */
    static boolean looksWestern(byte[] in, int from, int to) {
        int end = Math.min(to, from + WINDOW);
        int alone = 0;
        int together = 0;
        int run = 0;
        for (int i = from; i <= end; i++) {
            if (i < end && in[i] < 0) {
                run++;
            } else if (run > 0) {
                if (run < 3) {
                    alone += run;
                } else {
                    together += run;
                }
                run = 0;
            }
        }
        return alone >= together;
    }
}
