package org.listlens.source;

import java.io.IOException;
import java.io.InputStream;

/** Counts the octets that are taken from an archive. */
final class CountingStream extends InputStream {
    private final InputStream in;
    private long octets;

    CountingStream(InputStream in) {
        this.in = in;
    }

    long octets() {
        return octets;
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        if (octet >= 0) {
            octets++;
        }
        return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        if (read > 0) {
            octets += read;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
