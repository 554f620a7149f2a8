package org.listlens.header;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Participant;
import org.listlens.mail.Role;

/**
 * One address field on its way to participants. The value is walked once and cut into elements at commas; each element
 * gathers a phrase, a comment and an angle address, and is judged when it ends. A quote or parenthesis that nothing
 * closes is an ordinary character; that nothing closes it is found out once.
 */
final class AddressList {
    /** So many elements an unquoted name with commas may spread over, the last not counted: {@code Doe, Jane, Dr.} */
    private static final int MAX_NAME_PIECES = 2;

    private static final int MAX_GROUP_NAME = 500;

    /** More than {@code [IPv6:…]} takes. */
    private static final int MAX_LITERAL = 64;

    private final Role role;
    private final String value;
    private final int lastSemicolon;
    private final int offset;
    private final int limit;
    private final Defects defects;
    private final List<Participant> out;

    private int pos;
    private boolean quotesClose = true;
    private boolean commentsClose = true;
    private @Nullable String group;

    // The element being read.
    private int start;

    /** Its words outside of comments and brackets, quotes removed: the display name, if it turns out to be one. */
    private final StringBuilder phrase = new StringBuilder();

    /** The same with quotes, as an address is written. */
    private final StringBuilder words = new StringBuilder();

    /** So many characters of {@link #words} are known to hold no at sign. */
    private int withoutAt;

    private @Nullable String comment;

    /** What stands in the angle brackets; and the same without comments and blanks. */
    private @Nullable String angle;

    private String angleAddress = "";

    /** The length of the phrase before the brackets. */
    private int nameLength;

    // Elements before this one that may be the first half of "Doe, Jane <jane@example.com>".
    private final StringBuilder pieces = new StringBuilder();
    private int pieceCount;

    /** The element being read where it is a plain one, and what there was before it. */
    private @Nullable String plain;

    private int plainDefects;
    private int plainSize;

    /**
     * @param limit how many participants {@code out} may hold
     * @param out takes the participants
     */
    AddressList(Role role, HeaderField field, int limit, Defects defects, List<Participant> out) {
        this.role = role;
        this.value = field.value();
        this.lastSemicolon = value.lastIndexOf(';');
        this.offset = field.offset();
        this.limit = limit;
        this.defects = defects;
        this.out = out;
    }

    /** Returns whether all of the field was read; {@code false} when the limit stopped it. */
    boolean parse() {
        if (!plainElements()) {
            return false;
        }
        while (pos < value.length()) {
            char c = value.charAt(pos);
            switch (c) {
                case ',' -> {
                    if (!end(true) || !plainElements()) {
                        return false;
                    }
                }
                case ';' -> {
                    if (!end(false)) {
                        return false;
                    }
                    group = null;
                }
                case '<' -> {
                    if (angle != null && !endAtBracket()) {
                        return false;
                    }
                    readAngle();
                }
                case ':' -> {
                    if (!colon()) {
                        return false;
                    }
                }
                case '(' -> readComment();
                case '"' -> readQuoted();
                case '[' -> readLiteral();
                case '=' -> readEncodedWord();
                case '\\' -> readQuotedPair();
                default -> take(c);
            }
        }
        boolean read = end(false);
        learn();
        return read && flushPieces();
    }

    /**
     * Reads the elements that follow here as long as each is plain and has been met before. False when there is no room.
     */
    private boolean plainElements() {
        learn();
        while (pieceCount == 0 && group == null) {
            int end = PlainElement.end(value, pos);
            if (end < 0) {
                return true;
            }
            String text = value.substring(pos, end);
            Participant known = PlainElement.KNOWN.get(text);
            if (known == null) {
                plain = text;
                plainDefects = defects.noted();
                plainSize = out.size();
                return true;
            }
            if (out.size() >= limit) {
                return false;
            }
            out.add(known.role() == role ? known : new Participant(role, known.name(), known.address(), null));
            pos = end == value.length() ? end : end + 1;
            start = pos;
        }
        return true;
    }

    /** Remembers the participant that a plain element turned out to be. */
    private void learn() {
        if (plain != null && out.size() == plainSize + 1 && defects.noted() == plainDefects) {
            PlainElement.KNOWN.put(plain, out.getLast());
        }
        plain = null;
    }

    private void take(char c) {
        phrase.append(c);
        words.append(c);
        pos++;
    }

    /** Whether the words have an at sign; what was looked through once, and only grows, is not looked through again. */
    private boolean hasAt() {
        int at = words.indexOf("@", withoutAt);
        withoutAt = at < 0 ? words.length() : at;
        return at >= 0;
    }

    /** A quoted pair outside of quotes (RFC 5322 §4.1); in an address it has no place. */
    private void readQuotedPair() {
        pos++;
        if (pos < value.length()) {
            phrase.append(value.charAt(pos));
            pos++;
        }
    }

    private void readComment() {
        int end = commentsClose ? Tokens.commentEnd(value, pos) : -1;
        if (end < 0) {
            commentsClose = false;
            take('(');
            return;
        }
        String text = Tokens.unescape(value, pos + 1, end - 1);
        if (ObscuredAddress.isBracketedAt(text) && !words.isEmpty() && !hasAt()) {
            phrase.append(' ');
            words.append(value, pos, end);
            pos = end;
            return;
        }
        if (!text.isBlank()) {
            comment = text;
        }
        phrase.append(' ');
        words.append(' ');
        pos = end;
    }

    private void readQuoted() {
        int end = quotesClose ? Tokens.quoteEnd(value, pos) : -1;
        if (end < 0) {
            quotesClose = false;
            pos++;
            return;
        }
        phrase.append(Tokens.unescape(value, pos + 1, end - 1));
        words.append(value, pos, end);
        pos = end;
    }

    /** A domain literal (RFC 5321 §4.1.3), whose colons and commas mean nothing here. */
    private void readLiteral() {
        boolean afterAt = words.length() > 0 && words.charAt(words.length() - 1) == '@';
        int bound = afterAt ? Math.min(value.length(), pos + MAX_LITERAL) : pos;
        int close = value.indexOf(']', pos, bound);
        if (close < 0) {
            take('[');
            return;
        }
        phrase.append(value, pos, close + 1);
        words.append(value, pos, close + 1);
        pos = close + 1;
    }

    private void readEncodedWord() {
        int end = pos + 1 < value.length() && value.charAt(pos + 1) == '?' ? EncodedWords.end(value, pos) : -1;
        if (end < 0) {
            take('=');
            return;
        }
        phrase.append(value, pos, end);
        words.append(value, pos, end);
        pos = end;
    }

    /** Ends an element that no comma ended: {@code Jane <jane@example.com> John <john@example.com>}. */
    private boolean endAtBracket() {
        String nextName = phrase.substring(nameLength);
        phrase.setLength(nameLength);
        boolean room = end(false);
        phrase.append(nextName);
        words.append(nextName);
        return room;
    }

    private void readAngle() {
        nameLength = phrase.length();
        StringBuilder address = new StringBuilder(40);
        while (pos < value.length() && value.charAt(pos) == '<') {
            pos++;
        }
        int from = pos;
        int to = -1;
        boolean at = false;
        while (to < 0 && pos < value.length()) {
            char c = value.charAt(pos);
            if (c == '>') {
                to = pos;
            } else if (c == '<' || ((c == ',' || c == ';') && at && address.charAt(0) != '@')) {
                break; // The closing bracket is missing.
            } else if (c == '"' && quotesClose) {
                int end = Tokens.quoteEnd(value, pos);
                quotesClose = end >= 0;
                if (quotesClose) {
                    address.append(value, pos, end);
                }
                pos = quotesClose ? end : pos + 1;
            } else if (c == '(' && commentsClose) {
                int end = Tokens.commentEnd(value, pos);
                commentsClose = end >= 0;
                pos = commentsClose ? end : pos + 1;
            } else {
                if (c > ' ') {
                    address.append(c);
                    at |= c == '@';
                }
                pos++;
            }
        }
        angle = value.substring(from, to < 0 ? pos : to).trim();
        while (pos < value.length() && value.charAt(pos) == '>') {
            pos++;
        }
        angleAddress = withoutPrefix(address);
    }

    /** Without the source route of RFC 5321 §4.1.2 ({@code @a,@b:}) and the scheme of a URL. */
    private static String withoutPrefix(StringBuilder address) {
        int skip = 0;
        if (address.length() > 0 && address.charAt(0) == '@') {
            skip = address.indexOf(":") + 1;
        } else if (address.length() > 7 && address.substring(0, 7).equalsIgnoreCase("mailto:")) {
            skip = 7;
        }
        return address.substring(skip);
    }

    /** A colon names a group when something ends that group; elsewhere it is part of a display name. */
    private boolean colon() {
        if (phrase.length() > MAX_GROUP_NAME) {
            take(':');
            return true;
        }
        String name = phrase.toString().trim();
        if (name.equalsIgnoreCase("mailto")) {
            phrase.setLength(0);
            words.setLength(0);
            withoutAt = 0;
            pos++;
            return true;
        }
        boolean starts = group == null && angle == null && !hasAt() && !name.isEmpty();
        if (!starts || (lastSemicolon < pos && !blankFrom(pos + 1))) {
            take(':');
            return true;
        }
        if (!flushPieces()) {
            return false;
        }
        group = text(name);
        pos++;
        clear();
        return true;
    }

    private boolean blankFrom(int from) {
        int i = from;
        while (i < value.length() && value.charAt(i) <= ' ') {
            i++;
        }
        return i == value.length();
    }

    /**
     * Ends the element before {@code pos}.
     *
     * @param comma whether a comma ends it, which is then skipped
     * @return whether there is room for more
     */
    private boolean end(boolean comma) {
        boolean room = element(comma);
        if (pos < value.length() && (comma || value.charAt(pos) == ';')) {
            pos++;
        }
        clear();
        return room;
    }

    private void clear() {
        phrase.setLength(0);
        words.setLength(0);
        withoutAt = 0;
        comment = null;
        angle = null;
        angleAddress = "";
        start = pos;
    }

    private boolean element(boolean comma) {
        String written = Tokens.squeeze(words);
        if (angle != null) {
            return angleElement(angle, written);
        }
        if (written.isEmpty()) {
            // Nothing, or a comment alone, which the obsolete syntax allows between commas (RFC 5322 §4.4).
            return true;
        }
        if (comma && isNamePiece()) {
            if (pieceCount == MAX_NAME_PIECES && !flushPieces()) {
                return false;
            }
            pieces.append(written).append('\n');
            pieceCount++;
            return true;
        }
        return flushPieces() && bareElement(written);
    }

    /** Whether a comma within an unquoted name may have ended this element: {@code Doe, Jane <jane@example.com>}. */
    private boolean isNamePiece() {
        char first = value.charAt(start);
        int i = start;
        while (i < pos && first <= ' ') {
            first = value.charAt(++i);
        }
        return comment == null
                && !hasAt()
                && words.indexOf("\"") < 0
                && words.indexOf(" at ") < 0
                && value.charAt(pos - 1) > ' '
                && !Character.isLowerCase(first);
    }

    private boolean angleElement(String inBrackets, String written) {
        String name = Tokens.squeeze(phrase.substring(0, nameLength));
        if (name.isEmpty()) {
            name = Tokens.squeeze(phrase); // <jane@example.com> Jane Doe
        }
        String address = Addresses.normalize(angleAddress);
        if (address == null) {
            address = obscured(inBrackets);
        }
        if (address == null && !written.isEmpty()) {
            // The other way round: jane@example.com <Jane Doe>.
            address = Addresses.normalize(written);
            name = address == null ? name : inBrackets;
        }
        if (address == null || name.isEmpty()) {
            if (!flushPieces()) {
                return false;
            }
        } else if (pieceCount > 0) {
            name = pieces.toString().replace("\n", ", ") + name;
            dropPieces();
        }
        String display = name.isEmpty() ? commentText() : text(name);
        return address == null
                ? addInvalid(
                        display,
                        inBrackets.isEmpty() ? value.substring(start, pos).trim() : inBrackets)
                : add(display, address);
    }

    /** An element without angle brackets. */
    private boolean bareElement(String written) {
        String address = Addresses.normalize(withoutBlanks(written));
        if (address == null) {
            address = Addresses.normalize(Tokens.squeeze(phrase).replace("'", ""));
        }
        if (address == null) {
            address = obscured(written);
            if (address != null && written.equals(comment)) {
                return add(null, address); // Where there is no name, Pipermail writes the address twice.
            }
        }
        if (address != null) {
            return add(commentText(), address);
        }
        int found = out.size();
        if (written.indexOf('@') >= 0 && !addressesAmongWords(written)) {
            return false;
        }
        if (out.size() > found) {
            return true;
        }
        String name = Tokens.squeeze(phrase);
        boolean isName = comment == null && (name.indexOf(' ') > 0 || !name.equals(written) || name.contains("=?"));
        return addInvalid(isName ? text(name) : commentText(), written);
    }

    /** {@code Jane Doe jane@example.com}, {@code a@example.com b@example.com}: what no comma or bracket tells apart. */
    private boolean addressesAmongWords(String written) {
        int nameStart = 0;
        int wordStart = 0;
        while (wordStart < written.length()) {
            int wordEnd = wordEnd(written, wordStart);
            int from = wordStart;
            int to = wordEnd;
            while (from < to && "'[{|".indexOf(written.charAt(from)) >= 0) {
                from++;
            }
            while (to > from && "'>]}|.".indexOf(written.charAt(to - 1)) >= 0) {
                to--;
            }
            if (written.startsWith("mailto:", from)) {
                from = Math.min(to, from + 7);
            }
            String address = Addresses.normalize(written.substring(from, to));
            if (address != null) {
                String name = unquote(written.substring(nameStart, wordStart).trim());
                if (!add(name.isEmpty() ? commentText() : text(name), address)) {
                    return false;
                }
                nameStart = wordEnd;
            }
            wordStart = wordEnd;
            while (wordStart < written.length() && written.charAt(wordStart) == ' ') {
                wordStart++;
            }
        }
        return true;
    }

    /** The end of a word; a quoted string in it may hold blanks. */
    private int wordEnd(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != ' ') {
            int end = text.charAt(i) == '"' ? Tokens.quoteEnd(text, i) : -1;
            i = end < 0 ? i + 1 : end;
        }
        return i;
    }

    /** An address that an archive has obscured, which is named a defect; {@code null} when it is none. */
    private @Nullable String obscured(String text) {
        String address = ObscuredAddress.read(text);
        if (address != null) {
            defects.add(DefectCode.OBSCURED_ADDRESS, offset);
        }
        return address;
    }

    private boolean add(@Nullable String name, String address) {
        if (out.size() >= limit) {
            return false;
        }
        out.add(new Participant(role, name, address, group));
        return true;
    }

    private boolean addInvalid(@Nullable String name, String written) {
        if (!add(name, written)) {
            return false;
        }
        defects.add(DefectCode.INVALID_ADDRESS, offset);
        return true;
    }

    /** Adds the elements that turned out to be no part of a name. */
    private boolean flushPieces() {
        int from = 0;
        for (int i = 0; i < pieceCount; i++) {
            int to = pieces.indexOf("\n", from);
            String written = pieces.substring(from, to);
            boolean isName = written.indexOf(' ') > 0 || written.contains("=?");
            if (!addInvalid(isName ? text(written) : null, written)) {
                return false;
            }
            from = to + 1;
        }
        dropPieces();
        return true;
    }

    private void dropPieces() {
        pieces.setLength(0);
        pieceCount = 0;
    }

    private @Nullable String commentText() {
        return comment == null ? null : text(comment);
    }

    /** Decodes a display name; {@code null} when nothing is left. */
    private @Nullable String text(String written) {
        String decoded = Tokens.squeeze(EncodedWords.decode(written, defects, offset));
        return decoded.isEmpty() ? null : decoded;
    }

    /** Without blanks at the ends and around dots and at signs, where the obsolete syntax had them (RFC 5322 §4.4). */
    private static String withoutBlanks(String text) {
        if (text.indexOf(' ') < 0 || text.indexOf('@') < 0) {
            return text;
        }
        StringBuilder joined = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char before = i > 0 ? text.charAt(i - 1) : ' ';
            char after = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            boolean besideDot = before == '.' || before == '@' || after == '.' || after == '@';
            if (c != ' ' || !besideDot) {
                joined.append(c);
            }
        }
        return joined.toString();
    }

    private static String unquote(String text) {
        int last = text.length() - 1;
        boolean quoted = last > 0 && text.charAt(0) == '"' && text.charAt(last) == '"';
        return quoted ? Tokens.unescape(text, 1, last) : text;
    }
}
