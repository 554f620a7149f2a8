package org.listlens.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs to their ends and counts what they take. One at a time: processor time is told by the sum over ended
 * children.
 *
 * @param environment set for all of them
 * @param log where they write what they say
 */
record Programs(Map<String, String> environment, Path log) {
    static final File NOWHERE = new File("/dev/null");

    /** Whether a program is installed. */
    boolean has(String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }

    /** Runs a program; its output is lost. */
    Cost run(String... command) throws IOException, InterruptedException {
        return run(NOWHERE, List.of(command));
    }

    /** Runs a program; its output goes to a file. */
    Cost run(File output, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectInput(NOWHERE);
        builder.redirectOutput(output);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        double before = Proc.cpuSecondsOfChildren();
        long start = System.nanoTime();
        Process process = builder.start();
        long peak = 0;
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, Proc.peakRss(process.pid()));
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        if (process.exitValue() != 0) {
            throw new IOException(
                    String.join(" ", command) + " ended with " + process.exitValue() + "; what it said is in " + log);
        }
        return Cost.of(wall, Proc.cpuSecondsOfChildren() - before, peak);
    }

    /** Runs a program and returns what it prints. */
    String ask(List<String> command) throws IOException, InterruptedException {
        Path answer = Files.createTempFile("listlens", ".out");
        try {
            run(answer.toFile(), command);
            return Files.readString(answer, StandardCharsets.UTF_8);
        } finally {
            Files.delete(answer);
        }
    }
}
