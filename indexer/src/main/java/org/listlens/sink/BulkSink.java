package org.listlens.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.listlens.document.EncodedMail;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

/**
 * Writes mails into an engine, in batches, some of them at the same time. The memory that it holds is that of the
 * batches in flight and the one that is being filled.
 *
 * <p>The templates must be installed. After a failure nothing more is written: the sink keeps throwing it, and what it
 * still held has been abandoned.
 */
public final class BulkSink implements MailSink {
    private static final Duration NAP = Duration.ofMillis(200);

    private final BulkSettings settings;
    private final SinkListener listener;
    private final BulkWriter writer;
    private final ExecutorService threads;
    private final Semaphore slots;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Object telling = new Object();

    // Guarded by this.
    private List<MailWrite> batch = new ArrayList<>();
    private long octets;
    private long documents;

    private volatile boolean closed;

    /** @param client is not closed by the sink */
    public BulkSink(EngineClient client, BulkSettings settings, SinkListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.writer = new BulkWriter(new RetryingClient(client, settings.retry().with(this::sleepUnlessStopped)));
        this.slots = new Semaphore(settings.inFlight());
        this.threads = Executors.newFixedThreadPool(
                settings.inFlight(),
                Thread.ofPlatform().daemon().name("bulk-", 1).factory());
    }

    @Override
    public void accept(EncodedMail mail) throws EngineException, InterruptedException {
        accept(new MailWrite(mail, false));
    }

    @Override
    public void acceptAgain(EncodedMail mail) throws EngineException, InterruptedException {
        accept(new MailWrite(mail.deliveryOnly(), true));
    }

    private synchronized void accept(MailWrite write) throws EngineException, InterruptedException {
        EncodedMail mail = write.mail();
        requireOpen();
        throwFailure();
        long limit = Math.min(settings.octets(), writer.octetLimit());
        if (!batch.isEmpty()
                && (octets + mail.length() > limit
                        || documents + mail.documents().size() > settings.documents())) {
            dispatch();
            throwFailure();
            requireOpen();
        }
        batch.add(write);
        octets += mail.length();
        documents += mail.documents().size();
    }

    @Override
    public synchronized void finish() throws EngineException, InterruptedException {
        requireOpen();
        if (!batch.isEmpty() && failure.get() == null) {
            dispatch();
        }
        slots.acquire(settings.inFlight());
        slots.release(settings.inFlight());
        throwFailure();
        requireOpen();
    }

    /** Hands the batch to a thread as soon as one is free. Interrupted, it leaves all as it was. */
    private void dispatch() throws InterruptedException {
        slots.acquire();
        List<MailWrite> full = batch;
        batch = new ArrayList<>();
        octets = 0;
        documents = 0;
        try {
            threads.execute(() -> write(full));
        } catch (RejectedExecutionException e) {
            // Closed while this waited.
            write(full);
        }
    }

    private void write(List<MailWrite> mails) {
        try {
            if (!stopped()) {
                writer.write(mails);
            }
        } catch (InterruptedException e) {
            // Only this sink interrupts its threads: it is being closed, or another thread has failed.
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        } finally {
            tell(mails);
            slots.release();
        }
    }

    private void tell(List<MailWrite> mails) {
        synchronized (telling) {
            for (MailWrite mail : mails) {
                try {
                    mail.tell(listener);
                } catch (RuntimeException e) {
                    // The others are to have their outcomes all the same.
                    failure.compareAndSet(null, e);
                }
            }
        }
    }

    private boolean stopped() {
        return closed || failure.get() != null;
    }

    /** A pause that ends when there is nothing left to wait for. */
    private void sleepUnlessStopped(Duration duration) throws InterruptedException {
        RetryPolicy.Sleeper sleeper = settings.retry().sleeper();
        Duration left = duration;
        while (true) {
            if (stopped()) {
                throw new InterruptedException("the sink has stopped");
            }
            if (left.compareTo(NAP) <= 0) {
                sleeper.sleep(left);
                return;
            }
            sleeper.sleep(NAP);
            left = left.minus(NAP);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the sink is closed");
        }
    }

    private void throwFailure() throws EngineException {
        Throwable thrown = failure.get();
        if (thrown == null) {
            return;
        }
        abandonBatch();
        if (thrown instanceof EngineException e) {
            throw new EngineException(e.kind(), String.valueOf(e.getMessage()), e);
        }
        throw new IllegalStateException("writing failed", thrown);
    }

    private void abandonBatch() {
        tell(batch);
        batch = new ArrayList<>();
        octets = 0;
        documents = 0;
    }

    /** May be called while another thread waits in {@link #accept}, which it ends. */
    @Override
    public void close() {
        closed = true;
        // With its slots as many as its threads, the pool seldom has anything waiting.
        threads.shutdownNow().forEach(Runnable::run);
        synchronized (this) {
            abandonBatch();
        }
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                // The threads are interrupted or idle, so this is short; after it each mail has its outcome.
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
