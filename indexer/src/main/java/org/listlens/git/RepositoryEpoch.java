package org.listlens.git;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.BranchConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.listlens.source.SourceException;

/**
 * A repository on disk.
 *
 * @param path the repository, or the work tree that it belongs to
 * @param gitDir the folder that has {@code HEAD} and {@code objects} in it
 */
record RepositoryEpoch(Path path, Path gitDir) implements Epoch {
    private static final String REMOTES = Constants.R_REMOTES + Constants.DEFAULT_REMOTE_NAME + '/';

    /** How far a branch may be ahead of what is checked out. */
    private static final int MAX_AHEAD = 500_000;

    @Override
    public String kind() {
        return "git repository";
    }

    /** Which commits may be the tip: that of HEAD's branch, and that of the branch which it follows. */
    private record Tips(@Nullable ObjectId head, @Nullable ObjectId upstream) {}

    /** The repository that a folder is, or belongs to as its work tree; {@code null} when there is none. */
    static @Nullable RepositoryEpoch of(Path folder) {
        Path gitDir = GitPaths.gitDir(folder);
        return gitDir == null ? null : new RepositoryEpoch(folder, gitDir);
    }

    @Override
    public Repository open() throws IOException {
        Repository repository = Jgit.open(gitDir);
        try {
            check(repository.getConfig());
            return repository;
        } catch (SourceException e) {
            repository.close();
            throw e;
        }
    }

    private void check(Config config) throws SourceException {
        String format = config.getString("extensions", null, "objectformat");
        if (format != null && !format.equalsIgnoreCase("sha1")) {
            throw new SourceException("The git repository " + path + " has ids of the format " + format
                    + ", which cannot be read yet; clone it into one with SHA-1.");
        }
        for (String remote : config.getSubsections(ConfigConstants.CONFIG_REMOTE_SECTION)) {
            String filter = config.getString(ConfigConstants.CONFIG_REMOTE_SECTION, remote, "partialclonefilter");
            if (filter != null) {
                throw new SourceException("The git repository " + path + " was cloned with the filter " + filter
                        + ", so that mails are missing from it; clone it again without --filter.");
            }
        }
    }

    @Override
    public @Nullable ObjectId tip() throws IOException {
        try (Repository repository = open()) {
            Tips tips = tips(repository);
            if (tips.head == null || tips.upstream == null || tips.head.equals(tips.upstream)) {
                return tips.head == null ? tips.upstream : tips.head;
            }
            return isAhead(repository, tips.upstream, tips.head) ? tips.upstream : tips.head;
        }
    }

    @Override
    public Object look() throws IOException {
        try (Repository repository = open()) {
            return tips(repository);
        }
    }

    private Tips tips(Repository repository) throws IOException {
        Ref head = repository.exactRef(Constants.HEAD);
        if (head != null && head.getObjectId() != null) {
            String branch = head.getTarget().getName();
            return new Tips(
                    head.getObjectId(),
                    branch.startsWith(Constants.R_HEADS)
                            ? upstream(repository, branch.substring(Constants.R_HEADS.length()))
                            : null);
        }
        List<Ref> branches = repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS);
        if (branches.isEmpty()) {
            return new Tips(null, fetched(repository));
        }
        if (branches.size() == 1) {
            return new Tips(branches.getFirst().getObjectId(), null);
        }
        String names = names(branches);
        throw new SourceException("The git repository " + path + " has several branches (" + names
                + "), and its HEAD names none of them; set it with git symbolic-ref HEAD refs/heads/NAME.");
    }

    private static String names(List<Ref> branches) {
        List<String> names = new ArrayList<>();
        for (Ref branch : branches.subList(0, Math.min(branches.size(), 5))) {
            names.add(branch.getName().substring(Constants.R_HEADS.length()));
        }
        return String.join(", ", names) + (branches.size() > 5 ? " …" : "");
    }

    /** What was fetched for a branch; {@code null} when it follows none. */
    private static @Nullable ObjectId upstream(Repository repository, String branch) throws IOException {
        String tracking = new BranchConfig(repository.getConfig(), branch).getTrackingBranch();
        Ref ref = tracking == null ? null : repository.exactRef(tracking);
        return ref == null ? fetched(repository) : ref.getObjectId();
    }

    /** The branch of the remote that was cloned. */
    private static @Nullable ObjectId fetched(Repository repository) throws IOException {
        Ref head = repository.exactRef(REMOTES + Constants.HEAD);
        if (head != null) {
            return head.getObjectId();
        }
        List<Ref> branches = repository.getRefDatabase().getRefsByPrefix(REMOTES);
        return branches.size() == 1 ? branches.getFirst().getObjectId() : null;
    }

    /** Whether a commit descends from another; both are followed back step by step, as either may be the newer one. */
    private static boolean isAhead(Repository repository, ObjectId commit, ObjectId of) {
        try (ObjectReader reader = repository.newObjectReader();
                Commits back = new Commits(reader, commit, of, true);
                Commits other = new Commits(reader, of, commit, true)) {
            Commit one = back.next();
            Commit two = other.next();
            for (int i = 0; i < MAX_AHEAD && one != null; i++) {
                one = back.next();
                if (two != null) {
                    two = other.next();
                    if (other.isKnownMet()) {
                        return false;
                    }
                }
            }
            return back.isKnownMet();
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public long size() throws IOException {
        try (Repository repository = open()) {
            // That of the main work tree, where there are several.
            Path objects = repository.getCommonDirectory().toPath().resolve("objects");
            return Files.isDirectory(objects) ? size(objects, 0) : 0;
        }
    }

    /** Packs, and objects by themselves; not what serves to find them. */
    private static long size(Path folder, int depth) throws IOException {
        long size = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (depth == 0 ? name.equals("pack") || name.length() == 2 : name.endsWith(".pack") || isObject(name)) {
                    size += depth == 0 ? size(entry, 1) : entry.toFile().length();
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return size;
    }

    private static boolean isObject(String name) {
        return name.length() == Constants.OBJECT_ID_STRING_LENGTH - 2;
    }
}
