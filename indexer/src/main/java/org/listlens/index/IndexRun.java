package org.listlens.index;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.HostClocks;
import org.listlens.document.EncodedAction;
import org.listlens.document.EncodedMail;
import org.listlens.document.Knowledge;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.people.People;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.pseudonym.Pseudonymizer;
import org.listlens.sink.MailSink;
import org.listlens.sink.SinkListener;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.Positions;
import org.listlens.source.SourceException;

/**
 * One run of the job: reads sources to their ends into a sink, keeps the ledger and makes the summary. Used once; what
 * it has counted may be asked from any thread meanwhile.
 */
public final class IndexRun {
    /** Rejections are recorded in groups, so that an archive of broken mails does not mean a request for each. */
    private static final int RECORDED_AT_ONCE = 100;

    /** A run that is killed reads again what it read since it last wrote its positions. */
    private static final long REMEMBERED_EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    /** A digest takes 49 octets at most: an eighth of the memory. */
    private static final long COPIES = Runtime.getRuntime().maxMemory() / 8 / 49;

    private final List<MailSource> sources;
    private final Limits limits;
    private final People people;
    private final @Nullable PseudonymKey pseudonyms;
    private Knowledge known = Knowledge.none();
    private final Pipeline<Prepared> pipeline;
    private final Survey survey;
    private final Ledger ledger = new Ledger();
    private final RunStatistics statistics = new RunStatistics();
    private DigestSet copies = new DigestSet();
    private final List<SourceException> failures = new ArrayList<>();
    private final Map<String, String> failed = new TreeMap<>();
    private final List<MailSource> ended = new ArrayList<>();
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private volatile boolean shrunk;
    private final Queue<Summary.Rejection> unrecorded = new ConcurrentLinkedQueue<>();
    private final AtomicLong mailOctets = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile @Nullable Instant newest;
    private volatile @Nullable Instant remembered;
    private final long startedNanos = System.nanoTime();

    /**
     * Prepares a run.
     *
     * @param sources what to read, in this order
     * @param limits the bounds within which mails are read
     * @param parsers how many threads parse, at least 1
     */
    public IndexRun(List<? extends MailSource> sources, Limits limits, int parsers) {
        this(sources, limits, People.SHIPPED, null, parsers);
    }

    /**
     * Prepares a run that knows something of people.
     *
     * @param sources what to read, in this order
     * @param limits the bounds within which mails are read
     * @param people by which authors are found
     * @param pseudonyms the key of the pseudonyms in the place of persons; {@code null} leaves persons as they are
     * @param parsers how many threads parse, at least 1
     */
    public IndexRun(
            List<? extends MailSource> sources,
            Limits limits,
            People people,
            @Nullable PseudonymKey pseudonyms,
            int parsers) {
        this.sources = List.copyOf(sources);
        this.limits = limits;
        this.people = people;
        this.pseudonyms = pseudonyms;
        this.pipeline = new Pipeline<>(this::preparation, parsers);
        this.survey = new Survey(limits, parsers, people, pseudonyms);
    }

    /** A mail ready to be written; {@code octets} is its size in the archive. */
    private record Prepared(EncodedMail mail, MailFacts facts, long octets) {}

    private Function<RawMail, Prepared> preparation() {
        MailParser parser = new MailParser(limits, people);
        MailDocuments documents = new MailDocuments(known);
        Pseudonymizer pseudonymizer = pseudonyms == null ? null : new Pseudonymizer(pseudonyms);
        return raw -> {
            ParsedMail parsed = parser.parse(raw);
            ParsedMail mail = pseudonymizer == null ? parsed : pseudonymizer.apply(parsed);
            return new Prepared(documents.encode(mail), MailFacts.of(mail), raw.size());
        };
    }

    /** What becomes of the clocks that a survey finds. */
    @FunctionalInterface
    public interface ClockRecorder {
        void record(List<EncodedAction> hosts) throws IOException, InterruptedException;
    }

    /**
     * Reads the headers of all mails, estimates the clocks from them and finds the threads, so that {@link #run} writes
     * corrected delays and places in threads at once. To be called before it, where no mail is in the index yet; does nothing when sources cannot
     * be read twice or hold too much, which costs time later but changes no outcome.
     */
    public void survey(ClockRecorder recorder) throws IOException, InterruptedException {
        try (Survey.Findings found = survey.read(sources)) {
            if (found != null && !pipeline.stopping()) {
                HostClocks clocks = new HostClocks();
                SurveyedClocks surveyedClocks = new SurveyedClocks(found.ways(), clocks);
                for (List<Long> days : surveyedClocks.groups()) {
                    recorder.record(surveyedClocks.solve(days));
                }
                found.threads().solve();
                known = new Knowledge(
                        clocks, true, found.threads(), found.persons().known());
            }
        }
    }

    /** Opens the sink that a run writes to; what becomes of each mail is told to the listener. */
    @FunctionalInterface
    public interface SinkOpener {
        MailSink open(SinkListener listener) throws IOException, InterruptedException;
    }

    /**
     * Runs.
     *
     * @param known what earlier runs have read of the sources
     * @param recorder remembers rejections and positions; {@code null} where nothing is remembered
     * @throws IOException when the sink fails for good; the ledger then has entries without an outcome, which the next
     *     run reads again
     * @throws IllegalStateException when the ledger does not add up after all
     */
    public void run(SinkOpener opener, Positions known, @Nullable RunRecorder recorder)
            throws IOException, InterruptedException {
        try (MailSink sink = opener.open(new Outcomes())) {
            Writing writing = new Writing(sink, recorder);
            pipeline.run(sources, recorder == null ? null : known, writing);
            sink.finish();
            writing.remember(true);
        }
        // What follows needs the room.
        this.known = Knowledge.none();
        if (ledger.counts().open() != 0) {
            throw new IllegalStateException("the ledger does not add up: " + ledger.counts());
        }
    }

    /** Ends reading soon; what was read is still written. May be called from any thread. */
    public void stop() {
        survey.stop();
        pipeline.stop();
    }

    /** Notes for the summary what is known of clocks after the run. */
    public void clocks(Summary.WrongClocks clocks) {
        statistics.clocks(clocks);
    }

    /** Whether the run was told to stop. */
    public boolean stopping() {
        return pipeline.stopping();
    }

    /** The ledger as it is now. */
    public Ledger.Counts counts() {
        return ledger.counts();
    }

    /** How far the run has come. */
    public RunProgress progress() {
        Ledger.Counts counts = ledger.counts();
        return new RunProgress(
                survey.mails(),
                counts.read(),
                counts.rejected(),
                mailOctets.get(),
                pipeline.octetsRead(),
                RunProgress.total(sources));
    }

    /** Mails that the engine has refused so far; the others that are rejected could not be read. */
    public long refused() {
        return refused.get();
    }

    /** When the newest mail that was handed over so far came to the first host. */
    public @Nullable Instant newest() {
        return newest;
    }

    /** When positions were last written. */
    public @Nullable Instant remembered() {
        return remembered;
    }

    /** How many batches of mails are between reading and writing. */
    public int batches() {
        return pipeline.batches();
    }

    /** How many there may be. */
    public int batchesLimit() {
        return pipeline.batchesLimit();
    }

    /** Octets of the mails handed over so far. */
    public long mailOctets() {
        return mailOctets.get();
    }

    /** The sources that hold no mail or could not be read at all; complete when {@link #run} has returned. */
    public List<SourceException> failures() {
        return List.copyOf(failures);
    }

    /** What keeps sources from being read, by their names; complete when {@link #run} has returned. */
    public Map<String, String> failed() {
        return Map.copyOf(failed);
    }

    /** The sources that were read to their ends. */
    public List<MailSource> ended() {
        return List.copyOf(ended);
    }

    /** Whether mails that were read by earlier runs are no longer in their sources. */
    public boolean shrunk() {
        return shrunk;
    }

    /** What the run has found; to be asked when {@link #run} has ended, however it did. */
    public Summary summary() {
        return statistics.summary(
                ledger.counts(),
                pipeline.octetsRead(),
                mailOctets.get(),
                Duration.ofNanos(System.nanoTime() - startedNanos),
                pipeline.stopping());
    }

    private static Acknowledgements.Copy copy(EncodedMail mail) {
        return new Acknowledgements.Copy(mail.copyId(), mail.origin());
    }

    private void reject(Origin origin, String reason) {
        ledger.rejected();
        statistics.reject(origin, reason);
        unrecorded.add(new Summary.Rejection(origin, reason));
    }

    /** Counts what becomes of accepted mails. */
    private final class Outcomes implements SinkListener {
        @Override
        public void indexed(EncodedMail mail) {
            ledger.indexed();
            acknowledgements.settled(copy(mail));
        }

        @Override
        public void unchanged(EncodedMail mail) {
            ledger.unchanged();
            acknowledgements.settled(copy(mail));
        }

        @Override
        public void duplicate(EncodedMail mail) {
            ledger.duplicate();
            acknowledgements.settled(copy(mail));
        }

        @Override
        public void rejected(EncodedMail mail, String reason) {
            refused.incrementAndGet();
            reject(mail.origin(), reason);
            acknowledgements.settled(copy(mail));
        }

        /** The entry stays open in the ledger, and the sink's exception ends the run. */
        @Override
        public void abandoned(EncodedMail mail) {}
    }

    /** Writes what the pipeline read. */
    private final class Writing implements Pipeline.Output<Prepared> {
        private final MailSink sink;
        private final @Nullable RunRecorder recorder;
        private long rememberedNanos = System.nanoTime();

        Writing(MailSink sink, @Nullable RunRecorder recorder) {
            this.sink = sink;
            this.recorder = recorder;
        }

        @Override
        public void mail(Prepared prepared) throws IOException, InterruptedException {
            ledger.read();
            mailOctets.addAndGet(prepared.octets());
            acknowledgements.accepted(copy(prepared.mail()));
            if (copies.size() >= COPIES) {
                // A copy that was met longer ago is written again, which the engine's own conflict settles.
                copies = new DigestSet();
            }
            if (copies.add(prepared.mail().copyId())) {
                statistics.add(prepared.facts());
                Instant at = prepared.facts().at();
                Instant before = newest;
                if (at != null && (before == null || at.isAfter(before))) {
                    newest = at;
                }
                sink.accept(prepared.mail());
            } else {
                sink.acceptAgain(prepared.mail());
            }
            remember(false);
        }

        @Override
        public void rejected(Origin origin, String reason) throws IOException, InterruptedException {
            ledger.read();
            reject(origin, reason);
            remember(false);
        }

        @Override
        public void reached(Position position) throws IOException, InterruptedException {
            acknowledgements.reached(position);
            remember(false);
        }

        @Override
        public void shrunk() {
            shrunk = true;
        }

        @Override
        public void ended(MailSource source) {
            ended.add(source);
        }

        @Override
        public void failed(MailSource source, SourceException failure) {
            failures.add(failure);
            failed.put(source.name(), String.valueOf(failure.getMessage()));
        }

        /** Writes the positions that are acknowledged, and before them the rejections that lie before them. */
        void remember(boolean all) throws IOException, InterruptedException {
            boolean due = all || System.nanoTime() - rememberedNanos >= REMEMBERED_EVERY_NANOS;
            if (!due && unrecorded.size() < RECORDED_AT_ONCE) {
                return;
            }
            List<Position> positions = acknowledgements.take();
            List<Summary.Rejection> rejections = new ArrayList<>();
            for (Summary.Rejection next = unrecorded.poll(); next != null; next = unrecorded.poll()) {
                rejections.add(next);
            }
            if (recorder != null && !rejections.isEmpty()) {
                recorder.rejected(rejections);
            }
            if (recorder != null && !positions.isEmpty()) {
                recorder.reached(positions);
                remembered = Instant.now();
            }
            rememberedNanos = System.nanoTime();
        }
    }
}
