package org.listlens.cli;

import java.io.IOException;
import java.net.BindException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.listlens.metrics.MetricsServer;
import org.listlens.metrics.MetricsText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says where metrics are served. */
final class MetricsOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Serve metrics for Prometheus at http://127.0.0.1:PORT/metrics while this runs; 0 is any port"
                    + " that is free.")
    private @Nullable Integer port;

    /** Refuses a port that is none. */
    void check() {
        if (port != null) {
            new Ranges(spec).check("--metrics-port", port, 0, 65_535);
        }
    }

    /** Serves metrics if that is wanted, and says where. */
    @Nullable
    MetricsServer serve(Consumer<MetricsText> metrics) {
        if (port == null) {
            return null;
        }
        try {
            MetricsServer server = new MetricsServer(port, metrics);
            System.err.println("Metrics are at " + server.url() + '.');
            return server;
        } catch (BindException e) {
            throw new UsageException("The port " + port
                    + " for metrics is in use or not allowed: give another one with --metrics-port, or 0 for any that is"
                    + " free.");
        } catch (IOException e) {
            throw new UsageException("Metrics cannot be served at port " + port + " (" + e.getMessage()
                    + "): give another one with --metrics-port, or leave it out.");
        }
    }
}
