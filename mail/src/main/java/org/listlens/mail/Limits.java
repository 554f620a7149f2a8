package org.listlens.mail;

/**
 * The bounds of everything that a mail can make large. What lies beyond a bound is cut or skipped and named as a
 * {@link Defect}; it is never an error.
 *
 * @param mailBytes octets of a mail that a source keeps
 * @param fieldBytes octets of one header field, name and folds included
 * @param fields header fields
 * @param addresses addresses in all address fields together
 * @param references Message-IDs in References and In-Reply-To each
 * @param hops trace fields
 * @param parts body parts
 * @param nesting levels of multiparts and attached messages
 * @param textChars characters of the decoded text
 * @param defects defects that are named
 */
public record Limits(
        int mailBytes,
        int fieldBytes,
        int fields,
        int addresses,
        int references,
        int hops,
        int parts,
        int nesting,
        int textChars,
        int defects) {
    /** Generous to every real mail that has been seen, and small enough for a heap of a few hundred megabytes. */
    public static final Limits DEFAULT =
            new Limits(32 << 20, 1 << 20, 10_000, 10_000, 2_000, 1_000, 2_000, 32, 2 << 20, 100);

    public Limits {
        if (Math.min(
                        Math.min(Math.min(mailBytes, fieldBytes), Math.min(fields, addresses)),
                        Math.min(
                                Math.min(references, hops),
                                Math.min(Math.min(parts, nesting), Math.min(textChars, defects))))
                < 1) {
            throw new IllegalArgumentException("every limit is at least 1");
        }
    }
}
