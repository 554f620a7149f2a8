package org.listlens.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.source.MailSource;
import org.listlens.source.PositionsContract;
import org.listlens.source.SourceOptions;

/** Reading on where an earlier run ended, for every form in which git holds mails. */
class GitPositionsTest {
    /** Writes an inbox of one or more repositories. */
    abstract static class Written extends PositionsContract {
        @TempDir
        Path folder;

        protected int added;
        private @Nullable Inbox inbox;

        /** Where the mails from some number on lie. */
        protected Inbox inbox(String name) throws IOException {
            Inbox last = inbox;
            if (last == null || !last.gitDir.endsWith(name)) {
                close();
                last = new Inbox(folder.resolve(name));
                inbox = last;
            }
            return last;
        }

        @Override
        protected void add(byte[] mail) throws IOException {
            inbox("x.git").add(mail);
        }

        protected Path path() {
            return folder.resolve("x.git");
        }

        @Override
        protected MailSource open() throws IOException {
            return Objects.requireNonNull(GitSource.recognise(path(), SourceOptions.DEFAULT));
        }

        @AfterEach
        void close() {
            if (inbox != null) {
                inbox.close();
            }
        }
    }

    @Nested
    class Version2 extends Written {}

    @Nested
    class Version1 extends Written {
        @Override
        protected void add(byte[] mail) throws IOException {
            inbox("x.git").put(Inbox.path(added++ + "@example.org"), mail);
        }
    }

    @Nested
    class Epochs extends Written {
        @Override
        protected void add(byte[] mail) throws IOException {
            inbox("git/" + added++ / 5 + ".git").add(mail);
        }

        @Override
        protected Path path() {
            return folder;
        }
    }

    @Nested
    class Bundles extends Written {
        @Override
        protected void add(byte[] mail) throws IOException {
            Inbox inbox = inbox("x.git");
            inbox.add(mail);
            inbox.bundle(path());
        }

        @Override
        protected Path path() {
            return folder.resolve("bundle");
        }
    }
}
