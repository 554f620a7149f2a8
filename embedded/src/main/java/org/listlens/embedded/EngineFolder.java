package org.listlens.embedded;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.opensearch.Version;

/**
 * The folder of one engine, held by this process from {@link #open} until the process ends. The operating system frees
 * the lock however the process ends, so a file that a killed engine left behind never stands in the way.
 */
final class EngineFolder {
    /** Below this, an engine would start only to fail at its first merge. */
    static final long LEAST_FREE_BYTES = 100L << 20;

    private static final String LOCK = "engine.lock";
    private static final String STATE = "engine.properties";
    private static final String FORMAT = "format.properties";
    private static final String PORT = "port";

    private final Path path;
    /** Never closed: closing any channel of the file would free the lock. */
    @SuppressWarnings("UnusedVariable")
    private final FileLock lock;

    private final @Nullable Object lockKey;

    private EngineFolder(Path path, FileLock lock, @Nullable Object lockKey) {
        this.path = path;
        this.lock = lock;
        this.lockKey = lockKey;
    }

    /**
     * Makes the folder if it is missing, takes it for this process, and checks that an engine of this version can work
     * in it.
     *
     * @param leastFreeBytes the space that the disk must have
     * @throws Refusal with {@link Refusal#HELD} when another process holds it, {@link Refusal#FOLDER} when it cannot be
     *     used
     */
    static EngineFolder open(Path path, Version version, long leastFreeBytes) throws Refusal, InterruptedException {
        try {
            makePrivate(path);
            FileChannel channel = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
                throw new Refusal(Refusal.HELD, "Another engine works in " + path + ".");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            EngineFolder folder = new EngineFolder(path, lock, fileKey(path.resolve(LOCK)));
            folder.checkSpace(leastFreeBytes);
            Files.deleteIfExists(path.resolve(STATE));
            folder.checkFormat(version);
            makePrivate(folder.logs());
            makePrivate(folder.temporary());
            folder.emptyTemporary();
            return folder;
        } catch (IOException e) {
            throw new Refusal(Refusal.FOLDER, sentence(path, e));
        }
    }

    /** A command that asks whether the folder is held does so with a shared lock for a moment: try again for a while. */
    private static @Nullable FileLock lock(FileChannel channel) throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            Thread.sleep(20);
        }
        return null;
    }

    private static void makePrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private void checkSpace(long leastFreeBytes) throws IOException, Refusal {
        long free = Files.getFileStore(path).getUsableSpace();
        if (free < leastFreeBytes) {
            throw new Refusal(
                    Refusal.FOLDER,
                    "The disk of " + path + " has " + (free >> 20) + " MB left and the engine needs at least "
                            + (leastFreeBytes >> 20) + " MB: free some space or choose another data folder.");
        }
    }

    private void checkFormat(Version version) throws IOException, Refusal {
        String written = read(FORMAT).getProperty("version");
        Version before = null;
        if (written != null) {
            try {
                before = Version.fromString(written);
            } catch (IllegalArgumentException e) {
                throw new Refusal(
                        Refusal.FOLDER,
                        "The file " + path.resolve(FORMAT) + " names no engine version but '" + written
                                + "': choose another data folder, or remove the file if the data is from engine "
                                + version + " or older.");
            }
        }
        if (before != null && before.after(version)) {
            throw new Refusal(
                    Refusal.FOLDER,
                    "The data in " + path + " was written by engine " + before + ", newer than this engine " + version
                            + ": update Listlens or choose another data folder.");
        }
        if (!version.equals(before)) {
            Properties format = new Properties();
            format.setProperty("version", version.toString());
            write(FORMAT, format);
        }
    }

    private void emptyTemporary() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary())) {
            for (Path file : left) {
                if (!Files.isDirectory(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    Path path() {
        return path;
    }

    Path data() {
        return path.resolve("data");
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path temporary() {
        return path.resolve("tmp");
    }

    /** The port of the engine before, so that bookmarks and configured clients go on working. */
    OptionalInt lastPort() {
        try {
            int port = Integer.parseInt(Files.readString(path.resolve(PORT)).strip());
            return port > 0 && port < 65_536 ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (IOException | NumberFormatException | UncheckedIOException e) {
            return OptionalInt.empty();
        }
    }

    void keepPort(int port) throws IOException {
        Files.writeString(path.resolve(PORT), Integer.toString(port));
    }

    /** Tells the commands where the engine is; whoever reads the file sees all of it or none. */
    void announce(Properties state) throws IOException {
        write(STATE, state);
    }

    void withdraw() throws IOException {
        if (isOurs()) {
            Files.deleteIfExists(path.resolve(STATE));
        }
    }

    /** Whether the folder is still the one that was opened, neither deleted nor replaced by another. */
    boolean isOurs() {
        try {
            return Objects.equals(lockKey, fileKey(path.resolve(LOCK)));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static @Nullable Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private Properties read(String name) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(path.resolve(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            // The first engine in this folder.
        } catch (IllegalArgumentException e) {
            throw new FileSystemException(path.resolve(name).toString(), null, "is not a properties file");
        }
        return properties;
    }

    private void write(String name, Properties properties) throws IOException {
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Path next = path.resolve(name + ".next");
        Files.writeString(next, text.toString());
        Files.move(next, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** An I/O fault in the folder as a sentence that says what to do. */
    static String sentence(Path folder, IOException e) {
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        if (e instanceof AccessDeniedException) {
            reason = "permission denied";
        }
        return "The engine cannot work in " + folder + " (" + (reason == null ? e.toString() : reason)
                + "): make it a folder that you may write to, free some space there, or choose another data folder.";
    }
}
