package org.listlens.document;

import java.util.Objects;

/**
 * One action of a {@code _bulk} body that may be carried out twice: the action line
 * ({@code {"index":{"_index":…,"_id":…}}}), which replaces what is there, or {@code update}, which changes some fields, or
 * {@code delete}; and, but for the last, a document; each line ended by a line feed.
 *
 * @param kind what is written
 * @param id its {@code _id}
 * @param body the octets; owned by this record
 * @param takesAway whether it is an update that has {@code null} for fields that the document shall no longer have
 * @param conditional whether it is to be left undone when the document is not in the state any more that was seen
 */
public record EncodedAction(DocumentKind kind, String id, byte[] body, boolean takesAway, boolean conditional) {
    /** An action that takes no field away, and that holds in any case. */
    public EncodedAction(DocumentKind kind, String id, byte[] body) {
        this(kind, id, body, false, false);
    }

    public EncodedAction {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
        if (body.length == 0 || body[body.length - 1] != '\n') {
            throw new IllegalArgumentException("an action ends with a line feed");
        }
    }
}
