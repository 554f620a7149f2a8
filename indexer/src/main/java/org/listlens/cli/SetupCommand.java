package org.listlens.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineInfo;
import org.listlens.engine.IndexUpgrade;
import org.listlens.engine.IndexUpgrade.Upgraded;
import org.listlens.engine.Pipelines;
import org.listlens.engine.Templates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code listlens setup}. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Installs the mappings and creates the indices, as \"index\" does by itself when they are missing; and the"
                    + " dashboards.",
            "",
            "With --pipeline, also an ingest pipeline for raw mails that others send to the cluster; its nodes need the"
                    + " plugin for that (docs/shippers.md).",
            "",
            "With --upgrade, indices that an older version has made are built anew beside the old ones, in place of which"
                    + " they come when they are complete. Searches and other runs go on meanwhile. Can be interrupted and"
                    + " run again at will.",
            ""
        })
final class SetupCommand implements Callable<Integer> {
    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final LayoutOptions layout = new LayoutOptions();

    @Mixin
    private final DashboardsOptions dashboards = new DashboardsOptions();

    @Mixin
    private final ArchiveOptions archives = new ArchiveOptions();

    @Mixin
    private final PeopleOptions people = new PeopleOptions();

    @Mixin
    private final PseudonymOptions pseudonyms = new PseudonymOptions();

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(names = "--pipeline", description = "Install the ingest pipeline for raw mails, and its index template.")
    private boolean pipeline;

    @Option(names = "--upgrade", description = "Build the next index where the mapping is older.")
    private boolean upgrade;

    @Option(names = "--all", description = "With --upgrade, build all indices anew.")
    private boolean all;

    @Option(
            names = "--reread",
            description = "With --upgrade, make all documents anew from the sources that were indexed, as when the"
                    + " program makes others of the same mail now.")
    private boolean reread;

    @Option(names = "--delete-old", description = "With --upgrade, delete the old indices afterwards.")
    private boolean deleteOld;

    @Override
    public Integer call() throws Exception {
        if (!upgrade && (all || deleteOld || reread)) {
            throw new UsageException((all ? "--all" : reread ? "--reread" : "--delete-old")
                    + " belongs to --upgrade: give both, or none of them.");
        }
        dashboards.check();
        layout.check();
        try (EngineClient client = engine.connect()) {
            EngineInfo info = client.detect();
            if (!upgrade) {
                Templates.Installed installed = Templates.install(client, Home.mappings(), layout.layout());
                System.out.println(client.where() + " is " + info);
                print(installed, List.of(), System.out);
                installPipeline(client, info);
                dashboards.install(client, engine.named());
                return ExitCode.OK;
            }
            System.out.println(client.where() + " is " + info);
            int code = upgrade(client);
            installPipeline(client, info);
            return code;
        }
    }

    private void installPipeline(EngineClient client, EngineInfo info) throws Exception {
        if (!pipeline) {
            return;
        }
        List<String> put = Pipelines.install(client, info, Home.mappings());
        put.forEach(what -> System.out.println("Installed " + what));
        System.out.println("Raw mails can be sent: curl -H 'Content-Type: application/json' '" + client.where()
                + "/mails/_doc' -d '{\"raw\": \"From: …\"}'");
    }

    private int upgrade(EngineClient client) throws Exception {
        try {
            List<Upgraded> upgraded = reread ? reread(client) : rebuild(client);
            List<String> old = upgraded.stream()
                    .map(Upgraded::from)
                    .filter(name -> !name.isEmpty())
                    .toList();
            if (deleteOld) {
                IndexUpgrade.delete(client, old);
                old.forEach(name -> System.out.println("Deleted index " + name));
            } else if (!old.isEmpty()) {
                System.out.println("The old indices are not used any more. To delete them: curl -X DELETE '"
                        + client.where() + '/' + String.join(",", old) + "'");
            }
        } catch (InterruptedException e) {
            // The code of the signal is the one that counts.
            System.err.println("listlens: The upgrade was interrupted: run it again, and it goes on.");
            return ExitCode.OK;
        }
        dashboards.install(client, engine.named());
        return ExitCode.OK;
    }

    private List<Upgraded> rebuild(EngineClient client) throws Exception {
        Thread upgrading = Thread.currentThread();
        try (Interruption interruption = new Interruption(upgrading::interrupt)) {
            IndexUpgrade.Outcome outcome =
                    IndexUpgrade.run(client, Home.mappings(), layout.layout(), all, new CopyProgress(System.err));
            print(outcome.installed(), outcome.upgraded(), System.out);
            return outcome.upgraded();
        }
    }

    private List<Upgraded> reread(EngineClient client) throws Exception {
        List<Upgraded> upgraded = new Rereading(
                        client, Home.mappings(), layout.layout(), archives, people, pseudonyms, options, System.out)
                .run();
        print(upgraded, System.out);
        return upgraded;
    }

    private static void print(Templates.Installed installed, List<Upgraded> upgraded, PrintStream out) {
        if (installed.templates().isEmpty() && installed.created().isEmpty() && upgraded.isEmpty()) {
            out.println("Everything was installed already.");
        }
        installed.templates().forEach(name -> out.println("Installed template " + name));
        installed.created().forEach(name -> out.println("Created index " + name));
        print(upgraded, out);
    }

    private static void print(List<Upgraded> upgraded, PrintStream out) {
        for (Upgraded index : upgraded) {
            String documents = " (" + Units.count(index.documents(), "document") + ")";
            if (index.to().isEmpty()) {
                out.println("Index " + index.from() + " is not used any more");
            } else if (index.from().isEmpty()) {
                out.println("Index " + index.to() + " is new" + documents);
            } else {
                out.println("Index " + index.to() + " has taken the place of " + index.from() + documents);
            }
        }
    }
}
