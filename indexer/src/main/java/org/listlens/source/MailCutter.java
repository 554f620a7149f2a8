package org.listlens.source;

import java.util.Arrays;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;

/**
 * Cuts mails out of a window. A mail that lies in the window as a whole and has no escapes is copied once; what does
 * not fit is put aside piece by piece, so that the window need not grow with the mail.
 */
final class MailCutter {
    private final Window window;
    private final int mailBytes;
    private final MailBytes aside;
    private long kept;
    private long[] dropped = new long[16];
    private int drops;

    /** @param mailBytes how many octets are kept of a mail */
    MailCutter(Window window, int mailBytes) {
        this.window = window;
        this.mailBytes = mailBytes;
        this.aside = new MailBytes(mailBytes);
    }

    /** Begins a mail at an offset. */
    void begin(long offset) {
        aside.take();
        kept = offset;
        drops = 0;
    }

    /** The offset from which the window is still needed. */
    long kept() {
        return kept;
    }

    /** Leaves out the octet at an offset, which lies behind all others that were left out. */
    void drop(long offset) {
        if (drops == dropped.length) {
            dropped = Arrays.copyOf(dropped, drops * 2);
        }
        dropped[drops++] = offset;
    }

    /** Puts aside what lies before an offset. */
    void putAside(long offset) {
        if (offset <= kept) {
            return;
        }
        byte[] octets = window.octets();
        int done = 0;
        while (done < drops && dropped[done] < offset) {
            aside.append(octets, window.index(kept), window.index(dropped[done]));
            kept = dropped[done++] + 1;
        }
        drops -= done;
        System.arraycopy(dropped, done, dropped, 0, drops);
        aside.append(octets, window.index(kept), window.index(offset));
        kept = offset;
    }

    /** Ends the mail at an offset. */
    RawMail cut(long offset, Origin origin) {
        if (drops == 0 && aside.size() == 0) {
            int from = window.index(kept);
            long size = offset - kept;
            return new RawMail(
                    origin, Arrays.copyOfRange(window.octets(), from, from + (int) Math.min(size, mailBytes)), size);
        }
        aside.expect(offset - kept - drops);
        putAside(offset);
        long size = aside.size();
        return new RawMail(origin, aside.take(), size);
    }
}
