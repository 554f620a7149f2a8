package org.listlens.index;

import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.source.MailReceiver;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.Positions;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceException;

/**
 * Reads on one thread, works on batches of mails on many, and hands the results over in the order in which
 * they were read, so that the outcome does not depend on the number of threads. Memory is bounded by the number of
 * batches under way: reading waits when writing is slow.
 */
final class Pipeline<T> {
    /** Large enough that handing over costs nothing, small enough that a batch with its documents is some megabytes. */
    private static final int BATCH_OCTETS = 512 << 10;

    private static final int BATCH_MAILS = 256;

    /** So many batches are under way for each thread: one in its hands, one before and one after it. */
    private static final int QUEUED = 3;

    private final Supplier<Function<RawMail, T>> workers;
    private final int threads;
    private final long batchOctets;
    private volatile boolean stopping;
    private volatile long octetsRead;
    private volatile @Nullable BlockingQueue<?> queue;

    /**
     * Prepares.
     *
     * @param workers makes what a thread works with; each thread gets its own
     */
    Pipeline(Supplier<Function<RawMail, T>> workers, int threads) {
        this.workers = workers;
        this.threads = threads;
        // With their documents, batches under way take three times their octets: a quarter of the memory at most.
        long room = Runtime.getRuntime().maxMemory() / (4L * 3 * QUEUED * threads);
        this.batchOctets = Math.min(BATCH_OCTETS, room);
    }

    /** Takes what was read, in the order of the archives, on the thread that runs the pipeline. */
    interface Output<T> {
        /** What became of a mail. */
        void mail(T result) throws IOException, InterruptedException;

        /** An entry that could not be read as a mail. */
        void rejected(Origin origin, String reason) throws IOException, InterruptedException;

        /** All that was handed over before is what a position stands for. */
        void reached(Position position) throws IOException, InterruptedException;

        /** Mails that were read earlier are no longer in the source that is being read. */
        void shrunk();

        /** A source was read to its end, or as far as it can be read. */
        void ended(MailSource source) throws IOException, InterruptedException;

        /** A source that holds no mail or can no longer be read at all; the message is for the user. */
        void failed(MailSource source, SourceException failure);
    }

    /** One result, in the order of the archives. */
    private sealed interface Entry<T> {
        record Mail<T>(T result) implements Entry<T> {}

        record Rejected<T>(Origin origin, String reason) implements Entry<T> {}

        record Reached<T>(Position position) implements Entry<T> {}

        record Shrunk<T>() implements Entry<T> {}

        record Ended<T>(MailSource source) implements Entry<T> {}

        record Failed<T>(MailSource source, SourceException failure) implements Entry<T> {}
    }

    /** What waits to be handed over: a batch under way, or {@code null} for the end. */
    private record Result<T>(@Nullable Future<List<Entry<T>>> batch) {}

    /** Unwinds a source's reading loop when the run is stopped; tells nothing, so it needs no stack trace. */
    private static final class Stopped extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    /** Ends reading soon; what was read until then is still handed over. May be called from any thread. */
    void stop() {
        stopping = true;
    }

    /** Whether {@link #stop} was called. */
    boolean stopping() {
        return stopping;
    }

    /** How many batches of mails are under way. */
    int batches() {
        BlockingQueue<?> now = queue;
        return now == null ? 0 : now.size();
    }

    /** How many there may be. */
    int batchesLimit() {
        return threads * QUEUED;
    }

    /** Octets taken from the sources so far, as they lie on disk. */
    long octetsRead() {
        return octetsRead;
    }

    /**
     * Reads all sources from where earlier runs have come to their ends. An exception of {@code output} ends the run and is
     * thrown on.
     *
     * @param known what earlier runs have read; {@code null} when nobody wants to know what this one reaches
     */
    void run(List<? extends MailSource> sources, @Nullable Positions known, Output<T> output)
            throws IOException, InterruptedException {
        BlockingQueue<Result<T>> results = new ArrayBlockingQueue<>(batchesLimit());
        queue = results;
        ExecutorService parsers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("parse-", 0).factory());
        // Each thread keeps its parser and its buffers.
        ThreadLocal<Function<RawMail, T>> ofThread = ThreadLocal.withInitial(workers);
        Reader reader = new Reader(results, batch -> parsers.submit(() -> work(ofThread.get(), batch)));
        Thread reading = Thread.ofPlatform().daemon().name("read").start(() -> reader.readAll(sources, known));
        try {
            for (Future<List<Entry<T>>> batch = results.take().batch();
                    batch != null;
                    batch = results.take().batch()) {
                for (Entry<T> entry : entries(batch)) {
                    switch (entry) {
                        case Entry.Mail<T> mail -> output.mail(mail.result());
                        case Entry.Rejected<T> rejected -> output.rejected(rejected.origin(), rejected.reason());
                        case Entry.Reached<T> reached -> output.reached(reached.position());
                        case Entry.Shrunk<T> shrunk -> output.shrunk();
                        case Entry.Ended<T> ended -> output.ended(ended.source());
                        case Entry.Failed<T> failed -> output.failed(failed.source(), failed.failure());
                    }
                }
            }
        } finally {
            queue = null;
            reading.interrupt();
            parsers.shutdownNow();
            parsers.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private static <T> List<Entry<T>> entries(Future<List<Entry<T>>> batch) throws InterruptedException {
        try {
            return batch.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading failed: " + e.getCause(), e.getCause());
        }
    }

    private static <T> List<Entry<T>> work(Function<RawMail, T> worker, List<RawMail> batch) {
        List<Entry<T>> entries = new ArrayList<>(batch.size());
        for (RawMail raw : batch) {
            try {
                entries.add(new Entry.Mail<>(worker.apply(raw)));
            } catch (RuntimeException | StackOverflowError e) {
                // A defect of ours must not cost the user the rest of the archive.
                entries.add(new Entry.Rejected<>(raw.origin(), "Listlens failed on this mail: " + e));
            }
        }
        return entries;
    }

    /** Reads the sources, fills batches and hands them to the workers. */
    private final class Reader implements MailReceiver {
        private final BlockingQueue<Result<T>> results;
        private final Function<List<RawMail>, Future<List<Entry<T>>>> parse;
        private List<RawMail> mails = new ArrayList<>();
        private long octetsInBatch;
        private long octetsBefore;
        private boolean tracks;

        Reader(BlockingQueue<Result<T>> results, Function<List<RawMail>, Future<List<Entry<T>>>> parse) {
            this.results = results;
            this.parse = parse;
        }

        void readAll(List<? extends MailSource> sources, @Nullable Positions known) {
            tracks = known != null;
            try {
                for (MailSource source : sources) {
                    try {
                        source.read(known == null ? Positions.NONE : known, this);
                        flush();
                        hand(new Entry.Ended<>(source));
                    } catch (SourceException e) {
                        flush();
                        hand(new Entry.Failed<>(source, e));
                    }
                    octetsBefore = octetsRead;
                }
                flush();
                put(null);
            } catch (Stopped stopped) {
                end(null);
            } catch (IOException | RuntimeException | Error e) {
                end(CompletableFuture.failedFuture(e));
            }
        }

        /** After a stop or a failure the output still waits for the end; after an interrupt nobody does. */
        private void end(@Nullable Future<List<Entry<T>>> last) {
            try {
                put(last);
            } catch (Stopped interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void mail(RawMail mail) {
            mails.add(mail);
            octetsInBatch += mail.bytes().length;
            if (octetsInBatch >= batchOctets || mails.size() >= BATCH_MAILS) {
                flush();
            }
            if (stopping) {
                flush();
                throw new Stopped();
            }
        }

        @Override
        public void rejected(RejectedEntry entry) {
            flush();
            hand(new Entry.Rejected<>(entry.origin(), entry.reason()));
            if (stopping) {
                throw new Stopped();
            }
        }

        @Override
        public void progress(long octets) {
            octetsRead = octetsBefore + octets;
        }

        private void flush() {
            if (!mails.isEmpty()) {
                put(parse.apply(mails));
                mails = new ArrayList<>();
                octetsInBatch = 0;
            }
        }

        @Override
        public boolean tracks() {
            return tracks;
        }

        @Override
        public void reached(Position position) {
            flush();
            hand(new Entry.Reached<>(position));
        }

        @Override
        public void shrunk() {
            flush();
            hand(new Entry.Shrunk<>());
        }

        private void hand(Entry<T> entry) {
            put(CompletableFuture.completedFuture(List.of(entry)));
        }

        private void put(@Nullable Future<List<Entry<T>>> batch) {
            try {
                results.put(new Result<>(batch));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stopped();
            }
        }
    }
}
