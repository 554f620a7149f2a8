package org.listlens.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.listlens.alert.Evaluation;
import org.listlens.alert.PreparedMonitor;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;
import org.listlens.node.LocalEngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code listlens alerts check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Evaluates the monitors now, or as of a time, and says what fires, as a plugin of Nagios does. Needs no Alerting"
                    + " plugin in the engine, so it also works with Elasticsearch.",
            ""
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    nothing fires",
            "  1    warnings",
            "  2    something critical, or a wrong command line",
            "  3    unknown: the engine cannot be asked, or nobody could be told",
        })
final class AlertsCheckCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON,
        PROMETHEUS
    }

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final MonitorOptions options = new MonitorOptions();

    @Mixin
    private final NoticeOptions notices = new NoticeOptions();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "As of this time instead of now: what came later does not count.")
    private @Nullable String at;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text as Nagios takes it, json, or prometheus (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() throws Exception {
        Instant asOf = at == null ? Instant.now() : Times.instant("--at", at);
        CheckReport report;
        try (EngineClient client = engine.connect()) {
            client.detect();
            EngineSearch search = MonitorOptions.search(client);
            List<PreparedMonitor> monitors = options.prepare(search, asOf, asOf);
            report = new CheckReport(asOf, monitors, new Evaluation(search).at(monitors, asOf));
        } catch (EngineException | LocalEngineException e) {
            // What reads the first line should find a reason there.
            System.out.println(CheckReport.unknown(String.valueOf(e.getMessage())));
            System.out.flush();
            return CheckReport.NAGIOS_UNKNOWN;
        }
        System.out.print(
                switch (format) {
                    case TEXT -> report.nagios();
                    case JSON -> CheckReport.pretty(report.json()) + '\n';
                    case PROMETHEUS -> report.prometheus();
                });
        System.out.flush();
        try {
            notices.tell(report);
        } catch (IOException e) {
            System.err.println("listlens: " + TerminalText.line(String.valueOf(e.getMessage()), 1_000));
            return report.code() == CheckReport.NAGIOS_OK ? CheckReport.NAGIOS_UNKNOWN : report.code();
        }
        return report.code();
    }
}
