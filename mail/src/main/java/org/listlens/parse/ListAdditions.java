package org.listlens.parse;

import java.util.Locale;
import org.listlens.quote.ClassifiedLines;
import org.listlens.quote.LineClass;

/**
 * The lines of a text that lie between what lists and gateways put above and below it without a rule that would tell:
 * {@code CAUTION: This mail comes from outside …} on top, Yahoo's and Groups.io's paragraphs at the end. What stands under
 * a rule is of class {@link LineClass#FOOTER} and stays among these lines.
 *
 * @param from the first line of the author's
 * @param to the line after the last
 */
record ListAdditions(int from, int to) {
    /** So many lines a paragraph of a list's has at most. */
    private static final int PARAGRAPH = 12;
    /** So many paragraphs lists and hosts put under a text one after another. */
    private static final int PARAGRAPHS = 6;

    private static final int MIN_RULE = 5;

    private static final String[] OF_LISTS = {
        "unsubscribe",
        "mailing list",
        "mailing-list",
        "listinfo",
        "subscribed to",
        "groups.io",
        "yahoo! groups",
        "yahoogroups",
        "googlegroups",
        "sf.net",
        "sourceforge",
        "sdm.link",
        "to manage your subscription",
        "list archives",
        "désabonner",
        "désinscrire",
        "abbestellen",
        "abmelden",
        "mailingliste",
        "liste de diffusion",
        "lista de correo",
    };

    private static final String[] OF_GATEWAYS = {"caution", "[external", "external", "warning", "achtung", "attention"};

    static ListAdditions of(ClassifiedLines lines) {
        int from = banner(lines);
        int to = lines.size();
        for (int i = 0; i < PARAGRAPHS; i++) {
            int begin = listsParagraph(lines, from, to);
            if (begin < 0) {
                break;
            }
            to = begin;
        }
        return new ListAdditions(from, to);
    }

    /** After a list's header or a gateway's warning on top; 0 when there is none. */
    private static int banner(ClassifiedLines lines) {
        int first = 0;
        while (first < lines.size() && (isBlank(lines, first) || isRule(lines, first))) {
            first++;
        }
        int end = first;
        while (end < lines.size() && end - first <= PARAGRAPH && !isBlank(lines, end) && !isRule(lines, end)) {
            LineClass lineClass = lines.lineClass(end);
            if (lines.depth(end) > 0 || lineClass == LineClass.PATCH || lineClass == LineClass.ATTRIBUTION) {
                return 0;
            }
            end++;
        }
        if (end == first || end - first > PARAGRAPH) {
            return 0;
        }
        boolean underRule = end < lines.size() && isRule(lines, end);
        String head = lines.line(first).toLowerCase(Locale.ROOT).strip();
        boolean gateway = startsWithAny(head, OF_GATEWAYS);
        if (!underRule && !gateway) {
            return 0;
        }
        String banner = paragraph(lines, first, end - 1);
        boolean warning =
                gateway && (banner.contains("outside") || banner.contains("originat") || banner.contains("external"));
        return warning || (underRule && isPlace(banner) && containsAny(banner, OF_LISTS)) ? end : 0;
    }

    /** The lines of a paragraph, in lower case. */
    private static String paragraph(ClassifiedLines lines, int first, int last) {
        return lines.text().substring(lines.start(first), lines.end(last)).toLowerCase(Locale.ROOT);
    }

    /** Where the list's paragraph that ends a text begins; -1 when what ends it is not a list's. */
    private static int listsParagraph(ClassifiedLines lines, int from, int to) {
        int last = to - 1;
        while (last >= from
                && (lines.lineClass(last) == LineClass.FOOTER || isBlank(lines, last) || isRule(lines, last))) {
            last--;
        }
        int begin = last;
        while (begin >= from && last - begin <= PARAGRAPH && !isBlank(lines, begin) && !isRule(lines, begin)) {
            LineClass lineClass = lines.lineClass(begin);
            if (lines.depth(begin) > 0 || lineClass == LineClass.PATCH || lineClass == LineClass.FOOTER) {
                return -1;
            }
            begin--;
        }
        boolean whole = begin < last && last - begin <= PARAGRAPH;
        if (!whole) {
            return -1;
        }
        String paragraph = paragraph(lines, begin + 1, last);
        return isPlace(paragraph) && containsAny(paragraph, OF_LISTS) ? begin + 1 : -1;
    }

    /** Whether lines say where to write or look. */
    private static boolean isPlace(String text) {
        return text.indexOf('@') >= 0 || text.contains("://") || text.contains("www.") || text.contains("mailto:");
    }

    private static boolean isBlank(ClassifiedLines lines, int line) {
        return skipBlanks(lines, line) == lines.end(line);
    }

    /** Nothing but a few of the characters that rules are drawn with. */
    private static boolean isRule(ClassifiedLines lines, int line) {
        String text = lines.text();
        int from = skipBlanks(lines, line);
        int to = lines.end(line);
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        if (to - from < MIN_RULE) {
            return to - from == 2 && text.startsWith("--", from);
        }
        for (int i = from; i < to; i++) {
            if ("-_=*~#+<>".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int skipBlanks(ClassifiedLines lines, int line) {
        int at = lines.start(line);
        while (at < lines.end(line) && Character.isWhitespace(lines.text().charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean containsAny(String text, String[] words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWithAny(String line, String[] words) {
        for (String word : words) {
            if (line.startsWith(word)) {
                return true;
            }
        }
        return false;
    }
}
