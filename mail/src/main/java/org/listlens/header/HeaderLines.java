package org.listlens.header;

/**
 * The lines of a header and what they look like. Knows the line ends of mails: LF, CRLF, CR CR LF as some gateways write
 * it, and the lone CR. That ends a line where a field follows it, and wherever the mail has had no LF yet; from the
 * first such place on every CR does. Elsewhere it is a stray octet of its line.
 */
final class HeaderLines {
    /** The longest field name that is taken for one. */
    private static final int MAX_NAME = 256;

    private final byte[] bytes;
    private final int length;

    /** Where the content of the line last scanned ends, and where the next line begins. */
    int end;

    int next;

    /** Whether a lone CR ended the line last scanned. */
    boolean endedByCr;

    /** Where the name that {@link #colon} found last ends. */
    int nameEnd;

    private boolean crEndsLine;
    private boolean lfSeen;

    // The run of CR last met, [crRunStart, crRunEnd), so that a long run is walked once.
    private int crRunStart;
    private int crRunEnd;

    HeaderLines(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** Finds the end of the line that begins at {@code start}. */
    void scan(int start) {
        endedByCr = false;
        int pos = LineBreaks.lfOrCr(bytes, start, length);
        while (pos < length) {
            if (bytes[pos] == '\n') {
                lfSeen = true;
                end = pos;
                next = pos + 1;
                return;
            }
            // Some gateways write CR CR LF for a line end.
            int run = pos >= crRunStart && pos < crRunEnd ? crRunEnd : pos + 1;
            while (run < length && bytes[run] == '\r') {
                run++;
            }
            if (run != crRunEnd) {
                crRunStart = pos;
                crRunEnd = run;
            }
            if (run < length && bytes[run] == '\n') {
                lfSeen = true;
                end = pos;
                next = run + 1;
                return;
            }
            if (crEndsLine || (!lfSeen && (run > pos + 1 || run == length)) || colon(run, length) >= 0) {
                crEndsLine = true;
                endedByCr = true;
                end = pos;
                next = pos + 1;
                return;
            }
            pos = LineBreaks.lfOrCr(bytes, run, length);
        }
        end = length;
        next = length;
    }

    /**
     * The colon after a field name that begins at {@code start}, or -1 when none does. Blanks may stand before the
     * colon (RFC 5322 §4.5); {@link #nameEnd} is the end of the name without them. A URL is no field.
     */
    int colon(int start, int end) {
        if (start >= end || !isNameStart(bytes[start])) {
            return -1;
        }
        int bound = Math.min(end, start + MAX_NAME);
        int pos = start;
        while (pos < bound && isName(bytes[pos])) {
            pos++;
        }
        nameEnd = pos;
        while (pos < bound && HeaderText.isBlank(bytes[pos])) {
            pos++;
        }
        if (pos >= bound || bytes[pos] != ':') {
            return -1;
        }
        return pos + 2 < end && bytes[pos + 1] == '/' && bytes[pos + 2] == '/' ? -1 : pos;
    }

    private static boolean isNameStart(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_' || b == '$';
    }

    /** Printable US-ASCII but the colon (RFC 5322 §2.2), and NUL, which is taken out later. */
    private static boolean isName(byte b) {
        return (b > ' ' && b < 127 && b != ':') || b == 0;
    }

    /** Whether the line is what an mbox puts before a mail: {@code From}, an address, a date with a time. */
    boolean isFromLine(int start, int end) {
        if (!startsWith(start, end, "From ") && !startsWith(start, end, ">From ")) {
            return false;
        }
        for (int i = start + 5; i + 2 < Math.min(end, start + 512); i++) {
            if (bytes[i] == ':' && isDigit(bytes[i - 1]) && isDigit(bytes[i + 1]) && isDigit(bytes[i + 2])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    boolean startsWith(int start, int end, String text) {
        if (end - start < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether octets are those of a word in small letters, whatever their case. */
    boolean isWord(int start, String word) {
        if (length - start < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            byte b = bytes[start + i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a line begins as the second and later ones of a folded trace field do. */
    boolean isTraceClause(int start, int end) {
        if (end - start < 3) {
            return false;
        }
        return bytes[start] == ';'
                || bytes[start] == '('
                || bytes[start] == '['
                || isWord(start, "by ")
                || isWord(start, "with ")
                || isWord(start, "id ")
                || isWord(start, "for ")
                || isWord(start, "via ");
    }

    /** Whether a line is what text has between its parts, but a header has not: a rule or a quote. */
    boolean isTextual(int start, int end) {
        return startsWith(start, end, "--")
                || startsWith(start, end, "__")
                || startsWith(start, end, "==")
                || startsWith(start, end, "> ")
                || startsWith(start, end, ">>");
    }

    /** The first line from {@code start} on that is not blank; the length when all are. */
    int skipBlankLines(int start) {
        int pos = start;
        while (pos < length) {
            scan(pos);
            if (!isBlank(pos, end)) {
                return pos;
            }
            pos = next;
        }
        return length;
    }

    /** Whether there are but blanks and NUL. */
    boolean isBlank(int start, int end) {
        return skipBlanks(start, end) == end;
    }

    int skipBlanks(int start, int end) {
        int pos = start;
        while (pos < end && (HeaderText.isBlank(bytes[pos]) || bytes[pos] == 0)) {
            pos++;
        }
        return pos;
    }

    int skipNul(int start, int end) {
        int pos = start;
        while (pos < end && bytes[pos] == 0) {
            pos++;
        }
        return pos;
    }
}
