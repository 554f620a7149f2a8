package org.listlens.body;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.header.MailCharsets;
import org.listlens.header.ParameterizedValue;
import org.listlens.mail.HeaderField;

/**
 * The fields of an entity that say how to read it (RFC 2045 §3, RFC 2183).
 *
 * @param type Content-Type; {@code null} when there is none
 * @param typeOffset where the field stands in the mail
 * @param encoding Content-Transfer-Encoding without comments, in lower case; {@code null} when there is none
 * @param encodingOffset where that field stands
 * @param disposition Content-Disposition; {@code null} when there is none
 * @param id Content-ID without brackets; {@code null} when there is none
 * @param location the octets from the entity's first to the first of its body; 0 when its header is elsewhere
 */
record ContentFields(
        @Nullable ParameterizedValue type,
        int typeOffset,
        @Nullable String encoding,
        int encodingOffset,
        @Nullable ParameterizedValue disposition,
        @Nullable String id,
        int location) {
    private static final int LONGEST_FIELD = 1 << 16;

    /** Takes them from a header; of each the first counts. */
    static ContentFields of(List<HeaderField> headers) {
        return of(headers, 0);
    }

    private static ContentFields of(List<HeaderField> headers, int location) {
        HeaderField type = null;
        HeaderField encoding = null;
        HeaderField disposition = null;
        HeaderField id = null;
        for (int i = 0, size = headers.size(); i < size; i++) {
            HeaderField field = headers.get(i);
            String name = field.name();
            // Most fields begin otherwise.
            if (name.length() < 10
                    || (name.charAt(0) | 0x20) != 'c'
                    || !name.regionMatches(true, 0, "Content-", 0, 8)) {
                continue;
            }
            if (type == null && field.is("Content-Type")) {
                type = field;
            } else if (encoding == null && field.is("Content-Transfer-Encoding")) {
                encoding = field;
            } else if (disposition == null && field.is("Content-Disposition")) {
                disposition = field;
            } else if (id == null && field.is("Content-ID")) {
                id = field;
            }
        }
        return new ContentFields(
                type == null ? null : ParameterizedValue.parse(type.value()),
                type == null ? -1 : type.offset(),
                encoding == null
                        ? null
                        : emptyToNull(ParameterizedValue.parse(encoding.value()).value()),
                encoding == null ? -1 : encoding.offset(),
                disposition == null ? null : ParameterizedValue.parse(disposition.value()),
                id == null ? null : emptyToNull(withoutBrackets(id.value())),
                location);
    }

    /**
     * Reads the header of a part, up to a blank line. A part whose first line is no field has no header (RFC 2046 §5.1
     * wants a blank line there, which some forget); a header without a blank line ends before the first line that is no
     * field.
     *
     * @param from the first octet of the part
     * @param to the end of the part
     */
    static ContentFields read(Octets octets, int from, int to) {
        byte[] bytes = octets.bytes();
        List<HeaderField> fields = new ArrayList<>(4);
        int at = from;
        while (at < to) {
            int end = Lines.end(bytes, at, to);
            int next = Lines.next(bytes, end, to);
            if (Lines.isBlank(bytes, at, end)) {
                at = next;
                break;
            }
            int colon = colon(bytes, at, end);
            if (colon < 0) {
                boolean mboxLine = at == from && Lines.startsWith(bytes, at, end, "From ");
                if (!mboxLine) {
                    break;
                }
                at = next;
                continue;
            }
            while (next < to && (bytes[next] == ' ' || bytes[next] == '\t')) {
                int continued = Lines.end(bytes, next, to);
                if (Lines.isBlank(bytes, next, continued)) {
                    break;
                }
                end = continued;
                next = Lines.next(bytes, end, to);
            }
            if (Lines.startsWithIgnoringCase(bytes, at, end, "content-")) {
                fields.add(field(octets, at, colon, end));
            }
            at = next;
        }
        return of(fields, at - from);
    }

    /** Where the colon after a field name stands; -1 when the line is no field. */
    private static int colon(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] > ' ' && bytes[at] != ':') {
            at++;
        }
        int name = at;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return name > from && at < to && bytes[at] == ':' ? at : -1;
    }

    private static HeaderField field(Octets octets, int from, int colon, int to) {
        byte[] bytes = octets.bytes();
        String name = new String(bytes, from, colon - from, StandardCharsets.ISO_8859_1).strip();
        int length = Math.min(to - colon - 1, LONGEST_FIELD);
        String value = new String(bytes, colon + 1, length, StandardCharsets.UTF_8);
        if (value.indexOf('\uFFFD') >= 0) {
            Charset western = MailCharsets.forName("windows-1252");
            value = new String(bytes, colon + 1, length, western == null ? StandardCharsets.ISO_8859_1 : western);
        }
        StringBuilder unfolded = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\r' && c != '\n' && c != 0) {
                unfolded.append(c);
            }
        }
        return new HeaderField(name, unfolded.toString().strip(), octets.place(from));
    }

    private static String withoutBrackets(String id) {
        String stripped = id.strip();
        int from = stripped.startsWith("<") ? 1 : 0;
        int to = stripped.endsWith(">") && stripped.length() > from ? stripped.length() - 1 : stripped.length();
        return stripped.substring(from, to);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
