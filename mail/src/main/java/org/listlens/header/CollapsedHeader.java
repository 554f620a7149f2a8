package org.listlens.header;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.listlens.header.CollapsedValue.Grammar;

/**
 * The header of a mail whose line breaks became blanks ({@code LINE_BREAKS_LOST}), so that header and body are one line.
 *
 * <p>A field begins where a distinctive field name stands between a blank and a colon that a blank follows. Its value
 * runs to the next such place, with three exceptions. The names in the {@code h=} tag of a signature begin nothing. A
 * name that is less distinctive begins a field where the header goes on behind it and its value could be one. And the
 * value of a field with a grammar (dates, ids, tokens, media types, addresses) ends where its grammar does; when no
 * field follows there, the body does. A second {@code From}, {@code To}, {@code Subject} … lies in the body, too.
 */
final class CollapsedHeader {
    /** So many fields there must be, for one or two names followed by a colon also occur in subjects and prose. */
    private static final int MIN_FIELDS = 3;

    /** More of them where nothing separates a name from the value before it. */
    private static final int MIN_GLUED_FIELDS = 5;

    private static final int MAX_NAME = 64;

    private static final int LONG_SUBJECT = 1000;

    /** More places than any header has fields. */
    private static final int MAX_NAMES = 20_000;

    /** How many of the less distinctive names are looked at before the next distinctive one. */
    private static final int MAX_POSSIBLE = 16;

    private final HeaderParser header;
    private final byte[] bytes;
    private final int start;
    private final int end;
    private final CollapsedValue values;

    /** Where fields seem to begin, their colons, and whether their names are distinctive; ascending. */
    private int[] starts = new int[64];

    private int[] colons = new int[64];
    private boolean[] distinctive = new boolean[64];
    private int count;
    private int distinctiveCount;

    /** Whether the names of the fields are written in small letters. */
    private boolean smallLetters;

    CollapsedHeader(HeaderParser header, byte[] bytes, int start, int end) {
        this.header = header;
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.values = new CollapsedValue(bytes);
    }

    /** Adds the fields of the line; returns where the body begins, or -1 when the line is not a collapsed header. */
    int split() {
        findNames();
        if (distinctiveCount < MIN_FIELDS || !(isFirst(0) || mboxLine()) || isSubjectOnly()) {
            return -1;
        }
        header.noteCollapsed(start);
        int at = 0;
        while (!distinctive[at] && starts[at] != start) {
            at++;
        }
        int nameStart = starts[at];
        int colon = colons[at];
        int next = at + 1;
        while (true) {
            int value = colon + 1;
            String name = name(nameStart, colon);
            Grammar grammar = CollapsedValue.grammar(name);
            int possible = next;
            while (next < count
                    && (!distinctive[next] || starts[next] < value || isQuoted(next, name, grammar, value))) {
                next++;
            }
            boolean last = next == count || isMet(next) || isSecond(next, name);
            // A subject of that length holds the body, and the field in sight lies in it.
            last = last || (name.equalsIgnoreCase("Subject") && starts[next] - value > LONG_SUBJECT);
            int bound = next == count ? end : starts[next];
            int sooner = last ? -1 : possibleName(possible, next, grammar, value);
            bound = sooner < 0 ? bound : starts[sooner];
            int valueEnd = values.end(grammar, value, bound, last);
            int after = values.skipBlanks(valueEnd, end);
            boolean more = !last && after < bound && !isTextual(after) && compoundNameAt(after) < 0;
            if (more && bound - valueEnd < CollapsedValue.FREE_TEXT && (sooner >= 0 || !isInPatches(next))) {
                // What follows the value belongs to it, for the header goes on.
                valueEnd = bound;
                after = bound;
            }
            header.add(nameStart, colon, bytes, value, valueEnd);
            if (after == end) {
                return end;
            }
            if (sooner >= 0 && after == starts[sooner]) {
                nameStart = after;
                colon = colons[sooner];
                next = sooner + 1;
            } else if (next < count && after == starts[next] && !isMet(next)) {
                nameStart = after;
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

    /** Whether a field that may stand once has been met; not one that some programs write twice. */
    private boolean isMet(int next) {
        String name = name(starts[next], colons[next]);
        return header.met(name) && !name.equalsIgnoreCase("References") && !name.equalsIgnoreCase("In-Reply-To");
    }

    /** Whether a quote, a signature or a boundary begins here. */
    private boolean isTextual(int at) {
        return bytes[at] == '>' || (bytes[at] == '-' && at + 1 < end && bytes[at + 1] == '-');
    }

    private boolean isFirst(int name) {
        return starts[name] == start;
    }

    /** Whether all that there is are names of addressees behind a subject: it speaks of them. */
    private boolean isSubjectOnly() {
        if (!isFirst(0) || !name(starts[0], colons[0]).equalsIgnoreCase("Subject")) {
            return false;
        }
        for (int i = 1; i < count; i++) {
            String name = name(starts[i], colons[i]);
            if (distinctive[i] && (name.indexOf('-') > 0 || name.equals("Date") || name.equals("Received"))) {
                return false;
            }
        }
        return true;
    }

    /** Whether this field is one that the body of a patch may begin with, among its trailers. */
    private boolean isInPatches(int next) {
        String name = name(starts[next], colons[next]);
        return name.equalsIgnoreCase("Cc") || name.equalsIgnoreCase("To");
    }

    /** Whether a name is the one of the field that it stands in, which there is but once. */
    private boolean isSecond(int next, String name) {
        return FieldNames.onceBit(name) != 0 && name.equalsIgnoreCase(name(starts[next], colons[next]));
    }

    /** Whether a name that looks like a field is a part of the value. */
    private boolean isQuoted(int next, String name, Grammar grammar, int value) {
        return inSignedNames(grammar, value, starts[next]) || (grammar == Grammar.PROSE && isSecond(next, name));
    }

    /** Whether the line begins with the {@code From} line of an mbox, which lost its line break, too. */
    private boolean mboxLine() {
        return bytes[start] == 'F'
                && starts[0] - start < 512
                && new String(bytes, start, 5, StandardCharsets.ISO_8859_1).equals("From ");
    }

    private void findNames() {
        findNames(true);
        int glued = distinctiveCount;
        findNames(false);
        if (glued >= MIN_GLUED_FIELDS && glued >= 2 * distinctiveCount) {
            findNames(true);
        }
    }

    /**
     * Finds the names before the colons.
     *
     * @param glued whether a name may stand right behind the value before it, the line breaks having left nothing
     */
    private void findNames(boolean glued) {
        count = 0;
        distinctiveCount = 0;
        for (int i = start; i < end && count < MAX_NAMES; i++) {
            if (bytes[i] == ':' && i > start) {
                int from = i;
                while (from > start && i - from <= MAX_NAME && isName(bytes[from - 1])) {
                    from--;
                }
                if (glued && i - from > 1 && from > start) {
                    from = gluedName(from, i);
                }
                boolean alone = glued || from == start || HeaderText.isBlank(bytes[from - 1]);
                if (from < i && alone) {
                    found(from, i);
                }
            }
        }
    }

    /** Where the longest known name begins that ends at the colon; the colon where none does. */
    private int gluedName(int from, int colon) {
        int first = colon;
        while (first > from && (Character.isLetterOrDigit(bytes[first - 1]) || bytes[first - 1] == '-')) {
            first--;
        }
        for (int i = first; i < colon; i++) {
            boolean capital = bytes[i] >= 'A' && bytes[i] <= 'Z';
            String name = capital ? name(i, colon) : "";
            if (capital && (FieldNames.distinctive(name, false) || FieldNames.prose(name))) {
                return i;
            }
        }
        return colon;
    }

    private void found(int from, int colon) {
        String name = name(from, colon);
        boolean spaced = colon + 1 == end || HeaderText.isBlank(bytes[colon + 1]);
        // Some write no blank behind the colon: ARC-Seal:i=1
        boolean plain = spaced || (name.indexOf('-') > 0 && name.charAt(0) <= 'Z' && isValueStart(bytes[colon + 1]));
        if (count == 0) {
            smallLetters = from == start && name.charAt(0) >= 'a' && FieldNames.known(name);
        }
        boolean isDistinctive = plain && FieldNames.distinctive(name, smallLetters);
        if (!isDistinctive && !(spaced && FieldNames.possible(name))) {
            return;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            colons = Arrays.copyOf(colons, count * 2);
            distinctive = Arrays.copyOf(distinctive, count * 2);
        }
        starts[count] = from;
        colons[count] = colon;
        distinctive[count++] = isDistinctive;
        distinctiveCount += isDistinctive ? 1 : 0;
    }

    private static boolean isValueStart(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '<'
                || b == '"'
                || b == '_';
    }

    /** The first of the less distinctive names before {@code next} that begins a field within this value; -1 for none. */
    private int possibleName(int from, int next, Grammar grammar, int value) {
        int looked = 0;
        for (int i = from; i < next && looked < MAX_POSSIBLE; i++) {
            if (starts[i] >= value && !distinctive[i]) {
                looked++;
                if (isPossible(i, grammar, value)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private boolean isPossible(int i, Grammar grammar, int value) {
        String name = name(starts[i], colons[i]);
        boolean compound = name.indexOf('-') > 0;
        int word = values.skipBlanks(colons[i] + 1, end);
        int bound = i + 1 < count ? Math.max(word, starts[i + 1]) : end;
        int wordEnd = Math.min(values.tokenEnd(word, bound), word + MAX_NAME);
        if (!FieldNames.plausible(name, name(word, wordEnd))) {
            return false;
        }
        int before = starts[i] - 1;
        while (before >= value && HeaderText.isBlank(bytes[before])) {
            before--;
        }
        boolean isValueEmpty = before < value;
        return switch (grammar) {
            case PROSE -> !compound && !isValueEmpty;
            case ADDRESSES -> !isValueEmpty && bytes[before] != ',';
            case TRACE -> isDateEnd(before, value);
            case SIGNATURE -> bytes[before] != ':' && bytes[before] != '=';
            default -> true;
        };
    }

    /** Whether what ends here looks like the date of a trace line: its semicolon is not far. */
    private boolean isDateEnd(int at, int value) {
        for (int i = at; i >= value && at - i < 80; i--) {
            if (bytes[i] == ';') {
                return true;
            }
        }
        return false;
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
        tag = values.skipBlanks(tag, end);
        return bytes[tag] == 'h' && (bytes[tag + 1] == '=' || HeaderText.isBlank(bytes[tag + 1]));
    }

    private static boolean isName(byte b) {
        return b > ' ' && b < 127 && b != ':';
    }

    private String name(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
