package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.engine.Fault;
import org.listlens.engine.FaultProxy;

/**
 * Runs through a bad network into an overloaded engine: whatever happens on the way, in the end there are the documents
 * of a run that nothing happened to. {@code -Dlistlens.faults=1000} asks for so many random faults,
 * {@code -Dlistlens.faults.seed=N} for others, and {@code -Dlistlens.faults.archive=PATH} for an archive of one's own;
 * {@code -Dlistlens.faults.each=true} for every fault at every kind of request, which takes three minutes.
 */
class FaultsIT extends OnEmbeddedEngine {
    private static final int FAULTS = Integer.getInteger("listlens.faults", 40);
    private static final long SEED = Long.getLong("listlens.faults.seed", 8);

    private @Nullable IndexedDocuments expected;

    private Path generate(int messages) throws Exception {
        Path archive = temporary().resolve("archive-" + messages);
        assertThat(CommandLineRun.of(
                                Map.of(),
                                "generate",
                                "--messages",
                                Integer.toString(messages),
                                "--seed",
                                "8",
                                archive.toString())
                        .exitCode())
                .isIn(ExitCode.OK, ExitCode.USAGE);
        return archive.toRealPath();
    }

    private IndexedDocuments undisturbed(Path archive) throws Exception {
        engine().clear();
        CommandLineRun run = CommandLineRun.of(Map.of(), "index", "--url", engine().url(), archive.toString());
        assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.OK, ExitCode.REJECTED);
        IndexedDocuments documents = IndexedDocuments.of(engine());
        engine().clear();
        return documents;
    }

    /** Some faults one after the other for the first request of each kind, and so for its repetitions. */
    @ParameterizedTest
    @MethodSource("someFaults")
    void faultsOfEachKindOfRequestChangeNothing(List<Fault> faults) throws Exception {
        Path archive = generate(120);
        if (expected == null) {
            expected = undisturbed(archive);
        }
        engine().clear();
        Map<String, Integer> seen = new HashMap<>();
        // What is asked first is whether there is an engine at all, and not asked again.
        seen.put("GET /", faults.size());
        FaultProxy.Plan plan = (method, path) -> {
            int index = seen.merge(method + ' ' + kind(path), 1, Integer::sum) - 1;
            return index < faults.size() ? faults.get(index) : null;
        };
        try (FaultProxy proxy = new FaultProxy(engine().url(), plan)) {
            CommandLineRun run = CommandLineRun.of(
                    Map.of(),
                    "index",
                    "--url",
                    proxy.url(),
                    "--engine-timeout",
                    "2",
                    "--retry-seconds",
                    "120",
                    archive.toString());
            assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.OK, ExitCode.REJECTED);
            assertThat(proxy.met()).containsKeys(faults.toArray(Fault[]::new));
        }
        assertThat(expected.differences(IndexedDocuments.of(engine()))).isEmpty();
    }

    static List<List<Fault>> someFaults() {
        if (!Boolean.getBoolean("listlens.faults.each")) {
            return List.of(List.of(Fault.RESET_AFTER, Fault.SHORTENED, Fault.UNAVAILABLE, Fault.ITEMS_UNSURE));
        }
        List<List<Fault>> groups = new ArrayList<>();
        List<Fault> all = List.of(Fault.values());
        for (int i = 0; i < all.size(); i += 4) {
            groups.add(all.subList(i, Math.min(i + 4, all.size())));
        }
        return groups;
    }

    /** A path without the names of indices, templates and documents. */
    private static String kind(String path) {
        return path.replaceAll("/mail-[^/]*", "/mail-").replaceAll("(?<=_doc/|_create/|_template/).*", "");
    }

    @Test
    void manyFaultsAtRandomChangeNothing() throws Exception {
        String own = System.getProperty("listlens.faults.archive", "");
        Path archive = own.isEmpty() ? generate(500) : Path.of(own);
        long began = System.nanoTime();
        IndexedDocuments expected = undisturbed(archive);
        System.out.println("undisturbed: " + expected.counts() + "; " + seconds(began));
        began = System.nanoTime();
        FaultRun run = FaultRun.of(
                engine().url(),
                new FaultRun.RandomFaults(SEED, FAULTS, 3),
                List.of(
                        "--engine-timeout",
                        own.isEmpty() ? "2" : "10",
                        "--bulk-size",
                        "1",
                        "--retry-seconds",
                        "120",
                        archive.toString()));
        IndexedDocuments found = IndexedDocuments.of(engine());
        System.out.println("with " + FAULTS + " faults of seed " + SEED + ": " + run.runs() + " runs, exit codes "
                + run.exitCodes() + ", " + run.requests() + " requests, " + run.met() + "; " + seconds(began));
        new HashSet<>(run.sentences()).forEach(sentence -> System.out.println("  " + sentence));
        List<String> differences = expected.differences(found);
        System.out.println("after it: " + found.counts() + "; " + differences.size() + " documents differ, "
                + (expected.hashes().equals(found.hashes()) ? "all" : "not all") + " of "
                + found.hashes().size()
                + " event.hash are the same");
        assertThat(run.met().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(FAULTS);
        assertThat(differences).isEmpty();
        assertThat(found.hashes()).isEqualTo(expected.hashes());
    }

    private static String seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s";
    }
}
