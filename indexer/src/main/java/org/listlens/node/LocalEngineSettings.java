package org.listlens.node;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to start the engine of a data folder.
 *
 * @param data the data folder; the engine keeps to its sub-folder {@code engine}
 * @param home the folder of Listlens: a checkout that has been built, or an unpacked distribution
 * @param idleTimeout how long the engine goes on without a request; zero is until it is stopped
 * @param startTimeout how long to wait until the engine answers and its shards have recovered
 * @param heapBytes heap of the engine; 0 chooses by the memory of the machine
 */
public record LocalEngineSettings(Path data, Path home, Duration idleTimeout, Duration startTimeout, long heapBytes) {
    /** An engine that a command started by itself goes away when nobody has used it for this long. */
    public static final Duration IDLE_TIMEOUT = Duration.ofMinutes(30);

    /** Long enough to replay a large transaction log after a power cut on a slow disk. */
    public static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private static final long LEAST_HEAP = 512L << 20;
    private static final long MOST_HEAP = 4096L << 20;

    public LocalEngineSettings {
        if (idleTimeout.isNegative() || startTimeout.isNegative() || startTimeout.isZero() || heapBytes < 0) {
            throw new IllegalArgumentException("timeouts and heap are not negative, and a start takes time");
        }
        data = data.toAbsolutePath().normalize();
        home = home.toAbsolutePath().normalize();
    }

    /** An engine for a command that needs one: it goes away by itself. */
    public static LocalEngineSettings implicit(Path data, Path home) {
        return new LocalEngineSettings(data, home, IDLE_TIMEOUT, START_TIMEOUT, 0);
    }

    /** An engine that the user asked for: it stays until it is stopped. */
    public static LocalEngineSettings explicit(Path data, Path home) {
        return new LocalEngineSettings(data, home, Duration.ZERO, START_TIMEOUT, 0);
    }

    /**
     * A quarter of the memory, at least 512 MB and at most 4 GB, but never more than half of it.
     *
     * @param memoryBytes memory of the machine, or of the container
     */
    static long automaticHeap(long memoryBytes) {
        return Math.min(Math.clamp(memoryBytes / 4, LEAST_HEAP, MOST_HEAP), memoryBytes / 2);
    }
}
