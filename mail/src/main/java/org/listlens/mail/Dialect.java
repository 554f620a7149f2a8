package org.listlens.mail;

import java.util.Locale;

/** The mail software whose way of writing trace lines a hop has. */
public enum Dialect {
    POSTFIX,
    SENDMAIL,
    EXIM,
    /** qmail, and what writes like it: ezmlm, nullmailer. */
    QMAIL,
    EXCHANGE,
    GOOGLE,
    /** Majordomo and ZMailer as they ran at vger.kernel.org until 2024. */
    VGER,
    GROUPS_IO,
    LISTSERV,
    LMTP,
    /** Any other line that follows RFC 5321 §4.4. */
    RFC5321,
    /** A line in which nothing but perhaps a date could be found. */
    UNKNOWN;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name under which documents hold this dialect: lower case, {@code -} between words. */
    public String label() {
        return label;
    }
}
