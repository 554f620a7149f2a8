package org.listlens.sink;

import java.util.List;
import java.util.TreeSet;
import org.listlens.document.EncodedMail;

/**
 * How two copies of one message become one document: the content is that of the copy that was altered least on its way,
 * of several such the one with the smallest id, and the lists are those of all copies. In whatever order copies come, the
 * document ends the same.
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
        int order = order(stored, ours);
        boolean replace = order > 0 || (order == 0 && !ourHash.equals(stored.hash()));
        return new MessageMerge(replace ? Action.REPLACE : more ? Action.ADD_LISTS : Action.KEEP, List.copyOf(union));
    }

    /** Above 0 when our copy is to speak for the message; 0 when the stored document was made of it. */
    private static int order(StoredDocument stored, EncodedMail ours) {
        if (stored.copyId() == null) {
            return 1;
        }
        int sameCopy = stored.copyId().compareTo(ours.copyId());
        // An older version wrote no alterations: every other copy goes before its own.
        int alterations = stored.alterations() == null ? Integer.MAX_VALUE : stored.alterations();
        return sameCopy == 0 || alterations == ours.alterations()
                ? sameCopy
                : Integer.compare(alterations, ours.alterations());
    }
}
