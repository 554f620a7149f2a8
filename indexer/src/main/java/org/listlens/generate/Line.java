package org.listlens.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a text.
 *
 * @param depth how many times it is quoted
 * @param marks the quote marks before it as written, with the blank after them; empty when not quoted
 * @param content what comes after the marks
 * @param kind what an unquoted line is for; {@link Kind#TEXT} for quoted ones
 */
record Line(int depth, String marks, String content, Kind kind) {
    /** What an unquoted line is for. */
    enum Kind {
        TEXT,
        ATTRIBUTION,
        PATCH,
        SIGNATURE,
        FOOTER
    }

    /** How a mail program marks quoted lines. */
    enum Marks {
        /** {@code > text}, {@code >> text}: a blank once. */
        COMPACT,
        /** {@code > text}, {@code > > text}: a blank each time. */
        SPACED,
        /** {@code >text}, {@code >>text}: no blank. */
        TIGHT
    }

    private static final int WIDTH = 72;

    static Line of(String content, Kind kind) {
        return new Line(0, "", content, kind);
    }

    static Line text(String content) {
        return of(content, Kind.TEXT);
    }

    /** Whether a reader sees nothing but marks; a blank context line of a patch is one, too. */
    boolean blank() {
        return content.isBlank();
    }

    /** The line as it is written; a quoted blank line ends without a blank. */
    String written() {
        return content.isEmpty() ? marks.stripTrailing() : marks + content;
    }

    /** The line as somebody quotes it. */
    Line quoted(Marks style) {
        String outer = switch (style) {
            case COMPACT -> depth == 0 ? "> " : ">" + marks;
            case SPACED -> "> " + marks;
            case TIGHT -> ">" + marks;
        };
        return new Line(depth + 1, outer, content.stripTrailing(), Kind.TEXT);
    }

    /** This line, broken at blanks so that no piece is longer than a mail program makes lines. */
    List<Line> wrapped() {
        if (content.length() <= WIDTH + 24) {
            return List.of(this);
        }
        List<Line> pieces = new ArrayList<>();
        String rest = content;
        while (rest.length() > WIDTH) {
            int blank = rest.lastIndexOf(' ', WIDTH);
            int cut = blank > 0 ? blank : WIDTH;
            pieces.add(new Line(depth, marks, rest.substring(0, cut), kind));
            rest = rest.substring(cut).stripLeading();
        }
        if (!rest.isEmpty()) {
            pieces.add(new Line(depth, marks, rest, kind));
        }
        return pieces;
    }
}
