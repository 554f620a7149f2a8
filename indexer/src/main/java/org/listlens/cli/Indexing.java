package org.listlens.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.document.DocumentVersion;
import org.listlens.document.EncodedAction;
import org.listlens.document.ImportDocuments;
import org.listlens.document.ImportRun;
import org.listlens.document.Rejection;
import org.listlens.document.SourceNote;
import org.listlens.document.SourcePosition;
import org.listlens.engine.BulkLoadSettings;
import org.listlens.engine.EngineClient;
import org.listlens.engine.IndexLayout;
import org.listlens.engine.RetryingClient;
import org.listlens.engine.Templates;
import org.listlens.index.EngineSearch;
import org.listlens.index.IndexRun;
import org.listlens.index.Ledger;
import org.listlens.index.Pruning;
import org.listlens.index.PseudonymCheck;
import org.listlens.index.RunRecorder;
import org.listlens.index.StoredPositions;
import org.listlens.index.StoredRejections;
import org.listlens.index.Summary;
import org.listlens.index.Updates;
import org.listlens.sink.ActionWriter;
import org.listlens.sink.BulkSettings;
import org.listlens.sink.BulkSink;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.Positions;

/**
 * Runs into an engine: installs what is missing, goes on where earlier runs have ended, indexes, and keeps the record in
 * {@code mail-imports}. One such object is one run there, though it may read its sources again and again.
 */
final class Indexing {
    private final EngineClient client;
    private final Path mappings;
    private final IndexLayout layout;
    private final BulkSettings bulk;
    private final List<MailSource> sources;
    private final @Nullable String pseudonyms;
    private final String settings;
    private final ActionWriter imports;
    private final String id = UUID.randomUUID().toString();
    private final Instant started = Instant.now();
    private final Totals totals = new Totals();

    private String index = "";
    private Positions known = Positions.NONE;
    private @Nullable BulkLoadSettings loading;
    private Pruning.@Nullable Pruned pruned;

    /**
     * Prepares a run.
     *
     * @param layout of the indices that it creates
     * @param sources what it reads
     * @param pseudonyms {@code PseudonymKey.check()} of the run's key; {@code null} when it leaves persons readable
     * @param settings tells all that makes the same mail another document; positions that were reached under others do
     *     not hold
     */
    Indexing(
            EngineClient client,
            Path mappings,
            IndexLayout layout,
            BulkSettings bulk,
            List<MailSource> sources,
            @Nullable String pseudonyms,
            String settings) {
        this.client = client;
        this.mappings = mappings;
        this.layout = layout;
        this.bulk = bulk;
        this.sources = List.copyOf(sources);
        this.pseudonyms = pseudonyms;
        this.settings = settings;
        this.imports = new ActionWriter(client, bulk.retry());
    }

    /** What earlier reading of the same run has counted. */
    private static final class Totals {
        private long read;
        private long indexed;
        private long unchanged;
        private long duplicate;
        private long rejected;
        private long octets;
        private final TreeSet<String> lists = new TreeSet<>();

        void add(IndexRun run) {
            Ledger.Counts counts = run.counts();
            read += counts.read();
            indexed += counts.indexed();
            unchanged += counts.unchanged();
            duplicate += counts.duplicate();
            rejected += counts.rejected();
            octets += run.mailOctets();
            lists.addAll(lists(run));
        }
    }

    /**
     * Reads the sources once, to their ends or until the run is stopped, and brings everything up to date.
     *
     * @param restart whether to forget how far earlier runs came
     * @param last whether this is all, or {@link #goOn} follows
     * @param pruning removes what the sources no longer hold; {@code null} when that is to stay
     */
    void run(IndexRun run, boolean restart, boolean last, @Nullable Pruning pruning)
            throws IOException, InterruptedException {
        prepare(restart);
        // Their end must not hide why the run failed.
        try (BulkLoadSettings ending = loading;
                Updates updates = new Updates(client, bulk.retry())) {
            record(run, false);
            if (known.isEmpty() && updates.isFirst()) {
                run.survey(imports::write);
            }
            read(run);
            if (pruning != null && !run.stopping()) {
                pruned = pruning.run(sources);
            }
            if (!run.stopping()) {
                updates.run(run.counts().indexed());
                run.clocks(updates.wrong(lists(run)));
            }
            note(notes(run, !last));
            record(run, last || run.stopping());
            totals.add(run);
        } finally {
            loading = null;
        }
    }

    /** What was removed; {@code null} when nothing was to be. */
    Pruning.@Nullable Pruned pruned() {
        return pruned;
    }

    /** Makes the engine ready anew after it was away: it may have come back without what it had. */
    void prepareAgain() throws IOException, InterruptedException {
        prepare(false);
        if (loading != null) {
            loading.close();
            loading = null;
        }
    }

    /** Reads sources that may have new mail; what is read can be searched for when this returns. */
    void goOn(IndexRun run) throws IOException, InterruptedException {
        try {
            read(run);
            new EngineSearch(new RetryingClient(client, bulk.retry()))
                    .refresh(List.of(DocumentKind.MESSAGE, DocumentKind.DELIVERY, DocumentKind.HOP));
        } finally {
            totals.add(run);
        }
    }

    /** Brings clocks, persons, series and threads up to date with what was read. */
    void update() throws IOException, InterruptedException {
        try (Updates updates = new Updates(client, bulk.retry())) {
            updates.run(0);
        }
    }

    /** Writes the record of the run as it is now. */
    void record(boolean finished) throws IOException, InterruptedException {
        record(null, finished);
    }

    /**
     * Makes the engine ready, and finds out how far earlier runs came.
     *
     * @param restart whether to forget that
     */
    private void prepare(boolean restart) throws IOException, InterruptedException {
        client.detect();
        Templates.Installed installed = Templates.install(client, mappings, layout);
        new PseudonymCheck(client, bulk.retry()).refuseMixing(pseudonyms);
        loading = BulkLoadSettings.apply(client, installed, false);
        StoredPositions stored = new StoredPositions(client, bulk.retry());
        index = installed.identities().getOrDefault(DocumentKind.DELIVERY.alias(), "");
        Collection<String> names = names();
        if (restart) {
            List<EncodedAction> forgotten = new ArrayList<>();
            for (Position position : stored.all(names).all()) {
                if (names.stream().anyMatch(name -> isWithin(position.archive(), name))) {
                    forgotten.add(encode(Position.forgotten(position.archive(), position.part())));
                }
            }
            imports.write(forgotten);
            new StoredRejections(client, bulk.retry()).forget(names);
        } else {
            known = stored.load(names, settings, index);
        }
    }

    private void read(IndexRun run) throws IOException, InterruptedException {
        run.run(listener -> new BulkSink(client, bulk, listener), known, new RunRecorder() {
            @Override
            public void rejected(List<Summary.Rejection> rejections) throws IOException, InterruptedException {
                List<EncodedAction> actions = new ArrayList<>();
                for (Summary.Rejection rejected : rejections) {
                    actions.add(ImportDocuments.encode(
                            new Rejection(id, rejected.origin(), rejected.reason(), Instant.now())));
                }
                imports.write(actions);
            }

            @Override
            public void reached(List<Position> positions) throws IOException, InterruptedException {
                List<EncodedAction> actions = new ArrayList<>();
                for (Position position : positions) {
                    actions.add(encode(position));
                }
                imports.write(actions);
                known = known.with(positions);
            }
        });
    }

    private EncodedAction encode(Position position) {
        return ImportDocuments.encode(new SourcePosition(
                position.archive(),
                position.part(),
                position.state(),
                position.mails(),
                settings,
                index,
                id,
                Instant.now()));
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (MailSource source : sources) {
            names.add(source.name());
        }
        return names;
    }

    private static boolean isWithin(String archive, String name) {
        return archive.equals(name) || archive.startsWith(name.endsWith("/") ? name : name + '/');
    }

    /** What is to be noted of each source: that it was read, or why it could not be. */
    private List<SourceNote> notes(IndexRun run, boolean followed) {
        Map<String, String> failed = run.failed();
        List<SourceNote> notes = new ArrayList<>();
        for (MailSource source : sources) {
            String error = failed.get(source.name());
            boolean ended = run.ended().contains(source);
            if (ended || error != null) {
                notes.add(note(source, ended ? Instant.now() : null, followed, followed && ended ? 0L : null, error));
            }
        }
        return notes;
    }

    /** What is known of a source, in the name of this run. */
    SourceNote note(
            MailSource source,
            @Nullable Instant checked,
            boolean followed,
            @Nullable Long lagMs,
            @Nullable String error) {
        return new SourceNote(
                source.name(),
                source.description(),
                id,
                Version.number(),
                DocumentVersion.CURRENT,
                checked,
                followed,
                lagMs,
                error,
                Instant.now());
    }

    /** Writes what is known of sources. */
    void note(List<SourceNote> notes) throws IOException, InterruptedException {
        List<EncodedAction> actions = new ArrayList<>();
        for (SourceNote note : notes) {
            actions.add(ImportDocuments.encode(note));
        }
        imports.write(actions);
    }

    private void record(@Nullable IndexRun run, boolean finished) throws IOException, InterruptedException {
        Ledger.Counts counts = run == null ? new Ledger.Counts(0, 0, 0, 0, 0) : run.counts();
        TreeSet<String> lists = new TreeSet<>(totals.lists);
        if (run != null) {
            lists.addAll(lists(run));
        }
        imports.write(List.of(ImportDocuments.encode(new ImportRun(
                id,
                Version.number(),
                names(),
                pseudonyms,
                List.copyOf(lists),
                started,
                finished ? Instant.now() : null,
                totals.read + counts.read(),
                totals.indexed + counts.indexed(),
                totals.unchanged + counts.unchanged(),
                totals.duplicate + counts.duplicate(),
                totals.rejected + counts.rejected(),
                totals.octets + (run == null ? 0 : run.mailOctets())))));
    }

    private static List<String> lists(IndexRun run) {
        List<String> lists = new ArrayList<>();
        for (Summary.ListCount list : run.summary().lists()) {
            lists.add(list.id());
        }
        return lists;
    }
}
