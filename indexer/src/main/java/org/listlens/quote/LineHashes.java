package org.listlens.quote;

import java.util.Arrays;
import org.listlens.mail.QuoteSketch;

/** Hashes the lines of a text for its {@link QuoteSketch}. */
final class LineHashes {
    /** Letters and digits that a line must have to tell one mail from another. */
    private static final int LEAST = 20;

    /** Mixed with each character: the odd constant of FNV-1a, 32 bits. */
    private static final int PRIME = 0x01000193;

    private static final int BASIS = 0x811C9DC5;

    private final ClassifiedLines lines;
    private final int[][] hashes;
    private final int[] counts;
    private int hash;
    private int letters;

    private LineHashes(ClassifiedLines lines, int depths) {
        this.lines = lines;
        this.hashes = new int[depths][];
        this.counts = new int[depths];
        Arrays.fill(hashes, new int[0]);
    }

    /**
     * The sketch of a text.
     *
     * @param original the text before the paragraphs of {@code format=flowed} were put together: who answers quotes the
     *     lines as they stood or the paragraphs, so both have their hashes
     */
    static QuoteSketch sketch(ClassifiedLines lines, String original) {
        int deepest = 0;
        for (int line = 0; line < lines.size(); line++) {
            deepest = Math.max(deepest, lines.depth(line));
        }
        LineHashes hashes = new LineHashes(lines, Math.min(deepest, QuoteSketch.MAX_DEPTH) + 1);
        hashes.ofText();
        if (!original.equals(lines.text())) {
            hashes.ofOriginal(original);
        }
        for (int depth = 0; depth < hashes.counts.length; depth++) {
            hashes.hashes[depth] = Arrays.copyOf(hashes.hashes[depth], hashes.counts[depth]);
        }
        return QuoteSketch.of(hashes.hashes);
    }

    private void ofText() {
        for (int line = 0; line < lines.size(); line++) {
            if (counts(line)) {
                begin();
                add(lines.text(), lines.contentStart(line), lines.end(line));
                // What a mailer broke in two was one line in the mail that it comes from.
                if (line + 1 < lines.size() && lines.isRest(line + 1)) {
                    line++;
                    add(lines.text(), lines.contentStart(line), lines.end(line));
                }
                end(lines.depth(line));
            }
        }
    }

    private void ofOriginal(String original) {
        OriginalLines map = OriginalLines.of(original, lines);
        for (int line = 0; line < map.size(); line++) {
            if (counts(map.classified(line))) {
                begin();
                add(original, map.start(line), map.end(line));
                end(lines.depth(map.classified(line)));
            }
        }
    }

    private boolean counts(int line) {
        if (lines.depth(line) >= counts.length) {
            return false;
        }
        return switch (lines.lineClass(line)) {
            case NEW, QUOTED, PATCH, TRAILER -> true;
            case ATTRIBUTION, SIGNATURE, FOOTER -> false;
        };
    }

    private void begin() {
        hash = BASIS;
        letters = 0;
    }

    private void add(String text, int from, int to) {
        int mixed = hash;
        int counted = letters;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 128) {
                boolean upper = c >= 'A' && c <= 'Z';
                if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                    mixed = (mixed ^ (upper ? c + 32 : c)) * PRIME;
                    counted++;
                }
            } else if (Character.isLetterOrDigit(c)) {
                mixed = (mixed ^ Character.toLowerCase(c)) * PRIME;
                counted++;
            }
        }
        hash = mixed;
        letters = counted;
    }

    private void end(int depth) {
        if (letters < LEAST) {
            return;
        }
        if (counts[depth] == hashes[depth].length) {
            hashes[depth] = Arrays.copyOf(hashes[depth], Math.max(16, 2 * counts[depth]));
        }
        // The low bits of a product are mixed worst, and the smallest hashes are chosen by the high ones.
        int mixed = hash ^ (hash >>> 16);
        mixed *= 0x7FEB352D;
        hashes[depth][counts[depth]++] = mixed ^ (mixed >>> 15);
    }
}
