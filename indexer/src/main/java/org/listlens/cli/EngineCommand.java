package org.listlens.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.listlens.node.DataFolder;
import org.listlens.node.EngineStatus;
import org.listlens.node.LocalEngine;
import org.listlens.node.LocalEngineException;
import org.listlens.node.LocalEngineSettings;
import org.listlens.node.RunningEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code listlens engine start|stop|status}. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "start|stop|status",
        description =
                "Starts, stops or shows the embedded engine: one OpenSearch node on loopback for each data folder."
                        + " Commands start it when they need it; then it stops when nobody has used it for 30 minutes.")
final class EngineCommand {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "Data folder of the engine (default: ~/.local/share/listlens).")
    private @Nullable Path data;

    private Path data() throws LocalEngineException {
        return data == null ? DataFolder.standard() : data;
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description =
                    "Starts the engine unless it runs, and leaves it running until \"engine stop\". Prints its URL.")
    int start() throws LocalEngineException, InterruptedException {
        RunningEngine running = LocalEngine.start(LocalEngineSettings.explicit(data(), LocalEngine.home()));
        System.out.println(running.url());
        return ExitCode.OK;
    }

    @Command(name = "stop", mixinStandardHelpOptions = true, description = "Stops the engine; its data stays.")
    int stop() throws LocalEngineException, InterruptedException {
        boolean stopped = new LocalEngine(data()).stop(STOP_TIMEOUT);
        System.out.println(stopped ? "Stopped." : "No engine is running in " + data() + ".");
        return ExitCode.OK;
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description =
                    "Prints the engine's URL alone on the first line, then its process, start and log. Exits with 4"
                            + " when it does not run.")
    int status() throws LocalEngineException {
        return switch (new LocalEngine(data()).status()) {
            case EngineStatus.Running running -> {
                RunningEngine engine = running.engine();
                System.out.println(engine.url());
                System.out.println("OpenSearch " + engine.version() + ", process " + engine.pid() + ", up for "
                        + Units.duration(Duration.between(engine.started(), Instant.now())
                                .toMillis()));
                System.out.println("data " + data());
                System.out.println("log  " + engine.log());
                yield ExitCode.OK;
            }
            case EngineStatus.Silent silent -> {
                System.err.println("The engine in " + data() + " is starting or stopping, or hangs"
                        + (silent.pid().isPresent()
                                ? " (process " + silent.pid().getAsLong() + ")"
                                : "")
                        + "; ask again in a moment.");
                yield ExitCode.ENGINE;
            }
            case EngineStatus.Stopped stopped -> {
                System.err.println("No engine is running in " + data() + "; \"listlens engine start\" starts one.");
                yield ExitCode.ENGINE;
            }
        };
    }
}
