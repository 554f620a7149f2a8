package org.listlens.document;

import org.jspecify.annotations.Nullable;

/**
 * An action that writes a whole document, and the digest of its content, which is its {@code event.hash}.
 *
 * @param action the action
 * @param hash the digest
 */
public record HashedAction(EncodedAction action, String hash) {
    /** How often the engine tries a change again when others change the same document. */
    private static final int RETRIES = 5;

    /** Writes the fields of a document. */
    @FunctionalInterface
    interface Content {
        void write(DocumentWriter writer);
    }

    /** Writes a document over what is there. */
    static HashedAction of(DocumentKind kind, String id, Content content) {
        String[] hash = new String[1];
        EncodedAction action = action("index", kind, id, null, writer -> {
            content.write(writer);
            hash[0] = writer.hash();
        });
        return new HashedAction(action, hash[0]);
    }

    /** Changes fields of a document. */
    static EncodedAction update(DocumentKind kind, String id, Content content) {
        return update(kind, id, null, content);
    }

    /** Changes fields of a document; if {@code seen} is given, only while it is in that state. */
    static EncodedAction update(DocumentKind kind, String id, @Nullable Revision seen, Content content) {
        return action("update", kind, id, seen, writer -> {
            writer.startObject("doc");
            content.write(writer);
            writer.endObject();
        });
    }

    /** Deletes a document. */
    public static EncodedAction delete(DocumentKind kind, String id) {
        DocumentWriter writer = new DocumentWriter(new JsonBuffer(256), Digests.sha256());
        writer.action("delete", kind, id, 0);
        return new EncodedAction(kind, id, writer.finish());
    }

    private static EncodedAction action(
            String action, DocumentKind kind, String id, @Nullable Revision seen, Content content) {
        DocumentWriter writer = new DocumentWriter(new JsonBuffer(512), Digests.sha256());
        if (seen == null) {
            writer.action(action, kind, id, action.equals("update") ? RETRIES : 0);
        } else {
            writer.action(action, kind, id, seen);
        }
        writer.beginSource();
        content.write(writer);
        writer.end();
        return new EncodedAction(kind, id, writer.finish(), writer.takesAway(), seen != null && !writer.takesAway());
    }
}
