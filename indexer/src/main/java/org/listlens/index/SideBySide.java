package org.listlens.index;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.listlens.engine.EngineException;

/** Two pieces of work that wait for the engine most of the time, at the same time. */
final class SideBySide {
    /** Something to be done. */
    @FunctionalInterface
    interface Work {
        void run() throws EngineException, InterruptedException;
    }

    private SideBySide() {}

    /**
     * Does both, the second on the calling thread; both have ended when this returns. When the second fails or is
     * interrupted, the first is interrupted too.
     */
    static void run(Work first, Work second) throws EngineException, InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            first.run();
            return true;
        });
        Thread beside = Thread.ofPlatform()
                .daemon()
                .name(Thread.currentThread().getName() + "-beside")
                .start(task);
        boolean ended = false;
        try {
            second.run();
            task.get();
            ended = true;
        } catch (ExecutionException e) {
            switch (Objects.requireNonNull(e.getCause())) {
                case EngineException engine -> throw engine;
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException failure -> throw failure;
                default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            if (!ended) {
                beside.interrupt();
                join(beside);
            }
        }
    }

    /** Waits even when interrupted, which the thread then stays: the work must not go on behind its caller's back. */
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
