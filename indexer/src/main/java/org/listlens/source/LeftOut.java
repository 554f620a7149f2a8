package org.listlens.source;

/** Why a mail that lies in an archive is not handed over, although it could be read. */
public enum LeftOut {
    /** Its owner has deleted it, and the mail software has not got round to removing it. */
    DELETED,
    /** It is still being written, as what lies in the {@code tmp} of a Maildir. */
    UNFINISHED;

    /** As a word for the user. */
    public String label() {
        return this == DELETED ? "deleted" : "unfinished";
    }
}
