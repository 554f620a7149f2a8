package org.listlens.git;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.listlens.source.PollingWatch;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceWatch;

/**
 * Looks at the branches of repositories, which a fetch by anybody moves, and fetches them itself where they have a
 * remote.
 */
final class GitWatch implements SourceWatch {
    /** How often branches are looked at. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** How long a fetch may take to end that is no longer wanted. */
    private static final Duration END = Duration.ofSeconds(5);

    private final GitSource source;
    private final RemoteOptions options;
    private final PollingWatch branches;
    private final Thread fetching;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable IOException failure;

    GitWatch(GitSource source, RemoteOptions options) throws IOException {
        this.source = source;
        this.options = options;
        this.branches = new PollingWatch(LOOK, () -> look(source));
        this.fetching = Thread.ofPlatform().daemon().name("git-fetch").unstarted(this::fetch);
    }

    /** Begins to fetch. */
    GitWatch start() {
        fetching.start();
        return this;
    }

    private static List<Object> look(GitSource source) throws IOException {
        List<Object> looks = new ArrayList<>();
        for (Epoch epoch : source.epochs()) {
            looks.add(epoch.look());
        }
        return looks;
    }

    private void fetch() {
        try {
            boolean remote;
            do {
                remote = false;
                for (Epoch epoch : source.epochs()) {
                    if (epoch instanceof RepositoryEpoch repository && closed.getCount() > 0) {
                        remote |= Fetch.run(repository, options, () -> closed.getCount() == 0);
                    }
                }
            } while (remote && !closed.await(options.interval().toNanos(), TimeUnit.NANOSECONDS));
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean await(Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            IOException failed = failure;
            if (failed != null) {
                throw failed;
            }
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            boolean last = left.compareTo(LOOK) <= 0;
            if (branches.await(last ? left : LOOK)) {
                return true;
            }
            if (last) {
                return false;
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        try {
            fetching.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        branches.close();
    }
}
