package org.listlens.parse;

import java.text.Normalizer;
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

    private final StringBuilder out;
    /** Where the letters of the current line begin. */
    private int lineStart;

    private AuthoredText(int capacity) {
        out = new StringBuilder(capacity);
    }

    /** The letters of a text; empty when the author wrote none. */
    static String of(@Nullable ClassifiedLines lines) {
        return lines == null ? "" : new AuthoredText(1 << 10).read(lines);
    }

    /** The letters of one line, such as a subject. */
    static String of(String line) {
        AuthoredText text = new AuthoredText(line.length());
        text.prose(line);
        return text.out.toString();
    }

    private String read(ClassifiedLines lines) {
        ListAdditions additions = ListAdditions.of(lines);
        int signature = -1;
        for (int line = additions.from(); line < additions.to(); line++) {
            LineClass lineClass = lines.lineClass(line);
            if (lineClass == LineClass.FOOTER) {
                continue;
            }
            if (lineClass == LineClass.PATCH) {
                code(lines.line(line));
                continue;
            }
            String content = lines.content(line);
            if (content.startsWith(SCRUBBED_RULE)) {
                line = scrubbedEnd(lines, line, additions.to());
                continue;
            }
            if (isDelimiter(content)) {
                // Of several the first that is near enough to the end.
                signature = signature < 0 || out.length() - signature > SIGNATURE ? out.length() : signature;
            }
            prose(content);
        }
        if (signature > 0 && out.length() - signature <= SIGNATURE) {
            out.setLength(signature);
        }
        return out.toString();
    }

    /** {@code -- }, also where a list has taken its blank. */
    private static boolean isDelimiter(String content) {
        return content.equals("--") || content.equals("-- ");
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

    private void code(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c > ' ' && c != '\u00a0') {
                out.append(c);
            }
        }
    }

    private void prose(String raw) {
        String line = isAscii(raw) ? raw : Normalizer.normalize(raw, Normalizer.Form.NFKC);
        lineStart = out.length();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c >= 128) {
                int code = line.codePointAt(at);
                if (Character.isLetterOrDigit(code) || isPictograph(code)) {
                    out.appendCodePoint(code);
                }
                at += Character.charCount(code);
            } else if (isAlphanumeric(c)) {
                out.append(c);
                at++;
            } else {
                at = punctuation(line, at, c);
            }
        }
    }

    /** Reads what is neither letter nor digit; returns what follows it. */
    private int punctuation(String line, int at, char c) {
        switch (c) {
            case '@' -> {
                // Archives write "jane at example.org".
                if (isLetterAt(line, at - 1) && isLetterAt(line, at + 1)) {
                    out.append("at");
                }
            }
            case '<' -> {
                int end = out.length() > lineStart ? linkEnd(line, at) : -1;
                return end < 0 ? at + 1 : end;
            }
            case '[' -> {
                return noteEnd(line, at);
            }
            case '.', ',', ':', '/' -> {
                if (isDigitAt(line, at - 1) && isDigitAt(line, at + 1)) {
                    out.append(c);
                }
            }
            case '+', '-' -> {
                if (isDigitAt(line, at + 1) && (isDigitAt(line, at - 1) || !isLetterAt(line, at - 1))) {
                    out.append(c);
                }
            }
            default -> {}
        }
        return at + 1;
    }

    /** After the address of a link that its text stands before, as plain text made from HTML has it; -1 without one. */
    private static int linkEnd(String line, int at) {
        for (String scheme : SCHEMES) {
            if (line.startsWith(scheme, at + 1)) {
                int end = at + 1 + scheme.length();
                while (end < line.length() && line.charAt(end) > ' ' && line.charAt(end) != '>') {
                    end++;
                }
                return end < line.length() && line.charAt(end) == '>' ? end + 1 : -1;
            }
        }
        return -1;
    }

    /** After {@code [12]}, with which text browsers number links; else after the bracket. */
    private static int noteEnd(String line, int at) {
        int end = at + 1;
        while (end < line.length() && end - at <= 4 && isDigit(line.charAt(end))) {
            end++;
        }
        return end > at + 1 && end < line.length() && line.charAt(end) == ']' ? end + 1 : at + 1;
    }

    private static boolean isAscii(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /** Emoji, which are all that some mails have. */
    private static boolean isPictograph(int code) {
        return code >= 0x1F000 && Character.getType(code) == Character.OTHER_SYMBOL;
    }

    private static boolean isLetterAt(String line, int at) {
        return at >= 0 && at < line.length() && Character.isLetterOrDigit(line.charAt(at));
    }

    private static boolean isDigitAt(String line, int at) {
        return at >= 0 && at < line.length() && isDigit(line.charAt(at));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlphanumeric(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
