package org.listlens.quote;

import java.util.ArrayList;
import java.util.List;
import org.listlens.mail.LineCounts;
import org.listlens.mail.Quotes;

/** Sums up the lines of a text. */
final class QuoteSummary {
    private final ClassifiedLines lines;
    private final StringBuilder written = new StringBuilder();
    private final StringBuilder quoted = new StringBuilder();
    // Lines of each class that are not blank.
    private int newLines;
    private int quotedLines;
    private int attributionLines;
    private int signatureLines;
    private int footerLines;
    private int patchLines;
    private int trailerLines;

    private QuoteSummary(ClassifiedLines lines) {
        this.lines = lines;
    }

    static Quotes of(ClassifiedLines lines, String original) {
        return new QuoteSummary(lines).sum(original);
    }

    private Quotes sum(String original) {
        int[] depths = texts();
        int deepest = depths.length - 1;
        if (deepest == 0 && depths[0] == 0) {
            return Quotes.NONE;
        }
        List<Integer> linesByDepth = new ArrayList<>(depths.length);
        for (int count : depths) {
            linesByDepth.add(count);
        }
        LineCounts counts = new LineCounts(
                newLines, quotedLines, attributionLines, signatureLines, footerLines, patchLines, trailerLines);
        return new Quotes(
                deepest,
                linesByDepth,
                counts,
                written.toString(),
                quoted.toString(),
                Reply.style(lines),
                List.of(),
                LineHashes.sketch(lines, deepest, original).toList());
    }

    /** Gathers new and quoted text; gives how many lines stand at each depth. */
    private int[] texts() {
        int deepest = 0;
        int quotedLength = 0;
        for (int line = 0; line < lines.size(); line++) {
            int depth = lines.depth(line);
            if (depth > 0) {
                deepest = Math.max(deepest, depth);
                quotedLength += lines.end(line) - lines.contentStart(line) + 1;
            }
        }
        quoted.ensureCapacity(quotedLength);
        int[] depths = new int[deepest + 1];
        // The lines of the author's that follow each other are taken together; -1 without any.
        int run = -1;
        for (int line = 0; line < lines.size(); line++) {
            boolean blank = lines.isBlank(line);
            LineClass lineClass = lines.lineClass(line);
            int depth = lines.depth(line);
            if (!blank) {
                count(lineClass);
            }
            if (depth > 0) {
                depths[depth] += blank && lines.marks(line) == 0 ? 0 : 1;
                if (!quoted.isEmpty()) {
                    quoted.append('\n');
                }
                quoted.append(lines.text(), lines.contentStart(line), lines.end(line));
            } else {
                depths[0] += blank ? 0 : 1;
            }
            boolean own = depth == 0 && !blank && (lineClass == LineClass.NEW || lineClass == LineClass.TRAILER);
            if (own && run < 0) {
                run = line;
            } else if (!own && run >= 0) {
                write(run, line);
                run = -1;
            }
        }
        if (run >= 0) {
            write(run, lines.size());
        }
        return depths;
    }

    /** Blank lines count as a break between what stands around them, and only there. */
    private void write(int from, int to) {
        if (!written.isEmpty()) {
            written.append("\n\n");
        }
        written.append(lines.text(), lines.start(from), lines.end(to - 1));
    }

    private void count(LineClass lineClass) {
        switch (lineClass) {
            case NEW -> newLines++;
            case QUOTED -> quotedLines++;
            case ATTRIBUTION -> attributionLines++;
            case SIGNATURE -> signatureLines++;
            case FOOTER -> footerLines++;
            case PATCH -> patchLines++;
            case TRAILER -> trailerLines++;
        }
    }
}
