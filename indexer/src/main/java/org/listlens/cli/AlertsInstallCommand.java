package org.listlens.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.listlens.alert.AlertingMonitor;
import org.listlens.alert.AlertingPlugin;
import org.listlens.alert.PreparedMonitor;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code listlens alerts install}. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Makes the monitors in the Alerting plugin of OpenSearch, or brings them up to date; what is as it should be stays"
                    + " untouched. Run it again when lists have come into the index, because crossposts are told for the lists"
                    + " that are known.",
            ""
        })
final class AlertsInstallCommand implements Callable<Integer> {
    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final MonitorOptions options = new MonitorOptions();

    @Option(
            names = "--channel",
            paramLabel = "ID",
            description = "Tell the notification channel with this id; without it alerts are only shown in Dashboards.")
    private @Nullable String channel;

    @Option(names = "--remove", description = "Remove the monitors instead.")
    private boolean remove;

    @Option(names = "--dry-run", description = "Print the monitors as JSON, one a line, and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        try (EngineClient client = engine.connect()) {
            EngineInfo info = client.detect();
            Instant now = Instant.now();
            AlertingPlugin plugin = new AlertingPlugin(client, info);
            Map<String, AlertingPlugin.Installed> installed = dryRun ? Map.of() : plugin.installed();
            if (channel != null && !dryRun && !remove) {
                plugin.requireChannel(channel);
            }
            for (PreparedMonitor monitor : options.prepare(MonitorOptions.search(client), now, now)) {
                ObjectNode json = AlertingMonitor.json(monitor, client::index, channel);
                if (dryRun) {
                    System.out.println(json);
                    continue;
                }
                AlertingPlugin.@Nullable Installed before = installed.get(AlertingMonitor.name(monitor.definition()));
                AlertingPlugin.Outcome outcome;
                if (!remove) {
                    outcome = plugin.install(json, before);
                } else if (before == null) {
                    outcome = AlertingPlugin.Outcome.ABSENT;
                } else {
                    plugin.remove(before);
                    outcome = AlertingPlugin.Outcome.REMOVED;
                }
                System.out.println(switch (outcome) {
                            case CREATED -> "Created ";
                            case UPDATED -> "Updated ";
                            case UNCHANGED -> "Unchanged ";
                            case REMOVED -> "Removed ";
                            case ABSENT -> "Not there: ";
                        }
                        + AlertingMonitor.name(monitor.definition()));
            }
        }
        System.out.flush();
        return ExitCode.OK;
    }
}
