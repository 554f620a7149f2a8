package org.listlens.sink;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.engine.Partitions;

/**
 * Finds the parts of documents that are to be changed by those who know their ids only. They have the ids from searches,
 * so searches find the documents: hops by their delivery, which is written after them and deleted after them.
 */
final class CopyParts {
    private CopyParts() {}

    /** The documents that are there, or that never lie in parts; the others are {@code null}, in the same order. */
    static List<@Nullable DocumentId> find(Partitions partitions, List<DocumentId> ids)
            throws EngineException, InterruptedException {
        Set<String> copies = new LinkedHashSet<>();
        for (DocumentId id : ids) {
            if (id.kind().isOfCopy() && partitions.areIn(id.kind().alias())) {
                copies.add(id.kind().copyId(id.id()));
            }
        }
        if (copies.isEmpty()) {
            return new ArrayList<>(ids);
        }
        Map<String, String> parts = partitions.find(DocumentKind.DELIVERY.alias(), copies);
        List<@Nullable DocumentId> found = new ArrayList<>(ids.size());
        for (DocumentId id : ids) {
            if (!id.kind().isOfCopy()) {
                found.add(id);
            } else {
                String part = parts.get(id.kind().copyId(id.id()));
                found.add(part == null ? null : new DocumentId(id.kind(), id.id(), part));
            }
        }
        return found;
    }
}
