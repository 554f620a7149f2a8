package org.listlens.cli;

import picocli.CommandLine.Command;

/** {@code listlens alerts list|check|replay|install}. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "list|check|replay|install",
        description =
                "Tells when a list falls behind: shows the monitors, evaluates them now or over history, or installs"
                        + " them in OpenSearch Alerting.",
        subcommands = {
            AlertsListCommand.class,
            AlertsCheckCommand.class,
            AlertsReplayCommand.class,
            AlertsInstallCommand.class,
        })
final class AlertsCommand {}
