package org.listlens.quote;

import java.util.Locale;

/**
 * What stands under a mail: the author's signature, and the footers of lists, their hosts, webmail providers and
 * companies. A footer
 * begins at a rule with words below it that tell whose it is, or without a rule at a line that lists alone write.
 */
final class Footers {
    /** A footer is not longer; what is, is text with a rule above it. */
    private static final int MAX_FOOTER = 32;
    /** So far a signature goes whose delimiter lost its blank. */
    private static final int MAX_LOOSE_SIGNATURE = 12;

    private static final int MAX_LINE = 400;
    /** How many lines under the rule may pass before one tells that this is a list's. */
    private static final int TELLING_LINES = 4;
    /** So long at least is the rule above an advertisement that has a list's footer under it. */
    private static final int ADVERTISEMENT_RULE = 50;

    private static final int ADVERTISEMENT_LINES = 9;

    /** In lower case; what footers under a rule say. */
    private static final String[] PHRASES = {
        "unsubscribe",
        "mailing list",
        "mailing-list",
        "listinfo",
        "you received this message because you are subscribed",
        "you are receiving this message because you are subscribed",
        "sf.net email",
        "sourceforge.net email",
        "mailman/",
        "mailman3/",
        "groups.io",
        "googlegroups.com",
        "yahoo! groups",
        "yahoogroups.com",
        "do you yahoo!?",
        "get your free",
        "www.hotmail.com",
        "http://hotmail",
        "join.msn.com",
        "msn photos",
        "send and receive hotmail",
        "archives and user options",
        "list archive",
        "liste de diffusion",
        "désabonner",
        "désinscri",
        "mailingliste",
        "abmelden",
        "abbestellen",
        "lista de correo",
        "lista de distribución",
        "lista de discussão",
        "cancelar la suscripción",
        "darse de baja",
        "per cancellarsi",
        "disiscri",
        "lijst afmelden",
        "список рассылки",
        "отписаться",
        "рассылк",
        "メーリングリスト",
        "邮件列表",
        "退订",
        "수신거부",
        "listserv",
        "sympa@",
        "/sympa",
        "majordomo",
        "ezmlm",
        "-request@",
        "-leave@",
        "list-request",
    };

    /** In lower case; how footers begin that have no rule above them. */
    private static final String[] BEGINNINGS = {
        "to unsubscribe from this list: send",
        "to unsubscribe from this list send",
        "to unsubscribe from this group",
        "to unsubscribe, e-mail:",
        "to unsubscribe, email ",
        "to unsubscribe e-mail ",
        "to unsubscribe send an email to",
        "to unsubscribe from the ",
        "to unsubscribe: ",
        "to unsubscribe, send ",
        "you received this message because you are subscribed to the google groups",
        "you are receiving this email because you are subscribed to",
        "your use of yahoo! groups is subject to",
        "this sf.net email is sponsored by",
        "this sf.net email sponsored by",
        "groups.io links: you receive all messages",
        "view/reply online (#",
        "post message: mailto:",
        "legal disclaimer",
        "confidentiality notice",
        "confidentiality note",
        "disclaimer: ",
        "this e-mail and any attachment",
        "this email and any attachment",
        "this message and any attachment",
        "this e-mail message and any attachment",
        "this email message and any attachment",
        "important notice: the contents of this",
        "the information contained in this e",
        "the information contained in this message",
        "diese e-mail enthält vertrauliche",
        "ce message et toutes les pièces",
    };

    private static final String[] MOBILES = {
        "sent from my ",
        "sent from mail for windows",
        "sent from yahoo mail",
        "sent from outlook",
        "sent via blackberry",
        "sent with proton",
        "sent from proton",
        "get outlook for ",
        "von meinem iphone gesendet",
        "von meinem ipad gesendet",
        "gesendet von meinem ",
        "gesendet mit der ",
        "diese nachricht wurde von meinem ",
        "envoyé de mon ",
        "envoyé depuis mon ",
        "enviado desde mi ",
        "enviado do meu ",
        "enviado de mi ",
        "inviato da iphone",
        "inviato dal mio ",
        "verstuurd vanaf mijn ",
        "skickat från min ",
        "sendt fra min ",
        "wysłane z ",
        "отправлено с ",
        "отправлено из ",
        "iphoneから送信",
        "发自我的",
        "從我的 ",
        "내 iphone에서 보냄",
    };

    private static final Beginnings OF_FOOTERS = new Beginnings(BEGINNINGS);
    private static final Beginnings OF_MOBILES = new Beginnings(MOBILES);

    private Footers() {}

    /**
     * Whether a list's footer begins at this line.
     *
     * @param end the next line with quote marks, or the end of the text
     */
    static boolean beginsAt(ClassifiedLines lines, int line, int end) {
        if (end - line > MAX_FOOTER) {
            return false;
        }
        int rule = rule(lines, line);
        if (rule == 0) {
            return OF_FOOTERS.begin(lines, line) || isYahooRule(lines, line) || isListAddress(lines, line, end);
        }
        int telling = line;
        for (int i = 0; i < TELLING_LINES; i++) {
            telling = lines.nextNotBlank(telling, 2);
            // Another rule below begins a footer of its own; a signature may stand between the two.
            if (telling < 0 || telling >= end || lines.end(telling) - lines.start(telling) > MAX_LINE) {
                return false;
            }
            if (rule(lines, telling) > 0) {
                break;
            }
            String text = lines.line(telling).toLowerCase(Locale.ROOT);
            for (String phrase : PHRASES) {
                if (text.contains(phrase)) {
                    return true;
                }
            }
        }
        return rule >= ADVERTISEMENT_RULE && isAdvertisement(lines, line, end);
    }

    /** Whether a few lines below a long rule, none of them blank, the footer of a list begins: a sponsor's lines. */
    private static boolean isAdvertisement(ClassifiedLines lines, int rule, int end) {
        for (int line = rule + 1; line < end && line <= rule + ADVERTISEMENT_LINES; line++) {
            if (lines.isBlank(line)) {
                return false;
            }
            if (rule(lines, line) > 0) {
                return line > rule + 1 && rule(lines, line) < ADVERTISEMENT_RULE && beginsAt(lines, line, end);
            }
        }
        return false;
    }

    /** {@code ------------------------ Yahoo! Groups Sponsor ---------------------~-->}. */
    private static boolean isYahooRule(ClassifiedLines lines, int line) {
        return lines.text().startsWith("---", lines.start(line))
                && lines.end(line) - lines.start(line) < MAX_LINE
                && lines.line(line).contains("- Yahoo! Groups Sponsor -");
    }

    /** Whether the address of a list's own page stands alone at the end. */
    private static boolean isListAddress(ClassifiedLines lines, int line, int end) {
        if (!lines.text().startsWith("http", lines.start(line)) || lines.end(line) - lines.start(line) > MAX_LINE) {
            return false;
        }
        String text = lines.line(line).strip();
        for (int below = line + 1; below < end; below++) {
            if (!lines.isBlank(below)) {
                return false;
            }
        }
        return end == lines.size() && text.indexOf(' ') < 0 && text.contains("/mailman/listinfo/");
    }

    /** Whether a line is one that a telephone or a mail program puts under what is written on it. */
    static boolean isMobile(ClassifiedLines lines, int line) {
        return lines.end(line) - lines.contentStart(line) <= 80 && OF_MOBILES.begin(lines, line);
    }

    /**
     * Whether this line delimits a signature: {@code -- }, or {@code --} with only a few lines under it, up to a footer.
     *
     * @param end the next line with quote marks, or the end of the text
     */
    static boolean isSignature(ClassifiedLines lines, int line, int end) {
        String text = lines.text();
        int from = lines.start(line) + (text.startsWith(" -- ", lines.start(line)) ? 1 : 0);
        int length = lines.end(line) - from;
        if (length < 2 || length > 3 || !text.startsWith("--", from)) {
            return false;
        }
        if (length == 3) {
            return ClassifiedLines.isBlankChar(text.charAt(from + 2));
        }
        if (line > 0
                && lines.lineClass(line - 1) == LineClass.PATCH
                && line + 1 < end
                && lines.start(line + 1) < lines.end(line + 1)
                && Character.isDigit(text.charAt(lines.start(line + 1)))) {
            // git's own, whatever stands below it.
            return true;
        }
        int written = 0;
        for (int below = line + 1; below < end; below++) {
            if (lines.isBlank(below)) {
                continue;
            }
            if (written > 0 && isPossible(lines, below) && beginsAt(lines, below, end)) {
                break;
            }
            if (++written >= MAX_LOOSE_SIGNATURE) {
                return false;
            }
        }
        return written > 0;
    }

    /** Whether a rule or a beginning could stand here: a cheap test that most lines fail. */
    static boolean isPossible(ClassifiedLines lines, int line) {
        char first = lines.text().charAt(lines.start(line));
        return "-_=*~#".indexOf(first) >= 0
                || first == 'h'
                || first == 'l'
                || first == 'L'
                || first == 'c'
                || first == 'C'
                || first == 'd'
                || first == 'D'
                || first == 'i'
                || first == 'I'
                || first == 't'
                || first == 'T'
                || first == 'y'
                || first == 'Y'
                || first == 'g'
                || first == 'G'
                || first == 'v'
                || first == 'V'
                || first == 'p'
                || first == 'P';
    }

    /** Whether a line is a rule across the page. */
    static boolean isRule(ClassifiedLines lines, int line) {
        return rule(lines, line) >= 5;
    }

    /**
     * How long a rule a line is, or 0: a dash alone or two, or a run of at least five of one of the characters that rules
     * are drawn with, or of two in turn.
     */
    private static int rule(ClassifiedLines lines, int line) {
        String text = lines.text();
        int from = lines.contentStart(line);
        int to = lines.trimmedEnd(line);
        while (from < to && ClassifiedLines.isBlankChar(text.charAt(from))) {
            from++;
        }
        if (from >= to || "-_=*~#".indexOf(text.charAt(from)) < 0) {
            return 0;
        }
        char even = text.charAt(from);
        char odd = to - from < 5 ? even : text.charAt(from + 1);
        if ("-_=*~#".indexOf(odd) < 0) {
            return 0;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != ((i - from) % 2 == 0 ? even : odd)) {
                return 0;
            }
        }
        return to - from >= 5 || (even == '-' && to - from <= 3) ? to - from : 0;
    }
}
