package org.listlens.source;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Origin;

/** A folder of mails and archives of them, or a Maildir. What cannot be read in it is rejected, and the rest is read. */
final class FolderSource implements MailSource {
    /** How often files are looked at that are followed. */
    static final Duration LOOK = Duration.ofMillis(500);

    private final Path root;
    private final SourceOptions options;
    private final String description;
    private long size = -1;

    /** @throws SourceException when there is no mail in the folder */
    FolderSource(Path root, SourceOptions options) throws IOException {
        this.root = root;
        this.options = options;
        if (!Files.isReadable(root)) {
            throw Sources.unreadable(root, new AccessDeniedException(root.toString()));
        }
        Recognition recognition = new Recognition();
        try {
            new FolderWalk(root, recognition).run();
        } catch (Found found) {
            recognition.found = true;
        }
        if (!recognition.found && !options.awaited()) {
            throw new SourceException("There is no mail in the folder " + root + ": "
                    + (recognition.files == 0
                            ? "it holds no files"
                            : "nothing in it could be read as a mail or an archive of mails (files looked at: "
                                    + recognition.files + ")")
                    + "; name the folder or file that holds the archive.");
        }
        description = FolderFormat.of(root).label();
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
        if (size < 0) {
            Sizes sizes = new Sizes();
            try {
                new FolderWalk(root, sizes).run();
            } catch (IOException e) {
                return -1;
            }
            size = sizes.size;
        }
        return size;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public void read(Positions known, MailReceiver receiver) throws IOException {
        Reading reading = new Reading(known, receiver);
        new FolderWalk(root, reading).run();
        reading.finish();
        receiver.progress(Math.max(size, reading.octets));
    }

    @Override
    public SourceWatch watch() throws IOException {
        return new PollingWatch(LOOK, () -> FolderState.of(root));
    }

    /** Ends a walk that has found what it was to find. */
    private static final class Found extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Looks into files until one holds mail. */
    private final class Recognition implements FolderWalk.Visitor {
        private final Window window = new Window();
        private boolean found;
        private long files;

        @Override
        public void file(Path file, @Nullable Path maildir) throws IOException {
            files++;
            boolean isMail;
            try (FileInputStream in = new FileInputStream(file.toFile())) {
                Archive archive = new Archive(in, window, options, maildir != null);
                isMail = archive.content().isMail();
                archive.close();
            } catch (IOException e) {
                return; // It is rejected when it is read.
            }
            if (isMail) {
                throw new Found();
            }
        }

        @Override
        public void skipped(Path path, String reason) {
            // It is rejected when it is read.
        }
    }

    /** Adds up the sizes of the files. */
    private static final class Sizes implements FolderWalk.Visitor {
        private long size;

        @Override
        public void file(Path file, @Nullable Path maildir) {
            size += file.toFile().length();
        }

        @Override
        public void skipped(Path path, String reason) {
            // It is rejected when it is read.
        }
    }

    private final class Reading implements FolderWalk.Visitor {
        private final Positions known;
        private final MailReceiver receiver;
        private final FileReading files;
        private final Window window = new Window();
        private final Maildirs maildirs = new Maildirs();
        private final Map<Path, NameSet> sets = new LinkedHashMap<>();
        private boolean whole = true;
        private long octets;

        Reading(Positions known, MailReceiver receiver) {
            this.known = known;
            this.receiver = receiver;
            this.files = new FileReading(options, known, receiver);
        }

        private NameSet set(Path folder) {
            return sets.computeIfAbsent(folder, path -> new NameSet(path.toString(), known));
        }

        @Override
        public boolean knows(Path maildir, String name) {
            NameSet set = set(maildir);
            return set.contains(set.digest(Maildirs.unique(name)));
        }

        @Override
        public void file(Path file, @Nullable Path maildir) throws IOException {
            if (maildir == null) {
                plain(file);
            } else {
                mail(file, maildir);
            }
            receiver.progress(octets);
        }

        private void mail(Path file, Path maildir) throws IOException {
            String unique = Maildirs.unique(file.getFileName().toString());
            FileInputStream opened = open(file);
            if (opened == null) {
                Path now = maildirs.find(maildir, unique);
                opened = now == null ? null : open(now);
                if (now == null) {
                    return; // Deleted since the folder was listed.
                }
            }
            if (opened == null) {
                skipped(file, "cannot be read; check its permissions");
                return;
            }
            long before = octets;
            NameSet set = set(maildir);
            try (CountingStream in = new CountingStream(opened)) {
                long size = opened.getChannel().size();
                Archive archive = new Archive(in, window, options, true);
                archive.read(
                        new Place(maildir.toString(), unique),
                        receiver,
                        () -> receiver.progress(before + in.octets()),
                        null);
                archive.close();
                octets += Math.max(in.octets(), size);
                if (archive.isIntact()) {
                    set.add(set.digest(unique), receiver);
                }
            }
        }

        private static @Nullable FileInputStream open(Path file) {
            try {
                return new FileInputStream(file.toFile());
            } catch (IOException e) {
                return null;
            }
        }

        /** A file that may be anything. A single mail is noted with its neighbours, as there may be very many. */
        private void plain(Path file) throws IOException {
            try {
                FileState state = FileState.of(file);
                NameSet set = set(root);
                long name = set.digest(root.relativize(file) + "\0" + state.size() + '\0' + state.modifiedNs());
                if (set.contains(name) || files.isRead(file, state)) {
                    octets += state.size();
                    return;
                }
                octets += files.read(file, octets, archive -> {
                    if (!archive.isSingle()) {
                        return true;
                    }
                    archive.read(new Place(file.toString(), null), receiver, () -> {}, null);
                    if (archive.isIntact()) {
                        set.add(name, receiver);
                    }
                    return false;
                });
            } catch (FileNotFoundException | FileSystemException e) {
                skipped(file, "cannot be read; check that it exists and its permissions");
            }
        }

        @Override
        public void leftOut(Path path, LeftOut why) throws IOException {
            receiver.leftOut(why, new Origin(path.toString(), "0"));
        }

        @Override
        public void skipped(Path path, String reason) throws IOException {
            whole = false;
            receiver.rejected(new RejectedEntry(new Origin(path.toString(), "0"), reason));
        }

        void finish() throws IOException {
            set(root);
            for (NameSet set : sets.values()) {
                set.finished(receiver, whole);
            }
        }
    }
}
