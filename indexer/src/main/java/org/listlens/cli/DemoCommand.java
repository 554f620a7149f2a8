package org.listlens.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.listlens.engine.EngineClient;
import org.listlens.generate.Generator;
import org.listlens.generate.GeneratorOptions;
import org.listlens.index.IndexRun;
import org.listlens.index.Summary;
import org.listlens.link.ArchiveLinks;
import org.listlens.mail.Limits;
import org.listlens.report.Scope;
import org.listlens.sink.BulkSettings;
import org.listlens.source.MailSource;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code listlens demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows what Listlens does, on a generated sample archive: starts the embedded engine, indexes the"
                + " sample, prints the slowest mails and the busiest threads, writes a report that shows all of it as charts,"
                + " and says what to do next.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Override
    public Integer call() throws Exception {
        try (EngineClient client = engine.connect()) {
            Path sample = engine.data().resolve("sample");
            if (!Files.isRegularFile(sample.resolve("manifest.ndjson"))) {
                System.err.println("Making the sample archive in " + sample + " …");
                Generator.generate(GeneratorOptions.sample(), sample);
            }
            List<MailSource> sources = List.of(Sources.open(sample.toString(), SourceOptions.DEFAULT));
            IndexRun run =
                    new IndexRun(sources, Limits.DEFAULT, Runtime.getRuntime().availableProcessors());
            Indexing indexing = new Indexing(
                    client, Home.mappings(), LayoutOptions.any(), BulkSettings.DEFAULT, sources, null, "demo");
            System.err.println("Indexing it into " + client.where() + " …");
            int code = new RunConsole(run, System.out, null, client.where())
                    .show(() -> indexing.run(run, true, true, null));
            Path page = engine.data().resolve("listlens-report.html");
            Scope everything = new Scope(List.of(), null, null, null);
            ReportCommand.write(page, ReportCommand.text(client, everything, ArchiveLinks.shipped(), false));
            next(client.where(), run.summary(), page);
            return code == ExitCode.REJECTED ? ExitCode.OK : code;
        }
    }

    private static void next(String url, Summary summary, Path page) {
        String slowest = "FILE";
        for (Summary.SlowMail slow : summary.slowest().reversed()) {
            if (slow.messageId() != null) {
                slowest = "'" + TerminalText.line(slow.messageId(), 200) + "'";
            }
        }
        System.out.printf("""

                What to do next
                  All of it as charts            open %3$s in a browser
                  The slowest mail explained     ./listlens inspect %2$s
                  The discussion around it       ./listlens thread %2$s
                  Index an archive of your own   ./listlens index ARCHIVE…
                  Whose clock is wrong           curl '%1$s/mail-hosts/_search?q=clock.verdict:wrong&size=3&pretty'
                  Who wrote most                 curl '%1$s/mail-messages/_search?size=0&pretty' -H 'Content-Type: application/json' \\
                                                   -d '{"aggs":{"authors":{"terms":{"field":"author.id"}}}}'
                  Who quotes whom                curl '%1$s/mail-quotes/_search?size=0&pretty' -H 'Content-Type: application/json' \\
                                                   -d '{"aggs":{"who":{"terms":{"field":"author.id"},"aggs":{"whom":{"terms":{"field":"quoted.author.id"}}}}}}'
                  Stop the engine                ./listlens engine stop   (it stops by itself after 30 idle minutes)
                """, url, slowest, page.toAbsolutePath());
    }
}
