package org.listlens.document;

import java.util.Objects;

/**
 * One document of the ledger as a piece of a {@code _bulk} body: an action line
 * ({@code {"index":{"_index":…,"_id":…}}}), which replaces what is there, and the document, each ended by a line feed.
 *
 * @param id its {@code _id}
 * @param body the octets; owned by this record
 * @param sourceStart offset of the JSON, after the action line
 */
public record EncodedImport(String id, byte[] body, int sourceStart) {
    public EncodedImport {
        Objects.requireNonNull(id);
        Objects.requireNonNull(body);
    }
}
