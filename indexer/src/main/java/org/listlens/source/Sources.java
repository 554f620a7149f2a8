package org.listlens.source;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Opens archives. */
public final class Sources {
    /** The argument that stands for standard input, and the name of its mails' source. */
    public static final String STANDARD_INPUT = "-";

    private Sources() {}

    /**
     * Opens an archive and recognises it by its content.
     *
     * @param argument the path of a file or folder, an address that begins with {@code http://} or {@code https://}, or
     *     {@link #STANDARD_INPUT}
     * @throws SourceException when there is no such file or folder, or no mail in it
     */
    public static MailSource open(String argument, SourceOptions options) throws SourceException {
        if (WebSource.isAddress(argument)) {
            return WebSource.open(argument, options);
        }
        return argument.equals(STANDARD_INPUT) ? stream(argument, System.in, options) : path(argument, options);
    }

    /**
     * Takes an archive from a stream and recognises it by its content, for which its beginning is read.
     *
     * @param name what the origins of its mails name as their source
     * @param in stays the caller's to close
     * @throws SourceException when there is no mail in it
     */
    public static MailSource stream(String name, InputStream in, SourceOptions options) throws SourceException {
        try {
            return new StreamSource(name, in, options);
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceException("Cannot read " + name + ": " + e.getMessage() + ".", e);
        }
    }

    private static MailSource path(String argument, SourceOptions options) throws SourceException {
        Path path;
        try {
            path = Path.of(argument).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new SourceException("\"" + argument + "\" cannot be the name of a file; check the path.");
        }
        try {
            if (Files.isDirectory(path)) {
                return new FolderSource(path, options);
            }
            if (!Files.exists(path)) {
                throw new SourceException("There is no file or folder " + path + "; check the path.");
            }
            // A pipe can be read but once.
            return Files.isRegularFile(path)
                    ? new FileSource(path, options)
                    : stream(path.toString(), new FileInputStream(path.toFile()), options);
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static SourceException unreadable(Path path, IOException cause) {
        boolean denied = cause instanceof AccessDeniedException
                || (cause instanceof FileNotFoundException && Files.exists(path) && !Files.isReadable(path));
        return new SourceException(
                denied
                        ? "Cannot read " + path + ": permission denied; run as a user who may read it."
                        : "Cannot read " + path + ": " + cause.getMessage() + ".",
                cause);
    }
}
