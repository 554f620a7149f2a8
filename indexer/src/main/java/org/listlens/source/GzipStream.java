package org.listlens.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip data (RFC 1952) of any number of members. Unlike the readers at hand, it gives every octet in front of a
 * fault before it reports the fault, does not ask {@link InputStream#available} whether another member follows, and
 * tells garbage behind the last member from the padding with NUL that tapes leave.
 */
final class GzipStream extends InputStream {
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[32 << 10];
    private final byte[] single = new byte[1];
    private int position;
    private int limit;
    private boolean inMember;
    private boolean ended;

    GzipStream(InputStream in) throws IOException {
        this.in = in;
        header();
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember) {
                next();
                continue;
            }
            int read = inflate(into, offset, length);
            if (read > 0) {
                crc.update(into, offset, read);
                return read;
            }
            if (inflater.finished()) {
                trailer();
            } else if (inflater.needsDictionary()) {
                throw new IOException("a preset dictionary, which gzip does not have");
            } else {
                if (!fill()) {
                    throw new EOFException("unexpected end");
                }
                inflater.setInput(buffer, 0, limit);
                position = limit;
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int offset, int length) throws IOException {
        try {
            return inflater.inflate(into, offset, length);
        } catch (DataFormatException e) {
            throw new IOException(e.getMessage() == null ? "invalid data" : e.getMessage(), e);
        }
    }

    /** Goes to the next member, or to the end when there is none. */
    private void next() throws IOException {
        do {
            if (position == limit && !fill()) {
                ended = true;
                return;
            }
        } while (buffer[position] == 0 && ++position > 0);
        header();
    }

    private void header() throws IOException {
        if (octet() != 0x1f || octet() != 0x8b) {
            throw new IOException("something that is not gzip after the end of the data");
        }
        int method = octet();
        int flags = octet();
        if (method != 8) {
            throw new IOException("unknown compression method " + method);
        }
        skip(6);
        if ((flags & FLAG_EXTRA) != 0) {
            skip(octet() | octet() << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        position = limit;
        crc.reset();
        inMember = true;
    }

    private void trailer() throws IOException {
        position = limit - inflater.getRemaining();
        inMember = false;
        long expected = word();
        if (expected != crc.getValue() || word() != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new IOException("the checksum does not fit");
        }
    }

    private long word() throws IOException {
        long low = octet() | octet() << 8;
        return low | (long) (octet() | octet() << 8) << 16;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            octet();
        }
    }

    private void skipText() throws IOException {
        int octet;
        do {
            octet = octet();
        } while (octet != 0);
    }

    private int octet() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException("unexpected end");
        }
        return buffer[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = 0;
        int read = in.read(buffer, 0, buffer.length);
        limit = Math.max(read, 0);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
