package org.listlens.body;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the body of a multipart at its delimiter lines (RFC 2046 §5.1.1), in one walk over its octets. The line end
 * before a delimiter belongs to the delimiter; what stands before the first and after the closing one is left out, but
 * where the closing one is all there is, what stands before it is the only part. Whatever follows a boundary after a
 * blank is passed over, as the RFC's note to implementors wants; without a blank, it is another boundary.
 */
final class MultipartScanner {
    private int[] bounds = new int[16];
    private int size;
    private boolean found;
    private boolean opened = true;
    private boolean closed;
    private boolean cut;

    private MultipartScanner() {}

    /**
     * Looks for the parts between the lines of a boundary.
     *
     * @param boundary as the parameter has it; {@code null} when there is none
     * @param limit how many parts are taken at most
     */
    static MultipartScanner scan(byte[] bytes, int from, int to, @Nullable String boundary, int limit) {
        MultipartScanner scanner = new MultipartScanner();
        if (boundary != null) {
            byte[] delimiter = boundary.stripTrailing().getBytes(StandardCharsets.UTF_8);
            if (delimiter.length > 0) {
                scanner.cut(bytes, from, to, delimiter, limit);
            }
        }
        return scanner;
    }

    /** Takes for the boundary the first line that begins with two dashes and has a Content field under it. */
    static MultipartScanner guess(byte[] bytes, int from, int to, int limit) {
        MultipartScanner scanner = new MultipartScanner();
        int at = from;
        while (at < to) {
            int end = Lines.end(bytes, at, to);
            int next = Lines.next(bytes, end, to);
            if (end - at > 2
                    && bytes[at] == '-'
                    && bytes[at + 1] == '-'
                    && Lines.startsWithIgnoringCase(bytes, next, to, "content-")) {
                int last = end;
                while (last > at + 2 && (bytes[last - 1] == ' ' || bytes[last - 1] == '\t')) {
                    last--;
                }
                scanner.cut(bytes, at, to, Arrays.copyOfRange(bytes, at + 2, last), limit);
                return scanner;
            }
            at = next;
        }
        return scanner;
    }

    private void cut(byte[] bytes, int from, int to, byte[] delimiter, int limit) {
        int partStart = -1;
        int at = from;
        while (at + 2 + delimiter.length <= to) {
            if (bytes[at] != '-' || bytes[at + 1] != '-' || !Lines.begins(bytes, from, at)) {
                at++;
                continue;
            }
            int same = 0;
            while (same < delimiter.length && bytes[at + 2 + same] == delimiter[same]) {
                same++;
            }
            int after = at + 2 + same;
            if (same < delimiter.length) {
                at = Math.max(after - 1, at + 1);
                continue;
            }
            boolean closing = after + 1 < to && bytes[after] == '-' && bytes[after + 1] == '-';
            int end = closing ? after + 2 : after;
            if (end < to && bytes[end] != ' ' && bytes[end] != '\t' && bytes[end] != '\n' && bytes[end] != '\r') {
                // A longer boundary that begins like this one.
                at = after;
                continue;
            }
            end = Lines.end(bytes, end, to);
            found = true;
            if (partStart >= 0) {
                add(partStart, beforeLineEnd(bytes, partStart, at));
            } else if (closing && !isBlank(bytes, from, at)) {
                opened = false;
                add(from, beforeLineEnd(bytes, from, at));
            }
            partStart = Lines.next(bytes, end, to);
            at = partStart;
            if (closing) {
                closed = true;
                return;
            }
            if (size == limit) {
                cut = true;
                return;
            }
        }
        if (found && partStart < to) {
            add(partStart, to);
        }
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] > ' ' || bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    private static int beforeLineEnd(byte[] bytes, int from, int to) {
        int end = to;
        if (end > from && bytes[end - 1] == '\n') {
            end--;
        }
        if (end > from && bytes[end - 1] == '\r') {
            end--;
        }
        return end;
    }

    private void add(int start, int end) {
        if (2 * size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 4 * size);
        }
        bounds[2 * size] = start;
        bounds[2 * size + 1] = end;
        size++;
    }

    /** Whether the boundary occurs at all. */
    boolean found() {
        return found;
    }

    /** Whether no part is without a delimiter before it. */
    boolean opened() {
        return opened;
    }

    /** Whether the closing delimiter occurs. */
    boolean closed() {
        return closed;
    }

    /** Whether there are more parts than the limit. */
    boolean cut() {
        return cut;
    }

    int size() {
        return size;
    }

    /** The first octet of a part, where its header begins. */
    int start(int part) {
        return bounds[2 * part];
    }

    int end(int part) {
        return bounds[2 * part + 1];
    }
}
