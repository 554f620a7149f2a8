package org.listlens.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the launcher as a user does, and keeps what others could see of it. */
final class Launcher {
    /** Everything that was printed, and the arguments of all processes while it ran. */
    private final List<String> seen = new ArrayList<>();

    private final Path root;
    private final Path folder;

    /**
     * @param root of the checkout
     * @param folder for configuration and data
     */
    Launcher(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /** What a run has printed. */
    record Run(int exitCode, String out, String err) {}

    Run run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(root.resolve("listlens").toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LISTLENS_"));
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("COLUMNS", "160");
        builder.environment().putAll(environment);
        Process process = builder.start();
        while (process.isAlive()) {
            processes();
            Thread.sleep(50);
        }
        Run run = new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
        seen.add(run.out());
        seen.add(run.err());
        System.out.println("$ listlens " + String.join(" ", arguments) + "\n" + run.out() + run.err() + "exit code "
                + run.exitCode() + "\n");
        return run;
    }

    /** What {@code ps} shows. */
    private void processes() throws IOException {
        Path proc = Path.of("/proc");
        if (!Files.isDirectory(proc)) {
            return;
        }
        List<Path> processes;
        try (Stream<Path> entries = Files.list(proc)) {
            processes = entries.filter(entry -> Character.isDigit(
                            String.valueOf(entry.getFileName()).charAt(0)))
                    .toList();
        }
        for (Path entry : processes) {
            try {
                String arguments = Files.readString(entry.resolve("cmdline"), StandardCharsets.ISO_8859_1);
                if (arguments.contains("listlens") && !seen.contains(arguments)) {
                    seen.add(arguments);
                }
            } catch (IOException e) {
                // It has ended meanwhile.
            }
        }
    }

    List<String> seen() {
        return List.copyOf(seen);
    }
}
