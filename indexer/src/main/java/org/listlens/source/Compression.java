package org.listlens.source;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The compressed formats, each with the octets that it begins with. All are read through to their last member. */
enum Compression {
    GZIP(1 << 20, "\u001f\u008b\b"),
    BZIP2(1, "BZh"),
    XZ(512, "\u00fd7zXZ\0"),
    ZSTD(16 << 10, "(\u00b5/\u00fd");

    /** What a decoder of xz may take for its dictionary, in KiB; {@code xz -9} needs 65 MiB. */
    private static final int XZ_MEMORY = 128 << 10;

    private final int step;
    private final String magic;

    /** @param magic the first octets, a character each */
    Compression(int step, String magic) {
        this.step = step;
        this.magic = magic;
    }

    String label() {
        return switch (this) {
            case GZIP -> "gzip";
            case BZIP2 -> "bzip2";
            case XZ -> "xz";
            case ZSTD -> "zstd";
        };
    }

    /**
     * How many octets to ask the decoder for at once. Most decoders drop what they have decoded in the call in which
     * they meet a fault, so that a small step loses less in front of it.
     */
    int step() {
        return step;
    }

    /** The format of data that begins with these octets; {@code null} when it is none. */
    static @Nullable Compression of(byte[] head) {
        for (Compression compression : values()) {
            if (compression.begins(head)) {
                return compression;
            }
        }
        return null;
    }

    private boolean begins(byte[] head) {
        if (head.length < magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if ((head[i] & 0xff) != magic.charAt(i)) {
                return false;
            }
        }
        // Three letters are not enough: a text may begin with them. A digit and the mark of a block follow.
        return this != BZIP2
                || (head.length > 4 && head[3] >= '1' && head[3] <= '9' && (head[4] == 0x31 || head[4] == 0x17));
    }

    InputStream decompress(InputStream in) throws IOException {
        return switch (this) {
            case GZIP -> new GzipStream(in);
            case BZIP2 -> new BZip2CompressorInputStream(new BufferedInputStream(in, 64 << 10), true);
            case XZ -> new XZInputStream(new BufferedInputStream(in, 64 << 10), XZ_MEMORY);
            case ZSTD -> new Zstd(in);
        };
    }

    /**
     * Zstandard, frame after frame. While it is told that the data may grow, the decoder gives everything in front of a
     * sudden end; asked once more without that, it tells whether the end was one.
     */
    private static final class Zstd extends InputStream {
        private final ZstdInputStream in;

        Zstd(InputStream in) throws IOException {
            this.in = new ZstdInputStream(in);
            this.in.setContinuous(true);
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            if (read > 0 || length == 0) {
                return read;
            }
            in.setContinuous(false);
            return in.read(into, offset, length);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
