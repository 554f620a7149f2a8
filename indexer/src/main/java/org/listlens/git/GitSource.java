package org.listlens.git;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Origin;
import org.listlens.source.MailReceiver;
import org.listlens.source.MailSource;
import org.listlens.source.Positions;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;
import org.listlens.source.SourceWatch;

/**
 * A public-inbox: the folder of an inbox of version 2 with its epochs, one repository, or a bundle. Of the branch that
 * HEAD names, or else the only one, it gives the mails that live: those deleted later, by whatever epoch, are left out,
 * and of those edited the newest version is given. The order is that of the commits.
 *
 * <p>The {@link Origin} of a mail names the repository, the epoch's, and the commit and file in the form that {@code
 * git show} takes: {@code COMMIT:m} in version 2, {@code COMMIT:ab/cdef…} in version 1. Of a bundle it names the bundle.
 *
 * <p>There is a position for each epoch, {@code commit}: what it stands for is that commit and all before it. A history
 * that has been rewritten is read from its beginning.
 */
public final class GitSource implements MailSource {
    private final Path path;
    private final SourceOptions options;
    private final boolean isInbox;
    private final @Nullable BundleEpoch bundle;
    private final String description;
    private final long size;

    private GitSource(Path path, SourceOptions options, boolean isInbox, @Nullable BundleEpoch bundle)
            throws IOException {
        this.path = path;
        this.options = options;
        this.isInbox = isInbox;
        this.bundle = bundle;
        List<Epoch> epochs = epochs();
        this.description = bundle == null ? describe(epochs) : "git bundle";
        long octets = 0;
        for (Epoch epoch : epochs) {
            octets += epoch.size();
        }
        this.size = octets;
    }

    /**
     * Recognises what holds mails in git.
     *
     * @param path a file or folder
     * @return {@code null} when it is something else, such as a folder of files that happens to be kept in git
     * @throws SourceException when it is a repository or bundle that cannot be read, or without mails
     */
    public static @Nullable GitSource recognise(Path path, SourceOptions options) throws SourceException {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return Files.isDirectory(absolute) ? folder(absolute, options) : file(absolute, options);
        } catch (IOException | RuntimeException e) {
            throw refusal(absolute, e);
        }
    }

    /** What a user is told when something cannot be read for whatever reason. */
    static SourceException refusal(Path path, Exception cause) {
        if (cause instanceof SourceException told) {
            return told;
        }
        String why = cause instanceof AccessDeniedException
                ? "permission denied; run as a user who may read it"
                : cause instanceof NoSuchFileException ? "it is no longer there" : String.valueOf(cause.getMessage());
        return new SourceException("Cannot read " + path + ": " + why + '.', cause);
    }

    private static @Nullable GitSource file(Path file, SourceOptions options) throws IOException {
        if (!GitPaths.isBundle(file)) {
            return null;
        }
        BundleEpoch bundle = new BundleEpoch(file);
        bundle.tip();
        return new GitSource(file, options, false, bundle);
    }

    private static @Nullable GitSource folder(Path folder, SourceOptions options) throws IOException {
        Path gitDir = GitPaths.gitDir(folder);
        if (gitDir == null) {
            return GitPaths.epochs(folder).isEmpty() ? null : new GitSource(folder, options, true, null);
        }
        RepositoryEpoch repository = new RepositoryEpoch(folder, gitDir);
        boolean isWorkTree = !gitDir.equals(folder);
        if (isWorkTree
                && !(GitPaths.mayBeMails(folder) && (find(repository) != null || isAwaited(repository, options)))) {
            return null;
        }
        Path parent = folder.getParent();
        if (parent != null
                && repository.tip() == null
                && !GitPaths.epochs(parent).isEmpty()) {
            // all.git has no commits of its own, but the objects of all epochs beside it.
            return new GitSource(parent, options, true, null);
        }
        return new GitSource(folder, options, false, null);
    }

    /** The epochs as they are now: inboxes get new ones. */
    List<Epoch> epochs() throws IOException {
        if (bundle != null) {
            return List.of(bundle);
        }
        List<Epoch> epochs = new ArrayList<>();
        for (Path folder : isInbox ? GitPaths.epochs(path) : List.of(path)) {
            RepositoryEpoch epoch = RepositoryEpoch.of(folder);
            if (epoch != null) {
                epochs.add(epoch);
            }
        }
        if (epochs.isEmpty()) {
            throw new SourceException("There is no git repository any more in " + path + "; check that it is there.");
        }
        return epochs;
    }

    private String describe(List<Epoch> epochs) throws IOException {
        SourceException refusal = null;
        for (Epoch epoch : epochs) {
            try {
                Layout layout = find(epoch);
                if (layout != null) {
                    return layout.label() + " (git" + (isInbox ? ", epochs: " + epochs.size() : "") + ')';
                }
            } catch (SourceException e) {
                refusal = e;
            }
        }
        if (refusal == null && isAwaited(epochs.getLast(), options)) {
            return "git (no commits yet)";
        }
        throw refusal != null ? refusal : noMail(epochs.getFirst());
    }

    /** Whether a repository is empty and may be so. */
    private static boolean isAwaited(Epoch epoch, SourceOptions options) throws IOException {
        return options.awaited() && epoch.tip() == null;
    }

    /** How a repository holds mails; {@code null} when it does not. */
    private static @Nullable Layout find(Epoch epoch) throws IOException {
        ObjectId tip = epoch.tip();
        if (tip == null) {
            return null;
        }
        try (Repository repository = epoch.open();
                ObjectReader reader = repository.newObjectReader()) {
            return find(epoch, reader, tip);
        }
    }

    private static @Nullable Layout find(Epoch epoch, ObjectReader reader, ObjectId tip) throws IOException {
        try {
            return Layout.of(reader, tip);
        } catch (IOException | RuntimeException e) {
            throw new SourceException(
                    "The " + epoch.kind() + ' ' + epoch.path() + " is damaged: commit " + tip.name()
                            + ", the newest of its branch, cannot be read (" + e.getMessage()
                            + "); run git fsck there, or clone it again.",
                    e);
        }
    }

    /** How a repository holds mails. */
    static Layout layout(Epoch epoch, ObjectReader reader, ObjectId tip) throws IOException {
        Layout layout = find(epoch, reader, tip);
        if (layout == null) {
            throw noMail(epoch);
        }
        return layout;
    }

    private static SourceException noMail(Epoch epoch) throws IOException {
        return new SourceException("There is no mail in the " + epoch.kind() + ' ' + epoch.path() + ": "
                + (epoch.tip() == null
                        ? "it has no commits; check that it was cloned to its end."
                        : "its commits hold neither a mail each, as those of a public-inbox of version 2, nor a file"
                                + " for each mail, as those of version 1; name a clone of a public-inbox."));
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public void read(Positions known, MailReceiver receiver) throws IOException {
        List<Epoch> epochs;
        try {
            epochs = epochs();
        } catch (IOException e) {
            throw refusal(path, e);
        }
        new Reading(epochs, options.limits().mailBytes(), known, receiver, size).run();
    }

    @Override
    public SourceWatch watch() throws IOException {
        return new GitWatch(this, options.remote()).start();
    }
}
