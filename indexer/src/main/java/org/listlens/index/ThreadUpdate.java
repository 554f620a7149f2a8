package org.listlens.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.document.HashedAction;
import org.listlens.document.ThreadDocuments;
import org.listlens.engine.EngineException;
import org.listlens.thread.Discussion;
import org.listlens.thread.Quoting;
import org.listlens.thread.ThreadGraph;
import org.listlens.thread.ThreadIds;
import org.listlens.thread.ThreadMail;

/**
 * Brings threads up to date with the messages that have come: writes the documents of the threads that these touch and of
 * what their mails quote, and gives messages their places. The outcome depends on the messages alone, not on the order in
 * which they came; an update that was cut off is made up for by the next.
 *
 * <p>New messages are told their places last, and are new until then. Where all messages are looked at, they are told
 * first, and the documents of threads are marked as stale before that; a thread that has none yet is missing in the sum
 * over all threads. Either way the next update finds what was not finished.
 */
final class ThreadUpdate {
    /** How many threads are read at once, and how many new mails with them. */
    private static final int AT_ONCE = 500;

    /** How many actions are collected before they are sent. */
    private static final int ACTIONS = 8_000;

    private final EngineSearch search;
    private final StoredThreads stored;
    private final UpdateWriter writer;
    private final List<EncodedAction> actions = new ArrayList<>();
    private final ThreadIds ids = new ThreadIds();

    ThreadUpdate(EngineSearch search, UpdateWriter writer) {
        this.search = search;
        this.stored = new StoredThreads(search);
        this.writer = writer;
    }

    /**
     * Updates, after a refresh.
     *
     * @param stale whether there are threads that are to be written anew
     */
    void run(DiscussionRound round, boolean stale) throws EngineException, InterruptedException {
        if (round.messages() > DiscussionRound.MANY) {
            all(round);
            return;
        }
        ThreadUnits units = new ThreadUnits();
        Set<String> names = new HashSet<>();
        stored.unsolvedNames((id, thread, its) -> {
            units.mail(id, its);
            names.addAll(its);
            if (thread != null) {
                units.join(thread, its);
            }
        });
        stored.names(names, (id, thread, its) -> {
            if (thread != null) {
                units.join(thread, its);
            }
        });
        round.threads().forEach(units::thread);
        if (stale) {
            stored.stale().forEach(units::thread);
        }
        write(units, round);
    }

    /** Looks at some threads anew whose messages were taken away, or that were not finished. */
    void heal(Collection<String> threads, DiscussionRound round) throws EngineException, InterruptedException {
        ThreadUnits units = new ThreadUnits();
        threads.forEach(units::thread);
        write(units, round);
    }

    /** Gives all messages their places and writes all threads, after a refresh. */
    void all(DiscussionRound round) throws EngineException, InterruptedException {
        ThreadGraph graph = new ThreadGraph();
        stored.links(mail -> add(graph, mail.mail()));
        Set<String> old = new HashSet<>(stored.documents());
        for (String thread : old) {
            send(ThreadDocuments.stale(thread));
        }
        flush();
        stored.links(mail -> {
            long node = mail.mail().node(ids);
            // Mails that came meanwhile have no place yet.
            if (graph.has(node)) {
                EncodedAction place = place(mail, ThreadIds.name(graph.thread(node)), graph.depth(node), round);
                if (place != null) {
                    send(place);
                }
            }
        });
        flush();
        search.refresh(List.of(DocumentKind.MESSAGE, DocumentKind.THREAD));
        Unit part = new Unit();
        stored.threads((thread, messages) -> {
            old.remove(thread);
            part.threads.add(thread);
            writeIf(part, AT_ONCE, round);
        });
        for (String thread : old) {
            part.threads.add(thread);
            writeIf(part, AT_ONCE, round);
        }
        writeIf(part, 1, round);
    }

    private void add(ThreadGraph graph, ThreadMail mail) {
        ThreadIds.References references = ids.references(mail.references(), mail.inReplyTo());
        graph.add(mail.node(ids), references.references(), references.related());
    }

    /** Several units that are written together. */
    private static final class Unit {
        private final Set<String> threads = new TreeSet<>();
        private final Set<String> mails = new TreeSet<>();
    }

    private void write(ThreadUnits units, DiscussionRound round) throws EngineException, InterruptedException {
        Unit part = new Unit();
        for (ThreadUnits.Unit unit : units.units()) {
            part.threads.addAll(unit.threads);
            part.mails.addAll(unit.mails);
            writeIf(part, AT_ONCE, round);
        }
        writeIf(part, 1, round);
    }

    private void writeIf(Unit part, int least, DiscussionRound round) throws EngineException, InterruptedException {
        if (part.threads.size() + part.mails.size() >= least) {
            write(part, round);
            part.threads.clear();
            part.mails.clear();
        }
    }

    /** Writes the documents of threads; deletes those that have no message; and tells messages their places. */
    private void write(Unit unit, DiscussionRound round) throws EngineException, InterruptedException {
        Map<String, StoredThreads.StoredMail> known = new HashMap<>();
        stored.mails(
                unit.threads, unit.mails, mail -> known.putIfAbsent(mail.mail().id(), mail));
        write(unit, known, round);
    }

    /** Writes the documents of threads that have all of these mails and no other. */
    void write(List<StoredThreads.StoredMail> mails, DiscussionRound round)
            throws EngineException, InterruptedException {
        Unit unit = new Unit();
        Map<String, StoredThreads.StoredMail> known = new HashMap<>();
        for (StoredThreads.StoredMail mail : mails) {
            known.put(mail.mail().id(), mail);
            if (mail.thread() != null) {
                unit.threads.add(mail.thread());
            }
        }
        write(unit, known, round);
    }

    private void write(Unit unit, Map<String, StoredThreads.StoredMail> known, DiscussionRound round)
            throws EngineException, InterruptedException {
        List<ThreadMail> mails = new ArrayList<>(known.size());
        for (StoredThreads.StoredMail mail : known.values()) {
            mails.add(withAuthor(mail.mail(), round.author(mail.mail().id())));
        }
        Map<String, String> quotes = stored.quotes(unit.threads, unit.mails);
        List<HashedAction> documents = new ArrayList<>();
        List<EncodedAction> places = new ArrayList<>();
        List<EncodedAction> placesOfNew = new ArrayList<>();
        Set<String> left = new TreeSet<>(unit.threads);
        for (Discussion discussion : Discussion.of(mails)) {
            for (Quoting quoting : Quoting.of(discussion)) {
                HashedAction quote = ThreadDocuments.quoting(discussion, quoting);
                if (!quote.hash().equals(quotes.remove(quote.action().id()))) {
                    send(quote.action());
                }
            }
            for (Discussion.Place place : discussion.mails()) {
                StoredThreads.StoredMail mail = known.get(place.mail().id());
                if (mail == null) {
                    continue;
                }
                EncodedAction action = place(mail, discussion.id(), place.depth(), round);
                if (action != null) {
                    (mail.solved() ? places : placesOfNew).add(action);
                }
            }
            documents.add(ThreadDocuments.thread(discussion));
            left.remove(discussion.id());
        }
        for (String quote : quotes.keySet()) {
            send(HashedAction.delete(DocumentKind.QUOTE, quote));
        }
        flush();
        // After what they quote: a thread that is written does not count as stale.
        for (HashedAction thread : documents) {
            send(thread.action());
        }
        for (String thread : left) {
            send(HashedAction.delete(DocumentKind.THREAD, thread));
        }
        flush();
        // The new ones last: as long as they are new, the next update does all of this again.
        for (EncodedAction place : places) {
            send(place);
        }
        for (EncodedAction place : placesOfNew) {
            send(place);
        }
        flush();
    }

    private static ThreadMail withAuthor(ThreadMail mail, @Nullable String person) {
        ThreadMail.Writer writer = mail.writer();
        return person == null || writer == null
                ? mail
                : mail.writtenBy(new ThreadMail.Writer(
                        person, writer.name(), writer.address(), writer.organization(), writer.robot()));
    }

    /** What a message is to be told; {@code null} when it knows, or has become another since the round began. */
    private static @Nullable EncodedAction place(
            StoredThreads.StoredMail mail, String thread, int depth, DiscussionRound round) {
        String id = mail.mail().id();
        if (!mail.solved() && !round.considers(mail.state())) {
            return null;
        }
        Integer known = mail.depth();
        boolean same = thread.equals(mail.thread()) && known != null && known == depth && round.author(id) == null;
        return mail.solved() && same ? null : ThreadDocuments.place(id, thread, depth, round.author(id), mail.seen());
    }

    private void send(EncodedAction action) throws EngineException, InterruptedException {
        actions.add(action);
        if (actions.size() >= ACTIONS) {
            flush();
        }
    }

    private void flush() throws EngineException, InterruptedException {
        writer.write(actions);
        actions.clear();
    }
}
