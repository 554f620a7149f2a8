package org.listlens.cli;

import java.util.ArrayList;
import java.util.List;
import org.listlens.mail.BodyText;
import org.listlens.mail.Quotation;
import org.listlens.mail.Quotes;
import org.listlens.quote.ClassifiedLines;
import org.listlens.quote.LineClass;
import org.listlens.quote.OriginalLines;
import org.listlens.quote.QuoteParser;

/** Where in a mail what is new and what is quoted, by runs of lines with their depth as a bar. */
final class QuoteMap {
    private static final int RUNS = 60;
    private static final int QUOTED = 12;
    private static final int BAR = 8;

    private final Page page;
    private final Quotes quotes;
    private final ClassifiedLines classified;
    private final OriginalLines lines;
    private final int numbers;

    QuoteMap(Page page, BodyText text) {
        this.page = page;
        this.quotes = text.quote();
        this.classified = QuoteParser.classify(text.text());
        this.lines = OriginalLines.of(text.original(), classified);
        this.numbers = 2 * Integer.toString(Math.max(1, lines.size())).length() + 1;
    }

    void write() {
        quoted();
        int shown = 0;
        int from = 0;
        while (from < lines.size()) {
            int to = end(from);
            int first = firstWritten(from, to);
            if (first < to) {
                if (shown++ == RUNS) {
                    page.line("  … and the lines from " + (first + 1) + " to " + lines.size());
                    return;
                }
                run(first, lastWritten(first, to));
            }
            from = to;
        }
    }

    private void quoted() {
        List<String> people = new ArrayList<>();
        List<Quotation> quotations = quotes.quotations();
        for (int i = 0; i < quotations.size(); i++) {
            Quotation quotation = quotations.get(i);
            String who = quotation.name() == null ? quotation.address() : quotation.name();
            String entry = (who == null ? "somebody" : InspectText.safe(who)) + " at depth " + quotation.depth();
            if (!people.contains(entry)) {
                people.add(entry);
            }
        }
        if (!people.isEmpty()) {
            boolean more = people.size() > QUOTED;
            page.wrapped(
                    Page.padded("  quoted", 12),
                    String.join(", ", more ? people.subList(0, QUOTED) : people) + (more ? ", …" : ""));
        }
    }

    /** The line after the run of lines of one class and depth; blank lines go with what stands above them. */
    private int end(int from) {
        int to = from + 1;
        int first = firstWritten(from, lines.size());
        while (to < lines.size() && (to <= first || isBlank(to) || same(first, to))) {
            to++;
        }
        return to;
    }

    private boolean same(int line, int other) {
        int one = lines.classified(line);
        int two = lines.classified(other);
        return classified.lineClass(one) == classified.lineClass(two) && classified.depth(one) == classified.depth(two);
    }

    private int firstWritten(int from, int to) {
        int line = from;
        while (line < to && isBlank(line)) {
            line++;
        }
        return line;
    }

    private int lastWritten(int from, int to) {
        int line = to - 1;
        while (line > from && isBlank(line)) {
            line--;
        }
        return line;
    }

    /** Whether a line holds nothing but blanks and quote marks. */
    private boolean isBlank(int line) {
        String text = lines.line(line);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > ' ' && text.charAt(i) != '>') {
                return false;
            }
        }
        return true;
    }

    private void run(int first, int last) {
        int line = lines.classified(first);
        int depth = classified.depth(line);
        LineClass lineClass = classified.lineClass(line);
        String range = first == last ? Integer.toString(first + 1) : (first + 1) + "–" + (last + 1);
        String bar = depth <= BAR ? "█".repeat(depth) : "█".repeat(BAR - 1) + "…";
        String label = lineClass == LineClass.QUOTED || depth > 0 ? lineClass.label() + " " + depth : lineClass.label();
        String head =
                "  " + Page.right(range, numbers) + "  " + Page.padded(bar, BAR) + "  " + Page.padded(label, 14) + "  ";
        int room = Math.max(20, page.width() - TerminalText.columns(head));
        page.line(head + TerminalText.line(classified.content(line).strip(), room));
    }
}
