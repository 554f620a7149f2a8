package org.listlens.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.listlens.document.ImportDocuments;
import org.listlens.document.ImportRun;
import org.listlens.document.Rejection;
import org.listlens.engine.BulkLoadSettings;
import org.listlens.engine.EngineClient;
import org.listlens.engine.Templates;
import org.listlens.index.ClockUpdate;
import org.listlens.index.IndexRun;
import org.listlens.index.Ledger;
import org.listlens.index.PeopleUpdate;
import org.listlens.index.PseudonymCheck;
import org.listlens.index.SeriesUpdate;
import org.listlens.index.Summary;
import org.listlens.index.ThreadUpdate;
import org.listlens.sink.ActionWriter;
import org.listlens.sink.BulkSettings;
import org.listlens.sink.BulkSink;

/** A run into an engine: installs what is missing, indexes, and keeps the record of the run in {@code mail-imports}. */
final class Indexing {
    private final EngineClient client;
    private final Path mappings;
    private final BulkSettings bulk;
    private final List<String> sources;
    private final @Nullable String pseudonyms;
    private final ActionWriter imports;
    private final String id = UUID.randomUUID().toString();
    private final Instant started = Instant.now();

    /**
     * Prepares a run.
     *
     * @param sources the archives as the record of the run names them
     * @param pseudonyms {@code PseudonymKey.check()} of the run's key; {@code null} when it leaves persons readable
     */
    Indexing(EngineClient client, Path mappings, BulkSettings bulk, List<String> sources, @Nullable String pseudonyms) {
        this.client = client;
        this.mappings = mappings;
        this.bulk = bulk;
        this.sources = List.copyOf(sources);
        this.pseudonyms = pseudonyms;
        this.imports = new ActionWriter(client, bulk.retry());
    }

    /** Runs to the end of the sources, or until the run is stopped. */
    void run(IndexRun run) throws IOException, InterruptedException {
        client.detect();
        Templates.Installed installed = Templates.install(client, mappings);
        new PseudonymCheck(client, bulk.retry()).refuseMixing(pseudonyms);
        try (BulkLoadSettings settings = BulkLoadSettings.apply(client, installed, false)) {
            record(run, null);
            ClockUpdate update = new ClockUpdate(client, bulk.retry());
            ThreadUpdate threads = new ThreadUpdate(client, bulk.retry());
            if (threads.isFirst() && update.isFirst()) {
                run.survey(imports::write);
            }
            run.run(
                    listener -> new BulkSink(client, bulk, listener),
                    rejections -> imports.write(rejections.stream()
                            .map(rejected -> new Rejection(id, rejected.origin(), rejected.reason(), Instant.now()))
                            .map(ImportDocuments::encode)
                            .toList()));
            if (!run.stopping()) {
                update.run();
                new PeopleUpdate(client, bulk.retry()).run();
                new SeriesUpdate(client, bulk.retry()).run();
                threads.run();
                run.clocks(update.wrong(lists(run)));
            }
            record(run, Instant.now());
        }
    }

    private void record(IndexRun run, @Nullable Instant finished) throws IOException, InterruptedException {
        Ledger.Counts counts = run.counts();
        List<String> lists = finished == null ? List.of() : lists(run);
        imports.write(List.of(ImportDocuments.encode(new ImportRun(
                id,
                Version.number(),
                sources,
                pseudonyms,
                lists,
                started,
                finished,
                counts.read(),
                counts.indexed(),
                counts.unchanged(),
                counts.duplicate(),
                counts.rejected(),
                run.mailOctets()))));
    }

    private static List<String> lists(IndexRun run) {
        List<String> lists = new ArrayList<>();
        for (Summary.ListCount list : run.summary().lists()) {
            lists.add(list.id());
        }
        return lists;
    }
}
