package org.listlens.cli;

import java.io.PrintStream;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of plain text for a terminal, which stays readable where it is pasted. Written with the characters of UTF-8, and
 * printed with others where the terminal has not got them.
 */
final class Page {
    private static final int COLUMNS = 100;
    private static final int LEAST = 80;
    private static final int MOST = 160;

    /** What the page itself is drawn with, and what stands for it in ASCII. */
    private static final String DRAWN = "█▏…–·→▁▂▃▄▅▆▇";

    private static final String ASCII = "#|~--> .:-=+*";

    private final List<String> lines = new ArrayList<>();
    private final int width;

    Page(int width) {
        this.width = width;
    }

    /** The columns of a terminal as {@code COLUMNS} has them, within reason; 100 where that is not known. */
    static int width(@Nullable String columns) {
        try {
            return columns == null ? COLUMNS : Math.clamp(Integer.parseInt(columns.strip()), LEAST, MOST);
        } catch (NumberFormatException e) {
            return COLUMNS;
        }
    }

    int width() {
        return width;
    }

    void line(String text) {
        lines.add(text.stripTrailing());
    }

    void blank() {
        if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
            lines.add("");
        }
    }

    /** A text that begins after {@code first} and goes on below, at the same column, where the line is full. */
    void wrapped(String first, String text) {
        int indent = TerminalText.columns(first);
        int room = Math.max(20, width - indent);
        StringBuilder line = new StringBuilder(first);
        int used = 0;
        int start = 0;
        while (start < text.length()) {
            int blank = text.indexOf(' ', start);
            int end = blank < 0 ? text.length() : blank;
            String word = text.substring(start, end);
            int columns = TerminalText.columns(word);
            if (used > 0 && used + 1 + columns > room) {
                line(line.toString());
                line.setLength(0);
                line.append(" ".repeat(indent));
                used = 0;
            }
            line.append(used > 0 ? " " : "").append(word);
            used += columns + (used > 0 ? 1 : 0);
            start = end + 1;
        }
        line(line.toString());
    }

    /** A text made as wide as a number of columns, or left as it is where it is wider. */
    static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - TerminalText.columns(text)));
    }

    /** A text moved to the right end of a number of columns. */
    static String right(String text, int columns) {
        return " ".repeat(Math.max(0, columns - TerminalText.columns(text))) + text;
    }

    void print(PrintStream out) {
        CharsetEncoder encoder = out.charset().newEncoder();
        boolean plain = !encoder.canEncode(DRAWN);
        for (String line : lines) {
            out.println(plain ? plain(line) : line);
        }
    }

    private static String plain(String line) {
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            int drawn = DRAWN.indexOf(line.charAt(i));
            text.append(drawn < 0 ? line.charAt(i) : ASCII.charAt(drawn));
        }
        return text.toString();
    }
}
