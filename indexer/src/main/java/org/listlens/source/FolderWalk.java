package org.listlens.source;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through a folder and those in it, always in the same order: names that are numbers by their value, then the others
 * by name, compared as UTF-16. {@link FolderFormat} and {@link SkippedNames} tell what holds no mails. In a Maildir, {@code tmp} is left out, because mails in it are not complete, and folders of Maildir++, which are hidden,
 * are not. Links are not followed: what they lead to inside of the folder is met at its own place, and what lies outside
 * is reported, so that the user can name it.
 */
final class FolderWalk {
    /** Folders that lie deeper are not entered. */
    private static final int MAX_DEPTH = 64;

    /** Takes what is met. */
    interface Visitor {
        /**
         * A file.
         *
         * @param mail whether it is one mail because of the place where it lies
         */
        void file(Path file, boolean mail) throws IOException;

        /** Something that ought to hold mails and cannot be read. */
        void skipped(Path path, String reason) throws IOException;

        /** A mail that is not to be read. */
        default void leftOut(Path path, LeftOut why) throws IOException {}
    }

    private final Path root;
    private final Visitor visitor;

    FolderWalk(Path root, Visitor visitor) {
        this.root = root;
        this.visitor = visitor;
    }

    /** Goes through the folder. */
    void run() throws IOException {
        folder(root, 0, false);
    }

    /** Whether a folder is a Maildir. */
    static boolean isMaildir(Path folder) {
        return Files.isDirectory(folder.resolve("cur"))
                && (Files.isDirectory(folder.resolve("new")) || Files.isDirectory(folder.resolve("tmp")));
    }

    /** Tells of what lies in the {@code tmp} of a Maildir. */
    private void unfinished(Path tmp) throws IOException {
        List<Path> mails = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(tmp)) {
            entries.forEach(mails::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return; // Nothing of it would have been read.
        }
        for (Path mail : mails) {
            if (!SkippedNames.contains(mail.getFileName().toString())) {
                visitor.leftOut(mail, LeftOut.UNFINISHED);
            }
        }
    }

    private void folder(Path folder, int depth, boolean mails) throws IOException {
        if (depth > MAX_DEPTH) {
            visitor.skipped(folder, "more than " + MAX_DEPTH + " folders deep; name it to have it read");
            return;
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            visitor.skipped(folder, "the folder cannot be read; check its permissions");
            return;
        }
        FolderFormat format = FolderFormat.of(folder, names);
        boolean maildir = format == FolderFormat.MAILDIR;
        for (String name : format.inOrder(names)) {
            if (!SkippedNames.containsIn(String.valueOf(folder.getFileName()), name)) {
                entry(folder.resolve(name), name, depth, maildir, mails);
            }
        }
    }

    private void entry(Path path, String name, int depth, boolean maildir, boolean mails) throws IOException {
        if (Files.isSymbolicLink(path)) {
            link(path, name);
            return;
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            boolean skipped = name.startsWith(".") && !isMaildir(path);
            if (maildir && name.equals("tmp")) {
                unfinished(path);
            } else if (!skipped) {
                folder(path, depth + 1, maildir && (name.equals("cur") || name.equals("new")));
            }
        } else if (SkippedNames.contains(name)) {
            return;
        } else if (SkippedNames.isDeleted(name)) {
            visitor.leftOut(path, LeftOut.DELETED);
        } else if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            visitor.skipped(path, "neither a file nor a folder");
        } else {
            visitor.file(path, mails);
        }
    }

    private void link(Path path, String name) throws IOException {
        if (SkippedNames.contains(name)) {
            return;
        }
        try {
            Path target = path.toRealPath();
            if (!target.startsWith(root.toRealPath())) {
                visitor.skipped(
                        path, "a link that leads out of the folder, to " + target + "; name that to have it read");
            }
        } catch (IOException e) {
            visitor.skipped(path, "a link that leads nowhere");
        }
    }
}
