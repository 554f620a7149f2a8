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

    /** Characters that are looked at together. */
    private static final int BLOCK = 128;

    /** By character of ASCII the letter in lower case or the digit; 0 for what is passed over. */
    private static final byte[] LETTERS = new byte[128];

    static {
        for (char c = 0; c < 128; c++) {
            LETTERS[c] = (byte) (Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0);
        }
    }

    private final ClassifiedLines lines;
    private final int[][] hashes;
    private final int[] counts;
    private final char[] block = new char[BLOCK];
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
     * @param deepest the greatest depth of its lines
     * @param original the text before the paragraphs of {@code format=flowed} were put together: who answers quotes the
     *     lines as they stood or the paragraphs, so both have their hashes
     */
    static QuoteSketch sketch(ClassifiedLines lines, int deepest, String original) {
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
            boolean broken = line + 1 < lines.size() && lines.isRest(line + 1);
            boolean enough = broken || lines.trimmedEnd(line) - lines.contentStart(line) >= LEAST;
            if (enough && counts(line)) {
                begin();
                add(lines.text(), lines.contentStart(line), lines.end(line));
                // What a mailer broke in two was one line in the mail that it comes from.
                if (broken) {
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
        for (int at = from; at < to; at += BLOCK) {
            addBlock(text, at, Math.min(to, at + BLOCK));
        }
    }

    private void addBlock(String text, int from, int to) {
        char[] gathered = block;
        text.getChars(from, to, gathered, 0);
        // Letters are moved together first, without a branch, since where words end cannot be foreseen.
        int count = 0;
        for (int i = 0; i < to - from; i++) {
            char c = gathered[i];
            if (c < 128) {
                int letter = LETTERS[c];
                gathered[count] = (char) letter;
                count += -letter >>> 31;
            } else if (Character.isLetterOrDigit(c)) {
                gathered[count++] = Character.toLowerCase(c);
            }
        }
        int mixed = hash;
        for (int i = 0; i < count; i++) {
            mixed = (mixed ^ gathered[i]) * PRIME;
        }
        hash = mixed;
        letters += count;
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
