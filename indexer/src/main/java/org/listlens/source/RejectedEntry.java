package org.listlens.source;

import java.util.Objects;
import org.listlens.mail.Origin;

/**
 * A part of an archive that could not be read as mail.
 *
 * @param origin where it lies; for data that breaks off, the offset in the uncompressed stream up to which it was read
 * @param reason why, as a clause for the user
 */
public record RejectedEntry(Origin origin, String reason) {
    public RejectedEntry {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(reason);
    }
}
