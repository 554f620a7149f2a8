package org.listlens.git;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;
import org.jspecify.annotations.Nullable;
import org.listlens.source.SourceException;

/**
 * A bundle: a repository's branches and their pack in one file. It is unpacked into a temporary repository when it is
 * first read, and again when it has changed. Not thread-safe.
 */
final class BundleEpoch implements Epoch {
    private static final int BUFFER = 64 << 10;

    private final Path path;
    private @Nullable TemporaryFolder unpacked;
    private @Nullable State unpackedState;

    /** What a file looks like from outside. */
    private record State(long size, long modifiedMs) {}

    BundleEpoch(Path path) {
        this.path = path;
    }

    @Override
    public String kind() {
        return "git bundle";
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public ObjectId tip() throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return BundleHeader.read(path, in).tip();
        }
    }

    @Override
    public Repository open() throws IOException {
        State now = state();
        if (unpacked == null || !now.equals(unpackedState)) {
            close();
            TemporaryFolder folder = new TemporaryFolder("listlens-git-");
            unpacked = folder;
            unpack(folder.path());
            unpackedState = now;
        }
        return Jgit.open(unpacked.path());
    }

    private void unpack(Path folder) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
                Repository repository = Jgit.create(folder);
                ObjectInserter inserter = repository.newObjectInserter()) {
            BundleHeader.read(path, in);
            PackParser parser = inserter.newPackParser(in);
            parser.setAllowThin(false);
            parser.parse(NullProgressMonitor.INSTANCE);
            inserter.flush();
        } catch (IOException | RuntimeException e) {
            close();
            if (e instanceof SourceException) {
                throw e;
            }
            String message = e.getMessage();
            String reason = message == null ? e.getClass().getSimpleName() : message;
            throw BundleHeader.damaged(path, reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason);
        }
    }

    @Override
    public long size() throws IOException {
        return Files.size(path);
    }

    @Override
    public Object look() throws IOException {
        return state();
    }

    private State state() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new State(attributes.size(), attributes.lastModifiedTime().toMillis());
    }

    /** Deletes what was unpacked. */
    void close() {
        if (unpacked != null) {
            unpacked.close();
            unpacked = null;
        }
    }
}
