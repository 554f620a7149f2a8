package org.listlens.source;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far one file is read, and from where to go on. Of an mbox it is noted, for its octets without compression:
 *
 * <ul>
 *   <li>{@code offset}: up to where it was read, which is where a mail begins, or the end;
 *   <li>{@code last}: where the last mail before that begins, as it may have been incomplete when it was read;
 *   <li>{@code digest}: SHA-256 of all octets before {@code offset}, by which a file that has grown is told from one that
 *       was rewritten;
 *   <li>{@code dialect}: as far as it was found out.
 * </ul>
 *
 * Of any file that was read to its end, what tells without reading it that it is as it was ({@link FileState}).
 */
final class FileProgress {
    private static final int MAILS = 1_000;
    private static final long OCTETS = 16 << 20;

    /** What is kept of a mail to look at it again; a longer one is not. */
    private static final long MOST_AGAIN = 16 << 20;

    private final String archive;
    private final FileState state;
    private final @Nullable Position known;
    private final MailReceiver receiver;
    private long mails;
    private long notedMails;
    private long notedOffset;
    private boolean complete = true;

    /**
     * @param archive the file's name in its positions
     * @param state as the file is now
     * @param known the position of an earlier run, perhaps under another name; {@code null} when there is none
     */
    FileProgress(String archive, FileState state, @Nullable Position known, MailReceiver receiver) {
        this.archive = archive;
        this.state = state;
        this.known = known;
        this.receiver = receiver;
    }

    /** The same without the position, which did not hold. */
    FileProgress anew() {
        return new FileProgress(archive, state, null, receiver);
    }

    /** The dialect that was found before; {@code null} when there is no position. */
    @Nullable
    MboxDialect dialect() {
        String label = known == null ? null : known.state().get("dialect");
        for (MboxDialect dialect : MboxDialect.values()) {
            if (dialect.label().equals(label)) {
                return dialect;
            }
        }
        return null;
    }

    /**
     * Begins an mbox that lies in the window: looks whether it is the one that the position was noted of.
     *
     * @return where to go on; -1 when the mbox has changed, and is to be opened anew
     */
    long begin(Window window, Separators separators) throws IOException {
        window.digest();
        if (known == null || !known.state().containsKey("offset")) {
            return 0;
        }
        long offset = number("offset");
        long last = Math.min(offset, number("last"));
        long kept = offset - last <= MOST_AGAIN ? last : offset;
        if (offset < 0
                || last < 0
                || !window.skipTo(kept)
                || !window.require(offset, kept)
                || !Prefixes.hex(window.digest(offset)).equals(known.state().get("digest"))) {
            if (known.archive().equals(archive)) {
                receiver.shrunk();
            }
            return -1;
        }
        mails = known.mails();
        notedMails = mails;
        notedOffset = offset;
        long from = offset;
        while (window.require(from + 1, kept)) {
            int index = window.index(from);
            int behind = Scan.skipLineEnd(window.octets(), index, window.limit());
            if (behind == index) {
                break;
            }
            from = window.offset(behind);
        }
        if (from == window.end() || separators.at(from, true, kept)) {
            return from;
        }
        // What was read as the last mail was not yet all of it.
        receiver.shrunk();
        mails--;
        return kept == last ? last : -1;
    }

    /** Where the last mail begins that an earlier run has read; -1 when none did. */
    long last() {
        return number("last");
    }

    private long number(String name) {
        try {
            return known == null ? -1 : Long.parseLong(known.state().getOrDefault(name, "-1"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** A mail of the mbox was handed over. */
    void passed(Window window, long from, long next, MboxDialect dialect) throws IOException {
        mails++;
        if (mails - notedMails >= MAILS || next - notedOffset >= OCTETS) {
            receiver.reached(new Position(archive, mbox(window, from, next, dialect), mails));
            notedMails = mails;
            notedOffset = next;
        }
    }

    /**
     * The mbox was read to its end.
     *
     * @param last where its last mail begins
     */
    void ended(Window window, long last, MboxDialect dialect) throws IOException {
        complete = false;
        if (window.fault() == null) {
            Map<String, String> noted = mbox(window, last, window.end(), dialect);
            state.put(noted);
            receiver.reached(new Position(archive, noted, mails));
        }
    }

    private static Map<String, String> mbox(Window window, long last, long offset, MboxDialect dialect) {
        Map<String, String> noted = new TreeMap<>();
        noted.put("offset", Long.toString(offset));
        noted.put("last", Long.toString(last));
        noted.put("digest", Prefixes.hex(window.digest(offset)));
        noted.put("dialect", dialect.label());
        return noted;
    }

    /** A mail of an archive that has no order was handed over. */
    void mail() {
        mails++;
    }

    /** The data breaks off: it is to be read again. */
    void damaged() {
        complete = false;
    }

    /** The file was read to its end. */
    void finished() throws IOException {
        if (complete) {
            Map<String, String> noted = new TreeMap<>();
            state.put(noted);
            receiver.reached(new Position(archive, noted, mails));
        }
    }
}
