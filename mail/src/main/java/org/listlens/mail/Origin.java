package org.listlens.mail;

import java.util.Objects;

/**
 * Where a mail lies in its archive.
 *
 * @param source the archive that holds it: the absolute path of a file, or a URI; {@code -} is standard input
 * @param position the place inside that archive: for an mbox the offset in octets of the mail's {@code From } line in
 *     the uncompressed file, for an archive of one mail {@code 0}
 */
public record Origin(String source, String position) {
    public Origin {
        Objects.requireNonNull(source);
        Objects.requireNonNull(position);
    }

    /** Returns {@code source:position}, as messages to the user name a mail. */
    @Override
    public String toString() {
        return source + ':' + position;
    }
}
