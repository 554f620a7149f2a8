package org.listlens.sink;

import java.util.List;
import java.util.TreeSet;
import org.listlens.document.EncodedMail;

/**
 * How two copies of one message become one document: the content is that of the copy with the smallest id, the lists are
 * those of all copies. In whatever order copies come, the document ends the same.
 *
 * @param action what to do
 * @param listIds the lists that the document has then, sorted
 */
record MessageMerge(Action action, List<String> listIds) {
    /** What to do with the document that is stored. */
    enum Action {
        /** It stays as it is. */
        KEEP,
        /** Its content stays, {@code list.id} becomes the union. */
        ADD_LISTS,
        /** Ours takes its place, with the union as {@code list.id}. */
        REPLACE
    }

    MessageMerge {
        listIds = List.copyOf(listIds);
    }

    static MessageMerge of(StoredDocument stored, EncodedMail ours, String ourHash) {
        TreeSet<String> union = new TreeSet<>(stored.listIds());
        boolean more = union.addAll(ours.listIds());
        int order = stored.copyId() == null ? 1 : stored.copyId().compareTo(ours.copyId());
        boolean replace = order > 0 || (order == 0 && !ourHash.equals(stored.hash()));
        return new MessageMerge(replace ? Action.REPLACE : more ? Action.ADD_LISTS : Action.KEEP, List.copyOf(union));
    }
}
