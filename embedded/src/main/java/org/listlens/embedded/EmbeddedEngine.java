package org.listlens.embedded;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.opensearch.Version;

/**
 * The process of the embedded engine. It outlives the command that started it and ends on SIGTERM, when nobody has asked
 * anything for the idle timeout, or when its folder is gone. The package describes its arguments, files and exit codes.
 */
public final class EmbeddedEngine {
    private static final long CLOSE_SECONDS = 60;

    private final EngineFolder folder;
    private final System.Logger log;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable EngineNode node;
    private boolean stopping;

    private EmbeddedEngine(EngineFolder folder) {
        this.folder = folder;
        this.log = System.getLogger(EmbeddedEngine.class.getName());
    }

    public static void main(String[] args) {
        try {
            if (args.length != 3) {
                throw new Refusal(Refusal.USAGE, "The engine takes three arguments: folder, start id, idle millis.");
            }
            EngineFolder folder = EngineFolder.open(
                    Path.of(args[0]).toAbsolutePath(), Version.CURRENT, EngineFolder.LEAST_FREE_BYTES);
            // Before the first logger.
            System.setProperty("listlens.engine.logs", folder.logs().toString());
            System.setProperty("java.util.logging.manager", "org.apache.logging.log4j.jul.LogManager");
            EmbeddedEngine engine = new EmbeddedEngine(folder);
            engine.leaveTerminal();
            engine.run(args[1], Long.parseLong(args[2]));
            System.exit(0);
        } catch (Refusal e) {
            System.err.println("listlens-engine: " + e.getMessage());
            System.exit(e.exitCode());
        } catch (InterruptedException e) {
            System.exit(Refusal.FAILED);
        }
    }

    /**
     * Makes this process the leader of a session of its own, so that neither Ctrl-C nor the end of the terminal reaches
     * it. It is done from within because not every system has setsid(1).
     */
    private void leaveTerminal() {
        try {
            NativeLibrary.getProcess().getFunction("setsid").invokeInt(new Object[0]);
        } catch (LinkageError | RuntimeException e) {
            log.log(Level.WARNING, "The engine stays in the session of the terminal that started it", e);
        }
    }

    private void run(String id, long idleMillis) throws Refusal, InterruptedException {
        Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            EngineNode starting = new EngineNode(folder, id, idleMillis);
            synchronized (this) {
                node = starting;
                if (stopping) {
                    return;
                }
                starting.start();
            }
            int port = starting.httpAddress().getPort();
            folder.keepPort(port);
            Properties state = new Properties();
            state.setProperty("url", "http://127.0.0.1:" + port);
            state.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
            state.setProperty("started", started.toString());
            state.setProperty("id", id);
            state.setProperty("version", Version.CURRENT.toString());
            folder.announce(state);
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                if (!folder.isOurs()) {
                    log.log(Level.WARNING, "Stopping: the folder {0} is gone or was replaced", folder.path());
                    return;
                }
                if (starting.isIdle()) {
                    log.log(Level.INFO, "Stopping: nobody has asked anything for the idle timeout");
                    return;
                }
            }
        } catch (IOException e) {
            log.log(Level.ERROR, "Cannot write to " + folder.path(), e);
            throw new Refusal(Refusal.FOLDER, EngineFolder.sentence(folder.path(), e));
        } catch (Exception e) {
            log.log(Level.ERROR, "The engine cannot start", e);
            throw new Refusal(Refusal.FAILED, "The engine cannot start: " + reason(e));
        }
    }

    /** The first cause that explains itself, without the class names that wrap it. */
    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return (message == null ? cause.toString() : message.lines().findFirst().orElse(cause.toString()));
    }

    /**
     * Withdraws first, so that no command comes any more; then closes the node, which flushes what is not on disk. The
     * lock goes with the process.
     */
    private void stop() {
        try {
            folder.withdraw();
        } catch (IOException e) {
            log.log(Level.WARNING, "Cannot delete the state file", e);
        }
        try {
            synchronized (this) {
                stopping = true;
                if (node != null) {
                    node.close();
                    if (!node.awaitClose(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                        log.log(Level.WARNING, "Some of the engine's threads did not end within {0} s", CLOSE_SECONDS);
                    }
                }
            }
            log.log(Level.INFO, "Stopped");
        } catch (IOException e) {
            log.log(Level.ERROR, "The engine did not close cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }
}
