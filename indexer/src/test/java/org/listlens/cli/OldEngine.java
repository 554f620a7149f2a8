package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A node of an old engine in a process of its own, from the jars that the modules under {@code engines} gather. */
final class OldEngine implements AutoCloseable {
    /** The main class by the name of the module. */
    private static final Map<String, String> MAIN =
            Map.of("opensearch-2", "OpenSearch2", "elasticsearch-7", "Elasticsearch7");

    private final Process process;
    private final String url;

    private OldEngine(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Whether the jars of an engine have been gathered, as {@code mvn package} does. */
    static boolean isBuilt(String name) {
        return Files.isDirectory(target(name).resolve("lib"))
                && Files.isDirectory(target(name).resolve("classes"));
    }

    private static Path target(String name) {
        return Path.of(System.getProperty("listlens.root"), "engines", name, "target");
    }

    /**
     * Starts a node and waits until it answers.
     *
     * @param name of the module
     * @param folder for its data
     */
    static OldEngine start(String name, Path folder) throws IOException, InterruptedException {
        assertThat(isBuilt(name))
                .as("the jars of " + name + ", which 'mvn package -pl engines/" + name + "' gathers")
                .isTrue();
        Files.createDirectories(folder);
        File log = folder.resolve("console.log").toFile();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        // It lives too short for the optimizing compiler to pay.
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        target(name).resolve("classes")
                                + File.pathSeparator
                                + target(name).resolve("lib").resolve("*"),
                        "org.listlens.engines." + Objects.requireNonNull(MAIN.get(name), name),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        Path told = folder.resolve("url");
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!Files.exists(told)) {
            assertThat(process.isAlive())
                    .as("the node is alive: " + Files.readString(log.toPath()))
                    .isTrue();
            assertThat(System.nanoTime()).as("the node answers in time").isLessThan(end);
            Thread.sleep(50);
        }
        return new OldEngine(process, Files.readString(told));
    }

    String url() {
        return url;
    }

    /** Lets the node end as it likes, and does not wait longer than half a minute for that. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
