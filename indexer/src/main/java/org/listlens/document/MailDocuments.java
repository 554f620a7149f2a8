package org.listlens.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.listlens.mail.DefectCode;
import org.listlens.mail.MailingList;
import org.listlens.mail.ParsedMail;

/**
 * Writes all documents of a mail. Encoding depends on the mail alone: the same mail gives the same octets, always and
 * everywhere.
 *
 * <p>The {@code _id} of a delivery is the mail's {@link ParsedMail#digest()}, that of a hop the delivery's with the
 * position in at least four digits ({@code …-0003}); that of a message is made of Message-ID and
 * {@link ParsedMail#contentDigest()}, so that all copies of a mail share it.
 *
 * <p>Not thread-safe: it keeps its buffer from mail to mail. Let every thread have its own.
 */
public final class MailDocuments {
    /** The buffer that is kept; that of a larger mail is given back. */
    private static final int BUFFER = 1 << 20;

    private final MessageDigest sha256 = Digests.sha256();
    private DocumentWriter.Octets buffer = new DocumentWriter.Octets(BUFFER);

    /**
     * Encodes a mail: its message, its delivery and its hops by position. A list in a document that has grown beyond 8
     * MiB is cut there, and the document says so ({@link DefectCode#DOCUMENT_TRUNCATED}).
     */
    public EncodedMail encode(ParsedMail mail) {
        try {
            buffer.reset();
            DocumentWriter writer = new DocumentWriter(buffer, sha256);
            Keys keys = new Keys(Digests.message(sha256, mail), listIds(mail.lists()));
            Times times = Times.of(mail);
            List<EncodedDocument> documents = new ArrayList<>(2 + mail.hops().size());
            documents.add(MessageDocument.write(writer, mail, keys, times));
            documents.add(DeliveryDocument.write(writer, mail, keys, times));
            for (int i = 0; i < mail.hops().size(); i++) {
                documents.add(HopDocument.write(writer, mail, mail.hops().get(i), keys));
            }
            byte[] body = writer.finish();
            return new EncodedMail(mail.origin(), mail.digest(), keys.listIds(), body, body.length, documents);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        } finally {
            if (buffer.capacity() > BUFFER) {
                buffer = new DocumentWriter.Octets(BUFFER);
            }
            sha256.reset();
        }
    }

    /**
     * What the documents of one mail share.
     *
     * @param message the {@code _id} of the message
     * @param listIds the lists that the copy came by, sorted, each once
     */
    record Keys(String message, List<String> listIds) {}

    private static List<String> listIds(List<MailingList> lists) {
        if (lists.size() <= 1) {
            return lists.isEmpty() ? List.of() : List.of(lists.get(0).id());
        }
        TreeSet<String> ids = new TreeSet<>();
        for (MailingList list : lists) {
            ids.add(list.id());
        }
        return List.copyOf(ids);
    }
}
