package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of three nodes whose manager is killed while mails are written into indices with replicas. */
class ThreeNodesIT {
    @TempDir
    static Path temporary;

    @BeforeAll
    static void home() {
        System.setProperty("listlens.home", System.getProperty("listlens.root"));
    }

    private static CommandLineRun index(String urls, List<Path> files) {
        return CommandLineRun.of(
                Map.of(),
                Stream.concat(
                                Stream.of("index", "--url", urls, "--bulk-size", "1", "--engine-timeout", "20"),
                                files.stream().map(Path::toString))
                        .toArray(String[]::new));
    }

    @Test
    void aChangeOfTheClusterManagerLosesNothing() throws Exception {
        Path archive = temporary.resolve("archive");
        assertThat(CommandLineRun.of(Map.of(), "generate", "--messages", "700", "--seed", "4", archive.toString())
                        .exitCode())
                .isZero();
        List<Path> files;
        try (Stream<Path> paths = Files.list(archive)) {
            files = paths.filter(path -> path.toString().endsWith(".mbox"))
                    .sorted()
                    .toList();
        }
        try (ThreeNodes nodes = new ThreeNodes(temporary.resolve("nodes"))) {
            assertThat(index(nodes.urls(), files).exitCode()).isIn(ExitCode.OK, ExitCode.REJECTED);
            IndexedDocuments expected = IndexedDocuments.of(new TestEngine(nodes.url(0)));
            new TestEngine(nodes.url(0)).clear();

            // The first archive makes the indices; they have replicas once it is there.
            assertThat(index(nodes.urls(), files.subList(0, 1)).exitCode()).isIn(ExitCode.OK, ExitCode.REJECTED);
            TestEngine engine = new TestEngine(nodes.url(0));
            assertThat(engine.get("/_cluster/health/mail-*?wait_for_status=green&timeout=60s")
                            .path("status")
                            .asText())
                    .isEqualTo("green");
            int manager = nodes.manager(0);
            int other = (manager + 1) % 3;
            TestEngine left = new TestEngine(nodes.url(other));
            long before = left.count("mail-deliveries");
            CompletableFuture<Void> killing = CompletableFuture.runAsync(() -> {
                try {
                    while (left.countIfAny("mail-deliveries") <= before) {
                        left.post("/mail-deliveries/_refresh", "");
                        Thread.sleep(20);
                    }
                    nodes.kill(manager);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            CommandLineRun run = index(nodes.urls(), files);
            killing.get(1, TimeUnit.MINUTES);
            assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.OK, ExitCode.REJECTED);
            nodes.awaitNodes(other, 2);
            assertThat(nodes.manager(other)).isNotEqualTo(manager);
            assertThat(expected.differences(IndexedDocuments.of(left))).isEmpty();

            nodes.start(manager);
            nodes.awaitNodes(other, 3);
            assertThat(left.get("/_cluster/health/mail-*?wait_for_status=green&timeout=120s")
                            .path("status")
                            .asText())
                    .isEqualTo("green");
            assertThat(expected.differences(IndexedDocuments.of(new TestEngine(nodes.url(manager)))))
                    .isEmpty();
        }
    }
}
