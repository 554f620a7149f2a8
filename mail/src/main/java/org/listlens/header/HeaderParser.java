package org.listlens.header;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;

/**
 * Splits a mail into header fields and body (RFC 5322 §2.1, §2.2), in one pass over its octets.
 *
 * <p>Lines end with LF, CRLF or, in mails that have been through old Macintoshes, a lone CR. What does not follow the
 * standard is salvaged and named: see {@link DefectCode}. The one thing that a header cannot tell for certain is where
 * it ends when the blank line is missing. Here a line that is neither field nor continuation ends it, unless a field
 * that prose does not have (a registered name or {@code X-…}, and no second {@code From}, {@code To} …) follows within
 * the next lines and before a blank one.
 */
public final class HeaderParser {
    /** How many lines ahead a field may be for a stray line to lie within the header. */
    private static final int LOOK_AHEAD_LINES = 16;

    /** No trace field that lines have been lost from is longer. */
    private static final int MAX_TRACE = 2000;

    private static final byte[] BLANK = {' '};

    private final byte[] bytes;
    private final int length;
    private final HeaderLines lines;
    private final Limits limits;
    private final Defects defects;
    private final List<HeaderField> fields = new ArrayList<>(48);

    /** The bits of the fields met that may stand once; see {@link FieldNames#onceBit}. */
    private int once;

    // The field being read: its name, and its value up to now in bytes[valueStart, valueEnd) or, once it is folded, in
    // folded[0, foldedLength).
    private boolean open;
    private int fieldStart;
    private int fieldNameEnd;
    private int valueStart;
    private int valueEnd;
    private boolean isFolded;
    private boolean cut;
    private byte[] folded = new byte[1024];
    private int foldedLength;

    private boolean bareCrNoted;
    private boolean tooManyNoted;

    /** Where the look ahead last found a field; stray lines before it lie within the header. */
    private int fieldAhead = -1;

    private HeaderParser(byte[] bytes, int length, Limits limits, Defects defects) {
        this.bytes = bytes;
        this.length = length;
        this.lines = new HeaderLines(bytes, length);
        this.limits = limits;
        this.defects = defects;
    }

    /**
     * Parses the header of the mail in {@code bytes[0, length)}.
     *
     * @param limits bounds the fields and their size; what lies beyond is skipped, the body is found all the same
     * @param defects takes what is wrong with the header
     */
    public static HeaderBlock parse(byte[] bytes, int length, Limits limits, Defects defects) {
        return new HeaderParser(bytes, length, limits, defects).parse();
    }

    private HeaderBlock parse() {
        int start = 0;
        if (length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            defects.add(DefectCode.BYTE_ORDER_MARK, 0);
            start = 3;
        }
        int first = lines.skipBlankLines(start);
        if (first == length) {
            defects.add(DefectCode.EMPTY_MAIL);
            return new HeaderBlock(fields, length);
        }
        if (first > start) {
            lines.scan(first);
            int afterFrom = lines.isFromLine(first, lines.end) ? lines.next : first;
            if (!knownFieldAt(afterFrom)) {
                // The header is empty and the first blank line ends it.
                defects.add(DefectCode.NO_HEADER);
                lines.scan(start);
                return new HeaderBlock(fields, lines.next);
            }
            defects.add(DefectCode.LEADING_BLANK_LINES, start);
        }
        int body = collapsed(first);
        if (body < 0) {
            body = collapsedBehindFromLine(first);
        }
        if (body < 0) {
            body = fields(first);
        }
        if (fields.isEmpty()) {
            defects.add(DefectCode.NO_HEADER);
        }
        return new HeaderBlock(fields, body);
    }

    /** Reads field after field; returns where the body begins. */
    private int fields(int start) {
        int pos = start;
        while (pos < length) {
            lines.scan(pos);
            int end = lines.end;
            int next = lines.next;
            if (lines.endedByCr && !bareCrNoted) {
                bareCrNoted = true;
                defects.add(DefectCode.BARE_CR, end);
            }
            int first = lines.skipNul(pos, end);
            if (first == end) {
                if (first > pos) {
                    defects.add(DefectCode.NUL_IN_HEADER, pos);
                }
                close();
                return next;
            }
            boolean continuation = HeaderText.isBlank(bytes[first]);
            if (continuation && lines.isBlank(first, end)) {
                if (!headerGoesOn(next, true)) {
                    close();
                    return next;
                }
            } else if (continuation && open) {
                fold(first, end);
            } else {
                int name = continuation ? lines.skipBlanks(first, end) : first;
                int colon = lines.colon(name, end);
                if (colon >= 0 && (!continuation || knownFieldAt(name))) {
                    if (continuation) {
                        // The look ahead has read other names.
                        lines.colon(name, end);
                    }
                    open(name, lines.nameEnd, colon, end);
                } else if (!stray(first, end, next)) {
                    return pos;
                }
            }
            pos = next;
        }
        close();
        return length;
    }

    /**
     * Takes a line that is neither field nor continuation; returns whether the header goes on after it.
     *
     * <p>A trace field that still lacks its date goes on, too: the line is left out of it, or is taken for a fold that
     * lost its blank where it begins like one.
     */
    private boolean stray(int first, int end, int next) {
        boolean undated = open && isUndatedTrace();
        if (!undated) {
            close();
        }
        boolean from = lines.isFromLine(first, end);
        boolean text = fields.isEmpty() && lines.isTextual(first, end);
        if (!from && (text || !headerGoesOn(next, false))) {
            close();
            if (!fields.isEmpty()) {
                defects.add(DefectCode.MISSING_BLANK_LINE, first);
            }
            return false;
        }
        from |= lines.startsWith(first, end, "From ") || lines.startsWith(first, end, ">From ");
        defects.add(from ? DefectCode.FROM_LINE_IN_HEADER : DefectCode.STRAY_HEADER_LINE, first);
        if (undated && !from && lines.isTraceClause(first, end)) {
            fold(first, first);
            append(BLANK, 0, 1);
            fold(first, end);
        }
        return true;
    }

    /** Whether the field being read is {@code Received} or {@code X-Received}, and no semicolon has set a date apart yet. */
    private boolean isUndatedTrace() {
        int length = fieldNameEnd - fieldStart;
        boolean trace = (length == 8 && lines.isWord(fieldStart, "received"))
                || (length == 10 && lines.isWord(fieldStart, "x-received"));
        if (!trace || cut) {
            return false;
        }
        byte[] value = isFolded ? folded : bytes;
        int from = isFolded ? 0 : valueStart;
        int to = Math.min(isFolded ? foldedLength : valueEnd, from + MAX_TRACE);
        for (int i = from; i < to; i++) {
            if (value[i] == ';') {
                return false;
            }
        }
        return to < from + MAX_TRACE;
    }

    private void open(int start, int endOfName, int colon, int end) {
        close();
        open = true;
        isFolded = false;
        cut = false;
        fieldStart = start;
        fieldNameEnd = endOfName;
        valueStart = Math.min(colon + 1, end);
        valueEnd = end;
        if (end - start > limits.fieldBytes()) {
            cut = true;
            valueEnd = Math.max(valueStart, characterStart(start + limits.fieldBytes()));
        }
        if (endOfName < colon) {
            defects.add(DefectCode.SPACE_BEFORE_COLON, start);
        }
    }

    /** Adds a continuation line, its leading blank included (RFC 5322 §2.2.3). */
    private void fold(int from, int end) {
        if (fields.size() >= limits.fields() || cut) {
            return;
        }
        int keep = end;
        if (end - fieldStart > limits.fieldBytes()) {
            cut = true;
            keep = Math.max(from, characterStart(fieldStart + limits.fieldBytes()));
        }
        if (!isFolded) {
            isFolded = true;
            foldedLength = 0;
            append(bytes, valueStart, valueEnd);
        }
        append(bytes, from, keep);
    }

    private void append(byte[] octets, int from, int to) {
        int size = to - from;
        if (foldedLength + size > folded.length) {
            folded = Arrays.copyOf(folded, Math.max(folded.length * 2, foldedLength + size));
        }
        System.arraycopy(octets, from, folded, foldedLength, size);
        foldedLength += size;
    }

    /** Ends the field that is being read, if any. */
    private void close() {
        if (!open) {
            return;
        }
        open = false;
        if (cut) {
            defects.add(DefectCode.FIELD_TOO_LONG, fieldStart);
        }
        if (isFolded) {
            add(fieldStart, fieldNameEnd, folded, 0, foldedLength);
        } else {
            add(fieldStart, fieldNameEnd, bytes, valueStart, valueEnd);
        }
    }

    /** Adds a field, unless there are too many; its name is in {@code bytes}, its value in {@code value[from, to)}. */
    void add(int start, int endOfName, byte[] value, int from, int to) {
        if (fields.size() >= limits.fields()) {
            if (!tooManyNoted) {
                tooManyNoted = true;
                defects.add(DefectCode.TOO_MANY_FIELDS, start);
            }
            return;
        }
        String name = name(start, endOfName);
        int bit = FieldNames.onceBit(name);
        if ((once & bit) != 0) {
            defects.add(DefectCode.DUPLICATE_FIELD, start);
        }
        once |= bit;
        fields.add(new HeaderField(name, HeaderText.decode(value, from, to, defects, start), start));
    }

    private String name(int start, int end) {
        String met = FieldNames.met(bytes, start, end);
        if (met != null) {
            return met;
        }
        for (int i = start; i < end; i++) {
            if (bytes[i] == 0) {
                return HeaderText.decode(bytes, start, end, defects, start);
            }
        }
        return FieldNames.read(bytes, start, end);
    }

    /** Whether a field that may stand once has been met. */
    boolean met(String name) {
        return (once & FieldNames.onceBit(name)) != 0;
    }

    /** Reads a mail whose line breaks were lost; returns where its body begins, or -1 when it has line breaks. */
    private int collapsed(int start) {
        lines.scan(start);
        int end = lines.end;
        if (lines.next < length) {
            int after = lines.next;
            lines.scan(after);
            if (lines.skipNul(after, lines.end) < lines.end
                    && (HeaderText.isBlank(bytes[after]) || lines.colon(after, lines.end) >= 0)) {
                return -1;
            }
            lines.scan(start);
        }
        int body = new CollapsedHeader(this, bytes, start, end).split();
        if (body < end) {
            return body;
        }
        // The blank line may have survived.
        int rest = lines.next;
        if (rest < length) {
            lines.scan(rest);
            if (lines.isBlank(rest, lines.end)) {
                rest = lines.next;
            }
        }
        return rest;
    }

    /** Reads a mail that lost its line breaks but the one behind the {@code From} line of an mbox; -1 for any other. */
    private int collapsedBehindFromLine(int start) {
        lines.scan(start);
        if (!lines.isFromLine(start, lines.end) || lines.next == length) {
            return -1;
        }
        int body = collapsed(lines.next);
        if (body >= 0) {
            defects.add(DefectCode.FROM_LINE_IN_HEADER, start);
        }
        return body;
    }

    void noteCollapsed(int offset) {
        defects.add(DefectCode.LINE_BREAKS_LOST, offset);
    }

    /**
     * Whether, after a line that does not belong into a header, it goes on at {@code from}.
     *
     * @param afterBlank the line was made of blanks: a body may follow, and only a field or continuation right after it
     *     shows that none does
     */
    private boolean headerGoesOn(int from, boolean afterBlank) {
        if (from <= fieldAhead) {
            return true;
        }
        int pos = from;
        for (int line = 0; line < LOOK_AHEAD_LINES && pos < length; line++) {
            lines.scan(pos);
            int first = lines.skipNul(pos, lines.end);
            if (first == lines.end) {
                return false;
            }
            int next = lines.next;
            if (knownFieldAt(first)) {
                fieldAhead = pos;
                return true;
            }
            if (fields.isEmpty() && lines.isTextual(first, lines.end)) {
                return false;
            }
            if (afterBlank && !HeaderText.isBlank(bytes[first])) {
                return false;
            }
            pos = next;
        }
        return false;
    }

    /** Whether a line begins at {@code pos} with a field whose name prose does not have. */
    private boolean knownFieldAt(int pos) {
        int colon = lines.colon(pos, length);
        if (colon < 0) {
            return false;
        }
        String name = new String(bytes, pos, lines.nameEnd - pos, StandardCharsets.ISO_8859_1);
        return FieldNames.known(name) && !met(name);
    }

    /** The start of the UTF-8 character that {@code pos} lies in, so that a cut leaves no half. */
    private int characterStart(int pos) {
        int start = pos;
        while (start > 0 && pos - start < 3 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        return start;
    }
}
