package org.listlens.quote;

/** What a line of a mail's text is there for. */
public enum LineClass {
    /** The author wrote it here. Blank lines outside of everything else are of this class, too. */
    NEW("new"),
    /** Repeated from another mail. */
    QUOTED("quoted"),
    /** Says who is quoted below: {@code On … wrote:}, {@code -----Original Message-----} with the fields under it. */
    ATTRIBUTION("attribution"),
    /** The author's signature, from the line {@code -- } on (RFC 3676 §4.3). */
    SIGNATURE("signature"),
    /** What a mailing list, its host or a webmail provider put under the mail. */
    FOOTER("footer"),
    /** The author's own patch: cut line, diffstat, diff, base commit; not what is written between cut line and diffstat. */
    PATCH("patch"),
    /** A trailer that the author gives, such as {@code Reviewed-by:}. */
    TRAILER("trailer");

    private final String label;

    LineClass(String label) {
        this.label = label;
    }

    /** As reports have it. */
    public String label() {
        return label;
    }
}
