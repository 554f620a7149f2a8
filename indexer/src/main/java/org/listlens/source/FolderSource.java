package org.listlens.source;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.listlens.mail.Origin;

/** A folder of mails and archives of them, or a Maildir. What cannot be read in it is rejected, and the rest is read. */
final class FolderSource implements MailSource {
    /** How often files are looked at that are followed. */
    static final Duration LOOK = Duration.ofMillis(500);

    private final Path root;
    private final SourceOptions options;
    private final String description;
    private final long size;

    /** @throws SourceException when there is no mail in the folder */
    FolderSource(Path root, SourceOptions options) throws IOException {
        this.root = root;
        this.options = options;
        if (!Files.isReadable(root)) {
            throw Sources.unreadable(root, new AccessDeniedException(root.toString()));
        }
        Survey survey = new Survey();
        new FolderWalk(root, survey).run();
        if (!survey.found) {
            throw new SourceException("There is no mail in the folder " + root + ": "
                    + (survey.files == 0
                            ? "it holds no files"
                            : "nothing in it could be read as a mail or an archive of mails (files looked at: "
                                    + survey.files + ")")
                    + "; name the folder or file that holds the archive.");
        }
        description = FolderFormat.of(root).label();
        size = survey.size;
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public String description() {
        return description;
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
        Reading reading = new Reading(receiver);
        new FolderWalk(root, reading).run();
        receiver.progress(Math.max(size, reading.octets));
    }

    @Override
    public SourceWatch watch() throws IOException {
        return new PollingWatch(LOOK, () -> FolderState.of(root));
    }

    /** Adds up the sizes of the files, and looks into them until one holds mail. */
    private final class Survey implements FolderWalk.Visitor {
        private final Window window = new Window();
        private boolean found;
        private long files;
        private long size;

        @Override
        public void file(Path file, boolean mail) {
            files++;
            try {
                size += Files.size(file);
                if (!found) {
                    try (FileInputStream in = new FileInputStream(file.toFile())) {
                        Archive archive = new Archive(in, window, options, mail);
                        found = archive.content().isMail();
                        archive.close();
                    }
                }
            } catch (IOException e) {
                return; // It is rejected when it is read.
            }
        }

        @Override
        public void skipped(Path path, String reason) {
            // It is rejected when it is read.
        }
    }

    private final class Reading implements FolderWalk.Visitor {
        private final Window window = new Window();
        private final MailReceiver receiver;
        private long octets;

        Reading(MailReceiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void file(Path file, boolean mail) throws IOException {
            FileInputStream opened;
            try {
                opened = new FileInputStream(file.toFile());
            } catch (IOException e) {
                skipped(file, "cannot be read; check that it exists and its permissions");
                return;
            }
            long before = octets;
            try (CountingStream in = new CountingStream(opened)) {
                Archive archive = new Archive(in, window, options, mail);
                archive.read(new Place(file.toString(), null), receiver, () -> receiver.progress(before + in.octets()));
                archive.close();
                octets += Math.max(in.octets(), file.toFile().length());
            }
            receiver.progress(octets);
        }

        @Override
        public void leftOut(Path path, LeftOut why) throws IOException {
            receiver.leftOut(why, new Origin(path.toString(), "0"));
        }

        @Override
        public void skipped(Path path, String reason) throws IOException {
            receiver.rejected(new RejectedEntry(new Origin(path.toString(), "0"), reason));
        }
    }
}
