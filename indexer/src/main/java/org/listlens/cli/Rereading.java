package org.listlens.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineClient;
import org.listlens.engine.IndexLayout;
import org.listlens.engine.IndexUpgrade.Upgraded;
import org.listlens.engine.NextIndices;
import org.listlens.index.IndexRun;
import org.listlens.index.PseudonymCheck;
import org.listlens.index.TakeOver;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.sink.BulkSettings;
import org.listlens.source.MailSource;
import org.listlens.source.SourceException;

/**
 * Makes all documents anew, beside those in use, from the sources that earlier runs have read. What these no longer give
 * is taken over as it is. Interrupted or killed, it goes on the next time.
 *
 * @param out where the summary goes
 */
record Rereading(
        EngineClient client,
        Path mappings,
        IndexLayout layout,
        ArchiveOptions archives,
        PeopleOptions people,
        PseudonymOptions pseudonyms,
        RunOptions options,
        PrintStream out) {
    /** Returns what has changed; nothing when it was interrupted. */
    List<Upgraded> run() throws IOException, InterruptedException {
        options.check();
        PseudonymKey key = pseudonyms.key();
        String check = key == null ? null : key.check();
        BulkSettings bulk = options.bulk();
        String settings = RunOptions.settings(archives, people, check);
        NextIndices next = NextIndices.prepare(client, mappings, layout, settings);
        new PseudonymCheck(client, bulk.retry()).refuseMixing(check);
        TakeOver takeOver = new TakeOver(client, next, bulk);
        List<MailSource> sources = open(takeOver.knownSources());
        Indexing indexing = new Indexing(next.beside(), mappings, layout, bulk, sources, check, settings);
        if (!sources.isEmpty()) {
            IndexRun run = new IndexRun(sources, archives.limits(), people.load(), key, options.threads());
            new RunConsole(run, out, null, client.where()).show(() -> indexing.run(run, false, true, null));
            if (run.stopping()) {
                return List.of();
            }
        }
        Thread thread = Thread.currentThread();
        try (Interruption interruption = new Interruption(thread::interrupt)) {
            takeOver(next, takeOver, indexing, sources, all());
            return next.change(
                    () -> takeOver(next, takeOver, indexing, sources, next.since(DocumentKind.DELIVERY.alias())));
        }
    }

    private List<MailSource> open(List<String> names) throws IOException {
        List<MailSource> sources = new ArrayList<>();
        for (String name : names) {
            if (name.equals("-")) {
                continue;
            }
            try {
                sources.addAll(archives.open(List.of(name), Duration.ofMinutes(1), false));
            } catch (SourceException e) {
                System.err.println("listlens: " + TerminalText.line(String.valueOf(e.getMessage()), 2_000)
                        + " Its mails are taken over as they are.");
            }
        }
        return sources;
    }

    private static void takeOver(
            NextIndices next, TakeOver takeOver, Indexing indexing, List<MailSource> sources, ObjectNode query)
            throws IOException, InterruptedException {
        if (takeOver.run(query) > 0 || sources.isEmpty()) {
            indexing.update();
        }
        next.copy(DocumentKind.IMPORT.alias(), ledger(sources), new CopyProgress(System.err));
    }

    private static ObjectNode all() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("match_all");
        return query;
    }

    /** What of the ledger stays: runs, sources, and the rejections in sources that were not read again. */
    private static ObjectNode ledger(List<MailSource> sources) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode bool = query.putObject("bool").put("minimum_should_match", 1);
        ArrayNode either = bool.putArray("should");
        either.addObject().putObject("terms").putArray("import.kind").add("run").add("source");
        ObjectNode rejections = either.addObject().putObject("bool");
        rejections.putArray("filter").addObject().putObject("term").put("import.kind", "rejection");
        ArrayNode not = rejections.putArray("must_not");
        for (MailSource source : sources) {
            String name = source.name();
            not.addObject().putObject("term").put("archive.source", name);
            not.addObject().putObject("prefix").put("archive.source", name.endsWith("/") ? name : name + '/');
        }
        return query;
    }
}
