package org.listlens.mail;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Hashes of lines, by depth, by which a quoted text finds the mail that it comes from: of the lines that are quoted once,
 * those that were not changed are among the new lines of the mail that is answered. Hashes are of the letters and digits
 * of a line alone, so that neither marks nor blanks make a difference. Equality of two sketches is of no use and not
 * defined; their text is {@link Quotes#sketch}.
 */
public final class QuoteSketch {
    /** Lines quoted more often tell nothing that those above them do not. */
    public static final int MAX_DEPTH = 16;

    /** How many hashes depth 0 has at most, and each depth above it: the smallest, which are the same in all texts. */
    public static final int MAX_NEW = 256;

    public static final int MAX_QUOTED = 16;

    private static final int[] NOTHING = {};

    /** Ascending and distinct, by depth. */
    private final int[][] hashes;

    private QuoteSketch(int[][] hashes) {
        this.hashes = hashes;
    }

    /**
     * Makes a sketch of the hashes of all lines.
     *
     * @param lines by depth, in any order, repeats included; sorted by this call
     */
    public static QuoteSketch of(int[][] lines) {
        int[][] hashes = new int[Math.min(lines.length, MAX_DEPTH + 1)][];
        for (int depth = 0; depth < hashes.length; depth++) {
            hashes[depth] = smallest(lines[depth], depth == 0 ? MAX_NEW : MAX_QUOTED);
        }
        return new QuoteSketch(hashes);
    }

    private static int[] smallest(int[] lines, int count) {
        Arrays.sort(lines);
        int kept = 0;
        for (int i = 0; i < lines.length && kept < count; i++) {
            if (kept == 0 || lines[i] != lines[kept - 1]) {
                lines[kept++] = lines[i];
            }
        }
        return Arrays.copyOf(lines, kept);
    }

    /** Reads {@link Quotes#sketch}; elements that are none are passed over. */
    public static QuoteSketch parse(List<String> sketch) {
        int[][] hashes = new int[MAX_DEPTH + 1][];
        Arrays.fill(hashes, NOTHING);
        for (int i = 0; i < sketch.size(); i++) {
            String element = sketch.get(i);
            int blank = element.indexOf(' ');
            int depth = blank < 1 || blank > 2 ? -1 : depth(element, blank);
            if (depth >= 0 && depth <= MAX_DEPTH) {
                hashes[depth] = decoded(element.substring(blank + 1));
            }
        }
        return new QuoteSketch(hashes);
    }

    private static int depth(String element, int end) {
        int depth = 0;
        for (int i = 0; i < end; i++) {
            int digit = element.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            depth = depth * 10 + digit;
        }
        return depth;
    }

    private static int[] decoded(String base64) {
        ByteBuffer octets;
        try {
            octets = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return NOTHING;
        }
        int[] hashes = new int[octets.remaining() / Integer.BYTES];
        octets.asIntBuffer().get(hashes);
        Arrays.sort(hashes);
        return hashes;
    }

    /** The sketch as documents have it: an element for each depth that has lines, ascending. */
    public List<String> toList() {
        List<String> sketch = new ArrayList<>();
        for (int depth = 0; depth < hashes.length; depth++) {
            if (hashes[depth].length > 0) {
                ByteBuffer octets = ByteBuffer.allocate(hashes[depth].length * Integer.BYTES);
                octets.asIntBuffer().put(hashes[depth]);
                sketch.add(depth + " " + Base64.getEncoder().encodeToString(octets.array()));
            }
        }
        return sketch;
    }

    /** The hashes of lines at a depth, ascending, each once. */
    public int[] hashes(int depth) {
        return depth < hashes.length ? hashes[depth].clone() : NOTHING;
    }
}
