package org.listlens.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Looks into the beginning of a tar or zip to say what it holds. */
final class ArchiveHead {
    /** So many entries are looked at. */
    private static final int MAX_ENTRIES = 100;

    private ArchiveHead() {}

    /**
     * What the first entry with mail in it is, for the user; an empty string when it lies too far behind.
     *
     * @param head the first octets of the archive
     */
    static String describe(byte[] head, Content content, SourceOptions options) {
        try {
            InputStream in = new ByteArrayInputStream(head);
            return content == Content.TAR
                    ? tar(new TarStream(in), options)
                    : zip(new ZipArchiveInputStream(in, "UTF-8", true, false), options);
        } catch (IOException | RuntimeException e) {
            return ""; // Whatever is wrong is told when it is read.
        }
    }

    private static String tar(TarStream tar, SourceOptions options) throws IOException {
        ArchivePaths paths = new ArchivePaths();
        String name = tar.next();
        for (int i = 0; name != null && i < MAX_ENTRIES; i++) {
            String found = entry(name, tar, paths, options);
            if (found != null) {
                return found;
            }
            name = tar.next();
        }
        return "";
    }

    private static String zip(ZipArchiveInputStream zip, SourceOptions options) throws IOException {
        ArchivePaths paths = new ArchivePaths();
        ZipArchiveEntry entry = zip.getNextEntry();
        for (int i = 0; entry != null && i < MAX_ENTRIES; i++) {
            String found = entry.isDirectory() || !zip.canReadEntryData(entry)
                    ? null
                    : entry(entry.getName(), zip, paths, options);
            if (found != null) {
                return found;
            }
            entry = zip.getNextEntry();
        }
        return "";
    }

    private static @Nullable String entry(String path, InputStream in, ArchivePaths paths, SourceOptions options)
            throws IOException {
        if (paths.of(path) != ArchivePaths.Verdict.READ) {
            return null;
        }
        Archive archive = new Archive(in, new Window(), options, false);
        if (!archive.content().isMail()) {
            return null;
        }
        String folder = folder(path);
        if (folder != null) {
            return folder;
        }
        boolean groupsIo = path.endsWith("messages.mbox") && archive.isOfGroupsIo();
        return archive.description() + (groupsIo ? ", groups.io" : "");
    }

    /** What kind of folder was packed, when the path of a mail in it tells. */
    private static @Nullable String folder(String path) {
        int name = path.lastIndexOf('/') + 1;
        if (path.startsWith("cur/", name - 4) || path.startsWith("new/", name - 4)) {
            return "Maildir";
        }
        return SkippedNames.isNumber(path.substring(name)) ? "MH" : null;
    }
}
