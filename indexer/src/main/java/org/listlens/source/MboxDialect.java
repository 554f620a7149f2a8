package org.listlens.source;

import java.util.Locale;

/**
 * How an mbox keeps lines of a body that begin with {@code From } apart from the lines that separate mails.
 *
 * <p>A file does not say which it is. Unless {@link SourceOptions#dialect()} does, the first mebibyte of the file
 * decides, by the first of these that holds:
 *
 * <ol>
 *   <li>The file begins with {@code From mboxrd@z}, as public-inbox writes it: {@link #MBOXRD}.
 *   <li>At least half of the mails have a Content-Length that ends on the next separator or the end of the file: {@link
 *       #MBOXCL2} when a body of that kind has an unescaped line that begins with {@code From }, else {@link #MBOXCL}.
 *   <li>The address of the first {@code From } line is written {@code jane at example.org}, as Pipermail does, whose
 *       generator escapes by one {@code >} and only lines that have none: {@link #MBOXO}.
 *   <li>Otherwise, and in doubt, {@link #MBOXRD}: of the lines {@code >From } it makes the same as {@link #MBOXO}, and
 *       {@code >>From } is what that dialect would have to lose a level of.
 * </ol>
 */
public enum MboxDialect {
    /** {@code From } became {@code >From }; {@code >>From } is what the author wrote. */
    MBOXO,
    /** Every line of any number of {@code >} before {@code From } got one more. */
    MBOXRD,
    /** Escaped as {@link #MBOXO}; Content-Length counts the octets of the escaped body. */
    MBOXCL,
    /** Nothing is escaped; Content-Length alone tells where a mail ends. */
    MBOXCL2;

    /** The name as it is commonly written, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a line of {@code depth} times {@code >} (at least once) and {@code From } loses one of them. */
    boolean unescapes(int depth) {
        return switch (this) {
            case MBOXO, MBOXCL -> depth == 1;
            case MBOXRD -> true;
            case MBOXCL2 -> false;
        };
    }

    /** Whether Content-Length is worth a look. */
    boolean countsOctets() {
        return this == MBOXCL || this == MBOXCL2;
    }

    /** The {@link #label()}, which is how users write it. */
    @Override
    public String toString() {
        return label();
    }
}
