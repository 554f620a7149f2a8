package org.listlens.trace;

import org.jspecify.annotations.Nullable;
import org.listlens.header.Repeats;
import org.listlens.header.UsualDate;
import org.listlens.mail.Stamp;

/**
 * A trace line of the usual form, cut into its id, its date and the rest. Between the same two hosts the rest is the same
 * in mail after mail, and most lines of an archive are between hosts that have been met before; so what the rest says is
 * remembered, and only id and date are read anew.
 *
 * <p>That holds where neither id nor date has a say in how the rest is read. The id is one word of characters that mean
 * nothing to {@link Tokens} and no word that begins a clause; of the two shapes that tell something of the software, Exim's
 * ids have a memory of their own and versions, which Exchange writes instead, are left in the rest. The date is the usual
 * one behind the last semicolon. {@link ReceivedParser} says, for the first line of its kind, whether it found them there.
 */
final class RepeatedLine {
    private static final int LINES = 8192;
    private static final int MAX_CHARS = 700;
    private static final int MIN_ID = 5;
    private static final int MAX_ID = 100;

    private static final Repeats<Received> KNOWN = new Repeats<>(LINES, MAX_CHARS);
    private static final Repeats<Received> KNOWN_EXIM = new Repeats<>(LINES / 4, MAX_CHARS);

    private final String rest;
    private final @Nullable String id;
    private final int idStart;
    private final int semicolon;
    private final Stamp stamp;

    private RepeatedLine(String rest, @Nullable String id, int idStart, int semicolon, Stamp stamp) {
        this.rest = rest;
        this.id = id;
        this.idStart = idStart;
        this.semicolon = semicolon;
        this.stamp = stamp;
    }

    /** The parts of a line; {@code null} for one of another form. */
    static @Nullable RepeatedLine of(String line) {
        int semicolon = line.lastIndexOf(';');
        if (semicolon < 0 || semicolon > MAX_CHARS + MAX_ID) {
            return null;
        }
        Stamp stamp = UsualDate.parseWhole(line, semicolon + 1);
        if (stamp == null) {
            return null;
        }
        int start = idStart(line, semicolon);
        if (start < 0) {
            return new RepeatedLine(line.substring(0, semicolon), null, -1, semicolon, stamp);
        }
        int end = idEnd(line, start, semicolon);
        if (end < 0) {
            return null;
        }
        String id = line.substring(start, end);
        String rest = Dialects.exchangeVersion(id) == null
                ? line.substring(0, start).concat(line.substring(end, semicolon))
                : line.substring(0, semicolon);
        return new RepeatedLine(rest, id, start, semicolon, stamp);
    }

    /** Where the word after the first {@code id} begins; -1 where there is none. */
    private static int idStart(String line, int end) {
        int at = line.indexOf("id ");
        while (at >= 0 && at < end) {
            if (at > 0 && line.charAt(at - 1) <= ' ') {
                at += 3;
                while (line.charAt(at) <= ' ') {
                    at++;
                }
                return at;
            }
            at = line.indexOf("id ", at + 1);
        }
        return -1;
    }

    /** Where an id ends that is one word and means nothing; -1 for any other. */
    private static int idEnd(String line, int start, int semicolon) {
        int end = start;
        while (end < semicolon && isIdChar(line.charAt(end))) {
            end++;
        }
        int length = end - start;
        boolean isWhole = end == semicolon || line.charAt(end) <= ' ';
        boolean isKeyword = length == 13 && line.regionMatches(true, start, "envelope-from", 0, 13);
        return isWhole && !isKeyword && length >= MIN_ID && length <= MAX_ID ? end : -1;
    }

    private static boolean isIdChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_'
                || c == '+'
                || c == '/'
                || c == '~'
                || c == '@';
    }

    /** Where the id begins; -1 where there is none. */
    int idStart() {
        return idStart;
    }

    int semicolon() {
        return semicolon;
    }

    private Repeats<Received> memory() {
        return Dialects.isEximId(id) ? KNOWN_EXIM : KNOWN;
    }

    /** What the line says, when the rest of it has been read before. */
    @Nullable
    Received known() {
        Received known = memory().get(rest);
        return known == null ? null : known.with(id, stamp);
    }

    /** Takes what was read from the line. */
    void remember(Received read) {
        memory().put(rest, read.with(null, null));
    }
}
