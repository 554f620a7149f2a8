package org.listlens.parse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.listlens.quote.ClassifiedLines;
import org.listlens.quote.LineClass;

/**
 * What an author wrote, in a form that survives the way through lists: its letters and digits in their order, without
 * what {@link ListAdditions} finds to be the list's and without the signature.
 *
 * <p>Blanks, line ends, quote marks and punctuation go, because lists wrap and re-encode text, and because the text part
 * and the HTML part of one mail differ in them: {@code *bold*}, {@code text <https://…>}, {@code [1]}, curly quotes. What
 * stays of punctuation are separators inside of numbers, the sign of a number, and all of it in patches.
 */
final class AuthoredText {
    /** What is dropped below a signature's delimiter is not longer, in letters. */
    private static final int SIGNATURE = 600;

    private static final String SCRUBBED_RULE = "-------------- next part --------------";
    private static final String[] SCHEMES = {"http://", "https://", "ftp://", "mailto:"};

    /** What is done with a character below U+0080: letters and digits stay, some punctuation is looked at. */
    private static final byte[] KIND = new byte[128];

    private static final byte KEPT = 1;
    private static final byte LOOKED_AT = 2;

    static {
        for (char c = 0; c < 128; c++) {
            boolean letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            KIND[c] = letter ? KEPT : "@<[.,:/+-".indexOf(c) >= 0 ? LOOKED_AT : 0;
        }
    }

    /** Buffers that a text has made larger are not kept for the next. */
    private static final int LARGEST = 1 << 16;

    private static final int USUAL = 1 << 12;

    /** The characters of the text. */
    private char[] in = new char[USUAL];

    private char[] out = new char[USUAL];
    private int size;
    /** Where the letters of the current line begin. */
    private int lineStart;

    /** The letters of a text; empty when the author wrote none. */
    static String of(@Nullable ClassifiedLines lines) {
        AuthoredText text = new AuthoredText();
        int letters = text.read(lines);
        return new String(text.out, 0, letters);
    }

    /** The letters of one line, such as a subject. */
    static String of(String line) {
        AuthoredText text = new AuthoredText();
        text.begin(line);
        text.prose(line, 0, line.length());
        return new String(text.out, 0, text.size);
    }

    /** Reads the letters of a text; gives how many there are. */
    int read(@Nullable ClassifiedLines lines) {
        begin(lines == null ? "" : lines.text());
        if (lines != null) {
            gather(lines);
        }
        return size;
    }

    /** Adds the letters that were read last to a digest, in UTF-8. */
    void update(MessageDigest digest) {
        digest.update(new String(out, 0, size).getBytes(StandardCharsets.UTF_8));
    }

    private void begin(String text) {
        size = 0;
        if (out.length > LARGEST) {
            out = new char[LARGEST];
        }
        if (in.length < text.length() || in.length > LARGEST) {
            in = new char[Math.max(text.length(), USUAL)];
        }
        text.getChars(0, text.length(), in, 0);
    }

    private void gather(ClassifiedLines lines) {
        String text = lines.text();
        ListAdditions additions = ListAdditions.of(lines);
        int signature = -1;
        for (int line = additions.from(); line < additions.to(); line++) {
            LineClass lineClass = lines.lineClass(line);
            if (lineClass == LineClass.FOOTER) {
                continue;
            }
            if (lineClass == LineClass.PATCH) {
                code(lines.start(line), lines.end(line));
                continue;
            }
            int start = lines.contentStart(line);
            int end = lines.end(line);
            if (start < end && text.charAt(start) == '-') {
                if (text.startsWith(SCRUBBED_RULE, start)) {
                    line = scrubbedEnd(lines, line, additions.to());
                    continue;
                }
                if (isDelimiter(text, start, end)) {
                    // Of several the first that is near enough to the end.
                    signature = signature < 0 || size - signature > SIGNATURE ? size : signature;
                }
            }
            prose(text, start, end);
        }
        if (signature > 0 && size - signature <= SIGNATURE) {
            size = signature;
        }
    }

    /** {@code -- }, also where a list has taken its blank. */
    private static boolean isDelimiter(String text, int start, int end) {
        return text.startsWith("--", start)
                && (end == start + 2 || (end == start + 3 && text.charAt(start + 2) == ' '));
    }

    /** The last line of the note that Mailman puts in the place of an attachment; {@code line} when there is none. */
    private static int scrubbedEnd(ClassifiedLines lines, int line, int to) {
        int end = line + 1;
        if (end >= to || !lines.line(end).startsWith("A") || !lines.line(end).contains(" was scrubbed")) {
            return line;
        }
        while (end < to && !lines.line(end).isBlank()) {
            end++;
        }
        return end - 1;
    }

    private void add(char c) {
        room(1);
        out[size++] = c;
    }

    /** Makes room for so many more letters. */
    private void room(int more) {
        if (out.length - size < more) {
            out = Arrays.copyOf(out, Math.max(size + more, size * 2));
        }
    }

    private void code(int from, int to) {
        room(to - from);
        char[] text = in;
        char[] letters = out;
        int end = size;
        for (int i = from; i < to; i++) {
            char c = text[i];
            letters[end] = c;
            end += c > ' ' && c != '\u00a0' ? 1 : 0;
        }
        size = end;
    }

    private void prose(String text, int from, int to) {
        lineStart = size;
        // Two letters come of one sign at most.
        room(2 * (to - from));
        char[] letters = out;
        int end = size;
        int at = from;
        while (at < to) {
            char c = in[at];
            if (c >= 128) {
                // All of the line again: what a character is made of may begin before it.
                size = lineStart;
                normalized(Normalizer.normalize(text.substring(from, to), Normalizer.Form.NFKC));
                return;
            }
            byte kind = KIND[c];
            if (kind == LOOKED_AT) {
                size = end;
                at = punctuation(text, at, from, to, c);
                end = size;
            } else {
                // Without a branch: where words end cannot be foreseen.
                letters[end] = c;
                end += kind;
                at++;
            }
        }
        size = end;
    }

    private void normalized(String line) {
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c < 128) {
                byte kind = KIND[c];
                if (kind == KEPT) {
                    add(c);
                }
                at = kind == LOOKED_AT ? punctuation(line, at, 0, line.length(), c) : at + 1;
            } else {
                int code = line.codePointAt(at);
                int next = at + Character.charCount(code);
                if (Character.isLetterOrDigit(code) || isPictograph(code)) {
                    while (at < next) {
                        add(line.charAt(at++));
                    }
                }
                at = next;
            }
        }
    }

    /** Reads what is neither letter nor digit; returns what follows it. */
    private int punctuation(String text, int at, int from, int to, char c) {
        boolean letterBefore = at > from && Character.isLetterOrDigit(text.charAt(at - 1));
        boolean digitBefore = at > from && isDigit(text.charAt(at - 1));
        boolean digitBehind = at + 1 < to && isDigit(text.charAt(at + 1));
        switch (c) {
            case '@' -> {
                // Archives write "jane at example.org".
                if (letterBefore && at + 1 < to && Character.isLetterOrDigit(text.charAt(at + 1))) {
                    add('a');
                    add('t');
                }
            }
            case '<' -> {
                int end = size > lineStart ? linkEnd(text, at, to) : -1;
                return end < 0 ? at + 1 : end;
            }
            case '[' -> {
                return digitBehind ? noteEnd(text, at, to) : at + 1;
            }
            case '+', '-' -> {
                if (digitBehind && (digitBefore || !letterBefore)) {
                    add(c);
                }
            }
            default -> {
                if (digitBefore && digitBehind) {
                    add(c);
                }
            }
        }
        return at + 1;
    }

    /** After the address of a link that its text stands before, as plain text made from HTML has it; -1 without one. */
    private static int linkEnd(String text, int at, int to) {
        for (String scheme : SCHEMES) {
            if (text.startsWith(scheme, at + 1)) {
                int end = at + 1 + scheme.length();
                while (end < to && text.charAt(end) > ' ' && text.charAt(end) != '>' && text.charAt(end) != '<') {
                    end++;
                }
                return end < to && text.charAt(end) == '>' ? end + 1 : -1;
            }
        }
        return -1;
    }

    /** After {@code [12]}, with which text browsers number links; else after the bracket. */
    private static int noteEnd(String text, int at, int to) {
        int end = at + 1;
        while (end < to && end - at <= 4 && isDigit(text.charAt(end))) {
            end++;
        }
        return end < to && text.charAt(end) == ']' ? end + 1 : at + 1;
    }

    /** Emoji, which are all that some mails have. */
    private static boolean isPictograph(int code) {
        return code >= 0x1F000 && Character.getType(code) == Character.OTHER_SYMBOL;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
