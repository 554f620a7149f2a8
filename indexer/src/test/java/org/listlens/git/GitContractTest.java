package org.listlens.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.source.MailSource;
import org.listlens.source.MailSourceContract;
import org.listlens.source.SourceOptions;

/** What all sources do, for every form in which git holds mails. */
class GitContractTest {
    private static GitSource open(Path path, SourceOptions options) throws IOException {
        return Objects.requireNonNull(GitSource.recognise(path, options));
    }

    private static void addAll(Inbox inbox, List<byte[]> mails) throws IOException {
        for (byte[] mail : mails) {
            inbox.add(mail);
        }
    }

    @Nested
    class Version2 extends MailSourceContract {
        @TempDir
        Path folder;

        private int made;

        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            Path gitDir = folder.resolve(made++ + "x.git");
            try (Inbox inbox = new Inbox(gitDir)) {
                addAll(inbox, mails);
            }
            return open(gitDir, options);
        }
    }

    @Nested
    class Epochs extends MailSourceContract {
        @TempDir
        Path folder;

        private int made;

        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            Path inbox = folder.resolve("list" + made++);
            for (int i = 0; i < mails.size(); i += 2) {
                try (Inbox epoch = new Inbox(inbox.resolve("git/" + i / 2 + ".git"))) {
                    addAll(epoch, mails.subList(i, Math.min(mails.size(), i + 2)));
                }
            }
            return open(inbox, options);
        }
    }

    @Nested
    class Version1 extends MailSourceContract {
        @TempDir
        Path folder;

        private int made;

        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            Path gitDir = folder.resolve(made++ + "x.git");
            try (Inbox inbox = new Inbox(gitDir)) {
                for (int i = 0; i < mails.size(); i++) {
                    inbox.put(Inbox.path(i + "@example.org"), mails.get(i));
                }
            }
            return open(gitDir, options);
        }
    }

    @Nested
    class Bundles extends MailSourceContract {
        @TempDir
        Path folder;

        private int made;

        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            Path bundle = folder.resolve("list" + made);
            try (Inbox inbox = new Inbox(folder.resolve(made++ + "x.git"))) {
                addAll(inbox, mails);
                inbox.bundle(bundle);
            }
            return open(bundle, options);
        }
    }

    /** Objects in a pack, as a clone has them, under a work tree. */
    @Nested
    class Clones extends MailSourceContract {
        @TempDir
        Path folder;

        private int made;

        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            Path from = folder.resolve(made + "x.git");
            Path clone = folder.resolve("clone" + made++);
            try (Inbox inbox = new Inbox(from)) {
                addAll(inbox, mails);
            }
            Files.createDirectories(clone.resolve(".git"));
            try (Repository repository = Jgit.create(clone.resolve(".git"));
                    Transport transport = Transport.open(repository, new URIish(from.toString()))) {
                transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("+refs/heads/*:refs/heads/*")));
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
            return open(clone, options);
        }
    }
}
