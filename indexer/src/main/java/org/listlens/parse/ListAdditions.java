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
            int begin = paragraph(lines, from, to);
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
        boolean listWord = false;
        boolean place = false;
        boolean outside = false;
        while (end < lines.size() && end - first <= PARAGRAPH && !isBlank(lines, end) && !isRule(lines, end)) {
            LineClass lineClass = lines.lineClass(end);
            if (lines.depth(end) > 0 || lineClass == LineClass.PATCH || lineClass == LineClass.ATTRIBUTION) {
                return 0;
            }
            String line = lines.line(end).toLowerCase(Locale.ROOT);
            listWord |= containsAny(line, OF_LISTS);
            place |= isPlace(line);
            outside |= line.contains("outside") || line.contains("originat") || line.contains("external");
            end++;
        }
        if (end == first || end - first > PARAGRAPH) {
            return 0;
        }
        boolean underRule = end < lines.size() && isRule(lines, end);
        String head = lines.line(first).toLowerCase(Locale.ROOT).strip();
        boolean warning = outside && startsWithAny(head, OF_GATEWAYS);
        return warning || (listWord && place && underRule) ? end : 0;
    }

    /** Where the list's paragraph that ends a text begins; -1 when what ends it is not a list's. */
    private static int paragraph(ClassifiedLines lines, int from, int to) {
        int last = to - 1;
        while (last >= from
                && (lines.lineClass(last) == LineClass.FOOTER || isBlank(lines, last) || isRule(lines, last))) {
            last--;
        }
        boolean listWord = false;
        boolean place = false;
        int begin = last;
        while (begin >= from && last - begin <= PARAGRAPH && !isBlank(lines, begin) && !isRule(lines, begin)) {
            LineClass lineClass = lines.lineClass(begin);
            if (lines.depth(begin) > 0 || lineClass == LineClass.PATCH || lineClass == LineClass.FOOTER) {
                return -1;
            }
            String line = lines.line(begin).toLowerCase(Locale.ROOT);
            listWord |= containsAny(line, OF_LISTS);
            place |= isPlace(line);
            begin--;
        }
        boolean whole = begin < last && last - begin <= PARAGRAPH;
        return whole && listWord && place ? begin + 1 : -1;
    }

    /** Whether a line says where to write or look. */
    private static boolean isPlace(String line) {
        return line.indexOf('@') >= 0 || line.contains("://") || line.contains("www.") || line.contains("mailto:");
    }

    private static boolean isBlank(ClassifiedLines lines, int line) {
        return lines.line(line).isBlank();
    }

    /** Nothing but a few of the characters that rules are drawn with. */
    private static boolean isRule(ClassifiedLines lines, int line) {
        String text = lines.line(line).strip();
        if (text.length() < MIN_RULE) {
            return text.equals("--");
        }
        for (int i = 0; i < text.length(); i++) {
            if ("-_=*~#+<>".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean containsAny(String line, String[] words) {
        for (String word : words) {
            if (line.contains(word)) {
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
