package org.listlens.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.listlens.document.EncodedAction;
import org.listlens.engine.EngineClient;
import org.listlens.index.IndexRun;
import org.listlens.index.Pruning;
import org.listlens.metrics.MetricsServer;
import org.listlens.people.People;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.sink.NdjsonSink;
import org.listlens.source.MailSource;
import org.listlens.source.Positions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code listlens index}. */
@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Reads mail archives and indexes them. What is in the index already stays as it is, so that a run can be"
                    + " repeated and interrupted at will.",
            "",
            "A SOURCE is an mbox, an .eml file, a Maildir, a tar or zip of these, plain or compressed with gzip, bzip2, xz"
                    + " or zstd, a folder of any of them, or - for standard input. It is recognised by its content. It may"
                    + " also be a git repository or bundle of public-inbox, or a URL: imap://, imaps://, nntp://, nntps://"
                    + " (a mailbox or a newsgroup), http:// or https:// (a file).",
            ""
        })
final class IndexCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ArchiveOptions archives = new ArchiveOptions();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final LayoutOptions layout = new LayoutOptions();

    @Mixin
    private final PeopleOptions people = new PeopleOptions();

    @Mixin
    private final PseudonymOptions pseudonyms = new PseudonymOptions();

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final MetricsOptions metrics = new MetricsOptions();

    @Parameters(paramLabel = "SOURCE", arity = "0..*", description = "Archives to read.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "TARGET",
            defaultValue = "engine",
            description = "Where documents go: engine, or ndjson for bulk bodies on stdout, which needs no engine"
                    + " (default: ${DEFAULT-VALUE}).")
    private Output output = Output.engine;

    @Option(names = "--dry-run", description = "Parse and count, and write nothing.")
    private boolean dryRun;

    @Option(names = "--follow", description = "Go on with new mail until SIGINT or SIGTERM.")
    private boolean follow;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "With --follow, how long to wait between two looks at an archive that does not tell of new mail"
                            + " by itself: a remote of a git repository, a web server, a news server (default: ${DEFAULT-VALUE}).")
    private int interval;

    @Option(
            names = "--restart",
            description = "Forget how far earlier runs have come in these archives and read them from their beginning.")
    private boolean restart;

    @Option(
            names = "--prune",
            description =
                    "Remove from the index what these archives no longer have, after reading all of them; nothing of"
                            + " one that cannot be read as a whole, or that has lost more than half of its mails."
                            + " With --follow, whenever one of them has lost mails.")
    private boolean prune;

    @Option(
            names = "--prune-most",
            description = "As --prune, even of an archive that has lost more than half of its mails.")
    private boolean pruneMost;

    @Option(names = "--summary-json", paramLabel = "FILE", description = "Write the closing summary to this file.")
    private @Nullable Path summaryJson;

    /** Where documents go. */
    enum Output {
        engine,
        ndjson
    }

    @Override
    public Integer call() throws Exception {
        check();
        PseudonymKey key = pseudonyms.key();
        List<MailSource> sources = archives.open(arguments, Duration.ofSeconds(interval), follow);
        People known = people.load();
        IndexMetrics counted = new IndexMetrics();
        IndexRun run = counted.begin(new IndexRun(sources, archives.limits(), known, key, options.threads()));
        try (MetricsServer server = metrics.serve(counted)) {
            return index(run, sources, known, key, counted);
        }
    }

    private Integer index(
            IndexRun run, List<MailSource> sources, People known, @Nullable PseudonymKey key, IndexMetrics counted)
            throws Exception {
        if (dryRun) {
            return withoutEngine(run, OutputStream.nullOutputStream(), System.out);
        }
        if (output == Output.ndjson) {
            try (OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
                return withoutEngine(run, out, System.err);
            }
        }
        try (EngineClient client = engine.connect()) {
            counted.engine(client.traffic());
            String check = key == null ? null : key.check();
            Indexing indexing = new Indexing(
                    client,
                    Home.mappings(),
                    layout.layout(),
                    options.bulk(),
                    sources,
                    check,
                    RunOptions.settings(archives, people, check));
            Supplier<Pruning> prunings = prune || pruneMost
                    ? () -> new Pruning(
                            client, options.bulk(), archives.limits(), known, key, options.threads(), pruneMost)
                    : null;
            Pruning pruning = prunings == null ? null : prunings.get();
            int code;
            try (Interruption interruption = new Interruption(pruning == null ? () -> {} : pruning::stop)) {
                code = new RunConsole(run, System.out, summaryJson, client.where())
                        .show(() -> indexing.run(run, restart, !follow, pruning));
            }
            if (indexing.pruned() != null && !tell(indexing.pruned()) && code == ExitCode.OK) {
                code = ExitCode.REJECTED;
            }
            if (follow && !run.stopping()) {
                Following following = new Following(
                        sources,
                        indexing,
                        some -> counted.begin(new IndexRun(some, archives.limits(), known, key, options.threads())),
                        prunings,
                        System.err);
                counted.following(following);
                try (Interruption interruption = new Interruption(following::stop)) {
                    following.run();
                }
            }
            return code;
        }
    }

    /** Tells what was removed; returns whether all sources could be compared. */
    private static boolean tell(Pruning.Pruned pruned) {
        System.out.println("Pruned     " + removed(pruned));
        System.out.flush();
        for (String sentence : pruned.kept()) {
            System.err.println("listlens: " + TerminalText.line(sentence, 2_000));
        }
        return pruned.kept().isEmpty();
    }

    /** Says what was removed: {@code 1 copy, 1 message}. */
    static String removed(Pruning.Pruned pruned) {
        return Units.count(pruned.copies())
                + (pruned.copies() == 1 ? " copy, " : " copies, ")
                + Units.count(pruned.messages(), "message");
    }

    private int withoutEngine(IndexRun run, OutputStream documents, PrintStream summary)
            throws IOException, InterruptedException {
        try {
            return new RunConsole(run, summary, summaryJson, null).show(() -> {
                run.survey(hosts -> {
                    for (EncodedAction host : hosts) {
                        documents.write(host.body());
                    }
                });
                run.run(listener -> new NdjsonSink(documents, listener), Positions.NONE, null);
            });
        } catch (IOException e) {
            throw new UsageException(
                    "The documents could not be written to stdout to their end (" + e.getMessage() + ").");
        }
    }

    private void check() {
        if (arguments.isEmpty()) {
            throw new UsageException(
                    "Nothing to read: name an mbox, a Maildir, a folder of mails or - for standard input,"
                            + " as in \"listlens index archive.mbox\".");
        }
        if (arguments.stream().filter("-"::equals).count() > 1) {
            throw new UsageException("Standard input can be read only once: name - once.");
        }
        if (follow && (dryRun || output == Output.ndjson)) {
            throw new UsageException("--follow needs an engine: leave --dry-run and --output ndjson out.");
        }
        if ((prune || pruneMost) && (dryRun || output == Output.ndjson)) {
            throw new UsageException("--prune needs an engine: leave --dry-run and --output ndjson out.");
        }
        if (follow && arguments.contains("-")) {
            throw new UsageException(
                    "Standard input cannot be followed, as it can be read but once: name a file, a folder or a mailbox.");
        }
        layout.check();
        engine.check();
        new Ranges(spec).check("--interval", interval, 1, 86_400);
        options.check();
        metrics.check();
    }
}
