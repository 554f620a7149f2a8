package org.listlens.quote;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.quote.OriginalMessageWords.Field;

/**
 * What mailers put above a message that they repeat without quote marks: a line such as
 * {@code -----Original Message-----}, a block of {@code From: / Sent: / To: / Subject:}, or both.
 */
final class OriginalMessage {
    private static final int MAX_LINE = 400;
    private static final int MAX_FIELDS = 16;
    /** So many lines of recipients may stand below a field. */
    private static final int MAX_CONTINUED = 8;
    /** Blank lines between the separator and the fields, and between the fields and what they introduce. */
    private static final int GAP = 3;

    private static final int LONGEST_NAME = 32;

    private OriginalMessage() {}

    /** The line after what stands above a repeated message, when that begins at this line; else the line itself. */
    static int end(ClassifiedLines lines, int line) {
        if (!isSeparator(lines, line)) {
            return blockEnd(lines, line, false);
        }
        int below = lines.nextNotBlank(line, GAP);
        if (below < 0 || lines.marks(below) != lines.marks(line)) {
            return line + 1;
        }
        int end = blockEnd(lines, below, true);
        return end > below ? end : line + 1;
    }

    /** What the fields from one line to before another say of the message. */
    static Attribution read(ClassifiedLines lines, int from, int to) {
        String sender = null;
        String date = null;
        String id = null;
        for (int line = from; line < to; line++) {
            int colon = colon(lines, line);
            if (colon < 0) {
                continue;
            }
            Field field = OriginalMessageWords.field(fieldName(lines, line, colon));
            if (field == Field.FROM && sender == null) {
                sender = value(lines, line, colon, to);
            } else if ((field == Field.SENT || field == Field.DATE) && date == null) {
                date = value(lines, line, colon, to);
            } else if (field == Field.MESSAGE_ID && id == null) {
                id = value(lines, line, colon, to);
            }
        }
        if (date == null && isSentBelow(lines, to)) {
            date = value(lines, to, colon(lines, to), to + 1);
        }
        Attribution who = sender == null ? Attribution.NONE : sender(sender);
        return new Attribution(
                who.name(),
                who.address(),
                id == null ? null : messageId(id),
                date == null ? null : AttributionReader.date(date));
    }

    /**
     * Whether fields that begin here, quoted like what follows, say who wrote that: exmh and others quote the header
     * with the text.
     *
     * @return the line after them; the line itself when there are none
     */
    static int quotedHeaderEnd(ClassifiedLines lines, int line) {
        int end = line;
        boolean from = false;
        while (end < lines.size() && end < line + MAX_FIELDS && lines.marks(end) == lines.marks(line)) {
            int colon = colon(lines, end);
            String name = colon < 0 ? "" : fieldName(lines, end, colon);
            if (!OriginalMessageWords.isField(name) && !(colon < 0 && end > line && isIndented(lines, end))) {
                break;
            }
            from |= OriginalMessageWords.field(name) == Field.FROM;
            end++;
        }
        return from && (end - line > 1 || (end < lines.size() && lines.isBlank(end))) ? end : line;
    }

    private static boolean isIndented(ClassifiedLines lines, int line) {
        return lines.contentStart(line) < lines.end(line)
                && ClassifiedLines.isBlankChar(lines.text().charAt(lines.contentStart(line)));
    }

    static boolean isSeparator(ClassifiedLines lines, int line) {
        int from = lines.contentStart(line);
        int to = lines.trimmedEnd(line);
        String text = lines.text();
        if (lines.end(line) - from > MAX_LINE || from >= to || !isDrawn(text.charAt(from), text.charAt(to - 1))) {
            return false;
        }
        boolean colon = false;
        int dashes = 0;
        while (from < to && isRule(text.charAt(from))) {
            dashes += text.charAt(from) == ' ' || text.charAt(from) == '*' ? 0 : 1;
            from++;
        }
        while (from < to && (isRule(text.charAt(to - 1)) || isColon(text.charAt(to - 1)))) {
            dashes += text.charAt(to - 1) == ' ' || text.charAt(to - 1) == '*' ? 0 : 1;
            colon |= isColon(text.charAt(to - 1));
            to--;
        }
        // Of those without dashes Apple's are the only ones, and they end with a colon.
        if (from >= to || (dashes < 4 && !colon) || to - from > 80) {
            return false;
        }
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (from < to && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        boolean known = OriginalMessageWords.isSeparator(text, from, to)
                && (dashes >= 4 || text.indexOf(' ', from, to) > from || text.charAt(from) > 0x2e80);
        if (known || dashes < 6) {
            return known;
        }
        String words = text.substring(from, to).toLowerCase(Locale.ROOT);
        return words.startsWith("forwarded by ") || words.startsWith("forwarded message from ");
    }

    /** Whether dashes or a colon can stand around what begins and ends so. */
    private static boolean isDrawn(char first, char last) {
        return isRule(first) || isRule(last) || isColon(last);
    }

    private static boolean isRule(char c) {
        return c == '-'
                || c == '*'
                || c == '_'
                || c == '='
                || c == '\u2013'
                || c == '\u2014'
                || c == '\u2212'
                || ClassifiedLines.isBlankChar(c);
    }

    private static boolean isColon(char c) {
        return c == ':' || c == '：';
    }

    /**
     * The line after a block of header fields with From among them, in whatever order; the line itself when there is
     * none. Unless a separator stands above it or something quoted below, it must have Sent or To besides: a From, Date
     * and Subject alone are what git puts above a patch.
     */
    private static int blockEnd(ClassifiedLines lines, int line, boolean separated) {
        int firstColon = colon(lines, line);
        if (firstColon < 0 || !isField(lines, line, firstColon)) {
            return line;
        }
        boolean from = false;
        boolean sent = false;
        boolean date = false;
        boolean to = false;
        boolean subject = false;
        int end = line;
        int continued = 0;
        for (int i = line; i < lines.size() && i < line + MAX_FIELDS && continued <= MAX_CONTINUED; i++) {
            if (lines.isBlank(i) || (lines.marks(i) != lines.marks(line) && !isWrapped(lines, line, i))) {
                break;
            }
            int colon = lines.marks(i) == lines.marks(line) ? colon(lines, i) : -1;
            String name = colon < 0 ? "" : fieldName(lines, i, colon);
            boolean known = OriginalMessageWords.isField(name);
            switch (known ? OriginalMessageWords.field(name) : Field.OTHER) {
                case FROM -> from = true;
                case SENT -> sent = true;
                case DATE -> date = true;
                case TO -> to = true;
                case SUBJECT -> subject = true;
                default -> {
                    // An unknown field, or more of the one above.
                }
            }
            known |= !name.isEmpty() && isFieldLike(name);
            continued = known ? 0 : continued + 1;
            // A line without a name goes on with the recipients above it, if a field follows.
            end = known ? i + 1 : end;
        }
        if (!from) {
            return line;
        }
        // The last value may go on, indented.
        while (end > line
                && end < lines.size()
                && lines.marks(end) == lines.marks(line)
                && !lines.isBlank(end)
                && isIndented(lines, end)) {
            end++;
        }
        boolean whole = (to && (sent || date || subject)) || (sent && subject);
        boolean any = sent || date || to || subject || isSentBelow(lines, end);
        int below = whole || !any ? -1 : lines.nextNotBlank(end - 1, GAP);
        boolean follows = below >= 0 && lines.marks(below) > lines.marks(line);
        return whole || separated || (any && follows) ? end : line;
    }

    /** Whether the field below, quoted once more, is a time: some quote all of the header but From. */
    private static boolean isSentBelow(ClassifiedLines lines, int line) {
        if (line >= lines.size() || lines.marks(line) != lines.marks(line - 1) + 1) {
            return false;
        }
        int colon = colon(lines, line);
        Field field = colon < 0 ? Field.OTHER : OriginalMessageWords.field(fieldName(lines, line, colon));
        return field == Field.SENT || field == Field.DATE;
    }

    /** Whether a line with fewer marks, or none, is what a mailer broke off the one above, and fields follow it. */
    private static boolean isWrapped(ClassifiedLines lines, int first, int line) {
        int next = line + 1;
        if (lines.marks(line) >= lines.marks(first)
                || next >= lines.size()
                || lines.marks(next) != lines.marks(first)) {
            return false;
        }
        for (int i = next; i < lines.size() && i < next + 3 && lines.marks(i) == lines.marks(first); i++) {
            int colon = colon(lines, i);
            if (lines.isBlank(i)) {
                return i > next;
            }
            if (colon >= 0 && isField(lines, i, colon)) {
                return true;
            }
        }
        return false;
    }

    /** Letters and dashes only, as names of fields are that are not known here. */
    private static boolean isFieldLike(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetter(c) && c != '-' && c != ' ') {
                return false;
            }
        }
        return true;
    }

    /** Where the colon behind a field's name stands; -1 when there is none. */
    private static int colon(ClassifiedLines lines, int line) {
        String text = lines.text();
        int start = lines.contentStart(line);
        int end = Math.min(lines.end(line), start + LONGEST_NAME);
        for (int at = start; at < end; at++) {
            if (isColon(text.charAt(at))) {
                return at > start ? at : -1;
            }
        }
        return -1;
    }

    /** The name before the colon, in lower case, without the stars of bold type and letters set apart. */
    private static String fieldName(ClassifiedLines lines, int line, int colon) {
        int from = nameStart(lines, line, colon);
        return lines.text().substring(from, nameEnd(lines, from, colon)).toLowerCase(Locale.ROOT);
    }

    /** Whether the name before the colon is that of a field which is known. */
    private static boolean isField(ClassifiedLines lines, int line, int colon) {
        int from = nameStart(lines, line, colon);
        return OriginalMessageWords.isField(lines.text(), from, nameEnd(lines, from, colon));
    }

    private static int nameStart(ClassifiedLines lines, int line, int colon) {
        int from = lines.contentStart(line);
        while (from < colon && isDecoration(lines.text().charAt(from))) {
            from++;
        }
        return from;
    }

    private static int nameEnd(ClassifiedLines lines, int from, int colon) {
        int to = colon;
        while (to > from && isDecoration(lines.text().charAt(to - 1))) {
            to--;
        }
        return to;
    }

    private static boolean isDecoration(char c) {
        return c == '*'
                || c == '_'
                || c == '|'
                || c == '\u200e'
                || c == '\u200f'
                || c == '\u202b'
                || c == '\u202c'
                || c == '\u3000'
                || ClassifiedLines.isBlankChar(c);
    }

    private static String value(ClassifiedLines lines, int line, int colon, int to) {
        StringBuilder value = new StringBuilder(
                lines.text().substring(colon + 1, lines.end(line)).strip());
        for (int next = line + 1;
                next < to && next < line + 3 && !lines.isBlank(next) && colon(lines, next) < 0;
                next++) {
            value.append(' ').append(lines.content(next).strip());
        }
        int from = 0;
        while (from < value.length() && (value.charAt(from) == '*' || value.charAt(from) == ' ')) {
            from++;
        }
        return value.substring(from, Math.min(value.length(), from + MAX_LINE));
    }

    /** Reads {@code Jane Doe [mailto:jane@example.com] On Behalf Of John Roe}: who it was sent for is who wrote. */
    private static Attribution sender(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        for (String behalf : OriginalMessageWords.behalf()) {
            int at = lower.indexOf(behalf);
            if (at > 0 && lower.length() == value.length()) {
                return Attribution.ofMailbox(value.substring(at + behalf.length()));
            }
        }
        return Attribution.ofMailbox(value);
    }

    private static @Nullable String messageId(String value) {
        int open = value.indexOf('<');
        int close = value.indexOf('>', open + 1);
        return open >= 0 && close > open + 1 ? value.substring(open + 1, close) : null;
    }
}
