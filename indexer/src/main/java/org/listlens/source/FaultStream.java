package org.listlens.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Turns a fault of the data into its end, and remembers the fault, so that whoever reads keeps what it has. */
final class FaultStream extends InputStream {
    private final InputStream in;
    private final int step;
    private final Runnable afterwards;
    private byte[] head = new byte[0];
    private int headTaken;
    private @Nullable IOException fault;

    /**
     * @param step how many octets are asked for at once
     * @param afterwards runs after each read, outside of what faults are caught from
     */
    FaultStream(InputStream in, int step, Runnable afterwards) {
        this.in = in;
        this.step = step;
        this.afterwards = afterwards;
    }

    /** A stream that has a fault at its very beginning. */
    static FaultStream failed(Exception fault) {
        FaultStream stream = new FaultStream(nullInputStream(), 1, () -> {});
        stream.fault = asIoException(fault);
        return stream;
    }

    /** The first octets, as many as there are up to a number; they are read again afterwards. */
    byte[] peek(int count) {
        byte[] octets = new byte[count];
        int done = 0;
        int read;
        while (done < count && (read = read(octets, done, count - done)) > 0) {
            done += read;
        }
        head = Arrays.copyOf(octets, done);
        headTaken = 0;
        return head;
    }

    /** What ended the data; {@code null} when it ended by itself or has not yet. */
    @Nullable
    IOException fault() {
        return fault;
    }

    @Override
    public int read() {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (headTaken < head.length) {
            int taken = Math.min(length, head.length - headTaken);
            System.arraycopy(head, headTaken, into, offset, taken);
            headTaken += taken;
            return taken;
        }
        int done = 0;
        while (done < length && fault == null) {
            int wanted = Math.min(step, length - done);
            try {
                int read = in.read(into, offset + done, wanted);
                if (read > 0) {
                    done += read;
                }
                if (read < wanted) {
                    break;
                }
            } catch (IOException | RuntimeException e) {
                fault = asIoException(e);
            }
        }
        afterwards.run();
        return done == 0 && length > 0 ? -1 : done;
    }

    /** Decoders of hostile data have been seen to throw what their own checks should have caught. */
    private static IOException asIoException(Exception fault) {
        return fault instanceof IOException e ? e : new IOException("invalid data", fault);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
