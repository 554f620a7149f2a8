package org.listlens.node;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files through which commands and engine agree: see the package of the engine's main class. */
final class EngineFiles {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Path data;
    private final Path folder;

    EngineFiles(Path data) {
        this.data = data;
        this.folder = data.resolve("engine");
    }

    /** What a running engine says about itself. */
    record State(URI url, long pid, Instant started, String id, String version) {}

    Path folder() {
        return folder;
    }

    Path log() {
        return folder.resolve("logs").resolve("engine.log");
    }

    Path console() {
        return folder.resolve("logs").resolve("console.log");
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    /** Makes the folders, readable by nobody else. A data folder that was there before keeps its permissions. */
    void create() throws LocalEngineException {
        try {
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] attributes = posix
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
                    : new FileAttribute<?>[0];
            Files.createDirectories(data, attributes);
            Files.createDirectories(folder, attributes);
            Files.createDirectories(folder.resolve("logs"), attributes);
            Files.createDirectories(temporary(), attributes);
            if (posix) {
                Files.setPosixFilePermissions(folder, PRIVATE);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw unusable(e);
        }
    }

    /** Space left for the data, in octets. */
    long freeBytes() throws LocalEngineException {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Whether an engine's process holds the folder. */
    boolean isHeld() throws LocalEngineException {
        try (FileChannel channel = FileChannel.open(folder.resolve("engine.lock"), StandardOpenOption.READ)) {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The process that holds the folder, meaningful only while {@link #isHeld}. */
    OptionalLong holder() {
        try {
            return OptionalLong.of(
                    Long.parseLong(Files.readString(folder.resolve("engine.lock"), StandardCharsets.US_ASCII)
                            .strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The lock of the one command that may start or stop the engine now; null when another command has it. */
    @Nullable
    FileChannel tryStartLock() throws LocalEngineException {
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(folder.resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
            channel.close();
            return null;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** What the engine of now or of before left, null when there is nothing that makes sense. */
    @Nullable
    State state() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("engine.properties"), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
        String url = properties.getProperty("url", "");
        String id = properties.getProperty("id", "");
        if (!url.startsWith("http://127.0.0.1:") || id.isEmpty()) {
            return null;
        }
        try {
            return new State(
                    URI.create(url),
                    Long.parseLong(properties.getProperty("pid", "")),
                    Instant.parse(properties.getProperty("started", "")),
                    id,
                    properties.getProperty("version", ""));
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Why nothing can be kept in the data folder, as a sentence that says what to do. */
    LocalEngineException unusable(Exception e) {
        String reason = e.getMessage();
        if (e instanceof FileSystemException f) {
            reason = f.getReason();
            if (e instanceof AccessDeniedException) {
                reason = "permission denied";
            } else if (e instanceof FileAlreadyExistsException) {
                reason = f.getFile() + " is not a folder";
            } else if (reason == null) {
                reason = f.getMessage();
            }
        }
        return new LocalEngineException(
                "Cannot keep the engine's data in " + data + " (" + reason
                        + "): free some space or name a folder that you may write to with --data or LISTLENS_DATA.",
                e);
    }
}
