package org.listlens.sink;

import org.listlens.document.EncodedMail;

/**
 * Learns what became of the mails that a sink has accepted: exactly one call for each. The calls come from threads of
 * the sink, never two at the same time, in no particular order.
 */
public interface SinkListener {
    /**
     * The mail is in the engine, and at least one of its documents was created or changed for it. When a connection
     * broke and it cannot be known whether it was this run that wrote a document, it counts as this run.
     */
    void indexed(EncodedMail mail);

    /** All documents of the mail were there already, if not the note that it lies in this archive, too. */
    void unchanged(EncodedMail mail);

    /** The mail was accepted again, and where it lies is noted. */
    void duplicate(EncodedMail mail);

    /**
     * The engine refuses a document of the mail for good; others of its documents may be there.
     *
     * @param reason one line: the kind of document and what the engine says
     */
    void rejected(EncodedMail mail, String reason);

    /**
     * The mail was given up because the engine was gone or the sink was closed before it was finished. Some or all of
     * its documents may be there; the next run writes the rest.
     */
    void abandoned(EncodedMail mail);
}
