package org.listlens.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentVersion;
import org.listlens.engine.RetryPolicy;
import org.listlens.sink.BulkSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how mails are parsed and written. */
final class RunOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that parse (default: one for each core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--bulk-size",
            paramLabel = "MB",
            defaultValue = "5",
            description = "Size of a bulk request (default: ${DEFAULT-VALUE}).")
    private int bulkSize;

    @Option(
            names = "--bulk-requests",
            paramLabel = "N",
            defaultValue = "2",
            description = "Bulk requests at the same time (default: ${DEFAULT-VALUE}).")
    private int bulkRequests;

    @Option(
            names = "--retry-seconds",
            paramLabel = "N",
            defaultValue = "300",
            description = "How long to ask an engine again that is busy or away (default: ${DEFAULT-VALUE}).")
    private int retrySeconds;

    /** Refuses values that are out of range. */
    void check() {
        new Ranges(spec).check("--threads", threads, 1, 256);
        new Ranges(spec).check("--bulk-size", bulkSize, 1, 100);
        new Ranges(spec).check("--bulk-requests", bulkRequests, 1, 32);
        new Ranges(spec).check("--retry-seconds", retrySeconds, 0, 86_400);
    }

    /** How many threads parse. */
    int threads() {
        return threads;
    }

    /** How documents are written. */
    BulkSettings bulk() {
        return new BulkSettings(
                bulkSize * 1_000_000,
                BulkSettings.DEFAULT.documents(),
                bulkRequests,
                RetryPolicy.lasting(Duration.ofSeconds(retrySeconds)));
    }

    /**
     * Tells all that makes the same mail another document.
     *
     * @param pseudonyms {@code PseudonymKey.check()}; {@code null} without a key
     */
    static String settings(ArchiveOptions archives, PeopleOptions people, @Nullable String pseudonyms) {
        return String.join(
                ";",
                "documents=" + DocumentVersion.CURRENT,
                archives.fingerprint(),
                people.fingerprint(),
                "pseudonyms=" + (pseudonyms == null ? "" : pseudonyms));
    }
}
