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
import org.jspecify.annotations.Nullable;
import org.listlens.document.EncodedMail;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.source.MailReceiver;
import org.listlens.source.MailSource;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceException;

/**
 * Reads on one thread, parses and encodes batches of mails on many, and hands the results over in the order in which
 * they were read, so that the outcome does not depend on the number of threads. Memory is bounded by the number of
 * batches under way: reading waits when writing is slow.
 */
final class Pipeline {
    /** Large enough that handing over costs nothing, small enough that a batch with its documents is some megabytes. */
    private static final int BATCH_OCTETS = 512 << 10;

    private static final int BATCH_MAILS = 256;

    private final Limits limits;
    private final int threads;
    private volatile boolean stopping;
    private volatile long octetsRead;

    Pipeline(Limits limits, int threads) {
        this.limits = limits;
        this.threads = threads;
    }

    /** Takes what was read, in the order of the archives, on the thread that runs the pipeline. */
    interface Output {
        /** A mail that became documents; {@code octets} is its size in the archive. */
        void mail(EncodedMail mail, MailFacts facts, long octets) throws IOException, InterruptedException;

        /** An entry that could not be read as a mail. */
        void rejected(Origin origin, String reason) throws IOException, InterruptedException;

        /** A source that holds no mail or can no longer be read at all; the message is for the user. */
        void failed(SourceException failure);
    }

    /** One result, in the order of the archives. */
    private sealed interface Entry {
        record Mail(EncodedMail mail, MailFacts facts, long octets) implements Entry {}

        record Rejected(Origin origin, String reason) implements Entry {}

        record Failed(SourceException failure) implements Entry {}
    }

    /** What waits to be handed over: a batch under way, or {@code null} for the end. */
    private record Result(@Nullable Future<List<Entry>> batch) {}

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

    /** Octets taken from the sources so far, as they lie on disk. */
    long octetsRead() {
        return octetsRead;
    }

    /** Reads all sources to their ends. An exception of {@code output} ends the run and is thrown on. */
    void run(List<? extends MailSource> sources, Output output) throws IOException, InterruptedException {
        BlockingQueue<Result> results = new ArrayBlockingQueue<>(threads * 3);
        ExecutorService parsers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("parse-", 0).factory());
        // Each thread keeps its parser and its buffers.
        ThreadLocal<Worker> workers = ThreadLocal.withInitial(() -> new Worker(limits));
        Reader reader =
                new Reader(results, batch -> parsers.submit(() -> workers.get().parse(batch)));
        Thread reading = Thread.ofPlatform().daemon().name("read").start(() -> reader.readAll(sources));
        try {
            for (Future<List<Entry>> batch = results.take().batch();
                    batch != null;
                    batch = results.take().batch()) {
                for (Entry entry : entries(batch)) {
                    switch (entry) {
                        case Entry.Mail mail -> output.mail(mail.mail(), mail.facts(), mail.octets());
                        case Entry.Rejected rejected -> output.rejected(rejected.origin(), rejected.reason());
                        case Entry.Failed failed -> output.failed(failed.failure());
                    }
                }
            }
        } finally {
            reading.interrupt();
            parsers.shutdownNow();
            parsers.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private static List<Entry> entries(Future<List<Entry>> batch) throws InterruptedException {
        try {
            return batch.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading failed: " + e.getCause(), e.getCause());
        }
    }

    /** Parses and encodes on one thread. */
    private static final class Worker {
        private final MailParser parser;
        private final MailDocuments documents = new MailDocuments();

        Worker(Limits limits) {
            parser = new MailParser(limits);
        }

        List<Entry> parse(List<RawMail> batch) {
            List<Entry> entries = new ArrayList<>(batch.size());
            for (RawMail raw : batch) {
                try {
                    ParsedMail mail = parser.parse(raw);
                    entries.add(new Entry.Mail(documents.encode(mail), MailFacts.of(mail), raw.size()));
                } catch (RuntimeException | StackOverflowError e) {
                    // A defect of ours must not cost the user the rest of the archive.
                    entries.add(new Entry.Rejected(raw.origin(), "Listlens failed on this mail: " + e));
                }
            }
            return entries;
        }
    }

    /** Reads the sources, fills batches and hands them to the workers. */
    private final class Reader implements MailReceiver {
        private final BlockingQueue<Result> results;
        private final Function<List<RawMail>, Future<List<Entry>>> parse;
        private List<RawMail> mails = new ArrayList<>();
        private long batchOctets;
        private long octetsBefore;

        Reader(BlockingQueue<Result> results, Function<List<RawMail>, Future<List<Entry>>> parse) {
            this.results = results;
            this.parse = parse;
        }

        void readAll(List<? extends MailSource> sources) {
            try {
                for (MailSource source : sources) {
                    try {
                        source.read(this);
                    } catch (SourceException e) {
                        flush();
                        put(CompletableFuture.completedFuture(List.of(new Entry.Failed(e))));
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
        private void end(@Nullable Future<List<Entry>> last) {
            try {
                put(last);
            } catch (Stopped interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void mail(RawMail mail) {
            mails.add(mail);
            batchOctets += mail.bytes().length;
            if (batchOctets >= BATCH_OCTETS || mails.size() >= BATCH_MAILS) {
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
            put(CompletableFuture.completedFuture(List.of(new Entry.Rejected(entry.origin(), entry.reason()))));
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
                batchOctets = 0;
            }
        }

        private void put(@Nullable Future<List<Entry>> batch) {
            try {
                results.put(new Result(batch));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stopped();
            }
        }
    }
}
