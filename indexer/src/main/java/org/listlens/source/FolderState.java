package org.listlens.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tells, roughly, whether a folder is as it was. */
record FolderState(long folders, long hash) {
    static FolderState of(Path root) throws IOException {
        Adding adding = new Adding();
        new FolderWalk(root, adding).run();
        return new FolderState(adding.files, adding.hash);
    }

    private static final class Adding implements FolderWalk.Visitor {
        private long files;
        private long hash;

        @Override
        public void file(Path file, boolean mail) throws IOException {
            files++;
            // Mails of a Maildir are never changed, only their names.
            hash = hash * 31
                    + file.toString().hashCode()
                    + (mail || !Files.exists(file) ? 0 : FileState.of(file).hashCode());
        }

        @Override
        public void skipped(Path path, String reason) {
            // What cannot be read cannot have news.
        }
    }
}
