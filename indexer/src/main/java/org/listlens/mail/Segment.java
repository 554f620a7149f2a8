package org.listlens.mail;

/**
 * A part of a mail's way, in the order of the way. The delays of all hops of a part add up to the time that the mail
 * spent in it.
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
    ARCHIVE
}
