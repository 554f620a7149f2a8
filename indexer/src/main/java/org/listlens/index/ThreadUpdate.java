package org.listlens.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.document.HashedAction;
import org.listlens.document.ThreadDocuments;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.sink.ActionWriter;
import org.listlens.thread.Discussion;
import org.listlens.thread.Quoting;
import org.listlens.thread.ThreadGraph;
import org.listlens.thread.ThreadIds;
import org.listlens.thread.ThreadMail;

/**
 * Brings threads up to date with the messages that have come: gives messages their places, and writes the documents of
 * the threads that this touches and of what their mails quote. The outcome depends on the messages alone, not on the
 * order in which they came; an update that was cut off is made up for by the next.
 *
 * <p>A thread whose document exists is marked as stale before its messages are, and written anew after them; one that
 * has none yet is missing in the sum over all threads. Either way the next update finds what was not finished.
 */
public final class ThreadUpdate {
    /** With more new messages than this, all threads are solved anew instead of looking for those that they touch. */
    private static final long MANY = 50_000;

    /** How many threads are read at once. */
    private static final int AT_ONCE = 500;

    /** How many actions are collected before they are sent. */
    private static final int ACTIONS = 8_000;

    private final StoredThreads stored;
    private final ActionWriter writer;
    private final List<EncodedAction> actions = new ArrayList<>();
    private final ThreadIds ids = new ThreadIds();

    public ThreadUpdate(EngineClient client, RetryPolicy retry) {
        this.stored = new StoredThreads(new RetryingClient(client, retry));
        this.writer = new ActionWriter(client, retry);
    }

    /** Whether there is no message yet. */
    public boolean isFirst() throws EngineException, InterruptedException {
        stored.refresh();
        return stored.messages(false) == 0;
    }

    /** Updates; does nothing when nothing has come. */
    public void run() throws EngineException, InterruptedException {
        stored.refresh();
        Set<String> touched = new TreeSet<>(stored.stale());
        long unsolved = stored.messages(true);
        if (unsolved > MANY) {
            solveAll();
        } else {
            if (unsolved > 0) {
                touched.addAll(solve());
            }
            write(touched);
        }
        stored.refresh();
        if (stored.counted() != stored.messages(false)) {
            write(stored.deviating());
            stored.refresh();
        }
    }

    /**
     * Gives the new messages their places, and those of the threads that they touch.
     *
     * @return the threads that were touched, those included that have no message any more
     */
    private Set<String> solve() throws EngineException, InterruptedException {
        Set<String> touched = new TreeSet<>();
        Set<String> names = new HashSet<>();
        Set<String> seen = new HashSet<>();
        List<StoredThreads.StoredMail> mails = new ArrayList<>();
        ThreadGraph graph = new ThreadGraph();
        StoredThreads.Taker taker = mail -> {
            if (seen.add(mail.mail().id())) {
                mails.add(mail);
                add(graph, mail.mail());
            }
        };
        stored.links(true, mail -> {
            taker.take(mail);
            if (mail.mail().messageId() != null) {
                names.add(mail.mail().messageId());
            }
            names.addAll(mail.mail().references());
            names.addAll(mail.mail().inReplyTo());
            if (mail.thread() != null) {
                touched.add(mail.thread());
            }
        });
        touched.addAll(stored.threads(names));
        stored.links(touched, taker);
        for (StoredThreads.StoredMail mail : mails) {
            touched.add(thread(graph, mail.mail()));
        }
        markStale(stored.documents(touched));
        for (StoredThreads.StoredMail mail : mails) {
            place(graph, mail);
        }
        flush();
        stored.refresh();
        return touched;
    }

    /** Gives all messages their places and writes all threads. */
    private void solveAll() throws EngineException, InterruptedException {
        ThreadGraph graph = new ThreadGraph();
        stored.links(false, mail -> add(graph, mail.mail()));
        Set<String> old = new HashSet<>(stored.documents());
        markStale(old);
        stored.links(false, mail -> place(graph, mail));
        flush();
        stored.refresh();
        List<String> part = new ArrayList<>(AT_ONCE);
        stored.threads(thread -> {
            old.remove(thread);
            part.add(thread);
            if (part.size() == AT_ONCE) {
                writeSome(part);
                part.clear();
            }
        });
        writeSome(part);
        writeSome(old);
        flush();
    }

    private void add(ThreadGraph graph, ThreadMail mail) {
        ThreadIds.References references = ids.references(mail.references(), mail.inReplyTo());
        graph.add(mail.node(ids), references.references(), references.related());
    }

    private String thread(ThreadGraph graph, ThreadMail mail) {
        return ThreadIds.name(graph.thread(mail.node(ids)));
    }

    private void place(ThreadGraph graph, StoredThreads.StoredMail mail) throws EngineException, InterruptedException {
        place(mail, thread(graph, mail.mail()), graph.depth(mail.mail().node(ids)));
    }

    private void place(StoredThreads.StoredMail mail, String thread, int depth)
            throws EngineException, InterruptedException {
        Integer known = mail.depth();
        if (!mail.solved() || !thread.equals(mail.thread()) || known == null || known != depth) {
            send(ThreadDocuments.place(mail.mail().id(), thread, depth));
        }
    }

    private void markStale(Collection<String> threads) throws EngineException, InterruptedException {
        for (String thread : threads) {
            send(ThreadDocuments.stale(thread));
        }
        flush();
    }

    /** Writes the documents of threads whose messages have their places; deletes those that have no message. */
    private void write(Collection<String> threads) throws EngineException, InterruptedException {
        List<String> part = new ArrayList<>(AT_ONCE);
        for (String thread : threads) {
            part.add(thread);
            if (part.size() == AT_ONCE) {
                writeSome(part);
                part.clear();
            }
        }
        writeSome(part);
        flush();
    }

    private void writeSome(Collection<String> threads) throws EngineException, InterruptedException {
        if (threads.isEmpty()) {
            return;
        }
        List<ThreadMail> mails = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        Map<String, StoredThreads.StoredMail> places = new HashMap<>();
        Set<String> left = new TreeSet<>(threads);
        stored.mails(threads, mail -> {
            mails.add(mail.mail());
            messages.add(mail.mail().id());
            places.put(mail.mail().id(), mail);
        });
        Map<String, String> quotes = stored.quotes(messages);
        List<HashedAction> documents = new ArrayList<>();
        for (Discussion discussion : Discussion.of(mails)) {
            for (Quoting quoting : Quoting.of(discussion)) {
                HashedAction quote = ThreadDocuments.quoting(discussion, quoting);
                if (!quote.hash().equals(quotes.remove(quote.action().id()))) {
                    send(quote.action());
                }
            }
            for (Discussion.Place place : discussion.mails()) {
                StoredThreads.StoredMail known = places.get(place.mail().id());
                if (known != null) {
                    place(known, discussion.id(), place.depth());
                }
            }
            documents.add(ThreadDocuments.thread(discussion));
            left.remove(discussion.id());
        }
        for (String quote : quotes.keySet()) {
            send(HashedAction.delete(DocumentKind.QUOTE, quote));
        }
        // After what they quote: a thread that is written counts as done.
        for (HashedAction thread : documents) {
            send(thread.action());
        }
        for (String thread : left) {
            send(HashedAction.delete(DocumentKind.THREAD, thread));
        }
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
