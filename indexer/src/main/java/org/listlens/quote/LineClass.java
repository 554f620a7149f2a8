package org.listlens.quote;

/** What a line of a mail's text is there for. */
public enum LineClass {
    /** The author wrote it here. Blank lines outside of everything else are of this class, too. */
    NEW,
    /** Repeated from another mail. */
    QUOTED,
    /** Says who is quoted below: {@code On … wrote:}, {@code -----Original Message-----} with the fields under it. */
    ATTRIBUTION,
    /** The author's signature, from the line {@code -- } on (RFC 3676 §4.3). */
    SIGNATURE,
    /** What a mailing list put under the mail. */
    FOOTER,
    /** The author's own patch, with its cut line, diffstat and base commit. */
    PATCH,
    /** A trailer that the author gives, such as {@code Reviewed-by:}. */
    TRAILER
}
