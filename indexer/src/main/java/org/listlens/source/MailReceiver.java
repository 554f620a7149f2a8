package org.listlens.source;

import java.io.IOException;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;

/**
 * Takes what a {@link MailSource} reads, on the thread that reads. An exception ends the reading and is passed on to
 * whoever started it.
 */
public interface MailReceiver {
    /** A mail. */
    void mail(RawMail mail) throws IOException;

    /** A part of the archive that cannot be read; reading goes on behind it where that is possible. */
    void rejected(RejectedEntry entry) throws IOException;

    /** A mail that lies in the archive and is not handed over. */
    default void leftOut(LeftOut why, Origin origin) throws IOException {}

    /**
     * How far reading has come.
     *
     * @param octets octets taken from disk or stream so far, compressed where the archive is; never falls, and comes
     *     to {@link MailSource#size} where that is known
     */
    void progress(long octets);

    /** Whether {@link #reached} is of any use; finding out a position may cost time. */
    default boolean tracks() {
        return false;
    }

    /**
     * How far reading has come, as the next run wants to know it: every mail that the position stands for was handed
     * over before.
     */
    default void reached(Position position) throws IOException {}

    /** Mails that were read by earlier runs are no longer there, or are no longer as they were. */
    default void shrunk() throws IOException {}
}
