package org.listlens.document;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.listlens.mail.Origin;

/**
 * All documents of one mail as one piece of a {@code _bulk} body: for each an action line
 * ({@code {"create":{"_index":…,"_id":…}}}) and the document, each ended by a line feed.
 *
 * @param origin where the mail lies
 * @param copyId the {@code _id} of its delivery, identity of this copy
 * @param part where its delivery and its hops lie when these are in parts, by {@link CopyYear}
 * @param alterations how much the copy was altered on its way, 0 when not at all; also in its message, as
 *     {@code message.alterations}
 * @param listIds the lists that this copy came by, sorted
 * @param body the octets; owned by this record
 * @param length how many octets of {@code body} count
 * @param documents message, delivery, then hops by position; in the body the delivery is last
 */
public record EncodedMail(
        Origin origin,
        String copyId,
        String part,
        int alterations,
        List<String> listIds,
        byte[] body,
        int length,
        List<EncodedDocument> documents) {
    public EncodedMail {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(copyId);
        Objects.requireNonNull(part);
        listIds = List.copyOf(listIds);
        documents = List.copyOf(documents);
        if (length > body.length) {
            throw new IllegalArgumentException("length " + length + " is beyond the body's " + body.length);
        }
    }

    /** The delivery alone, for a copy that was met in another archive before: what is new of it is where it lies. */
    public EncodedMail deliveryOnly() {
        for (EncodedDocument document : documents) {
            if (document.kind() == DocumentKind.DELIVERY) {
                int start = document.start();
                byte[] octets = Arrays.copyOfRange(body, start, document.end());
                EncodedDocument moved = new EncodedDocument(
                        document.kind(),
                        document.id(),
                        document.hash(),
                        0,
                        document.sourceStart() - start,
                        octets.length);
                return new EncodedMail(
                        origin, copyId, part, alterations, listIds, octets, octets.length, List.of(moved));
            }
        }
        throw new IllegalStateException("a mail without a delivery");
    }
}
