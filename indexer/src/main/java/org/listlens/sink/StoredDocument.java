package org.listlens.sink;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the engine has under an id.
 *
 * @param seqNo its sequence number, for writing on the condition that it has not changed since; -1 when not asked for
 * @param primaryTerm belongs to the sequence number
 * @param hash {@code event.hash}
 * @param copyId {@code delivery.id}
 * @param alterations {@code message.alterations}, of a message
 * @param listIds {@code list.id}, sorted
 */
record StoredDocument(
        long seqNo,
        long primaryTerm,
        @Nullable String hash,
        @Nullable String copyId,
        @Nullable Integer alterations,
        List<String> listIds) {
    StoredDocument {
        listIds = List.copyOf(new TreeSet<>(listIds));
    }
}
