package org.listlens.git;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdSubclassMap;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which mails of a repository live that an earlier run has not read, and whether some are gone that it has.
 * Goes from the newest commit to the oldest, so that a deletion or a newer version is known before the mail that it is
 * of.
 */
final class Survey {
    private final ObjectReader reader;
    private final ObjectId tip;
    private final Layout layout;
    private final Noted noted;
    private final boolean again;
    private final Set<ObjectId> deleted;
    private final Unread unread;

    /** What commits hold whose files were just looked at, so that neighbours are not read twice. */
    private @Nullable ObjectId lastTree;

    private Files lastFiles = Files.NONE;

    private boolean lost;
    private boolean knownMet;
    private @Nullable ObjectId brokenAt;
    private @Nullable IOException fault;
    private @Nullable ObjectId cutOffAt;

    /** The files of a commit of version 2. */
    private record Files(@Nullable ObjectId mail, @Nullable ObjectId deleted) {
        static final Files NONE = new Files(null, null);
    }

    /**
     * Prepares.
     *
     * @param noted what an earlier run has read
     * @param again whether anything of the inbox was read before
     * @param deleted the blobs of mails that are deleted, by later epochs as well; added to
     */
    Survey(ObjectReader reader, ObjectId tip, Layout layout, Noted noted, boolean again, Set<ObjectId> deleted) {
        this.reader = reader;
        this.tip = tip;
        this.layout = layout;
        this.noted = noted;
        this.again = again;
        this.deleted = deleted;
        this.unread = new Unread(layout);
    }

    /** Goes through the commits. */
    void run() throws IOException {
        // Version 1 is what the files are in the end, so what a merge brought in is its own change.
        try (Commits commits = new Commits(reader, tip, noted.commit(), layout == Layout.V1)) {
            switch (layout) {
                case V1 -> changes(commits);
                case V2 -> mails(commits);
            }
            knownMet = commits.isKnownMet();
            cutOffAt = commits.cutOffAt();
        }
        lost |= noted.commit() != null && !knownMet && brokenAt == null;
    }

    /** What is to be handed over. */
    Unread unread() {
        return unread;
    }

    /** Whether mails are gone that earlier runs may have read. */
    boolean isLost() {
        return lost;
    }

    /** Whether everything goes on where an earlier run ended. */
    boolean isContinued() {
        return knownMet;
    }

    /** The commit behind which nothing can be read; {@code null} when everything can. */
    @Nullable
    ObjectId brokenAt() {
        return brokenAt;
    }

    /** Why it cannot be read. */
    @Nullable
    IOException fault() {
        return fault;
    }

    /** Where a shallow clone begins, if that was reached; {@code null} when the history is whole. */
    @Nullable
    ObjectId cutOffAt() {
        return cutOffAt;
    }

    /** The next commit; {@code null} at the end and where the history breaks off. */
    private @Nullable Commit next(Commits commits, @Nullable Commit before) {
        try {
            return commits.next();
        } catch (IOException | RuntimeException e) {
            fault = e instanceof IOException io ? io : new IOException(e);
            ObjectId upcoming = commits.upcoming();
            brokenAt = upcoming != null ? upcoming : before != null ? before.id() : tip;
            return null;
        }
    }

    private void mails(Commits commits) {
        boolean news = again;
        Commit before = null;
        for (Commit commit = next(commits, null); commit != null; commit = next(commits, before)) {
            before = commit;
            news &= !commit.id().equals(noted.tip());
            Files files;
            try {
                files = files(commit.tree());
            } catch (IOException | RuntimeException e) {
                unread.add(commit.id(), ObjectId.zeroId());
                continue;
            }
            boolean newMail = files.mail != null;
            boolean newDeletion = files.deleted != null;
            for (ObjectId parent : commit.parents()) {
                Files of = parentFiles(commits, parent);
                newMail &= files.mail != null && !files.mail.equals(of.mail);
                newDeletion &= files.deleted != null && !files.deleted.equals(of.deleted);
            }
            if (newMail && files.mail != null && !deleted.contains(files.mail)) {
                unread.add(commit.id(), files.mail);
            }
            if (newDeletion && files.deleted != null) {
                deleted.add(files.deleted);
                lost |= news;
            }
        }
    }

    /** The files of a parent; none when they cannot be read, which is told when it is the parent's turn. */
    private Files parentFiles(Commits commits, ObjectId parent) {
        try {
            return files(commits.load(parent).tree());
        } catch (IOException | RuntimeException e) {
            return Files.NONE;
        }
    }

    private Files files(ObjectId tree) throws IOException {
        if (tree.equals(lastTree)) {
            return lastFiles;
        }
        ObjectId mail = null;
        ObjectId gone = null;
        CanonicalTreeParser files = new CanonicalTreeParser();
        for (files.reset(reader, tree); !files.eof(); files.next()) {
            if (Layout.isMailFile(files)) {
                mail = files.getEntryObjectId();
            } else if (Layout.isDeletedFile(files)) {
                gone = files.getEntryObjectId();
            }
        }
        lastTree = tree;
        lastFiles = new Files(mail, gone);
        return lastFiles;
    }

    private void changes(Commits commits) {
        ObjectIdSubclassMap<ObjectId> decided = new ObjectIdSubclassMap<>();
        Set<ObjectId> goneSince = new HashSet<>();
        boolean news = noted.commit() != null;
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.setRecursive(true);
            Commit before = null;
            for (Commit commit = next(commits, null); commit != null; commit = next(commits, before)) {
                before = commit;
                news &= !commit.id().equals(noted.tip());
                try {
                    compare(walk, commits, commit);
                    while (walk.next()) {
                        byte[] path = walk.getRawPath();
                        if (Layout.isMailPath(path)) {
                            change(walk, commit, path, decided, news ? goneSince : null);
                        }
                    }
                } catch (IOException | RuntimeException e) {
                    unread.add(commit.id(), ObjectId.zeroId());
                }
            }
        }
        lost |= commits.isKnownMet() && !goneSince.isEmpty();
    }

    private void compare(TreeWalk walk, Commits commits, Commit commit) throws IOException {
        walk.reset();
        walk.setFilter(TreeFilter.ANY_DIFF);
        if (commit.parents().length == 0) {
            walk.addTree(new EmptyTreeIterator());
        } else {
            walk.addTree(commits.load(commit.parents()[0]).tree());
        }
        walk.addTree(commit.tree());
    }

    /**
     * Takes the change of a file.
     *
     * @param goneSince the files that earlier runs may have read and that are no longer as they were; {@code null} when
     *     an earlier run knew of the change
     */
    private void change(
            TreeWalk walk,
            Commit commit,
            byte[] path,
            ObjectIdSubclassMap<ObjectId> decided,
            @Nullable Set<ObjectId> goneSince) {
        ObjectId key = Unread.key(path);
        boolean isMail = Layout.isFile(walk.getRawMode(1));
        boolean wasMail = Layout.isFile(walk.getRawMode(0));
        if (goneSince != null) {
            if (wasMail) {
                goneSince.add(key);
            } else {
                goneSince.remove(key);
            }
        }
        // Only the newest version of a file lives, and none where the newest change is its end.
        if (!decided.contains(key)) {
            decided.add(key);
            if (isMail) {
                unread.add(commit.id(), walk.getObjectId(1), path);
            }
        }
    }
}
