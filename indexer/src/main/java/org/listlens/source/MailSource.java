package org.listlens.source;

import java.io.IOException;

/**
 * An archive that holds mails. Not thread-safe; a source on standard input can be read once, the others as often as
 * one likes, and give the same mails at the same places as long as the archive does not change.
 */
public sealed interface MailSource permits FileSource, FolderSource, StreamSource {
    /** What was recognised, for the user: format, dialect, compression, as in {@code mbox (mboxrd), zstd}. */
    String description();

    /** The octets that reading will take from disk, compressed where the archive is; -1 when nobody can know. */
    long size();

    /** Whether it can be read more than once. */
    boolean isRepeatable();

    /**
     * Hands over every mail, in the archive's order, and every part of it that cannot be read.
     *
     * @throws SourceException when the archive has changed, and can no longer be opened or holds no mail any more
     * @throws IOException what the receiver throws; faults of the archive become {@link RejectedEntry rejected
     *     entries}
     */
    void read(MailReceiver receiver) throws IOException;
}
