package org.listlens.plugin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** How a raw mail stands in a field. */
enum MailFormat {
    /** As text. Its characters become octets by UTF-8, so mails in other charsets need {@link #BASE64}. */
    STRING {
        @Override
        Octets decode(String text, int limit) {
            long size = 0;
            int end = 0;
            while (end < text.length()) {
                char c = text.charAt(end);
                boolean pair = Character.isHighSurrogate(c)
                        && end + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(end + 1));
                int octets = octets(c, pair);
                if (size + octets > limit) {
                    break;
                }
                size += octets;
                end += pair ? 2 : 1;
            }
            byte[] bytes = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
            // How much longer it is would take as long to tell as encoding it.
            return new Octets(bytes, bytes.length + (long) (text.length() - end));
        }
    },

    /** Its octets in base64, by RFC 4648 or, in lines, by RFC 2045. */
    BASE64 {
        @Override
        Octets decode(String text, int limit) {
            int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
            String joined = text.indexOf('\n') < 0 && text.indexOf('\r') < 0 ? text : joined(text);
            long size = joined.length() / 4L * 3 - padding;
            long kept = Math.min(joined.length(), (limit / 3L + 1) * 4);
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(joined.substring(0, (int) kept));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "it is not base64: send the octets of the mail in base64, or use format [string]", e);
            }
            byte[] cut = bytes.length > limit ? Arrays.copyOf(bytes, limit) : bytes;
            return new Octets(cut, Math.max(size, cut.length));
        }
    };

    /**
     * The first octets of a mail.
     *
     * @param bytes not more than the limit
     * @param size how many the mail has; of a text that is beyond the limit at least so many
     */
    record Octets(byte[] bytes, long size) {}

    /**
     * Gives the octets of a mail.
     *
     * @throws IllegalArgumentException when the text is not of this format
     */
    abstract Octets decode(String text, int limit);

    /** How many octets a character has in UTF-8; half of a pair alone becomes a question mark. */
    private static int octets(char c, boolean pair) {
        if (pair) {
            return 4;
        }
        return c < 0x80 || Character.isSurrogate(c) ? 1 : c < 0x800 ? 2 : 3;
    }

    private static String joined(String lines) {
        StringBuilder joined = new StringBuilder(lines.length());
        for (int i = 0; i < lines.length(); i++) {
            char c = lines.charAt(i);
            if (c != '\n' && c != '\r') {
                joined.append(c);
            }
        }
        return joined.toString();
    }
}
