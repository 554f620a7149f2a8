package org.listlens.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one engine of a data folder. All methods may be called by any number of threads and processes at once; they block
 * for at most the time that they were given.
 */
public final class LocalEngine {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEngine.class);

    /** A disk with less than this has no room for an engine. The engine's process holds to the same bound. */
    static final long LEAST_FREE_BYTES = 100L << 20;

    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(3);
    private static final int RECOVERY_POLL_SECONDS = 5;

    /** File locks belong to the process, and closing any channel of a file frees them: one thread at a time. */
    private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

    private final EngineFiles files;

    /** @param data the data folder, whether it exists or not */
    public LocalEngine(Path data) {
        this.files = new EngineFiles(data.toAbsolutePath().normalize());
    }

    /**
     * The folder of Listlens, which the launcher gives in the property {@code listlens.home}.
     *
     * @throws LocalEngineException when it was not given
     */
    public static Path home() throws LocalEngineException {
        String home = System.getProperty("listlens.home");
        if (home == null || home.isEmpty()) {
            throw new LocalEngineException(
                    "The property listlens.home is not set: start Listlens with its launcher, 'listlens'.");
        }
        return Path.of(home);
    }

    /**
     * Gives the engine of the data folder, starts it if there is none, and waits until the shards of its indices have
     * recovered. Of commands that do so at once, one starts it and the others wait for it.
     *
     * @throws LocalEngineException when there is no engine at the end, or a shard is lost
     */
    public static RunningEngine start(LocalEngineSettings settings) throws LocalEngineException, InterruptedException {
        return start(settings, () -> {});
    }

    /**
     * The same for a command that tells its user what takes time.
     *
     * @param starting run when no engine answers yet, before the wait for one
     */
    public static RunningEngine start(LocalEngineSettings settings, Runnable starting)
            throws LocalEngineException, InterruptedException {
        return new LocalEngine(settings.data()).startWith(settings, starting);
    }

    private RunningEngine startWith(LocalEngineSettings settings, Runnable starting)
            throws LocalEngineException, InterruptedException {
        Deadline deadline = Deadline.in(settings.startTimeout());
        RunningEngine engine = running();
        if (engine == null) {
            starting.run();
            engine = findOrLaunch(settings, deadline);
        }
        try {
            return await(engine, settings, deadline);
        } catch (IOException e) {
            // It may have been told to stop just after it was found.
            LOG.debug("The engine at {} went away", engine.url(), e);
        }
        engine = findOrLaunch(settings, deadline);
        try {
            return await(engine, settings, deadline);
        } catch (IOException e) {
            throw new LocalEngineException(
                    "The engine at " + engine.url() + " went away while it recovered its data (" + e.getMessage()
                            + "): its log " + engine.log() + " says why.",
                    e);
        }
    }

    private static RunningEngine await(RunningEngine engine, LocalEngineSettings settings, Deadline deadline)
            throws LocalEngineException, IOException {
        EngineHttp http = new EngineHttp(engine.url());
        if (settings.idleTimeout().isZero()) {
            http.stay();
        }
        while (!http.isRecovered(RECOVERY_POLL_SECONDS)) {
            if (deadline.hasPassed()) {
                throw new LocalEngineException("The engine at " + engine.url() + " did not recover its data ("
                        + http.redIndices() + ") within " + deadline + ": its log " + engine.log() + " says why.");
            }
        }
        return engine;
    }

    private RunningEngine findOrLaunch(LocalEngineSettings settings, Deadline deadline)
            throws LocalEngineException, InterruptedException {
        RunningEngine engine = running();
        if (engine != null) {
            return engine;
        }
        files.create();
        lockThisProcess(deadline);
        try {
            while (engine == null) {
                try (FileChannel lock = files.tryStartLock()) {
                    engine = running();
                    // Held and without an answer: it is starting, after its command was killed, or stopping.
                    if (engine == null && lock != null && !files.isHeld()) {
                        engine = launch(settings, deadline);
                    }
                } catch (IOException e) {
                    throw files.unusable(e);
                }
                if (engine == null) {
                    if (deadline.hasPassed()) {
                        throw silent(deadline);
                    }
                    deadline.pause();
                }
            }
            return engine;
        } finally {
            THIS_PROCESS.unlock();
        }
    }

    /** Starts a process and waits for its answer; null when it found another engine in the folder. */
    private @Nullable RunningEngine launch(LocalEngineSettings settings, Deadline deadline)
            throws LocalEngineException, InterruptedException {
        long free = files.freeBytes();
        if (free < LEAST_FREE_BYTES) {
            throw new LocalEngineException("The disk of " + settings.data() + " has " + (free >> 20)
                    + " MB left and the engine needs at least " + (LEAST_FREE_BYTES >> 20)
                    + " MB: free some space or name another folder with --data or LISTLENS_DATA.");
        }
        LOG.debug("Starting an engine in {}", files.folder());
        Process process = EngineCommand.run(settings, files, UUID.randomUUID().toString());
        while (true) {
            RunningEngine engine = running();
            if (engine != null) {
                return engine;
            }
            if (!process.isAlive()) {
                if (process.exitValue() == EngineCommand.EXIT_HELD) {
                    return null;
                }
                throw EngineCommand.failure(process.exitValue(), files);
            }
            if (deadline.hasPassed()) {
                process.destroyForcibly();
                throw new LocalEngineException("The engine did not answer within " + deadline
                        + " and was ended: its log " + files.log() + " says what it was doing.");
            }
            deadline.pause();
        }
    }

    /** Whether the engine has ever run on this data folder, so that it may have something to tell. */
    public boolean hasData() {
        return Files.isDirectory(files.folder().resolve("data"));
    }

    /** What the engine is doing now; makes no folder and starts nothing. */
    public EngineStatus status() throws LocalEngineException {
        if (!files.isHeld()) {
            return new EngineStatus.Stopped();
        }
        RunningEngine engine = running();
        return engine != null ? new EngineStatus.Running(engine) : new EngineStatus.Silent(files.holder());
    }

    /** The engine that answers, if there is one. */
    private @Nullable RunningEngine running() throws LocalEngineException {
        EngineFiles.State state = files.state();
        if (state == null || !files.isHeld() || !new EngineHttp(state.url()).isStart(state.id())) {
            return null;
        }
        return new RunningEngine(state.url(), state.pid(), state.started(), state.version(), files.log());
    }

    /**
     * Stops the engine and waits until its process has freed the data folder; one that does not end in time is killed.
     * An engine that another command is just starting is waited for and then stopped.
     *
     * @return whether there was one
     * @throws LocalEngineException when it is still there at the end
     */
    public boolean stop(Duration timeout) throws LocalEngineException, InterruptedException {
        if (!Files.isDirectory(files.folder())) {
            return false;
        }
        Deadline deadline = Deadline.in(timeout);
        lockThisProcess(deadline);
        FileChannel lock = null;
        try {
            lock = waitForStartLock(deadline);
            if (!files.isHeld()) {
                return false;
            }
            ProcessHandle process = holder();
            process.destroy();
            if (!isFreed(deadline)) {
                LOG.warn("The engine (process {}) did not end within {} and is killed", process.pid(), deadline);
                process.destroyForcibly();
                if (!isFreed(Deadline.in(KILL_TIMEOUT))) {
                    throw new LocalEngineException("The engine (process " + process.pid() + ") in " + files.folder()
                            + " does not end, not even when it is killed: its log is " + files.log() + ".");
                }
            }
            waitForEnd(process);
            return true;
        } finally {
            close(lock);
            THIS_PROCESS.unlock();
        }
    }

    /**
     * The lock goes shortly before the process does. What counts is the lock: where nobody collects processes that have
     * ended, as in a container without an init, one seems to live on.
     */
    private static void waitForEnd(ProcessHandle process) throws InterruptedException {
        Deadline deadline = Deadline.in(END_TIMEOUT);
        while (process.isAlive() && !deadline.hasPassed()) {
            deadline.pause();
        }
    }

    private boolean isFreed(Deadline deadline) throws LocalEngineException, InterruptedException {
        while (files.isHeld()) {
            if (deadline.hasPassed()) {
                return false;
            }
            deadline.pause();
        }
        return true;
    }

    /** Without the lock at the deadline too: the command that has it may hang, and stopping must not depend on it. */
    private @Nullable FileChannel waitForStartLock(Deadline deadline)
            throws LocalEngineException, InterruptedException {
        FileChannel lock = files.tryStartLock();
        while (lock == null && !deadline.hasPassed()) {
            deadline.pause();
            lock = files.tryStartLock();
        }
        return lock;
    }

    private static void close(@Nullable FileChannel lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.debug("The start lock could not be closed; it goes with the process", e);
            }
        }
    }

    /** The process that holds the folder, and no other that has got its number since. */
    private ProcessHandle holder() throws LocalEngineException {
        OptionalLong pid = files.holder();
        Optional<ProcessHandle> process = pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
        boolean isEngine = process.isPresent()
                && process.get()
                        .info()
                        .commandLine()
                        .map(line -> line.contains(EngineCommand.MARK))
                        .orElse(true);
        if (!isEngine) {
            throw new LocalEngineException("The engine folder " + files.folder()
                    + " is held by a process that is not an engine of this machine, perhaps one in a container or on"
                    + " another machine: stop it there.");
        }
        return process.get();
    }

    private LocalEngineException silent(Deadline deadline) {
        OptionalLong pid = files.holder();
        return new LocalEngineException(
                "The engine" + (pid.isPresent() ? " (process " + pid.getAsLong() + ")" : "") + " in "
                        + files.folder() + " has not answered for " + deadline
                        + ": end it with 'listlens engine stop' and try again; its log is " + files.log() + ".");
    }

    private static void lockThisProcess(Deadline deadline) throws LocalEngineException, InterruptedException {
        if (!THIS_PROCESS.tryLock(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
            throw new LocalEngineException(
                    "Another thread has been starting or stopping an engine for " + deadline + ": try again.");
        }
    }
}
