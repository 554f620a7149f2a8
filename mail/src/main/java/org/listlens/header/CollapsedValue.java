package org.listlens.header;

import java.util.Locale;

/**
 * Where the values of fields end that run on into what follows, their line breaks being lost: where the grammar of the
 * field says so, or else where a line would have had its end.
 */
final class CollapsedValue {
    /** What a free text at the end of the header may have before it is taken to hold the body as well. */
    static final int FREE_TEXT = 200;

    /** Where such a text is cut: the length that RFC 5322 §2.1.1 recommends for a line. */
    private static final int LINE = 78;

    /** The longest phrase before an id or URL. */
    private static final int PHRASE = 300;

    /** No word of a text is that long. */
    private static final int LONG_WORD = 30;

    /** How many words without a number may stand before one that has one. */
    private static final int MAX_PLAIN = 3;

    /** The longest trace line. */
    private static final int MAX_TRACE = 2000;

    enum Grammar {
        TOKEN,
        /** One id. */
        ID,
        /** Ids or URLs in angle brackets, perhaps with a phrase. */
        IDS,
        DATE,
        TRACE,
        MEDIA_TYPE,
        ADDRESSES,
        SIGNATURE,
        EXTENSION,
        /** Text that people write. */
        PROSE,
        TEXT
    }

    private final byte[] bytes;

    CollapsedValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The grammar of a field of this name. */
    static Grammar grammar(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "mime-version",
                    "precedence",
                    "x-mailing-list",
                    "x-beenthere",
                    "x-loop",
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
                    "errors-to",
                    "delivered-to",
                    "priority",
                    "sensitivity",
                    "status" -> Grammar.TOKEN;
            case "message-id", "resent-message-id", "content-id" -> Grammar.ID;
            case "in-reply-to", "references" -> Grammar.IDS;
            case "list-id",
                    "list-post",
                    "list-help",
                    "list-subscribe",
                    "list-unsubscribe",
                    "list-archive",
                    "list-owner",
                    "archived-at" -> Grammar.IDS;
            case "date", "resent-date", "delivery-date" -> Grammar.DATE;
            case "received", "x-received", "resent-received", "old-received" -> Grammar.TRACE;
            case "content-type", "content-disposition" -> Grammar.MEDIA_TYPE;
            case "from", "sender", "reply-to", "to", "cc", "bcc", "resent-from", "resent-to", "resent-cc" ->
                Grammar.ADDRESSES;
            case "dkim-signature", "x-google-dkim-signature", "arc-message-signature", "domainkey-signature" ->
                Grammar.SIGNATURE;
            case "subject", "thread-topic", "content-description", "keywords", "comments" -> Grammar.PROSE;
            case "user-agent" -> Grammar.EXTENSION;
            default -> FieldNames.extension(name) ? Grammar.EXTENSION : Grammar.TEXT;
        };
    }

    /**
     * Where a value ends.
     *
     * @param bound where the next field seems to begin, or the end of the line
     * @param last no further field is in sight, so that the body must be told from the value
     */
    int end(Grammar grammar, int value, int bound, boolean last) {
        int from = skipBlanks(value, bound);
        if (from == bound) {
            return bound;
        }
        return switch (grammar) {
            case TOKEN -> skipComments(tokensEnd(from, bound), bound);
            case ID, IDS -> bracketsEnd(from, bound, last, grammar == Grammar.ID);
            case DATE -> dateEnd(from, bound);
            case MEDIA_TYPE -> mediaTypeEnd(from, bound);
            case ADDRESSES -> last ? addressesEnd(from, bound) : bound;
            case EXTENSION -> last ? productEnd(from, bound) : bound;
            case TRACE -> last ? traceEnd(from, bound) : bound;
            case SIGNATURE -> last ? signatureEnd(from, bound) : bound;
            case TEXT, PROSE -> last ? textEnd(from, bound) : bound;
        };
    }

    /** Ids and URLs in angle brackets, where these have survived; one token that could be one otherwise. */
    private int bracketsEnd(int from, int bound, boolean last, boolean single) {
        int pos = from;
        int bracketEnd = -1;
        int open = last || single ? from + 1 : Math.min(bound, from + PHRASE);
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
            } else if (bracketEnd < 0 && pos < open) {
                // A phrase before the bracket: the name of a list, "Your message of …".
                pos++;
            } else {
                break;
            }
        }
        if (bracketEnd >= 0) {
            return bracketEnd;
        }
        if (!last && !single && bound - from <= PHRASE) {
            return bound;
        }
        int tokenEnd = tokenEnd(from, bound);
        return isIdOrUrl(from, tokenEnd) ? tokenEnd : from;
    }

    private boolean isIdOrUrl(int from, int to) {
        for (int i = from + 1; i + 1 < to; i++) {
            if (bytes[i] == '@' || bytes[i] == ':' || (bytes[i] == '.' && !HeaderText.isBlank(bytes[i + 1]))) {
                return true;
            }
        }
        return false;
    }

    /** Tags and the base64 of a signature. */
    private int signatureEnd(int from, int bound) {
        int pos = from;
        int valueEnd = from;
        while (pos < bound) {
            int tokenEnd = tokenEnd(pos, bound);
            boolean tag = bytes[tokenEnd - 1] == ';' || bytes[tokenEnd - 1] == '=' || tokenEnd - pos > LONG_WORD;
            for (int i = pos; i < tokenEnd && !tag && i - pos < 4; i++) {
                tag = bytes[i] == '=' || (i == pos && bytes[i] == ':');
            }
            if (!tag) {
                break;
            }
            valueEnd = tokenEnd;
            pos = skipBlanks(tokenEnd, bound);
        }
        return valueEnd > from ? valueEnd : textEnd(from, bound);
    }

    /** A word, and the words behind it up to a number or the like that is near: {@code Apple Mail (2.482)}. */
    private int productEnd(int from, int bound) {
        int limit = Math.min(bound, from + LINE);
        int pos = tokenEnd(from, bound);
        int valueEnd = pos;
        int plain = 0;
        while (plain <= MAX_PLAIN) {
            pos = skipBlanks(pos, bound);
            int tokenEnd = tokenEnd(pos, bound);
            boolean textual = pos < bound && (bytes[pos] == '>' || bytes[pos] == '-');
            if (pos == bound || textual || bytes[tokenEnd - 1] == ',') {
                break;
            }
            boolean numbered = false;
            boolean tag = tokenEnd - pos > LONG_WORD || bytes[tokenEnd - 1] == ';';
            for (int i = pos; i < tokenEnd; i++) {
                numbered |= isDigit(bytes[i]) || bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '/';
                tag |= bytes[i] == '=' && i > pos;
            }
            if (!tag && tokenEnd > limit) {
                break;
            }
            numbered |= tag;
            plain = numbered ? 0 : plain + 1;
            valueEnd = numbered ? tokenEnd : valueEnd;
            pos = tokenEnd;
        }
        return valueEnd;
    }

    /** The date after the last semicolon that has one behind it. */
    private int traceEnd(int from, int bound) {
        int limit = Math.min(bound, from + MAX_TRACE);
        for (int i = from; i < limit; i++) {
            if (bytes[i] == ';') {
                int date = skipBlanks(i + 1, bound);
                int near = Math.min(bound, date + PHRASE);
                int dateEnd = date == bound ? bound : dateEnd(date, near);
                if (dateEnd < near) {
                    return dateEnd;
                }
            }
        }
        return textEnd(from, bound);
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

    /** One token, or several with commas between them. */
    private int tokensEnd(int from, int bound) {
        int tokenEnd = tokenEnd(from, bound);
        int next = skipBlanks(tokenEnd, bound);
        while (bytes[tokenEnd - 1] == ',' && next < bound) {
            tokenEnd = tokenEnd(next, bound);
            next = skipBlanks(tokenEnd, bound);
        }
        return tokenEnd;
    }

    int tokenEnd(int from, int bound) {
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

    int skipBlanks(int from, int bound) {
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
}
