package org.listlens.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineException.Kind;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

/** Writes batches of mails until each document is as it should be, or refused. Thread-safe. */
final class BulkWriter {
    private final RetryingClient client;
    private final BulkExchange exchange;
    private final ConflictResolver resolver;

    BulkWriter(RetryingClient client) {
        this.client = client;
        this.exchange = new BulkExchange(client);
        this.resolver = new ConflictResolver(client, exchange);
    }

    /** The most octets that a batch should have, as far as the engine has shown. */
    long octetLimit() {
        return exchange.octetLimit();
    }

    /**
     * Writes mails. When it throws, those whose documents were all done before still count as written.
     *
     * @throws EngineException when the engine is gone for good
     */
    void write(List<MailWrite> mails) throws EngineException, InterruptedException {
        findOthersParts(mails);
        List<DocumentWrite> open = new ArrayList<>();
        for (MailWrite mail : mails) {
            open.addAll(mail.documents());
        }
        RetryPolicy.Attempts attempts = client.start();
        // Counted apart: the answers that tell of a lost race are successes of the exchange.
        RetryPolicy.Attempts races = client.start();
        for (int round = 0; !open.isEmpty(); round++) {
            if (round > 1) {
                // Others write to the same documents at this very moment.
                races.pause(new EngineException(
                        Kind.UNANSWERED,
                        "Documents at " + client.where()
                                + " keep changing while they are compared: let fewer indexers run at once."));
            }
            List<BulkItem> items = new ArrayList<>(open.size());
            for (DocumentWrite write : open) {
                items.add(write.item());
            }
            try {
                exchange.send(items, attempts);
            } finally {
                for (DocumentWrite write : open) {
                    write.settle();
                }
            }
            List<DocumentWrite> conflicts = undone(open);
            if (!conflicts.isEmpty()) {
                resolver.resolve(conflicts, attempts);
            }
            open = undone(conflicts);
        }
        undoClocks(mails, attempts);
    }

    /** Has the delays of those mails corrected anew whose delivery and hops do not come from one run. */
    private void undoClocks(List<MailWrite> mails, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        List<MailWrite> mixed = new ArrayList<>();
        List<BulkItem> items = new ArrayList<>();
        for (MailWrite mail : mails) {
            if (mail.needsClock()) {
                mixed.add(mail);
                items.add(mail.withoutClock());
            }
        }
        exchange.send(items, attempts);
        mixed.forEach(MailWrite::clockUndone);
    }

    /** Where another version of this program may have put copies into other parts, looks where they are. */
    private void findOthersParts(List<MailWrite> mails) throws EngineException, InterruptedException {
        String deliveries = DocumentKind.DELIVERY.alias();
        if (!exchange.partitions().areMixed(deliveries)) {
            return;
        }
        List<String> copies = new ArrayList<>(mails.size());
        for (MailWrite mail : mails) {
            copies.add(mail.mail().copyId());
        }
        Map<String, String> parts = exchange.partitions().find(deliveries, copies);
        for (MailWrite mail : mails) {
            String part = parts.get(mail.mail().copyId());
            if (part != null && !part.equals(mail.part())) {
                mail.liesIn(part);
            }
        }
    }

    private static List<DocumentWrite> undone(List<DocumentWrite> writes) {
        List<DocumentWrite> undone = new ArrayList<>();
        for (DocumentWrite write : writes) {
            if (!write.done()) {
                undone.add(write);
            }
        }
        return undone;
    }
}
