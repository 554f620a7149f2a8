package org.listlens.thread;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Quotation;

/**
 * What a discussion needs of one mail.
 *
 * @param id of the mail's document
 * @param messageId without brackets; {@code null} without one
 * @param references {@link org.listlens.mail.ParsedMail#references()}
 * @param inReplyTo {@link org.listlens.mail.ParsedMail#inReplyTo()}
 * @param at when it was written, so far as that can be believed; {@code null} when unknown
 * @param listExit when the list sent it on; {@code null} when the trace does not tell
 * @param subject decoded; {@code null} without one
 * @param writer who wrote it; {@code null} when nobody is named
 * @param lists the lists that carried it
 * @param quoteDepth how deep it quotes; {@code null} when it has no text
 * @param patch whether it is a patch or introduces some
 * @param quotations who is quoted where, as the mail says
 * @param sketch {@link org.listlens.mail.Quotes#sketch()}
 */
public record ThreadMail(
        String id,
        @Nullable String messageId,
        List<String> references,
        List<String> inReplyTo,
        @Nullable Instant at,
        @Nullable Instant listExit,
        @Nullable String subject,
        @Nullable Writer writer,
        List<String> lists,
        @Nullable Integer quoteDepth,
        boolean patch,
        List<Quotation> quotations,
        List<String> sketch) {
    /**
     * Who wrote a mail.
     *
     * @param person the person that the address belongs to; the address itself, where nothing more is known
     * @param name as in this mail; {@code null} without one
     * @param address in lower case
     * @param organization {@code null} when unknown
     * @param robot whether a program wrote it
     */
    public record Writer(
            String person,
            @Nullable String name,
            String address,
            @Nullable String organization,
            boolean robot) {
        public Writer {
            Objects.requireNonNull(person);
            Objects.requireNonNull(address);
        }
    }

    public ThreadMail {
        Objects.requireNonNull(id);
        references = List.copyOf(references);
        inReplyTo = List.copyOf(inReplyTo);
        lists = List.copyOf(lists);
        quotations = List.copyOf(quotations);
        sketch = List.copyOf(sketch);
    }

    /** The same mail by another writer. */
    public ThreadMail writtenBy(Writer other) {
        return new ThreadMail(
                id,
                messageId,
                references,
                inReplyTo,
                at,
                listExit,
                subject,
                other,
                lists,
                quoteDepth,
                patch,
                quotations,
                sketch);
    }

    /** The place of the mail in a {@link ThreadGraph}: its Message-ID, or a place of its own where it has none. */
    public long node(ThreadIds ids) {
        return messageId == null ? ids.hash("no Message-ID\n" + id) : ids.hash(messageId);
    }
}
