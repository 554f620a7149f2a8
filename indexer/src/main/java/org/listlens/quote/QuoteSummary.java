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
                LineHashes.sketch(lines, original).toList());
    }

    /** Gathers new and quoted text; gives how many lines stand at each depth. */
    private int[] texts() {
        int deepest = 0;
        for (int line = 0; line < lines.size(); line++) {
            deepest = Math.max(deepest, lines.depth(line));
        }
        int[] depths = new int[deepest + 1];
        // Blank lines count as a break between what stands around them, and only there.
        boolean gap = false;
        for (int line = 0; line < lines.size(); line++) {
            boolean blank = lines.isBlank(line);
            LineClass lineClass = lines.lineClass(line);
            if (!blank) {
                count(lineClass);
            }
            if (lines.depth(line) > 0) {
                depths[lines.depth(line)] += blank && lines.marks(line) == 0 ? 0 : 1;
                if (quoted.length() > 0) {
                    quoted.append('\n');
                }
                quoted.append(lines.text(), lines.contentStart(line), lines.end(line));
                gap = true;
                continue;
            }
            depths[0] += blank ? 0 : 1;
            if (blank || (lineClass != LineClass.NEW && lineClass != LineClass.TRAILER)) {
                gap = true;
                continue;
            }
            if (written.length() > 0) {
                written.append(gap ? "\n\n" : "\n");
            }
            written.append(lines.text(), lines.start(line), lines.end(line));
            gap = false;
        }
        return depths;
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
