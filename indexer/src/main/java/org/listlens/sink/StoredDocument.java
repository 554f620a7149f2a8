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
 * @param sources {@code archive.sources}, of a delivery, sorted
 * @param source {@code archive.source}, of a delivery; {@code null} when not asked for
 */
record StoredDocument(
        long seqNo,
        long primaryTerm,
        @Nullable String hash,
        @Nullable String copyId,
        @Nullable Integer alterations,
        List<String> listIds,
        List<String> sources,
        @Nullable String source) {
    StoredDocument {
        listIds = List.copyOf(new TreeSet<>(listIds));
        sources = List.copyOf(new TreeSet<>(sources));
    }
}
