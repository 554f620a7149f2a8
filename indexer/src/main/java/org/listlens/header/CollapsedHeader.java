package org.listlens.header;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The header of a mail whose line breaks became blanks ({@code LINE_BREAKS_LOST}), so that header and body are one line.
 *
 * <p>A field begins where a distinctive field name stands between a blank and a colon that a blank follows. Its value
 * runs to the next such place, with two exceptions. The names in the {@code h=} tag of a signature begin nothing. And
 * the value of a field with a grammar (dates, ids, tokens, media types, addresses) ends where its grammar does; when no
 * field follows there, the body does. A second {@code From}, {@code To}, {@code Subject} … lies in the body, too.
 */
final class CollapsedHeader {
    /** So many fields there must be, for one or two names followed by a colon also occur in subjects and prose. */
    private static final int MIN_FIELDS = 3;

    private static final int MAX_NAME = 64;

    /** What a free text at the end of the header may have before it is taken to hold the body as well. */
    private static final int FREE_TEXT = 200;

    /** Where such a text is cut: the length that RFC 5322 §2.1.1 recommends for a line. */
    private static final int LINE = 78;

    private static final int LONG_SUBJECT = 1000;

    /** More places than any header has fields. */
    private static final int MAX_NAMES = 20_000;

    private enum Grammar {
        TOKEN,
        IDS,
        URLS,
        DATE,
        MEDIA_TYPE,
        ADDRESSES,
        SIGNATURE,
        EXTENSION,
        TEXT
    }

    private final HeaderParser header;
    private final byte[] bytes;
    private final int start;
    private final int end;

    /** Where fields seem to begin, and their colons, ascending. */
    private int[] starts = new int[64];

    private int[] colons = new int[64];
    private int count;

    CollapsedHeader(HeaderParser header, byte[] bytes, int start, int end) {
        this.header = header;
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    /** Adds the fields of the line; returns where the body begins, or -1 when the line is not a collapsed header. */
    int split() {
        findNames();
        if (count < MIN_FIELDS || !(starts[0] == start || mboxLine())) {
            return -1;
        }
        header.noteCollapsed(start);
        int nameStart = starts[0];
        int colon = colons[0];
        int next = 1;
        while (true) {
            int value = colon + 1;
            String name = name(nameStart, colon);
            Grammar grammar = grammar(name);
            while (next < count && (starts[next] < value || inSignedNames(grammar, value, starts[next]))) {
                next++;
            }
            boolean last = next == count || header.met(name(starts[next], colons[next]));
            // A subject of that length holds the body, and the field in sight lies in it.
            last = last || (name.equalsIgnoreCase("Subject") && starts[next] - value > LONG_SUBJECT);
            int bound = next == count ? end : starts[next];
            int valueEnd = valueEnd(grammar, value, bound, last);
            if (!last && bound - valueEnd < FREE_TEXT && indispensable(name(starts[next], colons[next]))) {
                valueEnd = bound;
            }
            header.add(nameStart, colon, bytes, value, valueEnd);
            int after = skipBlanks(valueEnd, end);
            if (after == end) {
                return end;
            }
            if (next < count && after == starts[next] && !header.met(name(starts[next], colons[next]))) {
                nameStart = starts[next];
                colon = colons[next];
            } else {
                int unknown = compoundNameAt(after);
                if (unknown < 0) {
                    return after;
                }
                nameStart = after;
                colon = unknown;
            }
        }
    }

    /** Whether a header has not ended as long as this field, which every mail has, is still to come. */
    private static boolean indispensable(String name) {
        return name.equalsIgnoreCase("From") || name.equalsIgnoreCase("Date") || name.equalsIgnoreCase("Subject");
    }

    /** Whether the line begins with the {@code From} line of an mbox, which lost its line break, too. */
    private boolean mboxLine() {
        return bytes[start] == 'F'
                && starts[0] - start < 512
                && new String(bytes, start, 5, StandardCharsets.ISO_8859_1).equals("From ");
    }

    private void findNames() {
        for (int i = start; i < end && count < MAX_NAMES; i++) {
            if (bytes[i] == ':' && (i + 1 == end || HeaderText.isBlank(bytes[i + 1]))) {
                int from = i;
                while (from > start && i - from <= MAX_NAME && isName(bytes[from - 1])) {
                    from--;
                }
                boolean alone = from == start || HeaderText.isBlank(bytes[from - 1]);
                if (from < i && alone && FieldNames.distinctive(name(from, i))) {
                    if (count == starts.length) {
                        starts = Arrays.copyOf(starts, count * 2);
                        colons = Arrays.copyOf(colons, count * 2);
                    }
                    starts[count] = from;
                    colons[count++] = i;
                }
            }
        }
    }

    /** The colon of a field with a name of several words, known or not, that begins here; -1 when none does. */
    private int compoundNameAt(int from) {
        int pos = from;
        boolean compound = false;
        while (pos < end && pos - from <= MAX_NAME && isName(bytes[pos])) {
            compound |= bytes[pos] == '-';
            pos++;
        }
        if (pos + 1 >= end || bytes[pos] != ':' || !HeaderText.isBlank(bytes[pos + 1]) || pos == from) {
            return -1;
        }
        String name = name(from, pos);
        if (header.met(name)) {
            return -1;
        }
        // "Signed-off-by" and its like are what the body of a patch ends with.
        boolean trailer = name.toLowerCase(Locale.ROOT).endsWith("-by");
        boolean capital = bytes[from] >= 'A' && bytes[from] <= 'Z';
        return FieldNames.known(name) || (compound && capital && !trailer) ? pos : -1;
    }

    /** Whether a name stands in the {@code h=} tag of a signature (RFC 6376 §3.5), which a fold split. */
    private boolean inSignedNames(Grammar grammar, int value, int name) {
        if (grammar != Grammar.SIGNATURE) {
            return false;
        }
        int before = name - 1;
        while (before > value && HeaderText.isBlank(bytes[before])) {
            before--;
        }
        if (bytes[before] != ':' && bytes[before] != '=') {
            return false;
        }
        int tag = before;
        while (tag > value && bytes[tag - 1] != ';' && before - tag < 4096) {
            tag--;
        }
        tag = skipBlanks(tag, end);
        return bytes[tag] == 'h' && (bytes[tag + 1] == '=' || HeaderText.isBlank(bytes[tag + 1]));
    }

    private static Grammar grammar(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "mime-version",
                    "precedence",
                    "x-mailing-list",
                    "x-beenthere",
                    "content-transfer-encoding",
                    "return-path",
                    "auto-submitted",
                    "lines",
                    "content-length",
                    "content-language",
                    "importance",
                    "x-mailman-version",
                    "x-original-to",
                    "envelope-to",
                    "errors-to" -> Grammar.TOKEN;
            case "message-id", "in-reply-to", "references", "resent-message-id", "content-id" -> Grammar.IDS;
            case "list-id",
                    "list-post",
                    "list-help",
                    "list-subscribe",
                    "list-unsubscribe",
                    "list-archive",
                    "list-owner" -> Grammar.URLS;
            case "date", "resent-date", "delivery-date" -> Grammar.DATE;
            case "content-type", "content-disposition" -> Grammar.MEDIA_TYPE;
            case "from", "sender", "reply-to", "to", "cc", "bcc", "resent-from", "resent-to", "resent-cc" ->
                Grammar.ADDRESSES;
            case "dkim-signature", "x-google-dkim-signature", "arc-message-signature", "domainkey-signature" ->
                Grammar.SIGNATURE;
            default -> FieldNames.extension(name) ? Grammar.EXTENSION : Grammar.TEXT;
        };
    }

    /**
     * Where a value ends.
     *
     * @param bound where the next field seems to begin, or the end of the line
     * @param last no further field is in sight, so that the body must be told from the value
     */
    private int valueEnd(Grammar grammar, int value, int bound, boolean last) {
        int from = skipBlanks(value, bound);
        if (from == bound) {
            return bound;
        }
        return switch (grammar) {
            case TOKEN -> skipComments(tokenEnd(from, bound), bound);
            case IDS, URLS -> bracketsEnd(from, bound, last);
            case DATE -> dateEnd(from, bound);
            case MEDIA_TYPE -> mediaTypeEnd(from, bound);
            case ADDRESSES -> last ? addressesEnd(from, bound) : bound;
            case EXTENSION -> last ? tokenEnd(from, bound) : bound;
            case SIGNATURE, TEXT -> last ? textEnd(from, bound) : bound;
        };
    }

    /** Ids and URLs in angle brackets, where these have survived; one token with {@code @} or dots otherwise. */
    private int bracketsEnd(int from, int bound, boolean last) {
        int pos = from;
        int bracketEnd = -1;
        while (pos < bound) {
            if (bytes[pos] == '<') {
                int close = pos + 1;
                while (close < bound && bytes[close] != '>') {
                    close++;
                }
                if (close == bound) {
                    break;
                }
                bracketEnd = skipComments(close + 1, bound);
                pos = skipBlanks(bracketEnd, bound);
                if (pos < bound && bytes[pos] == ',') {
                    pos = skipBlanks(pos + 1, bound);
                }
            } else if (bracketEnd < 0 && !last) {
                // A phrase before the bracket: the name of a list, "Your message of …".
                pos++;
            } else {
                break;
            }
        }
        if (bracketEnd >= 0) {
            return bracketEnd;
        }
        return last ? tokenEnd(from, bound) : bound;
    }

    /** {@code Tue, 6 Jul 2021 16:45:36 +0300 (EEST)}, or with the year after the time. */
    private int dateEnd(int from, int bound) {
        int pos = from;
        int valueEnd = -1;
        for (int tokens = 0; tokens < 12 && pos < bound; tokens++) {
            int tokenEnd = tokenEnd(pos, bound);
            if (valueEnd < 0) {
                if (isTime(pos, tokenEnd)) {
                    valueEnd = tokenEnd;
                }
            } else if (isZoneOrYear(pos, tokenEnd)) {
                valueEnd = tokenEnd;
            } else {
                break;
            }
            pos = skipBlanks(tokenEnd, bound);
        }
        return valueEnd < 0 ? bound : skipComments(valueEnd, bound);
    }

    private boolean isTime(int from, int to) {
        int colon = from + 1;
        while (colon < to && colon < from + 3 && bytes[colon] != ':') {
            colon++;
        }
        return colon + 2 < to && bytes[colon] == ':' && isDigit(bytes[from]) && isDigit(bytes[colon + 1]);
    }

    private boolean isZoneOrYear(int from, int to) {
        byte first = bytes[from];
        int digits = first == '+' || first == '-' ? from + 1 : from;
        boolean numeric = to - digits == 4;
        boolean letters = to - from <= 4;
        for (int i = from; i < to; i++) {
            numeric &= i < digits || isDigit(bytes[i]);
            letters &= bytes[i] >= 'A' && bytes[i] <= 'Z';
        }
        return numeric || (letters && to - from > 1);
    }

    /** {@code type/subtype; name=value; name="value"} (RFC 2045 §5.1). */
    private int mediaTypeEnd(int from, int bound) {
        int pos = from;
        while (true) {
            boolean quoted = false;
            while (pos < bound && (quoted || (bytes[pos] != ';' && !HeaderText.isBlank(bytes[pos])))) {
                quoted ^= bytes[pos] == '"';
                pos++;
            }
            int after = skipBlanks(pos, bound);
            if (after == bound || bytes[after] != ';') {
                return pos;
            }
            int parameter = skipBlanks(after + 1, bound);
            int equals = parameter;
            while (equals < bound && isName(bytes[equals]) && bytes[equals] != '=') {
                equals++;
            }
            if (equals == bound || bytes[equals] != '=') {
                return after + 1;
            }
            pos = equals + 1;
        }
    }

    /** The last address of a list: behind the first {@code @} whose word no comma follows. */
    private int addressesEnd(int from, int bound) {
        int pos = from;
        boolean quoted = false;
        while (pos < bound) {
            byte b = bytes[pos];
            quoted ^= b == '"';
            if (b == '@' && !quoted) {
                int tokenEnd = tokenEnd(pos, bound);
                if (bytes[tokenEnd - 1] != ',') {
                    int after = skipBlanks(skipComments(tokenEnd, bound), bound);
                    if (after == bound || bytes[after] != ',') {
                        return skipComments(tokenEnd, bound);
                    }
                }
                pos = tokenEnd;
            } else {
                pos++;
            }
        }
        return textEnd(from, bound);
    }

    /** Free text says nowhere where it ends: two blanks may be what is left of a blank line. */
    private int textEnd(int from, int bound) {
        int limit = Math.min(bound, from + FREE_TEXT);
        for (int i = from; i + 1 < limit; i++) {
            if (HeaderText.isBlank(bytes[i]) && HeaderText.isBlank(bytes[i + 1])) {
                return i;
            }
        }
        if (limit == bound) {
            return bound;
        }
        int cut = from + LINE;
        while (cut > from && !HeaderText.isBlank(bytes[cut])) {
            cut--;
        }
        return cut > from ? cut : tokenEnd(from, bound);
    }

    private int tokenEnd(int from, int bound) {
        int pos = from;
        while (pos < bound && !HeaderText.isBlank(bytes[pos])) {
            pos++;
        }
        return pos;
    }

    /** The end of the comments that follow, without nested ones; {@code from} when none does. */
    private int skipComments(int from, int bound) {
        int pos = from;
        while (true) {
            int open = skipBlanks(pos, bound);
            if (open == bound || bytes[open] != '(') {
                return pos;
            }
            int close = open;
            while (close < bound && bytes[close] != ')') {
                close++;
            }
            if (close == bound) {
                return pos;
            }
            pos = close + 1;
        }
    }

    private int skipBlanks(int from, int bound) {
        int pos = from;
        while (pos < bound && HeaderText.isBlank(bytes[pos])) {
            pos++;
        }
        return pos;
    }

    private static boolean isName(byte b) {
        return b > ' ' && b < 127 && b != ':';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private String name(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
