package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.thread.ThreadIds;

/**
 * Writes the documents of most threads, and of all series if need be, where all messages know their places. The messages
 * are read once, in the order in which they lie in the index: engines keep them packed by some dozens, and unpack all of
 * these for each that is read in another order. What belongs to one thread, or to threads whose patches have a key in
 * common, mostly lies near, so that little has to be held. What is not complete in the end, because it lay too far apart
 * or was changed meanwhile, is left to {@link ThreadUpdate#heal} and {@link SeriesUpdate#heal}.
 */
final class DiscussionScan {
    /** What a message that waits takes at most, usually, and the share of memory that may be taken. */
    private static final int MOST = (int) Math.min(1 << 20, Runtime.getRuntime().maxMemory() / 8 / 2_048);

    /** How many mails of complete threads are written together. */
    private static final int AT_ONCE = 1_500;

    private final EngineSearch search;
    private final StoredThreads.Deviating deviating;
    private final @Nullable SeriesUpdate series;
    private final ThreadUpdate threads;
    private final DiscussionRound round;

    private final Gathering<StoredThreads.StoredMail> ofThreads = new Gathering<>(MOST);
    private final List<StoredThreads.StoredMail> complete = new ArrayList<>();

    private final Gathering<SeriesMail> ofSeries = new Gathering<>(MOST);
    /** By thread that has patches, one of the threads that share keys with it. */
    private final Map<Long, Long> seriesThreads = new HashMap<>();

    /**
     * @param deviating the threads to be written, and the messages of all
     * @param series {@code null} where the documents of series are as they should be
     */
    DiscussionScan(
            EngineSearch search,
            StoredThreads.Deviating deviating,
            @Nullable SeriesUpdate series,
            ThreadUpdate threads,
            DiscussionRound round) {
        this.search = search;
        this.deviating = deviating;
        this.series = series;
        this.threads = threads;
        this.round = round;
    }

    /** A message that is a patch, or one of a thread with patches. */
    private record SeriesMail(
            @Nullable PostedPatch patch, @Nullable PatchReply reply) {}

    /** Writes, after a refresh. */
    void run() throws EngineException, InterruptedException {
        Set<String> rest = new TreeSet<>();
        for (String thread : deviating.threads()) {
            int messages = deviating.messages(thread);
            if (messages > 0) {
                ofThreads.expect(ThreadIds.named(thread), messages);
            } else {
                rest.add(thread);
            }
        }
        if (series != null) {
            series.begin();
            joinSeries();
        }
        List<String> fields = new ArrayList<>(StoredPatches.SOURCE);
        fields.addAll(StoredThreads.FACTS);
        search.inIndexOrder(DocumentKind.MESSAGE, fields, DiscussionRound.STATE, this::take);
        writeComplete();
        ofThreads.rest().forEach(thread -> rest.add(ThreadIds.name(thread)));
        threads.heal(rest, round);
        if (series != null) {
            Set<Long> left = ofSeries.rest();
            List<String> names = new ArrayList<>();
            seriesThreads.forEach((thread, whole) -> {
                if (left.contains(whole)) {
                    names.add(ThreadIds.name(thread));
                }
            });
            series.end(names);
        }
    }

    /** Finds the threads whose patches have keys in common. */
    private void joinSeries() throws EngineException, InterruptedException {
        Map<Long, Integer> numbers = new HashMap<>();
        List<Long> inOrder = new ArrayList<>();
        Map<Long, Integer> firstWith = new HashMap<>();
        Groups groups = new Groups(deviating.messages().size());
        ThreadIds hashes = new ThreadIds();
        new StoredPatches(search).keys((thread, keys) -> {
            long hash = ThreadIds.named(thread);
            Integer number = numbers.get(hash);
            if (number == null) {
                if (deviating.messages(thread) == 0) {
                    // It came meanwhile.
                    return;
                }
                number = inOrder.size();
                numbers.put(hash, number);
                inOrder.add(hash);
            }
            for (String key : keys) {
                Integer first = firstWith.putIfAbsent(hashes.hash(key), number);
                if (first != null) {
                    groups.join(first, number);
                }
            }
        });
        for (int i = 0; i < inOrder.size(); i++) {
            long thread = inOrder.get(i);
            long whole = inOrder.get(groups.find(i));
            seriesThreads.put(thread, whole);
            ofSeries.expect(whole, deviating.messages(ThreadIds.name(thread)));
        }
    }

    private void take(JsonNode hit) throws EngineException, InterruptedException {
        StoredThreads.StoredMail mail = StoredThreads.mail(hit);
        if (mail.thread() == null) {
            return;
        }
        long thread = ThreadIds.named(mail.thread());
        Long whole = seriesThreads.get(thread);
        if (series != null && whole != null) {
            List<SeriesMail> its = ofSeries.add(
                    whole,
                    hit.at("/_source/patch").isObject()
                            ? new SeriesMail(StoredPatches.patch(hit), null)
                            : new SeriesMail(null, StoredPatches.reply(hit)));
            if (its != null) {
                write(series, its);
            }
        }
        List<StoredThreads.StoredMail> its = ofThreads.add(thread, mail);
        if (its != null) {
            complete.addAll(its);
            if (complete.size() >= AT_ONCE) {
                writeComplete();
            }
        }
    }

    private static void write(SeriesUpdate series, List<SeriesMail> mails)
            throws EngineException, InterruptedException {
        List<PostedPatch> patches = new ArrayList<>();
        List<PatchReply> replies = new ArrayList<>();
        for (SeriesMail mail : mails) {
            if (mail.patch() != null) {
                patches.add(mail.patch());
            } else if (mail.reply() != null) {
                replies.add(mail.reply());
            }
        }
        series.write(patches, replies);
    }

    private void writeComplete() throws EngineException, InterruptedException {
        threads.write(complete, round);
        complete.clear();
    }
}
