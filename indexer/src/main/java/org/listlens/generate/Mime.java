package org.listlens.generate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Encodings of mail (RFC 2045, 2047, 3676). Octets travel as strings in which each character stands for one octet
 * (ISO 8859-1).
 */
final class Mime {
    private static final String HEX = "0123456789ABCDEF";
    private static final int FLOWED_WIDTH = 66;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\n'});

    private Mime() {}

    static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 126) {
                return false;
            }
        }
        return true;
    }

    static boolean canEncode(String charset, String text) {
        return Charset.forName(charset).newEncoder().canEncode(text);
    }

    /** The octets of a text in a charset. */
    static String octets(String text, String charset) {
        return latin1(text.getBytes(Charset.forName(charset)));
    }

    static String base64(String octets) {
        return latin1(LINES.encode(bytes(octets))) + '\n';
    }

    static String quotedPrintable(String octets) {
        StringBuilder out = new StringBuilder(octets.length() + octets.length() / 4);
        int column = 0;
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            if (c == '\n') {
                out.append('\n');
                column = 0;
                continue;
            }
            boolean endsLine = i + 1 == octets.length() || octets.charAt(i + 1) == '\n';
            boolean plain = (c > 32 && c < 127 && c != '=') || (c == ' ' && !endsLine);
            if (column + (plain ? 1 : 3) > 75) {
                out.append("=\n");
                column = 0;
            }
            if (plain) {
                out.append(c);
                column++;
            } else {
                out.append('=').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                column += 3;
            }
        }
        return out.toString();
    }

    /** A text for a header: as it is when ASCII, in encoded words (RFC 2047) otherwise, one a line. */
    static String words(String text, String charset) {
        if (ascii(text)) {
            return text;
        }
        String used = canEncode(charset, text) ? charset : "UTF-8";
        boolean q = used.equals("windows-1252");
        int room = q ? 17 : 40;
        StringBuilder out = new StringBuilder();
        int start = 0;
        for (int end = 1; end <= text.length(); end++) {
            boolean last = end == text.length();
            if (last || octets(text.substring(start, end + 1), used).length() > room) {
                String octets = octets(text.substring(start, end), used);
                out.append(out.isEmpty() ? "" : "\n ")
                        .append("=?")
                        .append(used)
                        .append(q ? "?Q?" : "?B?")
                        .append(q ? qWord(octets) : latin1(Base64.getEncoder().encode(bytes(octets))))
                        .append("?=");
                start = end;
            }
        }
        return out.toString();
    }

    /** A name before an address: atoms, a quoted string or encoded words. */
    static String phrase(String name, String charset) {
        if (!ascii(name)) {
            return words(name, charset);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != ' ') {
                return '"' + name + '"';
            }
        }
        return name;
    }

    /** One line as {@code format=flowed} writes it (RFC 3676): quote marks, stuffing, soft breaks. */
    static void flow(Line line, boolean delSp, StringBuilder out) {
        String marks = ">".repeat(line.depth());
        String rest = line.content();
        if (rest.isEmpty() || rest.equals("-- ")) {
            out.append(marks)
                    .append(line.depth() > 0 && !rest.isEmpty() ? " " : "")
                    .append(rest)
                    .append('\n');
            return;
        }
        while (!rest.isEmpty()) {
            int cut = rest.length();
            if (cut > FLOWED_WIDTH) {
                int blank = rest.lastIndexOf(' ', FLOWED_WIDTH - 1);
                cut = blank > 0 ? blank + 1 : delSp ? FLOWED_WIDTH / 2 : rest.length();
            }
            String piece = rest.substring(0, cut);
            rest = rest.substring(cut);
            boolean stuffed =
                    line.depth() > 0 || piece.startsWith(" ") || piece.startsWith(">") || piece.startsWith("From ");
            out.append(marks).append(stuffed ? " " : "").append(piece);
            out.append(!rest.isEmpty() && delSp ? " \n" : "\n");
        }
    }

    static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String octets) {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String qWord(String octets) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            if (c == ' ') {
                out.append('_');
            } else if (c < 127 && Character.isLetterOrDigit(c)) {
                out.append(c);
            } else {
                out.append('=').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }
}
