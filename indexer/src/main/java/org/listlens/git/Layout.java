package org.listlens.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** How the files of a repository are mails. */
enum Layout {
    /**
     * public-inbox-v1-format(5), that of ssoma: a file for each mail, named by the SHA-1 of its Message-ID with a slash
     * behind two digits; of several mails with one Message-ID, a folder of files.
     */
    V1("public-inbox v1"),
    /**
     * public-inbox-v2-format(5): each commit holds one mail as the file {@code m}, or as the file {@code d} one that is
     * deleted.
     */
    V2("public-inbox v2");

    /** How far back is looked for a commit that has files. */
    private static final int MAX_EMPTY = 1_000;

    private static final int HEX = Constants.OBJECT_ID_STRING_LENGTH;

    private final String label;

    Layout(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /**
     * Recognises the files of a commit, or those of the last one before it that has any.
     *
     * @return {@code null} when they are no mails
     * @throws IOException when a commit or tree is missing or damaged
     */
    static @Nullable Layout of(ObjectReader reader, ObjectId tip) throws IOException {
        try (Commits commits = new Commits(reader, tip, null, true)) {
            Commit commit = commits.next();
            for (int i = 0; commit != null && i < MAX_EMPTY; i++) {
                CanonicalTreeParser files = new CanonicalTreeParser();
                files.reset(reader, commit.tree());
                if (!files.eof()) {
                    return of(reader, files);
                }
                commit = commits.next();
            }
        }
        return null;
    }

    private static @Nullable Layout of(ObjectReader reader, CanonicalTreeParser root) throws IOException {
        boolean v2 = true;
        for (; !root.eof(); root.next()) {
            v2 &= isMailFile(root) || isDeletedFile(root);
            if (isFolder(root) && isHex(root, 2) && holdsMails(reader, root.getEntryObjectId())) {
                return V1;
            }
        }
        return v2 ? V2 : null;
    }

    private static boolean holdsMails(ObjectReader reader, ObjectId folder) throws IOException {
        CanonicalTreeParser files = new CanonicalTreeParser();
        for (files.reset(reader, folder); !files.eof(); files.next()) {
            if ((isFile(files.getEntryRawMode()) || isFolder(files)) && isHex(files, HEX - 2)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is the file that holds the mail of version 2. */
    static boolean isMailFile(CanonicalTreeParser file) {
        return isNamed(file, 'm');
    }

    /** Whether it is the file that holds the deleted mail of version 2. */
    static boolean isDeletedFile(CanonicalTreeParser file) {
        return isNamed(file, 'd');
    }

    private static boolean isNamed(CanonicalTreeParser file, char name) {
        return file.getNameLength() == 1
                && file.getEntryPathBuffer()[nameOffset(file)] == name
                && isFile(file.getEntryRawMode());
    }

    /** Whether a path is that of a mail of version 1. */
    static boolean isMailPath(byte[] path) {
        return path.length > HEX
                && path[2] == '/'
                && isHex(path, 0, 2)
                && isHex(path, 3, HEX - 2)
                && (path.length == HEX + 1 || path[HEX + 1] == '/');
    }

    /** Whether a mode is that of a file, and not of a folder, a link or nothing. */
    static boolean isFile(int mode) {
        return (mode & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
    }

    private static boolean isFolder(CanonicalTreeParser file) {
        return (file.getEntryRawMode() & FileMode.TYPE_MASK) == FileMode.TYPE_TREE;
    }

    private static boolean isHex(CanonicalTreeParser file, int length) {
        return file.getNameLength() == length && isHex(file.getEntryPathBuffer(), nameOffset(file), length);
    }

    private static int nameOffset(CanonicalTreeParser file) {
        return file.getEntryPathLength() - file.getNameLength();
    }

    private static boolean isHex(byte[] octets, int from, int length) {
        for (int i = from; i < from + length; i++) {
            boolean digit = (octets[i] >= '0' && octets[i] <= '9') || (octets[i] >= 'a' && octets[i] <= 'f');
            if (!digit) {
                return false;
            }
        }
        return true;
    }
}
