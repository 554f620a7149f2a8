package org.listlens.node;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** The command line of the engine's process. */
final class EngineCommand {
    /** The engine that was started found another one in the folder. */
    static final int EXIT_HELD = 75;
    /** The engine cannot use the folder; its sentence says all. */
    static final int EXIT_FOLDER = 73;

    /** What tells the engine's process from any other; near the start of a command line that may be cut when read. */
    static final String MARK = "-Dlistlens.engine";

    /** The environment variable with more options for the engine's Java machine. */
    private static final String JAVA_OPTIONS = "LISTLENS_ENGINE_JAVA_OPTS";

    private static final String MAIN_CLASS = "org.listlens.embedded.EmbeddedEngine";
    private static final String REFUSAL = "listlens-engine: ";

    private EngineCommand() {}

    /** Starts the process with the JDK that runs this one; it writes to the console log and reads nothing. */
    static Process run(LocalEngineSettings settings, EngineFiles files, String id) throws LocalEngineException {
        ProcessBuilder builder = new ProcessBuilder(
                commandLine(settings, files, id, Objects.requireNonNullElse(System.getenv(JAVA_OPTIONS), "")));
        // Passwords and options of the command are not for a process that outlives it.
        builder.environment().keySet().removeIf(name -> name.startsWith("LISTLENS_"));
        builder.directory(files.folder().toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(files.console().toFile());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new LocalEngineException("The engine's process cannot be started (" + e.getMessage() + ").", e);
        }
    }

    /** @param javaOptions more options for the Java machine, separated by blanks; they count where they contradict */
    static List<String> commandLine(LocalEngineSettings settings, EngineFiles files, String id, String javaOptions)
            throws LocalEngineException {
        long heap = settings.heapBytes();
        if (heap == 0) {
            // The bean knows the limits of a container.
            heap = LocalEngineSettings.automaticHeap(
                    ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize());
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MARK,
                "-Xmx" + (heap >> 20) + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + files.folder().resolve("logs").resolve("crash-%p.log"),
                "-XX:-OmitStackTraceInFastThrow",
                // The first engine leaves its classes ready-made when it ends: the next ones start in half the time.
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + files.folder().resolve("classes.jsa"),
                "-Xlog:cds*=off",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + files.temporary(),
                "-Djna.tmpdir=" + files.temporary(),
                "-Dlog4j2.disable.jmx=true",
                // As OpenSearch's own jvm.options: without Netty's pools, which hold memory that the heap lacks.
                "-Dio.netty.noUnsafe=true",
                "-Dio.netty.allocator.numDirectArenas=0",
                "-Dio.netty.recycler.maxCapacityPerThread=0"));
        StringTokenizer more = new StringTokenizer(javaOptions);
        while (more.hasMoreTokens()) {
            command.add(more.nextToken());
        }
        command.addAll(List.of(
                "-cp",
                classPath(settings.home()),
                MAIN_CLASS,
                files.folder().toString(),
                id,
                Long.toString(settings.idleTimeout().toMillis())));
        return command;
    }

    /** The engine's libraries: {@code lib/engine} of a distribution, {@code embedded/target} of a checkout. */
    static String classPath(Path home) throws LocalEngineException {
        Path distribution = home.resolve("lib").resolve("engine");
        String classPath = null;
        if (Files.isDirectory(distribution)) {
            classPath = distribution.resolve("*").toString();
        } else {
            Path target = home.resolve("embedded").resolve("target");
            Path jar = newestJar(target);
            if (jar != null && Files.isDirectory(target.resolve("lib"))) {
                classPath = target.resolve("lib").resolve("*") + File.pathSeparator + jar;
            }
        }
        if (classPath == null) {
            throw new LocalEngineException("The engine's libraries are not in " + home
                    + ": build with 'mvn package' there, or unpack the distribution again.");
        }
        if (home.toString().contains(File.pathSeparator)) {
            throw new LocalEngineException("Java cannot run from " + home + " because of the '" + File.pathSeparator
                    + "' in its name: move Listlens to another folder.");
        }
        return classPath;
    }

    private static @Nullable Path newestJar(Path target) throws LocalEngineException {
        Path newest = null;
        FileTime time = FileTime.fromMillis(0);
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "listlens-embedded-[0-9]*.jar")) {
                for (Path jar : jars) {
                    FileTime modified = Files.getLastModifiedTime(jar);
                    if (newest == null || modified.compareTo(time) > 0) {
                        newest = jar;
                        time = modified;
                    }
                }
            } catch (IOException e) {
                throw new LocalEngineException("Cannot read " + target + " (" + e.getMessage() + ").", e);
            }
        }
        return newest;
    }

    /** What a process that ended before it answered said about it. */
    static LocalEngineException failure(int exitCode, EngineFiles files) {
        String reason = lastWords(files.console());
        if (exitCode == EXIT_FOLDER && reason.startsWith(REFUSAL)) {
            return new LocalEngineException(reason.substring(REFUSAL.length()));
        }
        if (reason.startsWith(REFUSAL)) {
            return new LocalEngineException(reason.substring(REFUSAL.length()) + (reason.endsWith(".") ? "" : ".")
                    + " Its log is " + files.log() + ".");
        }
        return new LocalEngineException("The engine ended while it was starting, with exit code " + exitCode
                + (reason.isEmpty() ? "" : " (" + reason + ")") + ": its output is in " + files.console()
                + ", its log is " + files.log() + ".");
    }

    /** The engine's refusal if there is one, else the first line that names an error, else the last line. */
    private static String lastWords(Path console) {
        String error = "";
        String last = "";
        try (var lines = Files.newBufferedReader(console, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(REFUSAL)) {
                    return line;
                }
                if (error.isEmpty() && (line.startsWith("Error") || line.startsWith("Exception"))) {
                    error = line;
                }
                if (!line.isBlank()) {
                    last = line;
                }
            }
        } catch (IOException e) {
            return "";
        }
        return error.isEmpty() ? last.strip() : error.strip();
    }
}
