package org.listlens.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar (POSIX.1-2001 ustar and pax, GNU, Version 7) entry after entry; reading ends at the end of each. Of what
 * an archive tells about an entry in front of it, no more than a bounded part is held in memory, which the reader at hand
 * does not do.
 */
final class TarStream extends InputStream {
    static final int BLOCK = 512;

    /** The longest name, or list of pax attributes, that is looked into. */
    private static final int MAX_ATTRIBUTES = 64 << 10;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private long left;
    private int padding;
    private @Nullable String name;
    private byte type;

    TarStream(InputStream in) {
        this.in = in;
    }

    /**
     * Goes to the next file, past folders, links and devices. Of one that is {@link #isSparse sparse} there is nothing to
     * read.
     *
     * @return its name; {@code null} at the end of the archive
     * @throws IOException when the archive is damaged
     */
    @Nullable
    String next() throws IOException {
        name = null;
        long size = -1;
        while (header()) {
            switch (type) {
                case 'L' -> name = text(attributes(), 0, MAX_ATTRIBUTES);
                case 'x' -> size = pax(attributes(), size);
                default -> {
                    boolean file = type == '0' || type == 0 || type == '7' || type == 'S';
                    if (size >= 0) {
                        entry(size);
                    }
                    String found = name == null ? headerName() : name;
                    if (type == 'S') {
                        skipMap();
                        skipNBytes(left);
                    }
                    if (file && !found.endsWith("/")) {
                        return found;
                    }
                    if (type != 'g' && type != 'K') {
                        name = null;
                        size = -1;
                    }
                }
            }
        }
        return null;
    }

    /** Whether the file is one with holes, in the old format of GNU: what is there is only a part of it. */
    boolean isSparse() {
        return type == 'S';
    }

    /** The blocks that go on with the map of a sparse file's holes, which its size does not count. */
    private void skipMap() throws IOException {
        boolean more = block[482] != 0;
        while (more) {
            if (in.readNBytes(block, 0, BLOCK) < BLOCK) {
                throw new EOFException("unexpected end");
            }
            more = block[504] != 0;
        }
    }

    /** Reads the next header; false at the end of the archive. */
    private boolean header() throws IOException {
        skipNBytes(left);
        in.skipNBytes(padding);
        left = 0;
        padding = 0;
        int read = in.readNBytes(block, 0, BLOCK);
        if (read == 0 || isZero(read)) {
            return false;
        }
        if (read < BLOCK) {
            throw new EOFException("unexpected end");
        }
        if (!isHeader(block)) {
            throw new IOException("no header where one should be");
        }
        type = block[156];
        boolean hasData = type != '1' && type != '2' && type != '3' && type != '4' && type != '5' && type != '6';
        entry(hasData ? number(124, 12) : 0);
        return true;
    }

    private void entry(long size) throws IOException {
        if (size < 0) {
            throw new IOException("a size that is no number");
        }
        left = size;
        padding = (int) (-size & (BLOCK - 1));
    }

    /** Whether the checksum of a header fits: the sum of its octets, its own taken for blanks, in octal digits. */
    static boolean isHeader(byte[] head) {
        if (head.length < BLOCK || head[0] == 0) {
            return false;
        }
        int sum = 0;
        int expected = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean checksum = i >= 148 && i < 156;
            sum += checksum ? ' ' : head[i] & 0xff;
            if (checksum && head[i] >= '0' && head[i] <= '7') {
                expected = expected * 8 + head[i] - '0';
            }
        }
        return sum == expected;
    }

    private boolean isZero(int count) {
        for (int i = 0; i < count; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** A number in octal digits, or in the binary form of GNU; -1 when it is neither. */
    private long number(int from, int length) {
        long value = 0;
        if ((block[from] & 0x80) != 0) {
            for (int i = from + length - 8; i < from + length; i++) {
                value = value << 8 | (block[i] & 0xff);
            }
            return value;
        }
        for (int i = from; i < from + length; i++) {
            if (block[i] >= '0' && block[i] <= '7') {
                value = value * 8 + block[i] - '0';
            } else if (block[i] != ' ' && block[i] != 0) {
                return -1;
            }
        }
        return value;
    }

    private String headerName() {
        String last = text(block, 0, 100);
        boolean ustar = text(block, 257, 6).equals("ustar") && block[345] != 0;
        return ustar ? text(block, 345, 155) + '/' + last : last;
    }

    private static String text(byte[] octets, int from, int length) {
        int end = from;
        while (end < octets.length && end < from + length && octets[end] != 0) {
            end++;
        }
        return new String(octets, from, end - from, StandardCharsets.UTF_8);
    }

    /** The data of the entry, as far as it is looked into. */
    private byte[] attributes() throws IOException {
        return readNBytes((int) Math.min(left, MAX_ATTRIBUTES));
    }

    /** Reads pax attributes, each {@code length name=value\n}; returns the size that they give, or the one known. */
    private long pax(byte[] octets, long known) {
        long size = known;
        int from = 0;
        while (from < octets.length) {
            int at = from;
            int length = 0;
            while (at < octets.length && octets[at] >= '0' && octets[at] <= '9' && length < octets.length) {
                length = length * 10 + octets[at++] - '0';
            }
            if (length <= at - from || length > octets.length - from) {
                break;
            }
            String attribute = new String(octets, at, from + length - at, StandardCharsets.UTF_8).strip();
            if (attribute.startsWith("path=")) {
                name = attribute.substring(5);
            } else if (attribute.startsWith("size=")) {
                try {
                    size = Long.parseLong(attribute, 5, attribute.length(), 10);
                } catch (NumberFormatException e) {
                    size = known;
                }
            }
            from += length;
        }
        return size;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            return length == 0 ? 0 : -1;
        }
        int read = in.read(into, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("unexpected end");
        }
        left -= read;
        return read;
    }

    /** Does nothing: the next entry is still to be read. */
    @Override
    public void close() {}
}
