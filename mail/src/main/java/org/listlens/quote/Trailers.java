package org.listlens.quote;

import java.util.Locale;
import java.util.Set;

/**
 * Tells trailers (git-interpret-trailers) from prose: {@code Reviewed-by: Jane Doe <jane@example.com>}.
 *
 * <p>A line is one by itself when its key is {@code …-by} and its value has an address, or when it has a key that is
 * used for nothing else with a value of that key's shape ({@code Fixes:} with a commit, {@code Link:} with an address on
 * the web). Others ({@code Cc:}, {@code Reported-by:} with a name alone, {@code Upstream-Status:}) are one beside such a
 * line, in the same paragraph. What mail programs broke is put together: an address alone, the rest of a commit's title.
 */
final class Trailers {
    private static final int LONGEST_KEY = 40;
    /** So far a trailer that stands alone may be indented; what {@code git show} prints is indented by four. */
    private static final int DEEPEST = 3;
    /** How far up or down a paragraph goes in search of a trailer that proves it a block of them. */
    private static final int BLOCK = 24;
    /** A name alone has no more words than this. */
    private static final int NAME_WORDS = 5;

    /** Keys of people that go without an address. */
    private static final Set<String> PEOPLE = Set.of(
            "signed-off-by",
            "reviewed-by",
            "acked-by",
            "tested-by",
            "reported-by",
            "suggested-by",
            "co-developed-by",
            "co-authored-by",
            "requested-by",
            "debugged-by",
            "diagnosed-by",
            "assisted-by",
            "reviewed-and-tested-by",
            "reported-and-tested-by",
            "acked-and-tested-by",
            "nacked-by",
            "helped-by",
            "mentored-by",
            "based-on-patch-by",
            "originally-by");

    /** Keys with an address on the web, the number of a bug or a Message-ID. */
    private static final Set<String> REFERENCES =
            Set.of("link", "closes", "buglink", "bugzilla", "resolves", "discussion", "fixes");

    /** Keys that count in a block only. */
    private static final Set<String> IN_BLOCKS = Set.of(
            "cc", "to", "see", "ref", "refs", "reference", "references", "bug", "issue", "url", "lore", "origin");

    private Trailers() {}

    /** Whether a line, which nothing else claims, is a trailer or goes on with the one above it. */
    static boolean isTrailer(ClassifiedLines lines, int line) {
        boolean below = line > 0 && lines.lineClass(line - 1) == LineClass.TRAILER;
        if (below && goesOn(lines, line)) {
            return true;
        }
        int from = keyStart(lines, line);
        int colon = keyEnd(lines.text(), from, lines.end(line));
        if (colon < 0) {
            return false;
        }
        if (isStrong(lines, line, from, colon)) {
            return true;
        }
        return from == lines.start(line)
                && isWeak(lines, line, from, colon)
                && (below
                        || isBlockBelow(lines, line)
                        || isBlockAbove(lines, line)
                        || isAlone(lines, line, colon)
                        || isAmongCopies(lines, line));
    }

    private static int keyStart(ClassifiedLines lines, int line) {
        int from = lines.start(line);
        int limit = Math.min(lines.end(line), from + DEEPEST);
        while (from < limit && (lines.text().charAt(from) == ' ' || lines.text().charAt(from) == '\u00a0')) {
            from++;
        }
        return from;
    }

    /** The colon after a trailer's key; -1 when none begins here. */
    static int keyEnd(String text, int from, int end) {
        int limit = Math.min(end, from + LONGEST_KEY);
        int colon = from;
        while (colon < limit && isKeyChar(text.charAt(colon))) {
            colon++;
        }
        if (colon - from < 2 || !isLetter(text.charAt(from))) {
            return -1;
        }
        int key = colon;
        while (colon < limit && text.charAt(colon) == ' ') {
            colon++;
        }
        return colon < end && text.charAt(colon) == ':' && colon - key <= 1 ? colon : -1;
    }

    private static boolean isStrong(ClassifiedLines lines, int line, int from, int colon) {
        String text = lines.text();
        int end = lines.end(line);
        String key = text.substring(from, colon).stripTrailing().toLowerCase(Locale.ROOT);
        if (key.endsWith("-by")) {
            return hasAddress(text, colon + 1, end) || (PEOPLE.contains(key) && isAddressAlone(lines, line + 1));
        }
        int value = skipBlanks(text, colon + 1, end);
        if (from > lines.start(line)) {
            return false;
        }
        if (key.equals("fixes")) {
            return isCommit(text, value, end) || isReference(text, value, end);
        }
        if (key.equals("cc")) {
            return text.indexOf("stable@", value, end) >= 0;
        }
        if (key.equals("change-id")) {
            return text.charAt(from) == 'C' && end - value >= 41 && text.charAt(value) == 'I';
        }
        if (REFERENCES.contains(key) && text.charAt(from) < 'a') {
            return isReference(text, value, end)
                    || (value == end
                            && line + 1 < lines.size()
                            && isReference(text, lines.start(line + 1), lines.end(line + 1)));
        }
        return false;
    }

    /** Whether the line may be a trailer if one stands beside it. */
    private static boolean isWeak(ClassifiedLines lines, int line, int from, int colon) {
        String text = lines.text();
        int end = lines.end(line);
        if (colon + 1 >= end || !ClassifiedLines.isBlankChar(text.charAt(colon + 1))) {
            return false;
        }
        String key = text.substring(from, colon).stripTrailing().toLowerCase(Locale.ROOT);
        if (PEOPLE.contains(key)) {
            return isName(text, skipBlanks(text, colon + 1, end), end);
        }
        if (key.equals("cc") || key.equals("to")) {
            return hasAddress(text, colon + 1, end);
        }
        if (IN_BLOCKS.contains(key)) {
            return isReference(text, skipBlanks(text, colon + 1, end), end);
        }
        // Keys of projects have capitals and hyphens: Upstream-Status, Depends-on, Bug-Debian. Those of b4 have not.
        return text.charAt(from) < 'a' && key.indexOf('-') > 0;
    }

    /** A name alone, with nothing above and below it, and a capital as names have. */
    private static boolean isAlone(ClassifiedLines lines, int line, int colon) {
        String text = lines.text();
        int end = lines.end(line);
        int value = skipBlanks(text, colon + 1, end);
        String key = text.substring(lines.start(line), colon).stripTrailing().toLowerCase(Locale.ROOT);
        return PEOPLE.contains(key)
                && Character.isUpperCase(text.charAt(value))
                && (line == 0 || ends(lines, line - 1))
                && (line + 1 == lines.size() || ends(lines, line + 1));
    }

    /** Whether the paragraph has nothing but two {@code Cc:} at least; that of a quoted header has more. */
    private static boolean isAmongCopies(ClassifiedLines lines, int line) {
        int from = line;
        while (from > 0 && line - from < BLOCK && isCopy(lines, from - 1)) {
            from--;
        }
        int to = line;
        while (to + 1 < lines.size() && to - line < BLOCK && isCopy(lines, to + 1)) {
            to++;
        }
        return to > from
                && isCopy(lines, line)
                && (from == 0 || ends(lines, from - 1) || line - from == BLOCK)
                && (to + 1 == lines.size()
                        || ends(lines, to + 1)
                        || lines.startsWith(to + 1, "---")
                        || to - line == BLOCK);
    }

    private static boolean isCopy(ClassifiedLines lines, int line) {
        return lines.marks(line) == 0
                && lines.end(line) - lines.start(line) > 4
                && lines.text().regionMatches(true, lines.start(line), "cc: ", 0, 4)
                && hasAddress(lines.text(), lines.start(line), lines.end(line));
    }

    private static boolean ends(ClassifiedLines lines, int line) {
        return lines.isBlank(line) || lines.marks(line) > 0;
    }

    private static boolean isBlockBelow(ClassifiedLines lines, int line) {
        for (int next = line + 1; next < lines.size() && next <= line + BLOCK && !ends(lines, next); next++) {
            int from = keyStart(lines, next);
            int colon = keyEnd(lines.text(), from, lines.end(next));
            if (colon < 0) {
                return false;
            }
            if (isStrong(lines, next, from, colon)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a trailer stands above it in the same paragraph, with a remark such as {@code [jd: fixed]} between. */
    private static boolean isBlockAbove(ClassifiedLines lines, int line) {
        int above = line - 1;
        while (above >= 0 && above >= line - 3 && !ends(lines, above)) {
            if (lines.lineClass(above) == LineClass.TRAILER) {
                return true;
            }
            if (lines.text().charAt(lines.start(above)) != '[' && lines.text().charAt(lines.end(above) - 1) != ']') {
                return false;
            }
            above--;
        }
        return false;
    }

    /** Whether a line goes on with the trailer above it. */
    private static boolean goesOn(ClassifiedLines lines, int line) {
        String text = lines.text();
        int from = lines.start(line);
        int end = lines.end(line);
        if (lines.isBlank(line)) {
            return false;
        }
        if (ClassifiedLines.isBlankChar(text.charAt(from))) {
            int key = skipBlanks(text, from, end);
            return keyEnd(text, key, end) < 0 || !isStrong(lines, line, key, keyEnd(text, key, end));
        }
        if (keyEnd(text, from, end) >= 0 && !text.startsWith("://", keyEnd(text, from, end))) {
            return false;
        }
        int above = lines.start(line - 1);
        int aboveEnd = lines.end(line - 1);
        if (isAddressAlone(lines, line)) {
            return !hasAddress(text, above, aboveEnd);
        }
        int colon = keyEnd(text, above, aboveEnd);
        if (colon >= 0 && skipBlanks(text, colon + 1, aboveEnd) == aboveEnd) {
            return isReference(text, from, end);
        }
        // Fixes: 0123456789ab ("a title that a mail program
        // broke")
        int open = text.indexOf("(\"", above, aboveEnd);
        return open >= 0 && text.indexOf("\")", open, aboveEnd) < 0 && text.indexOf("\")", from, end) >= 0;
    }

    private static boolean isAddressAlone(ClassifiedLines lines, int line) {
        if (line >= lines.size()) {
            return false;
        }
        String text = lines.text();
        int end = lines.end(line);
        int from = skipBlanks(text, lines.start(line), end);
        return from < end && text.charAt(from) == '<' && text.charAt(end - 1) == '>' && hasAddress(text, from, end);
    }

    /** Whether there is {@code local@domain}, or what a careful archive made of it. */
    private static boolean hasAddress(String text, int from, int end) {
        int at = text.indexOf('@', from, end);
        return at > from
                && at + 1 < end
                && !ClassifiedLines.isBlankChar(text.charAt(at - 1))
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    /** {@code 0123456789ab}, also after {@code commit}. */
    private static boolean isCommit(String text, int from, int end) {
        int at = text.startsWith("commit ", from) ? from + 7 : from;
        int to = at;
        boolean digit = false;
        while (to < end && isHex(text.charAt(to))) {
            digit |= isDigit(text.charAt(to));
            to++;
        }
        return digit
                && to - at >= 6
                && to - at <= 64
                && (to == end || (!Character.isLetterOrDigit(text.charAt(to)) && text.charAt(to) != '-'));
    }

    /** An address on the web, also after {@code [1]}; {@code <id@example.org>}; {@code #123}. */
    private static boolean isReference(String text, int from, int end) {
        int scheme = text.indexOf("://", from, end);
        if (scheme >= 0 && scheme - from <= 12) {
            return true;
        }
        if (from + 1 >= end) {
            return false;
        }
        return (text.charAt(from) == '#' && isDigit(text.charAt(from + 1)))
                || (text.charAt(from) == '<' && text.charAt(end - 1) == '>' && hasAddress(text, from, end));
    }

    /** A few words, no sentence. */
    private static boolean isName(String text, int from, int end) {
        int words = 0;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == ' ' && i + 1 < end && text.charAt(i + 1) == '#') {
                break;
            }
            words += c != ' ' && (i == from || text.charAt(i - 1) == ' ') ? 1 : 0;
        }
        char last = end > from ? text.charAt(end - 1) : '.';
        return words > 0 && words <= NAME_WORDS && last != '.' && last != ',' && last != ':' && last != '?';
    }

    private static int skipBlanks(String text, int from, int end) {
        int at = from;
        while (at < end && ClassifiedLines.isBlankChar(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isKeyChar(char c) {
        return isLetter(c) || isDigit(c) || c == '-';
    }
}
