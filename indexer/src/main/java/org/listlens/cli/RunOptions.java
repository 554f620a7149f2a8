package org.listlens.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentVersion;
import org.listlens.engine.RetryPolicy;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.sink.BulkSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how mails are parsed and written. */
final class RunOptions {
    @Mixin
    private final Ranges ranges = new Ranges();

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

    @Option(
            names = "--pseudonymize",
            paramLabel = "KEY",
            description =
                    "Put pseudonyms, keyed hashes, in the place of all names and addresses of persons. The key has"
                            + " at least 16 characters; @FILE reads it from a file. Better given as LISTLENS_PSEUDONYMIZE, as a"
                            + " flag shows in the list of processes.")
    private @Nullable String pseudonymize;

    /** Refuses values that are out of range. */
    void check() {
        ranges.check("--threads", threads, 1, 256);
        ranges.check("--bulk-size", bulkSize, 1, 100);
        ranges.check("--bulk-requests", bulkRequests, 1, 32);
        ranges.check("--retry-seconds", retrySeconds, 0, 86_400);
    }

    /** How many threads parse. */
    int threads() {
        return threads;
    }

    /** The key of the pseudonyms in the place of persons; {@code null} when these stay readable. */
    @Nullable
    PseudonymKey pseudonymKey() {
        if (pseudonymize == null) {
            return null;
        }
        String key = pseudonymize;
        if (key.startsWith("@")) {
            try {
                key = Files.readString(Path.of(key.substring(1))).strip();
            } catch (IOException | InvalidPathException e) {
                throw ranges.wrong(
                        "--pseudonymize",
                        "The key file " + key.substring(1) + " cannot be read ("
                                + e.getClass().getSimpleName() + "): name one that holds the key and nothing else.");
            }
        }
        try {
            return new PseudonymKey(key);
        } catch (IllegalArgumentException e) {
            throw ranges.wrong("--pseudonymize", String.valueOf(e.getMessage()));
        }
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
