package org.listlens.pseudonym;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the persons of a text: who stands beside an address, as in {@code Jane Doe <jane@example.org>} and
 * {@code jane@example.org (Jane Doe)}, is one. Takes time linear in the text.
 */
final class NameCollector {
    /** A name is not longer. */
    private static final int LONGEST = 80;

    private static final int MOST_WORDS = 5;

    private static final Set<String> NO_NAMES = Set.of(
            "am",
            "pm",
            "cc",
            "to",
            "from",
            "on",
            "hi",
            "dear",
            "hello",
            "thanks",
            "contact",
            "mail",
            "email",
            "e",
            "by",
            "von",
            "and",
            "or",
            "see",
            "the",
            "please",
            "maintainer",
            "author",
            "copyright",
            "list",
            "re",
            "le",
            "el",
            "il");

    /** Words that stand in names in lower case. */
    private static final Set<String> PARTICLES = Set.of(
            "von", "van", "de", "der", "den", "da", "di", "del", "della", "dos", "du", "la", "le", "bin", "ibn", "al",
            "ter", "ten", "zu", "zum", "y", "e");

    private NameCollector() {}

    /** Takes what is found. */
    interface Taker {
        /** A person's address, and the name beside it; {@code null} when there is none. */
        void person(String address, @Nullable PersonName name);
    }

    static void collect(String text, ListAddresses lists, Taker taker) {
        int from = 0;
        for (int sign = AddressToken.nextSign(text, 0); sign >= 0; sign = AddressToken.nextSign(text, from)) {
            AddressToken token = AddressToken.around(text, from, sign);
            if (token == null) {
                from = sign + 1;
                continue;
            }
            if (!lists.contains(token.text()) && !AddressToken.isGenerated(token.text())) {
                PersonName before = before(text, from, token.start());
                taker.person(token.text(), before == null ? behind(text, token.end()) : before);
            }
            from = token.end();
        }
    }

    private static @Nullable PersonName before(String text, int from, int start) {
        int bracket = start - 1;
        if (bracket >= from && text.charAt(bracket) == ':') {
            bracket = start - 8;
        }
        if (bracket < from || text.charAt(bracket) != '<') {
            return null;
        }
        int end = bracket;
        while (end > from && end > bracket - LONGEST && isBetween(text.charAt(end - 1))) {
            end--;
        }
        int lowest = Math.max(from, end - LONGEST);
        if (end > lowest && text.charAt(end - 1) == '"') {
            int open = text.lastIndexOf('"', end - 2);
            return open >= lowest ? PersonName.of(text.substring(open + 1, end - 1)) : null;
        }
        int begin = end;
        int words = 0;
        int at = end;
        while (at > lowest && words < MOST_WORDS) {
            int wordEnd = at;
            while (at > lowest && isNameChar(text.charAt(at - 1))) {
                at--;
            }
            String word = text.substring(at, wordEnd);
            if (word.isEmpty() || !isNameWord(word, words)) {
                break;
            }
            begin = at;
            words++;
            int gap = at;
            while (at > lowest && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t')) {
                at--;
            }
            if (gap == at) {
                break;
            }
        }
        return begin < end ? PersonName.of(text.substring(begin, end)) : null;
    }

    /** {@code (Jane Doe)} behind an address. */
    private static @Nullable PersonName behind(String text, int end) {
        int open = end;
        while (open < text.length() && open - end <= 2 && (text.charAt(open) == '>' || text.charAt(open) == ' ')) {
            open++;
        }
        if (open >= text.length() || text.charAt(open) != '(') {
            return null;
        }
        int close = open + 1;
        int highest = Math.min(text.length(), open + LONGEST);
        while (close < highest && text.charAt(close) != ')' && text.charAt(close) != '\n') {
            close++;
        }
        if (close == highest || text.charAt(close) != ')') {
            return null;
        }
        String name = text.substring(open + 1, close);
        return !name.isEmpty() && isNameWord(name.substring(0, 1), 1) ? PersonName.of(name) : null;
    }

    private static boolean isBetween(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '>' || c == '|';
    }

    private static boolean isNameChar(char c) {
        return Character.isLetterOrDigit(c)
                || c == '.'
                || c == '-'
                || c == '\''
                || c == '’'
                || c == '_'
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean isNameWord(String word, int wordsBehind) {
        String lower = word.toLowerCase(java.util.Locale.ROOT);
        char first = word.charAt(0);
        if (wordsBehind > 0 && PARTICLES.contains(lower) && Character.isLowerCase(first)) {
            return true;
        }
        return Character.isLetter(first) && !Character.isLowerCase(first) && !NO_NAMES.contains(lower);
    }
}
