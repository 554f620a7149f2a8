package org.listlens.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What tells, roughly, whether a folder is as it was: names, sizes and times of the files in it. Of a Maildir only when its
 * folders were changed, as its mails never are.
 *
 * @param files how many files there are
 * @param hash of what is known of them
 * @param hot tells one look from the next when a folder was changed so lately that a further change might not show
 */
record FolderState(long files, long hash, long hot) {
    private static final long HOT_MILLIS = 100;

    static FolderState of(Path root) throws IOException {
        Adding adding = new Adding();
        new FolderWalk(root, adding).run();
        return new FolderState(adding.files, adding.hash, adding.hot ? System.nanoTime() : 0);
    }

    private static final class Adding implements FolderWalk.Visitor {
        private @Nullable Path maildir;
        private long files;
        private long hash;
        private boolean hot;

        @Override
        public boolean knows(Path folder, String name) {
            if (!folder.equals(maildir)) {
                maildir = folder;
                files++;
                for (String part : new String[] {"cur", "new"}) {
                    long modified = modified(folder.resolve(part));
                    hash = hash * 31 + modified;
                    hot |= System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(modified) < HOT_MILLIS;
                }
            }
            return true;
        }

        private static long modified(Path folder) {
            try {
                return Files.getLastModifiedTime(folder).to(TimeUnit.NANOSECONDS);
            } catch (IOException e) {
                return 0;
            }
        }

        @Override
        public void file(Path file, @Nullable Path folder) {
            files++;
            hash = hash * 31 + file.toString().hashCode();
            try {
                hash = hash * 31 + FileState.of(file).hashCode();
            } catch (IOException e) {
                return; // It is gone again.
            }
        }

        @Override
        public void skipped(Path path, String reason) {
            // What cannot be read cannot have news.
        }
    }
}
