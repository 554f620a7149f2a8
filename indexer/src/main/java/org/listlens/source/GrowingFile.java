package org.listlens.source;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that may be written to while it is read. Whoever appends a mail to an mbox writes it in pieces; a reader that
 * comes in between would take the half of it for a mail. So the end of the file is believed only when nothing was
 * written for a moment; for a short one when the file ends as mboxes do, with a blank line.
 */
final class GrowingFile extends InputStream {
    private static final long STEP_MILLIS = 20;
    private static final long AFTER_BLANK_LINE_MILLIS = 60;
    private static final long OTHERWISE_MILLIS = 1_000;

    /** A file that is always being written to is read up to here. */
    private static final long PATIENCE_MILLIS = 10_000;

    private final Path path;
    private final FileInputStream in;
    private boolean begun;
    private boolean mbox;
    private long waited;
    private byte last;
    private byte lastButOne;

    GrowingFile(Path path) throws IOException {
        this.path = path;
        this.in = new FileInputStream(path.toFile());
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (true) {
            int read = in.read(into, offset, length);
            if (read > 0) {
                if (!begun) {
                    begun = true;
                    mbox = read >= 5 && into[offset] == 'F' && into[offset + 1] == 'r' && into[offset + 4] == ' ';
                }
                lastButOne = read > 1 ? into[offset + read - 2] : last;
                last = into[offset + read - 1];
                return read;
            }
            // Other files are written as a whole, or tell by themselves where they end.
            if (length == 0 || !mbox || !isHot()) {
                return read;
            }
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while " + path + " was written");
            }
            waited += STEP_MILLIS;
        }
    }

    private boolean isHot() throws IOException {
        if (waited >= PATIENCE_MILLIS) {
            return false;
        }
        long age = System.currentTimeMillis() - Files.getLastModifiedTime(path).toMillis();
        boolean blank = last == '\n' && (lastButOne == '\n' || lastButOne == '\r');
        return age >= 0 && age < (blank ? AFTER_BLANK_LINE_MILLIS : OTHERWISE_MILLIS);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
