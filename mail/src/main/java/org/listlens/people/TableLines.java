package org.listlens.people;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The tables that come with the program, and files that users write like them: a line an entry, {@code #} for comments. */
final class TableLines {
    private TableLines() {}

    /**
     * An entry.
     *
     * @param number of its line, from 1 on
     * @param key the first word
     * @param value what follows it; empty when nothing does
     */
    record Line(int number, String key, String value) {}

    /** The entries of a text. A {@code #} begins a comment at the begin of a line and behind a blank. */
    static List<Line> read(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            number++;
            String line = withoutComment(text.substring(start, end)).strip();
            if (!line.isEmpty()) {
                int blank = 0;
                while (blank < line.length() && !Character.isWhitespace(line.charAt(blank))) {
                    blank++;
                }
                lines.add(new Line(
                        number, line.substring(0, blank), line.substring(blank).strip()));
            }
            start = end + 1;
        }
        return lines;
    }

    private static String withoutComment(String line) {
        int hash = line.indexOf('#');
        while (hash > 0 && !Character.isWhitespace(line.charAt(hash - 1))) {
            hash = line.indexOf('#', hash + 1);
        }
        return hash < 0 ? line : line.substring(0, hash);
    }

    /** The text of a table that comes with the program. */
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(TableLines.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the program cannot be read: " + name, e);
        }
    }
}
