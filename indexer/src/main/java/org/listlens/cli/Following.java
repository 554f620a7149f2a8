package org.listlens.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.listlens.document.SourceNote;
import org.listlens.index.IndexRun;
import org.listlens.index.Ledger;
import org.listlens.index.Pruning;
import org.listlens.metrics.MetricType;
import org.listlens.metrics.MetricsText;
import org.listlens.source.MailSource;
import org.listlens.source.SourceWatch;

/**
 * Goes on with new mail until it is told to stop. Each source is watched by a thread of its own; what has news is read by
 * the one that called. A source or an engine that is away is asked again, less and less often.
 */
final class Following {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** After which time it is known of any other run whether it lives. */
    private static final Duration LEFT = Duration.ofSeconds(45);

    private static final Duration HEARTBEAT = Duration.ofSeconds(60);
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    /** Bringing threads and clocks up to date, and pruning, each wait this often as long as they took. */
    private static final int SHARE = 4;

    private final List<MailSource> sources;
    private final Indexing indexing;
    private final Function<List<MailSource>, IndexRun> runs;
    private final @Nullable Supplier<Pruning> prunings;
    private final PrintStream log;
    private final Map<MailSource, State> states = new LinkedHashMap<>();
    private volatile boolean stopping;
    private volatile @Nullable IndexRun reading;
    private volatile @Nullable Pruning pruning;

    // Of the thread that runs.
    private final Set<MailSource> shrunk = new LinkedHashSet<>();
    private long pruneNotBefore;
    /** From the beginning: what another run has left undone may not have been known to be left when this one began. */
    private boolean outdated = true;

    private long updateNotBefore = System.nanoTime() + LEFT.toNanos();
    private long heartbeat = System.nanoTime();
    private volatile int engineFailures;

    /** What is known of a source. Guarded by {@link Following}. */
    private static final class State {
        private @Nullable Instant checked = Instant.now();
        private @Nullable String error;

        /** Since when there may be news; 0 when there are none. */
        private long dueSince;
    }

    /**
     * Prepares.
     *
     * @param indexing has read the sources once
     * @param runs makes a run over some of the sources
     * @param prunings makes what removes mails that the sources no longer hold; {@code null} when they are to stay
     */
    Following(
            List<MailSource> sources,
            Indexing indexing,
            Function<List<MailSource>, IndexRun> runs,
            @Nullable Supplier<Pruning> prunings,
            PrintStream log) {
        this.sources = List.copyOf(sources);
        this.indexing = indexing;
        this.runs = runs;
        this.prunings = prunings;
        this.log = log;
        for (MailSource source : sources) {
            states.put(source, new State());
        }
    }

    /** Ends following soon; what was read is still written. May be called from any thread. */
    void stop() {
        stopping = true;
        IndexRun run = reading;
        if (run != null) {
            run.stop();
        }
        Pruning removing = pruning;
        if (removing != null) {
            removing.stop();
        }
        synchronized (this) {
            notifyAll();
        }
    }

    /** Follows until {@link #stop}. */
    void run() throws IOException, InterruptedException {
        List<Thread> watchers = new ArrayList<>();
        for (MailSource source : sources) {
            watchers.add(
                    Thread.ofPlatform().daemon().name("watch " + source.name()).start(() -> watch(source)));
        }
        line("following " + Units.count(sources.size(), "source") + "; ends on SIGINT or SIGTERM");
        try {
            while (!stopping) {
                try {
                    step(due());
                    engineFailures = 0;
                } catch (IOException e) {
                    recover(e);
                }
            }
            update();
            heartbeat(false);
            indexing.record(true);
        } finally {
            stopping = true;
            for (Thread watcher : watchers) {
                watcher.interrupt();
            }
        }
    }

    /** Watches one source, over and over. */
    private void watch(MailSource source) {
        long pause = FIRST_PAUSE_MILLIS;
        while (!stopping) {
            try {
                try (SourceWatch watch = source.watch()) {
                    // What came while nobody was watching.
                    news(source);
                    while (!stopping) {
                        if (watch.await(PATIENCE)) {
                            news(source);
                        }
                        pause = FIRST_PAUSE_MILLIS;
                        error(source, null);
                    }
                } catch (IOException e) {
                    error(source, e.getMessage() == null ? e.toString() : e.getMessage());
                    Thread.sleep(pause);
                    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                error(source, "watching failed: " + e);
                return;
            }
        }
    }

    private synchronized void news(MailSource source) {
        State state = state(source);
        if (state.dueSince == 0) {
            state.dueSince = System.nanoTime();
            notifyAll();
        }
    }

    private synchronized void error(MailSource source, @Nullable String error) {
        State state = state(source);
        if (error != null && !error.equals(state.error)) {
            line(source.name() + ": " + error);
        } else if (error == null && state.error != null) {
            line(source.name() + ": watched again");
        }
        state.error = error;
    }

    private State state(MailSource source) {
        State state = states.get(source);
        if (state == null) {
            throw new IllegalArgumentException("not followed: " + source.name());
        }
        return state;
    }

    /** The sources that may have news, with the time since when; waits a while for one. */
    private synchronized Map<MailSource, Long> due() throws InterruptedException {
        Map<MailSource, Long> due = new LinkedHashMap<>();
        for (int look = 0; look < 2 && due.isEmpty(); look++) {
            if (look == 1 && !stopping) {
                wait(outdated ? 100 : PATIENCE.toMillis());
            }
            states.forEach((source, state) -> {
                if (state.dueSince != 0) {
                    due.put(source, state.dueSince);
                    state.dueSince = 0;
                }
            });
        }
        return due;
    }

    private void step(Map<MailSource, Long> due) throws IOException, InterruptedException {
        if (!due.isEmpty() && !stopping) {
            try {
                read(due);
            } catch (IOException | InterruptedException e) {
                due.keySet().forEach(this::news);
                throw e;
            }
        }
        if (!shrunk.isEmpty() && System.nanoTime() >= pruneNotBefore) {
            prune();
        }
        if (outdated && System.nanoTime() >= updateNotBefore) {
            update();
        }
        if (System.nanoTime() - heartbeat >= HEARTBEAT.toNanos()) {
            heartbeat(true);
        }
    }

    private void read(Map<MailSource, Long> due) throws IOException, InterruptedException {
        IndexRun run = runs.apply(List.copyOf(due.keySet()));
        reading = run;
        if (stopping) {
            run.stop();
        }
        try {
            indexing.goOn(run);
        } finally {
            reading = null;
        }
        Ledger.Counts counts = run.counts();
        long oldest = Long.MAX_VALUE;
        for (Map.Entry<MailSource, Long> entry : due.entrySet()) {
            oldest = Math.min(oldest, entry.getValue());
            synchronized (this) {
                State state = state(entry.getKey());
                if (run.ended().contains(entry.getKey())) {
                    state.checked = Instant.now();
                }
            }
            error(entry.getKey(), run.failed().get(entry.getKey().name()));
        }
        if (prunings != null && run.shrunk()) {
            shrunk.addAll(due.keySet());
        }
        if (counts.read() > 0) {
            outdated = true;
            long lagMs = (System.nanoTime() - oldest) / 1_000_000;
            line(Units.count(counts.read(), "mail") + " read, " + Units.count(counts.indexed()) + " indexed, "
                    + Units.count(counts.rejected()) + " rejected; to be found after " + Units.duration(lagMs));
        }
    }

    /** Removes what sources no longer hold. They are read again for that, which is done once for all that was deleted. */
    private void prune() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Pruning removing = Objects.requireNonNull(prunings).get();
        pruning = removing;
        if (stopping) {
            removing.stop();
        }
        Pruning.Pruned pruned;
        try {
            pruned = removing.run(List.copyOf(shrunk));
        } finally {
            pruning = null;
        }
        shrunk.clear();
        outdated = true;
        pruneNotBefore = System.nanoTime() + SHARE * (System.nanoTime() - began);
        if (pruned.copies() > 0) {
            line(IndexCommand.removed(pruned) + " pruned");
        }
        pruned.kept().forEach(this::line);
    }

    private void update() throws IOException, InterruptedException {
        if (outdated) {
            long began = System.nanoTime();
            indexing.update();
            outdated = false;
            updateNotBefore = System.nanoTime() + SHARE * (System.nanoTime() - began);
            heartbeat(true);
        }
    }

    /** Notes that the sources are still followed, and how far behind. */
    private void heartbeat(boolean followed) throws IOException, InterruptedException {
        List<SourceNote> notes = new ArrayList<>();
        synchronized (this) {
            states.forEach((source, state) -> {
                Instant now = Instant.now();
                if (state.dueSince == 0 && state.error == null) {
                    state.checked = now;
                }
                Long lagMs = state.error != null && state.checked != null
                        ? Duration.between(state.checked, now).toMillis()
                        : state.dueSince == 0 ? 0 : (System.nanoTime() - state.dueSince) / 1_000_000;
                notes.add(indexing.note(source, state.checked, followed, followed ? lagMs : null, state.error));
            });
        }
        indexing.note(notes);
        indexing.record(false);
        heartbeat = System.nanoTime();
    }

    /** Waits for an engine that is away, and makes it ready again. */
    private void recover(IOException failure) throws InterruptedException {
        line(TerminalText.line(String.valueOf(failure.getMessage()), 1_000));
        int failures = engineFailures;
        engineFailures = failures + 1;
        long pause = Math.min(FIRST_PAUSE_MILLIS << Math.min(failures, 6), LONGEST_PAUSE_MILLIS);
        long end = System.nanoTime() + Duration.ofMillis(pause).toNanos();
        synchronized (this) {
            for (long left = pause; left > 0 && !stopping; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        }
        if (stopping) {
            return;
        }
        try {
            indexing.prepareAgain();
            line("the engine is there again");
            outdated = true;
            sources.forEach(this::news);
        } catch (IOException e) {
            // It is tried again, and says so then.
            line(TerminalText.line(String.valueOf(e.getMessage()), 1_000));
        }
    }

    /** Writes how far behind each source is. */
    synchronized void metrics(MetricsText text) {
        long now = System.nanoTime();
        text.metric(
                "listlens_source_lag_seconds",
                MetricType.GAUGE,
                "For how long there may have been news in a source that was not read yet.");
        states.forEach((source, state) ->
                text.sample("source", source.name(), state.dueSince == 0 ? 0 : (now - state.dueSince) / 1e9));
        text.metric(
                "listlens_source_checked_timestamp_seconds",
                MetricType.GAUGE,
                "When a source was last known to be read to its end, in seconds since 1970.");
        states.forEach((source, state) -> {
            Instant checked = state.checked;
            if (checked != null) {
                text.sample("source", source.name(), checked.toEpochMilli() / 1e3);
            }
        });
        text.metric("listlens_source_up", MetricType.GAUGE, "Whether a source can be watched and read.");
        states.forEach((source, state) -> text.sample("source", source.name(), state.error == null ? 1 : 0));
        text.metric(
                        "listlens_engine_failures",
                        MetricType.GAUGE,
                        "How many times in a row the engine was given up and is waited for; 0 while all is well.")
                .sample(engineFailures);
    }

    private void line(String text) {
        log.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + text);
    }
}
