package org.listlens.source;

import org.jspecify.annotations.Nullable;
import org.listlens.mail.Origin;

/**
 * What is being read: a file, or an entry of an archive.
 *
 * @param source the file's absolute path, or {@code -}
 * @param entry the entry's name; {@code null} for the file itself
 * @param base the offset in the file at which reading begins
 */
record Place(String source, @Nullable String entry, long base) {
    Place(String source, @Nullable String entry) {
        this(source, entry, 0);
    }

    /** The place at an offset, as in an mbox. */
    Origin at(long offset) {
        long at = base + offset;
        return new Origin(source, entry == null ? Long.toString(at) : entry + ':' + at);
    }

    /** The place as a whole, as of a single mail. */
    Origin whole() {
        return new Origin(source, entry == null ? "0" : entry);
    }

    Place entry(String name) {
        return new Place(source, name);
    }
}
