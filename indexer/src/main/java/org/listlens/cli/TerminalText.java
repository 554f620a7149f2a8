package org.listlens.cli;

import org.listlens.mail.HiddenCharacters;

/** Text from mail, made safe for a terminal: what strangers wrote must not move the cursor or reorder a line. */
final class TerminalText {
    /** First and last code points of the East Asian wide and fullwidth blocks (Unicode UAX #11), emoji included. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x2E80, 0xA4CF, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6,
        0x1F300, 0x1FAFF, 0x20000, 0x3FFFD
    };

    private TerminalText() {}

    /**
     * The text on one line, without control characters (C0, C1, escape sequences), bidirectional marks and invisible
     * format characters, cut to a number of columns with {@code …} at the end. Wide characters count twice.
     */
    static String line(String text, int columns) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), columns));
        int used = 0;
        boolean blank = true;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                point = ' ';
            }
            if ((point == ' ' && blank) || HiddenCharacters.isHidden(point)) {
                continue;
            }
            blank = point == ' ';
            int width = width(point);
            if (used + width > (i < text.length() ? columns - 1 : columns)) {
                return line.append('…').toString();
            }
            line.appendCodePoint(point);
            used += width;
        }
        return line.toString().stripTrailing();
    }

    /** How many columns a text takes that {@link #line} gave. */
    static int columns(String line) {
        int columns = 0;
        for (int i = 0; i < line.length(); ) {
            int point = line.codePointAt(i);
            i += Character.charCount(point);
            columns += width(point);
        }
        return columns;
    }

    private static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
            if (point >= WIDE[i] && point <= WIDE[i + 1]) {
                return 2;
            }
        }
        return 1;
    }
}
