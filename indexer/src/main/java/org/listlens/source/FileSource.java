package org.listlens.source;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One file. */
final class FileSource implements MailSource {
    private final Path path;
    private final SourceOptions options;
    private String description;
    private final List<String> evidence;
    private final long size;

    /** @throws SourceException when there is no mail in the file */
    FileSource(Path path, SourceOptions options) throws SourceException {
        this.path = path;
        this.options = options;
        try (InputStream in = new FileInputStream(path.toFile())) {
            Archive archive = new Archive(in, new Window(), options, false);
            if (!archive.content().isMail() && !(options.awaited() && archive.isEmpty())) {
                throw refusal(archive);
            }
            description = archive.description();
            evidence = archive.evidence();
            size = Files.size(path);
            archive.close();
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw Sources.unreadable(path, e);
        }
    }

    private SourceException refusal(Archive archive) {
        return new SourceException(
                archive.isEmpty()
                        ? path + " is empty: there is no mail in it; check that it was written to its end."
                        : "There is no mail in " + path + ", which is " + archive.refusal()
                                + "; name an mbox, a mail, a Maildir or a folder of them, plain, compressed or packed in a tar or zip.");
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> evidence() {
        return evidence;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public void read(Positions known, MailReceiver receiver) throws IOException {
        FileReading reading = new FileReading(options, known, receiver);
        long octets = size;
        try {
            if (!reading.isRead(path, FileState.of(path))) {
                octets = reading.read(path, 0, archive -> {
                    // One that was read before may have been emptied.
                    boolean mayBeEmpty =
                            options.awaited() || !known.of(path.toString()).isEmpty();
                    if (!archive.content().isMail() && !(mayBeEmpty && archive.isEmpty())) {
                        throw refusal(archive);
                    }
                    description = archive.description();
                    return true;
                });
            }
        } catch (FileNotFoundException | FileSystemException e) {
            throw Sources.unreadable(path, e);
        }
        receiver.progress(Math.max(size, octets));
    }

    @Override
    public SourceWatch watch() throws IOException {
        return new PollingWatch(FolderSource.LOOK, () -> FileState.of(path));
    }
}
