package org.listlens.body;

/**
 * Octets, and where they stand in the mail.
 *
 * @param bytes the mail itself, or something in it that was decoded
 * @param verbatim whether they are the mail's own
 * @param origin where in the mail stands what they were decoded from; 0 for the mail's own
 */
record Octets(byte[] bytes, boolean verbatim, int origin) {
    /** The mail's own octets. */
    static Octets of(byte[] mail) {
        return new Octets(mail, true, 0);
    }

    /** Where the octet at an offset stands in the mail, as near as that can be said. */
    int place(int offset) {
        return verbatim ? offset : origin;
    }
}
