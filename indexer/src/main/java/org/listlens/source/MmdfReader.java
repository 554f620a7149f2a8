package org.listlens.source;

import java.io.IOException;
import org.listlens.mail.RawMail;

/**
 * Splits a mailbox of MMDF into its mails: each stands between two lines of four octets 0x01, so that nothing in it has to
 * be escaped. In memory that does not depend on the mailbox's size.
 */
final class MmdfReader {
    private static final int DELIMITER = 4;

    private final Window window;
    private final Place place;
    private final MailReceiver receiver;
    private final MailCutter cutter;

    /** @param window with the beginning of a mailbox in it */
    MmdfReader(Window window, Place place, int mailBytes, MailReceiver receiver) {
        this.window = window;
        this.place = place;
        this.receiver = receiver;
        this.cutter = new MailCutter(window, mailBytes);
    }

    /** Whether a line at this place is a delimiter. */
    static boolean isDelimiter(byte[] octets, int at, int limit) {
        int end = at + DELIMITER;
        if (end > limit) {
            return false;
        }
        for (int i = at; i < end; i++) {
            if (octets[i] != 1) {
                return false;
            }
        }
        return end == limit || Scan.skipLineEnd(octets, end, limit) > end;
    }

    /** Hands over every mail; what stands after the last delimiter is one when the data breaks off in it. */
    void read() throws IOException {
        long line = 0;
        long from = 0;
        cutter.begin(0);
        while (window.require(line + 1, cutter.kept())) {
            window.require(line + DELIMITER + 2, cutter.kept());
            if (isDelimiter(window.octets(), window.index(line), window.limit())) {
                hand(from, line);
                line = next(line);
                from = line;
                cutter.begin(from);
            } else {
                line = next(line);
            }
        }
        hand(from, window.end());
    }

    private void hand(long from, long to) throws IOException {
        if (to > from) {
            RawMail mail = cutter.cut(to, place.at(from));
            receiver.mail(mail);
        }
    }

    /** The offset behind the LF that ends the line; the end of the data when there is none. */
    private long next(long line) {
        long at = line;
        while (true) {
            int lineFeed = Scan.lineFeed(window.octets(), window.index(at), window.limit());
            if (lineFeed >= 0) {
                return window.offset(lineFeed + 1);
            }
            at = window.end();
            if (window.isCrowded(cutter.kept())) {
                cutter.putAside(at);
            }
            if (!window.require(at + 1, cutter.kept())) {
                return window.end();
            }
        }
    }
}
