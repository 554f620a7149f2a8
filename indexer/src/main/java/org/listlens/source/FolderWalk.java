package org.listlens.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a folder and those in it, always in the same order: names that are numbers by their value, then the others
 * by name, compared as UTF-16. {@link FolderFormat} and {@link SkippedNames} tell what holds no mails. In a Maildir, {@code
 * tmp} is left out, because mails in it are not complete, and folders of Maildir++, which are hidden, are not. Links are not followed: what they lead to inside of the folder is met at its own place, and what lies outside
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
         * @param maildir the Maildir of which it is one mail; {@code null} when it lies elsewhere
         */
        void file(Path file, @Nullable Path maildir) throws IOException;

        /** Whether a mail of a Maildir need not be looked at. */
        default boolean knows(Path maildir, String name) {
            return false;
        }

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
        folder(root, 0, null, null);
    }

    /**
     * Goes through one folder.
     *
     * @param maildir the Maildir whose mails it has; {@code null} when it has others
     * @param listed what is in it, when that is known already
     */
    private void folder(Path folder, int depth, @Nullable Path maildir, @Nullable List<String> listed)
            throws IOException {
        if (depth > MAX_DEPTH) {
            visitor.skipped(folder, "more than " + MAX_DEPTH + " folders deep; name it to have it read");
            return;
        }
        List<String> names = listed != null ? listed : list(folder);
        if (names == null) {
            visitor.skipped(folder, "the folder cannot be read; check its permissions");
            return;
        }
        FolderFormat format = maildir == null ? FolderFormat.of(folder, names) : FolderFormat.FOLDER;
        boolean isMaildir = format == FolderFormat.MAILDIR;
        String parent = String.valueOf(folder.getFileName());
        // Mails move from new to cur at any time: listed in this order none is missed.
        List<String> fresh = isMaildir ? list(folder.resolve("new")) : null;
        for (String name : maildir == null ? format.inOrder(names) : names) {
            if (maildir == null && SkippedNames.containsIn(parent, name)) {
                continue;
            }
            if (maildir == null) {
                entry(folder.resolve(name), name, depth, isMaildir, fresh);
            } else if (!SkippedNames.contains(name) && !visitor.knows(maildir, name)) {
                mail(folder.resolve(name), maildir);
            }
        }
    }

    /** The names in a folder, sorted; {@code null} when it cannot be read. */
    private static @Nullable List<String> list(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (IOException | DirectoryIteratorException e) {
            return null;
        }
        names.sort(null);
        return names;
    }

    private void mail(Path path, Path maildir) throws IOException {
        if (Files.isSymbolicLink(path)) {
            link(path, path.getFileName().toString());
        } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            visitor.skipped(path, "a folder among the mails of a Maildir");
        } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            // To open a named pipe would take until somebody writes to it.
            visitor.skipped(path, "neither a file nor a folder");
        } else {
            visitor.file(path, maildir);
        }
    }

    private void entry(Path path, String name, int depth, boolean maildir, @Nullable List<String> fresh)
            throws IOException {
        if (Files.isSymbolicLink(path)) {
            link(path, name);
            return;
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            boolean skipped = name.startsWith(".") && !Maildirs.isMaildir(path);
            if (maildir && name.equals("tmp")) {
                unfinished(path);
            } else if (!skipped) {
                boolean isNew = maildir && name.equals("new");
                Path parent = maildir && (isNew || name.equals("cur")) ? path.getParent() : null;
                folder(path, depth + 1, parent, isNew ? fresh : null);
            }
        } else if (SkippedNames.contains(name)) {
            return;
        } else if (SkippedNames.isDeleted(name)) {
            visitor.leftOut(path, LeftOut.DELETED);
        } else if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            visitor.skipped(path, "neither a file nor a folder");
        } else {
            visitor.file(path, null);
        }
    }

    /** Tells of what lies in the {@code tmp} of a Maildir. */
    private void unfinished(Path tmp) throws IOException {
        List<String> names = list(tmp);
        for (String name : names == null ? List.<String>of() : names) {
            if (!SkippedNames.contains(name)) {
                visitor.leftOut(tmp.resolve(name), LeftOut.UNFINISHED);
            }
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
