package org.listlens.quote;

import java.util.Locale;

/**
 * Lines that say who is quoted below, {@code On … wrote:}, over up to three lines, as mailers write them in some twenty
 * languages. What makes one is its end, a colon, what it holds (a verb of writing, or a date and an address) and what
 * follows, a line that is quoted deeper; without the latter it takes all of the former.
 */
final class Attributions {
    private static final int MAX_LINES = 3;
    private static final int MAX_CHARS = 600;
    /** Blank lines between an attribution and what it introduces. */
    private static final int GAP = 3;

    /** What the author of the quoted text did; each stands as a word of its own. */
    private static final String[] VERBS = {
        "wrote",
        "writes",
        "said",
        "schrieb",
        "schreibt",
        "a écrit",
        "écrit",
        "escribió",
        "escribio",
        "ha scritto",
        "scrisse",
        "escreveu",
        "schreef",
        "napisał",
        "napisała",
        "napisal",
        "pisze",
        "skrev",
        "skriver",
        "kirjoitti",
        "napsal",
        "napsala",
        "píše",
        "пишет",
        "написал",
        "написала",
        "писал",
        "написав",
        "пише",
        "quoting",
    };

    /** The same in scripts without blanks between words. */
    private static final String[] UNSPACED_VERBS = {"写道", "寫道", "書きました", "書いた", "のメール", "님이", "작성"};

    /** How attributions begin: words before a date, and the days of the week that Gmail and others begin with. */
    private static final String[] LEADS = {
        "on ",
        "am ",
        "le ",
        "el ",
        "il ",
        "em ",
        "op ",
        "w dniu ",
        "dnia ",
        "den ",
        "dne ",
        "på ",
        "at ",
        "no dia ",
        "quoting ",
        "in article ",
        "in message ",
        "from ",
        "* ",
        "\"",
        "в ",
        "у ",
        "el día ",
        "il giorno ",
        "a ",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "пн",
        "вт",
        "ср",
        "чт",
        "пт",
        "сб",
        "вс",
        "нд",
        "po ",
        "út ",
        "st ",
        "čt ",
        "pá ",
        "so ",
        "ne ",
        "ma ",
        "ti ",
        "ke ",
        "to ",
        "pe ",
        "la ",
        "su ",
        "pon.",
        "wt.",
        "śr.",
        "czw.",
        "pt.",
        "sob.",
        "niedz.",
        "man.",
        "tir.",
        "tirs.",
        "ons.",
        "tor.",
        "tors.",
        "fre.",
        "lør.",
        "søn.",
        "man ",
        "tir ",
        "ons ",
        "tor ",
        "fre ",
        "lør ",
        "søn ",
        "mån ",
        "tis ",
        "lör ",
        "sön ",
    };

    private Attributions() {}

    /** The line after the attribution that begins at this line; the line itself when none does. */
    static int end(ClassifiedLines lines, int line) {
        int last = lastLine(lines, line);
        if (last < 0 || lines.end(last) - lines.contentStart(line) > MAX_CHARS) {
            return line;
        }
        int below = lines.nextNotBlank(last, GAP);
        boolean follows = below >= 0 && lines.marks(below) > lines.marks(line);
        String text = joined(lines, line, last);
        boolean lead = startsWithLead(text);
        boolean verb = hasVerb(text);
        boolean date = hasDate(text);
        boolean address = text.indexOf('@') >= 0 || text.contains(" at ") || text.contains("<");
        boolean one;
        if (last > line) {
            // What stands before the last line must belong to it.
            boolean named = verb && date && lines.content(line).indexOf('@') >= 0;
            boolean joins = named || (lead && (date || address)) || (beginsWithVerb(lines, last) && (date || address));
            one = joins && (verb || (date && address)) && (follows || (verb && date));
        } else {
            one = follows ? verb || (date && (address || lead)) : verb && date && lead;
        }
        return one ? last + 1 : line;
    }

    /** Whether this one line has a verb of writing and a colon at its end. */
    static boolean looksLikeOne(ClassifiedLines lines, int line) {
        return endsWithColon(lines, line)
                && lines.end(line) - lines.contentStart(line) <= MAX_CHARS
                && hasVerb(joined(lines, line, line));
    }

    /** The first line from here on that ends with a colon, of the lines that could be one with this; -1 without one. */
    private static int lastLine(ClassifiedLines lines, int line) {
        for (int last = line; last < lines.size() && last < line + MAX_LINES; last++) {
            if (lines.marks(last) != lines.marks(line)
                    || lines.isBlank(last)
                    || lines.lineClass(last) == LineClass.PATCH) {
                return -1;
            }
            if (endsWithColon(lines, last)) {
                return last;
            }
        }
        return -1;
    }

    private static int lastChar(ClassifiedLines lines, int line) {
        int end = lines.end(line) - 1;
        while (end >= lines.contentStart(line)
                && ClassifiedLines.isBlankChar(lines.text().charAt(end))) {
            end--;
        }
        return end;
    }

    private static boolean endsWithColon(ClassifiedLines lines, int line) {
        int end = lastChar(lines, line);
        if (end < lines.contentStart(line)) {
            return false;
        }
        char c = lines.text().charAt(end);
        return c == ':' || c == '：';
    }

    private static boolean beginsWithVerb(ClassifiedLines lines, int line) {
        String text = joined(lines, line, line);
        for (String verb : VERBS) {
            if (text.startsWith(verb)) {
                return true;
            }
        }
        return false;
    }

    /** The contents of some lines as one, in lower case, with single blanks between them. */
    private static String joined(ClassifiedLines lines, int from, int to) {
        if (from == to) {
            return lines.content(from).strip().toLowerCase(Locale.ROOT);
        }
        StringBuilder text = new StringBuilder();
        for (int line = from; line <= to; line++) {
            text.append(line == from ? "" : " ").append(lines.content(line).strip());
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean startsWithLead(String text) {
        if (!text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9') {
            return true;
        }
        for (String lead : LEADS) {
            if (text.startsWith(lead)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasVerb(String text) {
        for (String verb : VERBS) {
            for (int at = text.indexOf(verb); at >= 0; at = text.indexOf(verb, at + 1)) {
                int after = at + verb.length();
                if ((at == 0 || !Character.isLetter(text.charAt(at - 1)))
                        && (after == text.length() || !Character.isLetter(text.charAt(after)))) {
                    return true;
                }
            }
        }
        for (String verb : UNSPACED_VERBS) {
            if (text.contains(verb)) {
                return true;
            }
        }
        return false;
    }

    /** A year, or hours and minutes. */
    private static boolean hasDate(String text) {
        int digits = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (c >= '0' && c <= '9') {
                digits++;
                continue;
            }
            if (digits == 4 && (text.charAt(i - 4) == '1' || text.charAt(i - 4) == '2')) {
                return true;
            }
            boolean hours = (digits == 1 || digits == 2) && (c == ':' || c == '.' || c == 'h');
            if (hours && isDigit(text, i + 1) && isDigit(text, i + 2) && !isDigit(text, i + 3)) {
                return true;
            }
            digits = 0;
        }
        return false;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
