package org.listlens.sink;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the engine has under an id.
 *
 * @param seqNo its sequence number, for writing on the condition that it has not changed since
 * @param primaryTerm belongs to the sequence number
 * @param hash {@code event.hash}
 * @param copyId {@code delivery.id}
 * @param listIds {@code list.id}, sorted
 */
record StoredDocument(
        long seqNo,
        long primaryTerm,
        @Nullable String hash,
        @Nullable String copyId,
        List<String> listIds) {
    /** The fields that are read. */
    static final String FIELDS = "event.hash,delivery.id,list.id";

    StoredDocument {
        listIds = List.copyOf(listIds);
    }

    /** Reads one of the documents of an {@code _mget} answer that was found. */
    static StoredDocument read(JsonNode doc) {
        JsonNode source = doc.path("_source");
        JsonNode lists = source.path("list").path("id");
        TreeSet<String> listIds = new TreeSet<>();
        if (lists.isTextual()) {
            listIds.add(lists.textValue());
        }
        for (JsonNode list : lists) {
            listIds.add(list.asText());
        }
        return new StoredDocument(
                doc.path("_seq_no").longValue(),
                doc.path("_primary_term").longValue(),
                source.path("event").path("hash").textValue(),
                source.path("delivery").path("id").textValue(),
                List.copyOf(listIds));
    }
}
