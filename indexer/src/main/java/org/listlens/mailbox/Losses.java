package org.listlens.mailbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.listlens.mail.Origin;
import org.listlens.source.MailReceiver;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceException;

/**
 * Tells mails at which the connection breaks each time from a server that is going down: a mail is given up after some
 * tries, but rejected only when a later one could be fetched, or there is none. Otherwise a server that fails would have
 * all mails rejected, and no run would read them again.
 */
final class Losses {
    private static final int TRIES = 3;
    /** How many mails in a row are given up before it is the server's fault. */
    private static final int ROW = 3;

    private final MailReceiver receiver;
    private final Failures failures;
    private final List<RejectedEntry> suspended = new ArrayList<>();
    private long at = -1;
    private int count;

    Losses(MailReceiver receiver, Failures failures) {
        this.receiver = receiver;
        this.failures = failures;
    }

    /** Whether the mail with this number is to be fetched alone, because the connection broke there. */
    boolean isSuspect(long number) {
        return number == at;
    }

    /** Whether the mail with this number is to be fetched for the last time. */
    boolean isLast(long number) {
        return number == at && count == TRIES - 1;
    }

    /** Whether mails are given up that are not rejected yet, so that the place behind them is not reached. */
    boolean isOpen() {
        return !suspended.isEmpty();
    }

    /**
     * Notes that the connection broke.
     *
     * @param number of the first mail that had not come
     * @return whether that mail is to be given up
     * @throws SourceException when it is the server's fault
     */
    boolean add(long number, Origin origin, IOException thrown) throws SourceException {
        count = number == at ? count + 1 : 1;
        at = number;
        if (count < TRIES) {
            return false;
        }
        suspended.add(new RejectedEntry(
                origin, "cannot be fetched: each time the connection broke (" + Failures.reason(thrown) + ")"));
        if (suspended.size() == ROW) {
            throw failures.gone(thrown);
        }
        return true;
    }

    /** Notes that the mail at which the connection broke came a piece further. */
    void progressed() {
        count = 0;
    }

    /** Notes that a mail came, or that there are no more. */
    void passed() throws IOException {
        if (!suspended.isEmpty()) {
            List<RejectedEntry> rejected = List.copyOf(suspended);
            suspended.clear();
            for (RejectedEntry entry : rejected) {
                receiver.rejected(entry);
            }
        }
    }
}
