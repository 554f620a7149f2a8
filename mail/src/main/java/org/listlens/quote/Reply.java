package org.listlens.quote;

import java.util.Locale;
import java.util.Set;
import org.listlens.mail.ReplyStyle;

/**
 * How a reply stands to what it quotes. Text is what the author wrote; where that is nothing, the author's trailers and
 * patches. A greeting above a quote and what closes a mail below it do not make a style of their own beside other text,
 * and marks that something was left out are no text.
 */
final class Reply {
    /** A greeting is not longer, nor is a closing line. */
    private static final int LONGEST_GREETING = 48;

    private static final int GREETING_LINES = 2;
    private static final int CLOSING_LINES = 5;

    private static final Set<String> GREETINGS = Set.of(
            "hi",
            "hello",
            "hey",
            "dear",
            "hallo",
            "hej",
            "moin",
            "servus",
            "salut",
            "bonjour",
            "hola",
            "ciao",
            "olá",
            "cześć",
            "ahoj",
            "hoi",
            "beste",
            "liebe",
            "lieber",
            "sehr",
            "guten",
            "good",
            "greetings",
            "privet",
            "привет",
            "здравствуйте",
            "добрый",
            "caro",
            "cara",
            "estimado",
            "estimada",
            "chers",
            "cher",
            "chère",
            "hei",
            "terve",
            "kære",
            "вітаю",
            "all",
            "folks",
            "guys",
            "everyone",
            "g'day",
            "howdy",
            "morning",
            "goedendag");

    private static final Set<String> CLOSINGS = Set.of(
            "thanks",
            "thank",
            "thx",
            "tia",
            "cheers",
            "regards",
            "best",
            "kind",
            "warm",
            "warmest",
            "sincerely",
            "yours",
            "br",
            "rgds",
            "hth",
            "mfg",
            "vg",
            "mvh",
            "lg",
            "bye",
            "ciao",
            "greetings",
            "gruß",
            "grüße",
            "gruss",
            "gruesse",
            "viele",
            "mit",
            "freundliche",
            "liebe",
            "schöne",
            "beste",
            "danke",
            "cordialement",
            "merci",
            "amicalement",
            "saludos",
            "gracias",
            "saluti",
            "grazie",
            "cordiali",
            "abraços",
            "obrigado",
            "atenciosamente",
            "groeten",
            "groetjes",
            "met",
            "pozdrawiam",
            "dzięki",
            "hälsningar",
            "vänliga",
            "med",
            "hilsen",
            "terveisin",
            "ystävällisin",
            "kiitos",
            "с",
            "pozdravem",
            "díky",
            "уважением",
            "спасибо",
            "з",
            "дякую",
            "love",
            "later",
            "enjoy",
            "peace",
            "many",
            "rgrds");

    private final ClassifiedLines lines;
    private final int first;
    private final int last;

    private Reply(ClassifiedLines lines, int first, int last) {
        this.lines = lines;
        this.first = first;
        this.last = last;
    }

    static ReplyStyle style(ClassifiedLines lines) {
        int first = -1;
        int last = -1;
        for (int line = 0; line < lines.size(); line++) {
            if (lines.lineClass(line) == LineClass.QUOTED && !lines.isBlank(line)) {
                first = first < 0 ? line : first;
                last = line;
            }
        }
        if (first < 0) {
            return ReplyStyle.NONE;
        }
        Reply reply = new Reply(lines, first, last);
        ReplyStyle style = reply.style(false);
        return style == ReplyStyle.FULL_QUOTE ? reply.style(true) : style;
    }

    private ReplyStyle style(boolean others) {
        for (int line = first; line < last; line++) {
            if (isText(line, others)) {
                return ReplyStyle.INLINE;
            }
        }
        boolean above = holdsText(0, first, others);
        boolean below = holdsText(last + 1, lines.size(), others);
        if (above && below) {
            if (isGreeting()) {
                return ReplyStyle.BOTTOM;
            }
            return isClosing() ? ReplyStyle.TOP : ReplyStyle.INLINE;
        }
        if (above || below) {
            return above ? ReplyStyle.TOP : ReplyStyle.BOTTOM;
        }
        return ReplyStyle.FULL_QUOTE;
    }

    private boolean holdsText(int from, int to, boolean others) {
        for (int line = from; line < to; line++) {
            if (isText(line, others)) {
                return true;
            }
        }
        return false;
    }

    private boolean isText(int line, boolean others) {
        LineClass lineClass = lines.lineClass(line);
        boolean text = lineClass == LineClass.NEW
                || (others && (lineClass == LineClass.TRAILER || lineClass == LineClass.PATCH));
        return text && !lines.isBlank(line) && !isOmission(line);
    }

    /** {@code [...]}, {@code <snip>} and the like, and lines drawn of punctuation alone. */
    private boolean isOmission(int line) {
        int letters = 0;
        for (int i = lines.contentStart(line), end = lines.end(line); i < end; i++) {
            letters += Character.isLetterOrDigit(lines.text().charAt(i)) ? 1 : 0;
            if (letters > 12) {
                return false;
            }
        }
        if (letters == 0) {
            return !holdsFace(line);
        }
        String text = lines.content(line).strip().toLowerCase(Locale.ROOT);
        char begin = text.charAt(0);
        boolean bracketed =
                begin == '[' || begin == '<' || begin == '(' || begin == '-' || begin == '*' || begin == '.';
        return (bracketed || letters == 4)
                && (text.contains("snip")
                        || text.contains("cut")
                        || text.contains("trimmed")
                        || text.contains("deleted"));
    }

    /** An emoticon or a mere question mark says something. */
    private boolean holdsFace(int line) {
        for (int i = lines.contentStart(line), end = lines.end(line); i < end; i++) {
            char c = lines.text().charAt(i);
            if (c == '?' || c == '!' || c == '+' || c == '^' || Character.isSurrogate(c)) {
                return true;
            }
            if ((c == ':' || c == ';') && i + 1 < end && lines.text().charAt(i + 1) != c) {
                return true;
            }
        }
        return false;
    }

    /** Whether what stands above the quote is a greeting alone. */
    private boolean isGreeting() {
        int count = 0;
        for (int line = 0; line < first; line++) {
            if (!isText(line, false)) {
                continue;
            }
            count++;
            String text = lines.content(line).strip();
            char end = text.charAt(text.length() - 1);
            boolean greets = !isLong(line) && GREETINGS.contains(firstWord(text));
            // So does a name with a comma, and what leads over to the quote is as little text of its own.
            boolean leadsOver = end == ':' && first - line <= 2;
            if (count > GREETING_LINES || !(greets || leadsOver || (end == ',' && words(text) <= 3))) {
                return false;
            }
        }
        return count > 0;
    }

    /** Whether what stands below the quote only closes the mail: thanks, regards, a name. */
    private boolean isClosing() {
        int count = 0;
        boolean closed = false;
        for (int line = last + 1; line < lines.size(); line++) {
            if (!isText(line, false)) {
                continue;
            }
            count++;
            String text = lines.content(line).strip();
            boolean closes = CLOSINGS.contains(firstWord(text));
            boolean name = words(text) <= 3 && ".!?".indexOf(text.charAt(text.length() - 1)) < 0;
            if (count > CLOSING_LINES || isLong(line) || !(closes || closed || name)) {
                return false;
            }
            closed |= closes;
        }
        return closed || count == 1;
    }

    private boolean isLong(int line) {
        return lines.end(line) - lines.contentStart(line) > LONGEST_GREETING;
    }

    private static String firstWord(String text) {
        int from = 0;
        while (from < text.length() && !Character.isLetter(text.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < text.length() && (Character.isLetter(text.charAt(to)) || text.charAt(to) == '\'')) {
            to++;
        }
        return text.substring(from, to).toLowerCase(Locale.ROOT);
    }

    private static int words(String text) {
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean blank = ClassifiedLines.isBlankChar(text.charAt(i));
            words += !blank && !inWord ? 1 : 0;
            inWord = !blank;
        }
        return words;
    }
}
