package org.listlens.quote;

import java.util.Locale;
import java.util.Set;

/**
 * What mailers put above a message that they repeat without quote marks: a line such as
 * {@code -----Original Message-----}, a block of {@code From: / Sent: / To: / Subject:}, or both.
 */
final class OriginalMessage {
    private static final int MAX_LINE = 400;
    private static final int MAX_FIELDS = 16;

    private static final Set<String> SEPARATORS = Set.of(
            "original message",
            "originalmessage",
            "original appointment",
            "original-nachricht",
            "originalnachricht",
            "ursprüngliche nachricht",
            "original meddelande",
            "ursprungligt meddelande",
            "original meddelelse",
            "oprindelig meddelelse",
            "opprinnelig melding",
            "message original",
            "message d'origine",
            "message d’origine",
            "mensaje original",
            "messaggio originale",
            "mensagem original",
            "oorspronkelijk bericht",
            "origineel bericht",
            "oryginalna wiadomość",
            "wiadomość oryginalna",
            "wiadomość pierwotna",
            "alkuperäinen viesti",
            "původní zpráva",
            "исходное сообщение",
            "оригинальное сообщение",
            "пересылаемое сообщение",
            "перенаправленное сообщение",
            "вихідне повідомлення",
            "оригінальне повідомлення",
            "原始邮件",
            "邮件原件",
            "原始郵件",
            "转发邮件信息",
            "元のメッセージ",
            "original email",
            "원본 메시지",
            "원본 메일",
            "forwarded message",
            "forwarded by",
            "forwarded mail",
            "weitergeleitete nachricht",
            "message transféré",
            "message transmis",
            "mensaje reenviado",
            "messaggio inoltrato",
            "mensagem encaminhada",
            "doorgestuurd bericht",
            "treść przekazanej wiadomości",
            "vidarebefordrat meddelande",
            "videresendt meddelelse",
            "videresendt melding",
            "edelleenlähetetty viesti",
            "přeposlaná zpráva",
            "пересланное сообщение",
            "reply message",
            "reply to message");

    private static final Set<String> FROM = Set.of(
            "from",
            "von",
            "de",
            "da",
            "van",
            "od",
            "från",
            "fra",
            "lähettäjä",
            "от",
            "от кого",
            "від",
            "отправитель",
            "发件人",
            "寄件者",
            "差出人",
            "보낸 사람",
            "보낸사람",
            "expéditeur",
            "remitente",
            "mittente");
    private static final Set<String> SENT = Set.of(
            "sent",
            "date",
            "gesendet",
            "datum",
            "envoyé",
            "enviado",
            "enviado el",
            "enviada em",
            "data",
            "fecha",
            "inviato",
            "verzonden",
            "wysłano",
            "skickat",
            "sendt",
            "dato",
            "lähetetty",
            "päivämäärä",
            "odesláno",
            "отправлено",
            "дата",
            "надіслано",
            "发送时间",
            "日期",
            "寄件日期",
            "送信日時",
            "日付",
            "보낸 날짜",
            "날짜");
    private static final Set<String> TO = Set.of(
            "to",
            "an",
            "à",
            "para",
            "a",
            "aan",
            "do",
            "till",
            "til",
            "vastaanottaja",
            "komu",
            "кому",
            "收件人",
            "宛先",
            "받는 사람",
            "destinataire",
            "destinatario");
    private static final Set<String> SUBJECT = Set.of(
            "subject",
            "betreff",
            "objet",
            "asunto",
            "oggetto",
            "assunto",
            "onderwerp",
            "temat",
            "ämne",
            "emne",
            "aihe",
            "předmět",
            "тема",
            "主题",
            "主旨",
            "件名",
            "제목");

    private OriginalMessage() {}

    /** The line after what stands above a repeated message, when that begins at this line; else the line itself. */
    static int end(ClassifiedLines lines, int line) {
        if (!isSeparator(lines, line)) {
            return blockEnd(lines, line);
        }
        int below = lines.nextNotBlank(line, 3);
        if (below < 0 || lines.marks(below) != lines.marks(line)) {
            return line + 1;
        }
        int end = blockEnd(lines, below);
        return end > below ? end : line + 1;
    }

    private static boolean isSeparator(ClassifiedLines lines, int line) {
        int from = lines.contentStart(line);
        int to = lines.end(line);
        String text = lines.text();
        while (from < to && (text.charAt(from) == '*' || ClassifiedLines.isBlankChar(text.charAt(from)))) {
            from++;
        }
        while (from < to && (text.charAt(to - 1) == '*' || ClassifiedLines.isBlankChar(text.charAt(to - 1)))) {
            to--;
        }
        if (from == to || to - from > MAX_LINE || (text.charAt(from) != '-' && text.charAt(from) != 'B')) {
            return false;
        }
        if (text.charAt(from) == 'B') {
            return text.substring(from, to).strip().equals("Begin forwarded message:");
        }
        int dashes = 0;
        while (from < to && (text.charAt(from) == '-' || text.charAt(from) == ' ')) {
            dashes += text.charAt(from) == '-' ? 1 : 0;
            from++;
        }
        while (from < to && (text.charAt(to - 1) == '-' || ClassifiedLines.isBlankChar(text.charAt(to - 1)))) {
            dashes += text.charAt(to - 1) == '-' ? 1 : 0;
            to--;
        }
        if (dashes < 6 || from >= to) {
            return false;
        }
        String words = text.substring(from, to).toLowerCase(Locale.ROOT);
        return SEPARATORS.contains(words) || words.startsWith("forwarded by ");
    }

    /**
     * The line after a block of header fields that begins with From; the line itself when there is none. It must have
     * Sent or To besides: a From, Date and Subject alone are what git puts above a patch.
     */
    private static int blockEnd(ClassifiedLines lines, int line) {
        if (!FROM.contains(fieldName(lines, line))) {
            return line;
        }
        boolean to = false;
        boolean sent = false;
        boolean subject = false;
        int end = line;
        for (int i = line + 1; i < lines.size() && i < line + MAX_FIELDS; i++) {
            if (lines.marks(i) != lines.marks(line) || lines.isBlank(i)) {
                break;
            }
            String name = fieldName(lines, i);
            boolean known = true;
            if (SENT.contains(name)) {
                sent = true;
            } else if (TO.contains(name)) {
                to = true;
            } else if (SUBJECT.contains(name)) {
                subject = true;
            } else {
                known = !name.isEmpty();
            }
            // A line without a name goes on with the recipients above it, if a field follows.
            end = known ? i + 1 : end;
        }
        return (to && (sent || subject)) || (sent && subject && isSent(lines, line, end)) ? end : line;
    }

    /** Whether the block's time stands in a field that git does not know. */
    private static boolean isSent(ClassifiedLines lines, int from, int to) {
        for (int line = from; line < to; line++) {
            String name = fieldName(lines, line);
            if (SENT.contains(name) && !name.equals("date")) {
                return true;
            }
        }
        return false;
    }

    /** The name before the first colon of a line, in lower case, without the stars of bold type; empty without one. */
    private static String fieldName(ClassifiedLines lines, int line) {
        String text = lines.text();
        int from = lines.contentStart(line);
        int end = Math.min(lines.end(line), from + 32);
        while (from < end && (text.charAt(from) == '*' || ClassifiedLines.isBlankChar(text.charAt(from)))) {
            from++;
        }
        int colon = from;
        while (colon < end && text.charAt(colon) != ':' && text.charAt(colon) != '：') {
            colon++;
        }
        if (colon == end || colon == from) {
            return "";
        }
        int to = colon;
        while (to > from && (text.charAt(to - 1) == '*' || ClassifiedLines.isBlankChar(text.charAt(to - 1)))) {
            to--;
        }
        return text.substring(from, to).toLowerCase(Locale.ROOT);
    }
}
