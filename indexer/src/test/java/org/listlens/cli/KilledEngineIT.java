package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.engine.Fault;
import org.listlens.engine.FaultProxy;
import org.listlens.node.LocalEngine;
import org.listlens.node.LocalEngineSettings;
import org.listlens.node.RunningEngine;

/**
 * Engines that are killed while mails are written to them (SIGKILL). {@code -Dlistlens.kills=10} asks for so many, and
 * {@code -Dlistlens.faults.archive=PATH} for an archive of one's own.
 */
class KilledEngineIT {
    private static final int KILLS = Integer.getInteger("listlens.kills", 2);
    private static final long SEED = Long.getLong("listlens.faults.seed", 8);

    @TempDir
    static @Nullable Path folder;

    @BeforeAll
    static void home() {
        System.setProperty("listlens.home", System.getProperty("listlens.root"));
    }

    @AfterEach
    void stop() throws Exception {
        new LocalEngine(data()).stop(Duration.ofMinutes(1));
    }

    private static Path data() {
        return Objects.requireNonNull(folder).resolve("data");
    }

    private static RunningEngine start() throws Exception {
        return LocalEngine.start(LocalEngineSettings.implicit(data(), Path.of(System.getProperty("listlens.root"))));
    }

    private static void kill(RunningEngine engine) throws Exception {
        ProcessHandle process = ProcessHandle.of(engine.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
    }

    private static Path archive(int messages) {
        String own = System.getProperty("listlens.faults.archive", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        Path archive = Objects.requireNonNull(folder).resolve("archive");
        assertThat(CommandLineRun.of(
                                Map.of(), "generate", "--messages", "" + messages, "--seed", "9", archive.toString())
                        .exitCode())
                .isIn(ExitCode.OK, ExitCode.USAGE);
        return archive;
    }

    private static CommandLineRun index(String url, Path archive, int retrySeconds) {
        return CommandLineRun.of(
                Map.of(),
                "index",
                "--url",
                url,
                "--bulk-size",
                "1",
                "--retry-seconds",
                "" + retrySeconds,
                archive.toString());
    }

    private static IndexedDocuments undisturbed(TestEngine engine, Path archive) throws Exception {
        engine.clear();
        CommandLineRun run = index(engine.url(), archive, 60);
        assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.OK, ExitCode.REJECTED);
        IndexedDocuments documents = IndexedDocuments.of(engine);
        engine.clear();
        return documents;
    }

    /** Kills the engine some milliseconds after some bulk requests have come, and starts it again. */
    private static final class Killer implements FaultProxy.Plan, AutoCloseable {
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private RunningEngine engine;
        private int kills;
        private int wait = 2;
        private @Nullable Future<RunningEngine> starting;

        Killer(RunningEngine engine) {
            this.engine = engine;
        }

        @Override
        public @Nullable Fault next(String method, String path) {
            boolean up = starting == null || starting.isDone();
            if (path.startsWith("/_bulk") && up && kills < KILLS && wait-- == 0) {
                RunningEngine victim = engine();
                long millis = random.nextLong(60);
                starting = thread.submit(() -> {
                    Thread.sleep(millis);
                    kill(victim);
                    return start();
                });
                kills++;
                wait = 1 + random.nextInt(4);
            }
            return null;
        }

        private RunningEngine engine() {
            try {
                if (starting != null) {
                    RunningEngine started = starting.get();
                    assertThat(started.url()).isEqualTo(engine.url());
                    engine = started;
                }
                return engine;
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            engine();
            thread.shutdown();
        }
    }

    @Test
    void aRunOutlivesItsEngine() throws Exception {
        Path archive = archive(500);
        RunningEngine running = start();
        TestEngine engine = new TestEngine(running.url().toString());
        long began = System.nanoTime();
        IndexedDocuments expected = undisturbed(engine, archive);
        System.out.println("undisturbed: " + expected.counts() + "; " + seconds(began));
        began = System.nanoTime();
        int runs = 0;
        int kills;
        try (Killer killer = new Killer(running);
                FaultProxy proxy = new FaultProxy(engine.url(), killer)) {
            for (boolean complete = false; !complete || killer.kills < KILLS; runs++) {
                if (complete) {
                    killer.engine();
                    engine.clear();
                }
                CommandLineRun run = index(proxy.url(), archive, 120);
                assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.OK, ExitCode.REJECTED);
                complete = true;
                assertThat(runs).isLessThan(50);
            }
            kills = killer.kills;
        }
        IndexedDocuments found = IndexedDocuments.of(engine);
        List<String> differences = expected.differences(found);
        System.out.println("with " + kills + " kills: " + runs + " runs; " + seconds(began) + "; after it: "
                + found.counts() + "; " + differences.size() + " documents differ, "
                + (expected.hashes().equals(found.hashes()) ? "all" : "not all") + " of "
                + found.hashes().size()
                + " event.hash are the same");
        assertThat(differences).isEmpty();
        assertThat(found.hashes()).isEqualTo(expected.hashes());
    }

    @Test
    void anEngineThatStaysAwayEndsTheRunInTimeAndTheNextGoesOn() throws Exception {
        Path archive = archive(500);
        RunningEngine running = start();
        TestEngine engine = new TestEngine(running.url().toString());
        IndexedDocuments expected = undisturbed(engine, archive);
        int[] bulks = {0};
        FaultProxy.Plan plan = (method, path) -> {
            if (path.startsWith("/_bulk") && ++bulks[0] == 4) {
                try {
                    kill(running);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return null;
        };
        try (FaultProxy proxy = new FaultProxy(engine.url(), plan)) {
            CommandLineRun run = index(proxy.url(), archive, 5);
            assertThat(run.exitCode()).isEqualTo(ExitCode.ENGINE);
            assertThat(run.err().lines().toList().getLast())
                    .startsWith("listlens: The connection to ")
                    .contains("see whether the engine still runs")
                    .contains(" in 5 s.)");
            assertThat(run.err()).contains("the same command again goes on");
        }
        start();
        assertThat(index(engine.url(), archive, 60).exitCode()).isIn(ExitCode.OK, ExitCode.REJECTED);
        assertThat(expected.differences(IndexedDocuments.of(engine))).isEmpty();
    }

    private static String seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s";
    }
}
