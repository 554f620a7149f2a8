package org.listlens.mail;

import java.util.Locale;

/**
 * A part of a mail's way, in the order of the way. A hop belongs to the part that its delay lies in, the oldest to
 * {@link #ORIGIN}, so that the delays of all hops of a part add up to the time that the mail spent in it, and those of all
 * parts but {@link #ORIGIN} to {@link ParsedMail#latencyMs}.
 *
 * <p>A list's first hop ends {@link #INBOUND}, the one with which it sends the mail on ends {@link #LIST}. Where the trace
 * shows no list, as in private mail, {@link #INBOUND} lasts up to the recipient's site.
 */
public enum Segment {
    /** From the Date field to the first stamp: the author's machine. */
    ORIGIN,
    /** From the first stamp to that of the list's first host: the sender's provider, and greylisting at the list. */
    INBOUND,
    /** From the stamp of the list's first host to that with which the list sends the mail on; moderation is in it. */
    LIST,
    /** From there to the stamp of the first host of the site that archived the copy. */
    OUTBOUND,
    /** From there to the last stamp. */
    ARCHIVE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name under which documents hold this part. */
    public String label() {
        return label;
    }
}
