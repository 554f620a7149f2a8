package org.listlens.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * The table of the engines that {@link EngineSuite} ran on, or did not and why, printed suite by suite as they are done and
 * left in {@code target/engines.txt}.
 */
public final class EngineMatrix implements TestExecutionListener {
    /** The key under which a suite reports what its engine says of itself. */
    static final String VERSION = "listlens.engine";

    private static final String HEADING = line("engine", "says it is", "passed", "failed", "skipped");

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private @Nullable TestPlan plan;

    private static final class Row {
        private final String title;
        private String version = "";
        private int passed;
        private int failed;
        private int skipped;
        private final Set<String> reasons = new LinkedHashSet<>();

        Row(String title) {
            this.title = title;
        }
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
        rows.clear();
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        String version = entry.getKeyValuePairs().get(VERSION);
        if (version != null) {
            row(test).ifPresent(row -> row.version = version);
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        row(test).ifPresent(row -> {
            row.skipped += test.isTest() ? 1 : 0;
            row.reasons.add(test.isTest() ? test.getDisplayName() + ": " + reason : "not run: " + reason);
        });
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        row(test).ifPresent(row -> {
            switch (result.getStatus()) {
                case SUCCESSFUL -> row.passed += test.isTest() ? 1 : 0;
                case ABORTED -> {
                    row.skipped += test.isTest() ? 1 : 0;
                    row.reasons.add(test.getDisplayName() + ": " + reason(result));
                }
                case FAILED -> {
                    row.failed++;
                    row.reasons.add(test.getDisplayName() + " failed");
                }
            }
        });
    }

    private static String reason(TestExecutionResult result) {
        String message = result.getThrowable().map(Throwable::getMessage).orElse("aborted without a reason");
        return message.replace("Assumption failed: ", "");
    }

    /** The row of the suite that a test belongs to: one for each run of it. */
    private Optional<Row> row(TestIdentifier test) {
        List<TestIdentifier> ways = new ArrayList<>();
        for (TestIdentifier at = test; at != null; at = parent(at)) {
            ways.add(at);
        }
        for (int i = ways.size() - 1; i >= 0; i--) {
            Optional<SuiteEngine> engine = ways.get(i)
                    .getSource()
                    .filter(ClassSource.class::isInstance)
                    .flatMap(source ->
                            AnnotationSupport.findAnnotation(((ClassSource) source).getJavaClass(), SuiteEngine.class));
            if (engine.isPresent()) {
                // Below a class that runs several times is one container for each run.
                boolean several = ways.get(i).getUniqueId().contains("class-template:");
                TestIdentifier run = several && i > 0 ? ways.get(i - 1) : ways.get(i);
                if (several
                        && i == 0
                        && !rows.isEmpty()
                        && rows.keySet().stream().anyMatch(id -> id.startsWith(run.getUniqueId()))) {
                    return Optional.empty();
                }
                String title = engine.get().title() + (run.equals(ways.get(i)) ? "" : " " + run.getDisplayName());
                return Optional.of(rows.computeIfAbsent(run.getUniqueId(), id -> new Row(title)));
            }
        }
        return Optional.empty();
    }

    private @Nullable TestIdentifier parent(TestIdentifier test) {
        return plan == null ? null : plan.getParent(test).orElse(null);
    }

    /** Suites run side by side in several processes: each leaves its rows, and writes the table of all that are there. */
    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        if (rows.isEmpty()) {
            return;
        }
        StringBuilder own = new StringBuilder();
        for (Row row : rows.values()) {
            boolean ran = row.passed + row.failed + row.skipped > 0;
            own.append(line(
                    row.title,
                    row.version.isEmpty() ? "-" : row.version,
                    ran ? "" + row.passed : "-",
                    ran ? "" + row.failed : "-",
                    ran ? "" + row.skipped : "-"));
            row.reasons.forEach(reason -> own.append("    ").append(reason).append('\n'));
        }
        System.out.print("\n" + HEADING + own);
        try {
            Path target = Path.of(System.getProperty("listlens.root", ".."), "indexer", "target");
            Path build = Files.createDirectories(
                    target.resolve("engines").resolve(System.getProperty("listlens.build", "one")));
            try (FileChannel lock = FileChannel.open(
                            build.resolveSibling("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = lock.lock()) {
                Files.writeString(build.resolve(rows.values().iterator().next().title + ".txt"), own);
                StringBuilder table = new StringBuilder("Engines of the integration suite\n" + HEADING);
                try (Stream<Path> files = Files.list(build)) {
                    for (Path file : files.sorted().toList()) {
                        table.append(Files.readString(file));
                    }
                }
                Files.writeString(target.resolve("engines.txt"), table);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Object... columns) {
        return String.format(Locale.ROOT, "%-52s %-22s %6s %6s %7s", columns).stripTrailing() + "\n";
    }
}
