package org.listlens.document;

import java.util.Objects;

/**
 * One document inside the body of an {@link EncodedMail}.
 *
 * @param kind what it is
 * @param id its {@code _id}
 * @param hash lower-case hex digest of its content, where it lies in its archive aside, and for a message which lists
 *     carried it; also in the document, as {@code event.hash}. The same id with the same hash needs no writing
 * @param start offset of its action line in the body
 * @param sourceStart offset of its JSON, after the action line
 * @param end offset after the line feed that ends it
 */
public record EncodedDocument(DocumentKind kind, String id, String hash, int start, int sourceStart, int end) {
    public EncodedDocument {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
        Objects.requireNonNull(hash);
    }
}
