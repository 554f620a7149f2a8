package org.listlens.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.alert.KnownList;
import org.listlens.alert.KnownLists;
import org.listlens.alert.Monitor;
import org.listlens.alert.MonitorFiles;
import org.listlens.alert.PreparedMonitor;
import org.listlens.alert.Thresholds;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.index.EngineSearch;
import org.listlens.node.LocalEngine;
import org.listlens.node.LocalEngineException;
import picocli.CommandLine.Option;

/** Which monitors, with which thresholds. */
final class MonitorOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only this monitor; may be given several times. \"listlens alerts list\" shows the names.")
    private @Nullable List<String> only;

    @Option(
            names = "--set",
            paramLabel = "NAME.PARAM=VALUE",
            description = "Set a threshold, such as list-dwell.limit_ms=45m; may be given several times.")
    private @Nullable List<String> set;

    @Option(
            names = "--thresholds",
            paramLabel = "FILE",
            description =
                    "Read thresholds from this YAML file: under each monitor's name its parameters. --set goes before"
                            + " it.")
    private @Nullable Path thresholdFile;

    /** The monitors that were chosen. */
    List<Monitor> monitors() throws LocalEngineException {
        List<Monitor> all = all();
        if (only == null) {
            return all;
        }
        List<Monitor> chosen = new ArrayList<>();
        try {
            for (String name : only) {
                Monitor monitor = Thresholds.find(all, name);
                if (!chosen.contains(monitor)) {
                    chosen.add(monitor);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return chosen;
    }

    private static List<Monitor> all() throws LocalEngineException {
        try {
            return MonitorFiles.read(LocalEngine.home().resolve("alerts"));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What was set by the user. */
    Thresholds thresholds() throws LocalEngineException {
        Thresholds thresholds = new Thresholds(all());
        if (thresholdFile != null) {
            try {
                thresholds.read(Files.readString(thresholdFile, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UsageException("The file " + thresholdFile + " for --thresholds cannot be read ("
                        + e.getClass().getSimpleName() + "): name a YAML file that you may read.");
            } catch (IllegalArgumentException e) {
                throw new UsageException(
                        "The file " + thresholdFile + " for --thresholds makes no sense. " + e.getMessage());
            }
        }
        try {
            for (String assignment : set == null ? List.<String>of() : set) {
                thresholds.set(assignment);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return thresholds;
    }

    /**
     * The chosen monitors with their thresholds.
     *
     * @param search where lists are looked for, when a monitor repeats for each
     * @param from from when on the lists that have mail count
     * @param to until when
     */
    List<PreparedMonitor> prepare(EngineSearch search, Instant from, Instant to)
            throws EngineException, LocalEngineException, InterruptedException {
        List<Monitor> monitors = monitors();
        Thresholds thresholds = thresholds();
        boolean each = monitors.stream().anyMatch(monitor -> Monitor.LISTS.equals(monitor.each()));
        List<KnownList> lists = each ? KnownLists.find(search, from, to) : List.of();
        return monitors.stream()
                .map(monitor -> PreparedMonitor.of(monitor, thresholds, lists))
                .toList();
    }

    /** Searches of a client. */
    static EngineSearch search(EngineClient client) {
        return new EngineSearch(new RetryingClient(client, RetryPolicy.lasting(PATIENCE)));
    }
}
