package org.listlens.document;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.Correction;
import org.listlens.clock.Way;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Hop;
import org.listlens.mail.MailingList;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Stamp;
import org.listlens.thread.ThreadIds;

/**
 * Writes all documents of a mail. Encoding depends on the mail alone, and for the corrected delays on what is known of
 * clocks, and for the places in threads, which {@code event.hash} does not cover.
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

    private final Knowledge known;
    private final AuthorFields authors;
    private final ThreadIds threadIds = new ThreadIds();
    private final MessageDigest sha256 = Digests.sha256();
    private JsonBuffer buffer = new JsonBuffer(BUFFER);

    /** For mails of which nothing is known but themselves. */
    public MailDocuments() {
        this(Knowledge.none());
    }

    /** For mails of which something is known from others. */
    public MailDocuments(Knowledge known) {
        this.known = known;
        this.authors = new AuthorFields(known.persons());
    }

    /**
     * Encodes a mail: its message, its delivery and its hops by position. A list in a document that has grown beyond 8
     * MiB is cut there, and the document says so ({@link DefectCode#DOCUMENT_TRUNCATED}).
     */
    public EncodedMail encode(ParsedMail mail) {
        try {
            buffer.truncate(0);
            DocumentWriter writer = new DocumentWriter(buffer, sha256);
            NamedFields fields = NamedFields.of(mail.headers());
            Keys keys = new Keys(
                    Digests.message(sha256, mail),
                    Alterations.of(mail, fields),
                    listIds(mail.lists()),
                    fields,
                    new Shared());
            Times times = Times.of(mail);
            List<EncodedDocument> documents = new ArrayList<>(2 + mail.hops().size());
            documents.add(MessageDocument.write(
                    writer, mail, keys, times, known.threads().place(mail.messageId(), threadIds), authors.of(mail)));
            Way way = Way.of(mail.hops());
            Correction correction =
                    known.clocks().isEmpty() || way.days().isEmpty() ? null : Correction.of(way, known.clocks());
            List<EncodedDocument> hops = hops(writer, mail, keys, correction);
            documents.add(DeliveryDocument.write(
                    writer, mail, keys, times, new Clocks(way, correction, known.solved()), hops));
            documents.addAll(hops);
            byte[] body = writer.finish();
            return new EncodedMail(
                    mail.origin(),
                    mail.digest(),
                    CopyYear.of(times.delivery()),
                    keys.alterations(),
                    keys.listIds(),
                    body,
                    body.length,
                    documents);
        } finally {
            if (buffer.capacity() > BUFFER) {
                buffer = new JsonBuffer(BUFFER);
            }
            sha256.reset();
        }
    }

    private static List<EncodedDocument> hops(
            DocumentWriter writer, ParsedMail mail, Keys keys, @Nullable Correction correction) {
        List<EncodedDocument> hops = new ArrayList<>(mail.hops().size());
        Iterator<Correction.Delay> delays = correction == null
                ? Collections.emptyIterator()
                : correction.delays().iterator();
        Correction.Delay next = delays.hasNext() ? delays.next() : null;
        for (Hop hop : mail.hops()) {
            boolean corrected = next != null && next.position() == hop.position();
            hops.add(HopDocument.write(writer, mail, hop, keys, corrected ? next : null));
            if (corrected) {
                next = delays.hasNext() ? delays.next() : null;
            }
        }
        return hops;
    }

    /**
     * The {@code @timestamp} of the message of a mail; {@code null} when nothing tells it.
     *
     * @param date {@link ParsedMail#date()}
     * @param hops {@link ParsedMail#hops()}
     */
    public static @Nullable Instant timestamp(@Nullable Stamp date, List<Hop> hops) {
        return Times.of(date, hops).message();
    }

    /**
     * What the documents of one mail share.
     *
     * @param message the {@code _id} of the message
     * @param alterations how much the copy was altered on its way
     * @param listIds the lists that the copy came by, sorted, each once
     * @param fields of the header
     * @param shared what was written already
     */
    record Keys(String message, int alterations, List<String> listIds, NamedFields fields, Shared shared) {}

    /** Members that several documents of a mail have, once the first of them is written. */
    static final class Shared {
        DocumentWriter.@Nullable Members summary;
        DocumentWriter.@Nullable Members recipients;
        DocumentWriter.@Nullable Members lists;
        DocumentWriter.@Nullable Members ofHops;
    }

    /**
     * What is known of the clocks on a mail's way.
     *
     * @param way the stamps
     * @param correction the delays by right clocks; {@code null} when nothing is known of clocks
     * @param solved whether the mail had its say when the clocks were estimated
     */
    record Clocks(Way way, @Nullable Correction correction, boolean solved) {}

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
