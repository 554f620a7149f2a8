package org.listlens.pseudonym;

import java.util.Set;

/**
 * Tells of a line whether a single name in it stands for a person: a greeting, a sign-off, an attribution, a line with an
 * address beside it. Elsewhere {@code Mark} and {@code Will} are words. Asked from the top of a text to its end.
 */
final class AddressingLines {
    /** A line with which people greet or sign has no more words. */
    private static final int SHORT = 6;

    /** So far from an address a name stands beside it. */
    private static final int NEAR = 40;

    /** How much of a line is looked at. */
    private static final int LONGEST = 400;

    private static final Set<String> GREETINGS = Set.of(
            "hi",
            "hello",
            "hey",
            "dear",
            "hallo",
            "liebe",
            "lieber",
            "moin",
            "servus",
            "bonjour",
            "salut",
            "cher",
            "chère",
            "hola",
            "estimado",
            "estimada",
            "ciao",
            "caro",
            "cara",
            "olá",
            "ola",
            "hej",
            "hei",
            "beste",
            "cześć",
            "ahoj",
            "привет",
            "здравствуйте",
            "thanks",
            "thank",
            "thx",
            "merci",
            "danke",
            "gracias",
            "grazie",
            "obrigado");

    private static final Set<String> CLOSINGS = Set.of(
            "regards",
            "best",
            "kind",
            "cheers",
            "thanks",
            "thank",
            "thx",
            "you",
            "all",
            "and",
            "sincerely",
            "yours",
            "br",
            "rgds",
            "brgds",
            "mfg",
            "gruß",
            "gruss",
            "grüße",
            "grüsse",
            "viele",
            "vg",
            "lg",
            "mit",
            "freundlichen",
            "cordialement",
            "bien",
            "vous",
            "saludos",
            "saluti",
            "cordiali",
            "med",
            "vänliga",
            "hälsningar",
            "mvh",
            "warm",
            "many",
            "greetings",
            "s",
            "с",
            "уважением",
            "merci",
            "danke",
            "gracias",
            "dr",
            "mr",
            "mrs",
            "ms",
            "prof");

    private static final Set<String> VERBS = Set.of(
            "wrote",
            "writes",
            "said",
            "says",
            "schrieb",
            "schreibt",
            "écrit",
            "ecrit",
            "escribió",
            "scritto",
            "scrive",
            "schreef",
            "skrev",
            "kirjoitti",
            "napisał",
            "napisała",
            "napsal",
            "napsala",
            "escreveu",
            "пишет",
            "писал",
            "написал",
            "пише",
            "wrotes",
            "geschrieben",
            "crit");

    private final String text;
    private final KnownWords known;
    private int lineEnd = -1;
    private boolean addresses;
    private boolean hasAddress;
    /** Where the single names of a greeting end; the line goes on with a sentence. */
    private int greetingEnd;

    AddressingLines(String text, KnownWords known) {
        this.text = text;
        this.known = known;
    }

    /** Whether a single name that begins here is a person's. */
    boolean addresses(int at) {
        if (at > lineEnd) {
            look(at);
        }
        return addresses || at < greetingEnd || (hasAddress && isBeside(at));
    }

    private void look(int at) {
        int start = text.lastIndexOf('\n', at) + 1;
        int newline = text.indexOf('\n', at);
        lineEnd = newline < 0 ? text.length() : newline;
        int to = Math.min(lineEnd, start + LONGEST);
        addresses = isAttribution(start, to) || isShort(start, to);
        hasAddress = !addresses && hasAddress(start, to);
        greetingEnd = addresses ? lineEnd : greetingEnd(start, to);
    }

    private boolean hasAddress(int start, int to) {
        for (int sign = start + 1; sign < to; sign++) {
            if (text.charAt(sign) == '@'
                    && Character.isLetterOrDigit(text.charAt(sign - 1))
                    && sign + 1 < to
                    && Character.isLetterOrDigit(text.charAt(sign + 1))) {
                return true;
            }
        }
        return false;
    }

    /** {@code Jane <jane@example.org>}, {@code jane@example.org (Jane)}. */
    private boolean isBeside(int at) {
        if (Character.isLowerCase(text.charAt(at))) {
            return false;
        }
        int end = at;
        int to = Math.min(lineEnd, at + NEAR);
        while (end < to && (Character.isLetter(text.charAt(end)) || " .-\"'".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return (end < to && text.charAt(end) == '<') || (at > 0 && text.charAt(at - 1) == '(');
    }

    /** {@code Jane wrote:}, {@code Jane a écrit :}. */
    private boolean isAttribution(int start, int to) {
        int end = to;
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (end == start || text.charAt(end - 1) != ':') {
            return false;
        }
        for (int at = Words.next(text, start, end); at < end; ) {
            int wordEnd = Words.end(text, at, end);
            if (VERBS.contains(Words.lower(text, at, wordEnd))) {
                return true;
            }
            at = Words.next(text, wordEnd, end);
        }
        return false;
    }

    /** Nothing but names and what one says with them. */
    private boolean isShort(int start, int to) {
        int words = 0;
        for (int at = Words.next(text, start, to); at < to; ) {
            int end = Words.end(text, at, to);
            String word = Words.lower(text, at, end);
            boolean fits = known.isSingle(word)
                    || GREETINGS.contains(word)
                    || CLOSINGS.contains(word)
                    // The initial of a name.
                    || (end - at == 1 && Character.isUpperCase(text.charAt(at)));
            if (!fits || ++words > SHORT) {
                return false;
            }
            at = Words.next(text, end, to);
        }
        return words > 0;
    }

    /** After the names that follow a greeting at the beginning of a line: {@code Hi Jane, hi Joe, I saw …}. */
    private int greetingEnd(int start, int to) {
        int at = Words.next(text, start, to);
        int greeted = start;
        while (at < to) {
            int end = Words.end(text, at, to);
            String word = Words.lower(text, at, end);
            boolean first = greeted == start;
            if (first
                    ? !GREETINGS.contains(word)
                    : !known.isSingle(word) && !CLOSINGS.contains(word) && !GREETINGS.contains(word)) {
                break;
            }
            greeted = end;
            at = Words.next(text, end, to);
        }
        return greeted;
    }
}
