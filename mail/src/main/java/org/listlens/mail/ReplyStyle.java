package org.listlens.mail;

/** How a mail stands to what it quotes. */
public enum ReplyStyle {
    /** Quotes nothing. */
    NONE("none"),
    /** New text first, the quoted mail below it. */
    TOP("top"),
    /** New text between quoted lines: point by point. */
    INLINE("inline"),
    /** The quoted mail first, new text below it. */
    BOTTOM("bottom"),
    /** Quoted lines and no new text. */
    FULL_QUOTE("full-quote");

    private final String label;

    ReplyStyle(String label) {
        this.label = label;
    }

    /** As documents and reports have it. */
    public String label() {
        return label;
    }
}
