package org.listlens.source;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads one file of any kind, from where an earlier run has come to. */
final class FileReading {
    private final Window window = new Window();
    private final SourceOptions options;
    private final Positions known;
    private final MailReceiver receiver;

    FileReading(SourceOptions options, Positions known, MailReceiver receiver) {
        this.options = options;
        this.known = known;
        this.receiver = receiver;
    }

    /** Takes an opened file, when what it holds is recognised, and tells whether to read it. */
    @FunctionalInterface
    interface Gate {
        boolean admits(Archive archive) throws IOException;
    }

    /** Whether a file is as it was when it was read to its end. */
    boolean isRead(Path file, FileState state) {
        Position position = known.find(file.toString(), "");
        return position != null && state.equalsNoted(position.state());
    }

    /**
     * Reads a file.
     *
     * @param file an absolute path
     * @param before octets that were read of other files before, for {@link MailReceiver#progress}
     * @param gate looks at what was recognised
     * @return octets that were taken from the file
     * @throws java.io.FileNotFoundException when it cannot be opened
     */
    long read(Path file, long before, Gate gate) throws IOException {
        FileState state = FileState.of(file);
        Position position = receiver.tracks() ? position(file, state) : null;
        if (position != null && state.equalsNoted(position.state())) {
            // It was renamed.
            receiver.reached(new Position(file.toString(), position.state(), position.mails()));
            return state.size();
        }
        FileProgress progress = receiver.tracks() ? new FileProgress(file.toString(), state, position, receiver) : null;
        Long octets = read(file, before, gate, progress);
        while (octets == null && progress != null) {
            progress = progress.anew();
            octets = read(file, before, gate, progress);
        }
        return octets == null ? 0 : Math.max(octets, state.size());
    }

    /** Returns {@code null} when the file is to be read anew. */
    private @Nullable Long read(Path file, long before, Gate gate, @Nullable FileProgress progress) throws IOException {
        try (CountingStream in = new CountingStream(new GrowingFile(file))) {
            Archive archive = new Archive(in, window, options, false);
            boolean done = !gate.admits(archive)
                    || archive.read(
                            new Place(file.toString(), null),
                            receiver,
                            () -> receiver.progress(before + in.octets()),
                            progress);
            archive.close();
            return done ? (Long) in.octets() : null;
        }
    }

    /** The position of a file, or of the one that it was before it was given another name. */
    private @Nullable Position position(Path file, FileState state) {
        Position position = known.find(file.toString(), "");
        if (position != null && state.hasKeyNoted(position.state())) {
            return position;
        }
        for (Position other : known.all()) {
            if (state.hasKeyNoted(other.state()) && other.part().isEmpty()) {
                return other;
            }
        }
        return position;
    }
}
