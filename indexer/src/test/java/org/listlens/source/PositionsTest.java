package org.listlens.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** What positions do, over each kind of archive in files. */
class PositionsTest {
    @TempDir
    Path folder;

    @Nested
    class Mbox extends PositionsContract {
        @Override
        protected void add(byte[] mail) throws IOException {
            Files.write(
                    folder.resolve("mbox"),
                    Packed.mbox(List.of(mail), "\n"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }

        @Override
        protected MailSource open() throws IOException {
            return Sources.open(folder.resolve("mbox").toString(), SourceOptions.DEFAULT);
        }
    }

    @Nested
    class GzipMbox extends PositionsContract {
        @Override
        protected void add(byte[] mail) throws IOException {
            Files.write(
                    folder.resolve("mbox.gz"),
                    Packed.compress(Compression.GZIP, Packed.mbox(List.of(mail), "\n")),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }

        @Override
        protected MailSource open() throws IOException {
            return Sources.open(folder.resolve("mbox.gz").toString(), SourceOptions.DEFAULT);
        }
    }

    /** Mails come to new, and later move to cur, where their flags change. */
    @Nested
    class Maildir extends PositionsContract {
        private final List<Path> mails = new ArrayList<>();

        @Override
        protected void add(byte[] mail) throws IOException {
            for (String name : List.of("cur", "new", "tmp")) {
                Files.createDirectories(folder.resolve(name));
            }
            for (int i = 0; i < mails.size(); i++) {
                Path now = mails.get(i);
                String unique = Maildirs.unique(now.getFileName().toString());
                Path later = folder.resolve("cur").resolve(unique + ":2," + (mails.size() % 2 == 0 ? "RS" : "S"));
                mails.set(i, now.equals(later) ? now : Files.move(now, later));
            }
            mails.add(Files.write(folder.resolve("new/170000000" + mails.size() + ".M1P2.mx.example.org"), mail));
        }

        @Override
        protected MailSource open() throws IOException {
            return Sources.open(folder.toString(), SourceOptions.DEFAULT);
        }
    }

    @Nested
    class FolderOfMails extends PositionsContract {
        private int count;

        @Override
        protected void add(byte[] mail) throws IOException {
            Path part = Files.createDirectories(folder.resolve("part" + count % 3));
            Files.write(part.resolve("mail" + count++ + ".eml"), mail);
        }

        @Override
        protected MailSource open() throws IOException {
            return Sources.open(folder.toString(), SourceOptions.DEFAULT);
        }
    }

    @Nested
    class FolderOfMboxes extends PositionsContract {
        private int count;

        @Override
        protected void add(byte[] mail) throws IOException {
            Files.write(
                    folder.resolve("mbox" + count++ % 2),
                    Packed.mbox(List.of(mail), "\n"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }

        @Override
        protected MailSource open() throws IOException {
            return Sources.open(folder.toString(), SourceOptions.DEFAULT);
        }
    }
}
