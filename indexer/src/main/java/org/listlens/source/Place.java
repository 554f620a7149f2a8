package org.listlens.source;

import org.jspecify.annotations.Nullable;
import org.listlens.mail.Origin;

/**
 * What is being read: a file, or an entry of an archive.
 *
 * @param source the file's absolute path, or {@code -}
 * @param entry the entry's name; {@code null} for the file itself
 */
record Place(String source, @Nullable String entry) {
    /** The place at an offset, as in an mbox. */
    Origin at(long offset) {
        return new Origin(source, entry == null ? Long.toString(offset) : entry + ':' + offset);
    }

    /** The place as a whole, as of a single mail. */
    Origin whole() {
        return new Origin(source, entry == null ? "0" : entry);
    }

    Place entry(String name) {
        return new Place(source, name);
    }
}
