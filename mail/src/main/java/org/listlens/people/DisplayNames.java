package org.listlens.people;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.header.EncodedWords;
import org.listlens.header.Repeats;

/**
 * Names as people write them, from display names as lists, gateways and mail programs leave them: without {@code via LIST},
 * comments, warnings of mail filters, addresses and quotes around them, and with the first name first.
 */
public final class DisplayNames {
    /** What is longer is no name, and cut. */
    private static final int MAX_CHARS = 200;

    /** More layers than anybody has put around a name. */
    private static final int MAX_LAYERS = 16;

    private static final String[] OPEN = {"\"", "'", "\u201C", "\u2018", "`", "\u00AB", "\u201E", "(", "<", "\u201A"};
    private static final String[] CLOSE = {
        "\"", "'", "\u201D", "\u2019", "'`", "\u00BB", "\u201D\u201C", ")", ">", "\u2018"
    };

    /** How list software says, in the languages it speaks, that a mail came by the list. */
    private static final String[] VIA = {
        " via ",
        " v\u00EDa ",
        " \u00FCber ",
        " tramite ",
        " a trav\u00E9s de ",
        " przez ",
        " \u0447\u0435\u0440\u0435\u0437 "
    };

    /** What mail filters put before or behind a name, between brackets of any kind or asterisks, or before a colon. */
    private static final Set<String> MARKS = Set.of(
            "spam",
            "spam?",
            "suspected spam",
            "possible spam",
            "probable spam",
            "likely spam",
            "junk",
            "bulk",
            "marketing",
            "phishing",
            "phishing?",
            "suspicious",
            "caution",
            "warning",
            "virus",
            "unchecked",
            "unverified",
            "unverified sender",
            "suspected phishing",
            "external",
            "ext",
            "extern",
            "external sender",
            "external email",
            "external mail",
            "external message",
            "external source",
            "from external",
            "not secure",
            "unsafe",
            "untrusted");

    /** The last word behind a comma that shows that what stands before it is no surname. */
    private static final Set<String> NO_GIVEN_NAMES = Set.of(
            "inc",
            "incorporated",
            "ltd",
            "limited",
            "llc",
            "llp",
            "lp",
            "plc",
            "corp",
            "corporation",
            "co",
            "company",
            "gmbh",
            "mbh",
            "ag",
            "kg",
            "ohg",
            "ug",
            "se",
            "sa",
            "sarl",
            "sas",
            "spa",
            "srl",
            "bv",
            "nv",
            "ab",
            "as",
            "asa",
            "oy",
            "oyj",
            "aps",
            "kk",
            "pty",
            "pte",
            "pvt",
            "sro",
            "ev",
            "group",
            "team",
            "foundation",
            "university",
            "labs",
            "jr",
            "sr",
            "ii",
            "iii",
            "iv",
            "phd",
            "dphil",
            "md",
            "msc",
            "bsc",
            "mba",
            "esq",
            "pe",
            "cpa",
            "cissp",
            "mr",
            "mrs",
            "ms",
            "dr",
            "prof",
            "usa",
            "uk",
            "us",
            "via",
            "and",
            "the");

    private static final int NAMES = 2048;
    private static final int MAX_KNOWN = 300;

    /** Names that were cleaned, for those who write on a list write again. */
    private static final Repeats<Cleaned> KNOWN = new Repeats<>(NAMES, MAX_KNOWN);

    private static final Repeats<Cleaned> KNOWN_WITH_ADDRESS = new Repeats<>(NAMES, MAX_KNOWN);

    private record Cleaned(@Nullable String name) {}

    private DisplayNames() {}

    /**
     * Cleans a display name.
     *
     * @param name decoded (RFC 2047)
     * @param address whose name it is, by which a company behind a comma is told from a given name; may be {@code null}
     * @return the name; {@code null} when nothing of it is one
     */
    public static @Nullable String clean(@Nullable String name, @Nullable String address) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        // The length keeps the two apart, whatever is in them.
        String both = address == null ? name : name.length() + ":" + name + address;
        Repeats<Cleaned> memory = address == null ? KNOWN : KNOWN_WITH_ADDRESS;
        Cleaned known = memory.get(both);
        if (known == null) {
            known = new Cleaned(cleaned(name, address));
            memory.put(both, known);
        }
        return known.name;
    }

    private static @Nullable String cleaned(String name, @Nullable String address) {
        String text = visible(name.indexOf("=?") >= 0 ? EncodedWords.decode(cut(name, 4 * MAX_CHARS), null) : name);
        for (int layer = 0; layer < MAX_LAYERS; layer++) {
            String before = text;
            text = withoutVia(text);
            text = withoutMarks(text);
            text = unwrapped(text);
            text = withoutComments(text);
            text = withoutAddresses(text);
            text = trimmed(text);
            if (text.equals(before)) {
                break;
            }
        }
        text = firstNameFirst(text, address);
        return isName(text) ? text : null;
    }

    /** Whether a display name says that the mail came by a list: {@code Jane Doe via LIST}. */
    static boolean hasVia(@Nullable String name) {
        return name != null && via(visible(name)) >= 0;
    }

    private static String cut(String text, int chars) {
        if (text.length() <= chars) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars);
    }

    /** Without what cannot be seen, with one blank for each run of blanks. */
    private static String visible(String name) {
        boolean plain = name.length() <= MAX_CHARS && !name.isBlank();
        char last = ' ';
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            plain = c >= ' ' && c < 127 && (c != ' ' || last != ' ') && c != '\\';
            last = c;
        }
        if (plain && last != ' ') {
            return name;
        }
        StringBuilder text = new StringBuilder(Math.min(name.length(), MAX_CHARS));
        boolean blank = false;
        for (int i = 0; i < name.length() && text.length() < MAX_CHARS; ) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                blank = text.length() > 0;
            } else if (isVisible(c) && !(c == '\\' && i < name.length() && isEscaped(name.charAt(i)))) {
                if (blank) {
                    text.append(' ');
                    blank = false;
                }
                text.appendCodePoint(c);
            }
        }
        return text.toString();
    }

    private static boolean isEscaped(char c) {
        return c == '"' || c == '\\' || c == '\'' || c == '(' || c == ')';
    }

    /** Not controls, marks of direction and half surrogates; what joins emoji and scripts stays. */
    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            case Character.FORMAT -> c == 0x200D || c == 0x200C || c >= 0xE0020;
            default -> c != 0xFFFD;
        };
    }

    private static int via(String text) {
        for (String via : VIA) {
            int at = text.lastIndexOf(via);
            if (at > 0) {
                return at;
            }
        }
        return -1;
    }

    private static String withoutVia(String text) {
        if (text.startsWith("via ")) {
            return "";
        }
        int at = via(text);
        return at < 0 ? text : text.substring(0, at);
    }

    private static String withoutMarks(String text) {
        if (text.isEmpty()) {
            return text;
        }
        if (!Character.isLetter(text.charAt(0)) && isMark(text, 0, text.length())) {
            return "";
        }
        int close = "[({<*".indexOf(text.charAt(0)) >= 0 ? closing(text) : text.indexOf(':');
        if (close > 0 && close < text.length() - 1 && isMark(text, 0, close + 1)) {
            return text.substring(close + 1).strip();
        }
        int open = Math.max(
                Math.max(text.lastIndexOf(" ["), text.lastIndexOf(" {")),
                Math.max(text.lastIndexOf(" *"), text.lastIndexOf(" (")));
        return open > 0 && isMark(text, open, text.length()) ? text.substring(0, open) : text;
    }

    /** Where a mark that begins a text ends. */
    private static int closing(String text) {
        int end = 1;
        if (text.charAt(0) == '*') {
            while (end < text.length() && text.charAt(end) == '*') {
                end++;
            }
            end = text.indexOf('*', end);
            while (end > 0 && end + 1 < text.length() && text.charAt(end + 1) == '*') {
                end++;
            }
            return end;
        }
        while (end < text.length() && "])}>".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        while (end + 1 < text.length() && "])}>".indexOf(text.charAt(end + 1)) >= 0) {
            end++;
        }
        return end;
    }

    private static boolean isMark(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && !Character.isLetter(text.charAt(start))) {
            start++;
        }
        while (end > start && !Character.isLetter(text.charAt(end - 1)) && text.charAt(end - 1) != '?') {
            end--;
        }
        if (end - start > 24 || end == start) {
            return false;
        }
        String inner = text.substring(start, end)
                .toLowerCase(Locale.ROOT)
                .replace('-', ' ')
                .replace('_', ' ');
        return MARKS.contains(inner);
    }

    /** Without the quotes and parentheses that stand around all of it. */
    private static String unwrapped(String text) {
        String inner = text;
        for (int i = 0; i < OPEN.length; i++) {
            while (isWrapped(inner, OPEN[i], CLOSE[i])) {
                inner = inner.substring(1, inner.length() - 1).strip();
                i = 0;
            }
        }
        return inner;
    }

    private static boolean isWrapped(String text, String open, String close) {
        return text.length() >= 2
                && text.startsWith(open)
                && close.indexOf(text.charAt(text.length() - 1)) >= 0
                && isPair(text, open.charAt(0), text.charAt(text.length() - 1));
    }

    /** Whether the last character closes what the first opens, and not what another opens: {@code (a) b (c)}. */
    private static boolean isPair(String text, char open, char close) {
        int depth = 0;
        for (int i = 0; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (open == close) {
                depth += c == open && i > 0 ? 1 : 0;
            } else if (c == open) {
                depth++;
            } else if (c == close && --depth == 0) {
                return false;
            }
        }
        return open == close ? depth % 2 == 0 || open == '\'' : depth == 1;
    }

    /** Without parentheses wherever they stand, brackets behind a blank, and what follows a bar. */
    private static String withoutComments(String text) {
        int bar = text.indexOf(" | ");
        if (bar > 0) {
            return text.substring(0, bar);
        }
        int open = text.indexOf('(');
        if (open >= 0) {
            int close = commentEnd(text, open);
            String rest = text.substring(0, open) + ' ' + text.substring(close);
            return visible(rest);
        }
        int bracket = text.lastIndexOf(" [");
        if (bracket > 0 && text.endsWith("]")) {
            return text.substring(0, bracket);
        }
        bracket = text.startsWith("[") ? text.indexOf("] ") : -1;
        return bracket > 0 ? text.substring(bracket + 2) : text;
    }

    /** The end of a comment; that of the text when nothing closes it. */
    private static int commentEnd(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            if (text.charAt(i) == '(') {
                depth++;
            } else if (text.charAt(i) == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static String withoutAddresses(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf(' ', start);
            end = end < 0 ? text.length() : end;
            if (!isAddress(text, start, end)) {
                kept.append(kept.isEmpty() ? "" : " ").append(text, start, end);
            }
            start = end + 1;
        }
        return kept.toString();
    }

    private static boolean isAddress(String text, int from, int to) {
        int at = text.indexOf('@', from);
        return at > from && at < to - 1 && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isLoose(text, start, start, end)) {
            start++;
        }
        while (end > start && isLoose(text, end - 1, start, end)) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Whether a character at an end of a range is left over; a quote is not that has its other half. */
    private static boolean isLoose(String text, int at, int start, int end) {
        char c = text.charAt(at);
        return c == '"'
                ? text.indexOf('"', start) == at && text.lastIndexOf('"', end - 1) == at
                : " ,;:-_<>|/".indexOf(c) >= 0;
    }

    /** {@code Doe, Jane} as {@code Jane Doe}, if it cannot mean anything else. */
    private static String firstNameFirst(String text, @Nullable String address) {
        int comma = text.indexOf(',');
        if (comma <= 0 || comma == text.length() - 1 || text.indexOf(',', comma + 1) >= 0) {
            return text;
        }
        String last = text.substring(0, comma).strip();
        String first = text.substring(comma + 1).strip();
        boolean one = last.indexOf(' ') < 0;
        if (last.isEmpty() || !isWords(last, 4) || !isWords(first, one ? 3 : 2)) {
            return text;
        }
        if (!one && address != null && hasHost(first, address)) {
            return last;
        }
        return saysNoGivenName(first) || (!one && (saysNoGivenName(last) || isCredential(first, last)))
                ? text
                : first + ' ' + last;
    }

    /** A few capitals behind a name that is not in capitals. */
    private static boolean isCredential(String text, String name) {
        return text.length() <= 4
                && text.equals(text.toUpperCase(Locale.ROOT))
                && !name.equals(name.toUpperCase(Locale.ROOT));
    }

    private static boolean isWords(String text, int most) {
        int words = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                words++;
            } else if (c < 128 && !Character.isLetter(c) && c != '-' && c != '.' && c != '\'') {
                return false;
            }
        }
        return words <= most;
    }

    private static boolean saysNoGivenName(String text) {
        String word = text.substring(text.lastIndexOf(' ') + 1).replace(".", "").toLowerCase(Locale.ROOT);
        return NO_GIVEN_NAMES.contains(word)
                || NO_GIVEN_NAMES.contains(text.replace(".", "").toLowerCase(Locale.ROOT));
    }

    /** Whether a label of the address's host is one of these words: {@code Jane Doe, Example} at example.com. */
    private static boolean hasHost(String words, String address) {
        String host = '.' + address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT) + '.';
        int start = 0;
        while (start < words.length()) {
            int end = words.indexOf(' ', start);
            end = end < 0 ? words.length() : end;
            if (host.contains('.' + words.substring(start, end).toLowerCase(Locale.ROOT) + '.')) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /** Whether there is a letter, a digit or an emoji in it, and it is no address. */
    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.OTHER_SYMBOL) {
                return true;
            }
            i += Character.charCount(c);
        }
        return false;
    }
}
