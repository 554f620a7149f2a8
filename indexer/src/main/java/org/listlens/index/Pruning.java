package org.listlens.index;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.document.EncodedMail;
import org.listlens.document.HashedAction;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryingClient;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.people.People;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.pseudonym.Pseudonymizer;
import org.listlens.sink.ActionWriter;
import org.listlens.sink.BulkSettings;
import org.listlens.sink.BulkSink;
import org.listlens.sink.DocumentEditor;
import org.listlens.sink.DocumentEditor.Verdict;
import org.listlens.sink.SinkListener;
import org.listlens.source.MailSource;

/**
 * Removes from the index what archives no longer hold. The sources are read for the digests of all their mails; a copy
 * that is in none of them loses the archives among the sources from its delivery, and when no archive is left, the
 * delivery and its hops are deleted, and the message with its last copy. A source that does not tell for sure what it no
 * longer has removes nothing.
 *
 * <p>To be run after the sources were indexed and before the updates of clocks, persons, series and threads, which leave
 * everything as if the mails had never been there. A message that was made from a copy that is gone is made anew from
 * another in these sources; when there is none, it keeps what it says until another copy is read.
 *
 * <p>Killed at any moment and run again, it ends the same: what leads to the next step goes last. Used once.
 */
public final class Pruning {
    /** How many deliveries are removed together. */
    private static final int AT_ONCE = 500;

    private final boolean force;
    private final BulkSettings bulk;
    private final EngineClient client;
    private final EngineSearch search;
    private final StoredDeliveries deliveries;
    private final ActionWriter writer;
    private final DocumentEditor editor;
    private final PrunedClocks clocks;
    private final PrunedMessages messages;
    private final PresentCopies present;
    private final PruneScope scope;
    private final RemainingCopies remaining;
    private final @Nullable Pseudonymizer pseudonymizer;
    private volatile boolean stopping;

    /**
     * Prepares.
     *
     * @param limits the bounds within which mails were read
     * @param people by which authors are found
     * @param pseudonyms the key of the pseudonyms in the place of persons; {@code null} where persons are readable
     * @param threads how many threads read, at least 1
     * @param force whether a source may remove more than half of what is indexed from it
     */
    public Pruning(
            EngineClient client,
            BulkSettings bulk,
            Limits limits,
            People people,
            @Nullable PseudonymKey pseudonyms,
            int threads,
            boolean force) {
        this.client = client;
        this.bulk = bulk;
        this.force = force;
        this.search = new EngineSearch(new RetryingClient(client, bulk.retry()));
        this.deliveries = new StoredDeliveries(search);
        this.writer = new ActionWriter(client, bulk.retry());
        this.editor = new DocumentEditor(client, bulk.retry());
        this.clocks = new PrunedClocks(search, writer);
        this.messages = new PrunedMessages(search, editor, writer);
        this.present = new PresentCopies(limits, pseudonyms, threads);
        this.scope = new PruneScope(present, pseudonyms != null);
        this.remaining = new RemainingCopies(limits, people, pseudonyms, threads, editor, scope);
        this.pseudonymizer = pseudonyms == null ? null : new Pseudonymizer(pseudonyms);
    }

    /**
     * What was removed.
     *
     * @param copies deliveries that were deleted
     * @param messages messages that were deleted
     * @param kept of which sources nothing was removed, and why: sentences for the user
     */
    public record Pruned(long copies, long messages, List<String> kept) {
        public Pruned {
            kept = List.copyOf(kept);
        }
    }

    /** Removes what the sources no longer hold. */
    public Pruned run(List<? extends MailSource> sources) throws IOException, InterruptedException {
        List<String> kept = new ArrayList<>();
        for (MailSource source : sources) {
            String doubt = stopping ? "reading it was interrupted" : present.read(source);
            scope.add(name(source), doubt == null);
            if (doubt != null) {
                kept.add("Nothing was pruned of " + source.name() + ": " + doubt + ".");
            }
        }
        search.refresh(List.of(DocumentKind.DELIVERY, DocumentKind.MESSAGE, DocumentKind.HOP));
        refuseMost(sources, kept);
        long copies = 0;
        if (!stopping && !scope.parts().isEmpty()) {
            prepare();
            // Who writes looks first at what searches see, and has to see which messages have lost their voice.
            search.refresh(List.of(DocumentKind.MESSAGE));
            try (BulkSink sink = new BulkSink(client, bulk, new Unheard())) {
                remaining.write(sources, sink);
            }
            copies = stopping ? 0 : remove();
        }
        // Those included that a run has left which was killed.
        return new Pruned(copies, stopping ? 0 : messages.deleteCopyless(), kept);
    }

    /** Ends soon; what is left is removed by the next run. May be called from any thread. */
    public void stop() {
        stopping = true;
        present.stop();
        remaining.stop();
    }

    /** How far reading has come. */
    public RunProgress progress() {
        return new RunProgress(0, present.mails(), 0, present.octets(), 0, -1);
    }

    private String name(MailSource source) {
        return pseudonymizer == null
                ? source.name()
                : pseudonymizer.origin(new Origin(source.name(), "0")).source();
    }

    /** All deliveries that name an archive of the sources; one that names several may come more than once. */
    private void all(StoredDeliveries.Taker taker) throws EngineException, InterruptedException {
        for (PruneScope.Part part : scope.parts()) {
            deliveries.all(part.query(), taker);
        }
    }

    /** Keeps sources from removing most of what they had: that is seldom what somebody wanted. */
    private void refuseMost(List<? extends MailSource> sources, List<String> kept)
            throws EngineException, InterruptedException {
        if (force) {
            return;
        }
        long[] had = new long[scope.size()];
        long[] gone = new long[scope.size()];
        for (PruneScope.Part part : scope.parts()) {
            deliveries.all(part.query(), delivery -> {
                List<String> left = scope.remaining(delivery.id(), delivery.archives());
                for (int i = part.from(); i < part.to(); i++) {
                    if (isIn(i, delivery.archives())) {
                        had[i]++;
                        gone[i] += isIn(i, left) || present.has(delivery.id()) ? 0 : 1;
                    }
                }
            });
        }
        for (int i = 0; i < had.length; i++) {
            if (scope.isTrusted(i) && gone[i] * 2 > had[i]) {
                kept.add(String.format(
                        Locale.ROOT,
                        "Nothing was pruned of %s: %,d of the %,d mails that are indexed from it are no longer in it, which"
                                + " is more than half; if that is right, run it again with --prune-most.",
                        sources.get(i).name(),
                        gone[i],
                        had[i]));
                scope.distrust(i);
            }
        }
    }

    private boolean isIn(int source, List<String> archives) {
        for (String archive : archives) {
            if (scope.isIn(source, archive)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a delivery is to be deleted. */
    private boolean isDoomed(StoredDeliveries.Delivery delivery) {
        return !delivery.archives().isEmpty()
                && !present.has(delivery.id())
                && scope.remaining(delivery.id(), delivery.archives()).isEmpty();
    }

    /** Finds the copies that have to be read again, and prepares messages for losing some of theirs. */
    private void prepare() throws EngineException, InterruptedException {
        Set<String> some = new HashSet<>();
        all(delivery -> {
            if (isDoomed(delivery)) {
                if (delivery.message() != null) {
                    some.add(delivery.message());
                }
                if (some.size() == AT_ONCE) {
                    reduce(some);
                    some.clear();
                }
            } else if (present.has(delivery.id())
                    && scope.remaining(delivery.id(), delivery.archives()).size()
                            < delivery.archives().size()) {
                remaining.moved(delivery.id());
            }
        });
        reduce(some);
    }

    private void reduce(Set<String> some) throws EngineException, InterruptedException {
        if (some.isEmpty()) {
            return;
        }
        Map<String, List<StoredDeliveries.Delivery>> left = new HashMap<>();
        some.forEach(message -> left.put(message, new ArrayList<>()));
        deliveries.ofMessages(some, delivery -> {
            List<StoredDeliveries.Delivery> ofMessage = left.get(delivery.message());
            if (ofMessage != null && !isDoomed(delivery)) {
                ofMessage.add(delivery);
                if (present.has(delivery.id())) {
                    remaining.speaks(delivery.id());
                }
            }
        });
        messages.reduce(left);
    }

    /** Removes deliveries, and archives from those that have others; returns how many were deleted. */
    private long remove() throws EngineException, InterruptedException {
        search.refresh(List.of(DocumentKind.DELIVERY));
        List<StoredDeliveries.Delivery> some = new ArrayList<>();
        long[] removed = {0};
        all(delivery -> {
            if (stopping || present.has(delivery.id())) {
                return;
            }
            if (scope.remaining(delivery.id(), delivery.archives()).size()
                    < delivery.archives().size()) {
                some.add(delivery);
            }
            if (some.size() == AT_ONCE) {
                removed[0] += remove(some);
                some.clear();
            }
        });
        return removed[0] + remove(some);
    }

    private long remove(List<StoredDeliveries.Delivery> some) throws EngineException, InterruptedException {
        List<StoredDeliveries.Delivery> doomed = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (StoredDeliveries.Delivery delivery : some) {
            ids.add(delivery.id());
            if (isDoomed(delivery)) {
                doomed.add(delivery);
            }
        }
        if (!doomed.isEmpty()) {
            clocks.forget(doomed);
            deleteHops(doomed);
        }
        Set<String> deleted = new HashSet<>();
        editor.edit(DocumentKind.DELIVERY, ids, (id, source) -> {
            deleted.remove(id);
            List<String> archives = StoredDeliveries.archives(source);
            List<String> left = scope.remaining(id, archives);
            if (left.size() == archives.size()) {
                return Verdict.KEEP;
            }
            if (left.isEmpty()) {
                deleted.add(id);
                return Verdict.DELETE;
            }
            ObjectNode archive = source.withObjectProperty("archive");
            if (scope.isGone(id, archive.path("source").asText())) {
                // Where it lies in another archive is not known before that is read again.
                archive.put("source", left.getFirst());
                archive.remove("position");
            }
            ArrayNode names = archive.putArray("sources");
            left.forEach(names::add);
            return Verdict.WRITE;
        });
        if (!doomed.isEmpty()) {
            // The clocks of the next look for days that have any delivery left.
            search.refresh(List.of(DocumentKind.DELIVERY));
        }
        return deleted.size();
    }

    private void deleteHops(List<StoredDeliveries.Delivery> doomed) throws EngineException, InterruptedException {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ArrayNode terms = query.putObject("terms").putArray("delivery.id");
        doomed.forEach(delivery -> terms.add(delivery.id()));
        List<EncodedAction> actions = new ArrayList<>();
        search.all(
                DocumentKind.HOP,
                query,
                List.of("delivery.id"),
                List.of("delivery.id", "hop.position"),
                hit -> actions.add(
                        HashedAction.delete(DocumentKind.HOP, hit.path("_id").asText())));
        writer.write(actions);
    }

    /** These mails are in the ledger already. */
    private static final class Unheard implements SinkListener {
        @Override
        public void indexed(EncodedMail mail) {}

        @Override
        public void unchanged(EncodedMail mail) {}

        @Override
        public void duplicate(EncodedMail mail) {}

        @Override
        public void rejected(EncodedMail mail, String reason) {}

        @Override
        public void abandoned(EncodedMail mail) {}
    }
}
