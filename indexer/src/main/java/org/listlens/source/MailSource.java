package org.listlens.source;

import java.io.IOException;
import java.util.List;

/**
 * An archive that holds mails. Not thread-safe; a source on standard input can be read once, the others as often as
 * one likes, and give the same mails at the same places as long as the archive does not change.
 */
public interface MailSource {
    /** Which archive it is: an absolute path, a URI without password, or {@code -} for standard input. */
    String name();

    /** What was recognised, for the user: format, dialect, compression, as in {@code mbox (mboxrd), zstd}. */
    String description();

    /** What tells that it is what was recognised, as clauses for the user; empty where the description says all. */
    default List<String> evidence() {
        return List.of();
    }

    /** The octets that reading will take from disk, compressed where the archive is; -1 when nobody can know. */
    long size();

    /** Whether it can be read more than once. */
    boolean isRepeatable();

    /** Whether what is read of it comes from another machine, each time anew. */
    default boolean isRemote() {
        return false;
    }

    /**
     * Hands over every mail that came behind what earlier runs have read, in the archive's order, and every part of it
     * that cannot be read; in between, how far it has come. Where the archive is no longer the one that a position was
     * noted of, it is read from its beginning.
     *
     * @param known what earlier runs have read; {@link Positions#NONE} to read all
     * @throws SourceException when the archive has changed, and can no longer be opened or holds no mail any more
     * @throws IOException what the receiver throws; faults of the archive become {@link RejectedEntry rejected
     *     entries}
     */
    void read(Positions known, MailReceiver receiver) throws IOException;

    /** Hands over every mail, in the archive's order, and every part of it that cannot be read. */
    default void read(MailReceiver receiver) throws IOException {
        read(Positions.NONE, receiver);
    }

    /**
     * Begins to look out for new mail. May be asked on another thread than the one that reads.
     *
     * @throws SourceException when the archive cannot be followed, as standard input cannot
     */
    SourceWatch watch() throws IOException;
}
