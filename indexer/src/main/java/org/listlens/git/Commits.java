package org.listlens.git;

import java.io.IOException;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * The commits from the tip of a branch back to one that was read before, or to the first: each before its parents. The
 * histories of public-inboxes are lines, and lines of a million commits are walked without holding them in memory, and
 * whatever their dates say. Only from a merge on JGit puts commits into order.
 */
final class Commits implements AutoCloseable {
    private final ObjectReader reader;
    private final @Nullable ObjectId known;
    private final boolean firstParents;
    private final Set<ObjectId> shallow;
    private @Nullable ObjectId upcoming;
    private @Nullable Commit last;
    private @Nullable RevWalk ordered;
    private boolean knownMet;
    private @Nullable ObjectId end;

    /**
     * Begins at a tip.
     *
     * @param known the commit to end before; {@code null} to go to the first one
     * @param firstParents whether of merges only the first parents are followed
     */
    Commits(ObjectReader reader, ObjectId tip, @Nullable ObjectId known, boolean firstParents) throws IOException {
        this.reader = reader;
        this.known = known;
        this.firstParents = firstParents;
        this.shallow = reader.getShallowCommits();
        this.upcoming = tip;
    }

    /**
     * The next commit; {@code null} at the end.
     *
     * @throws IOException when it is missing or damaged, which ends the history
     */
    @Nullable
    Commit next() throws IOException {
        if (ordered != null) {
            RevCommit next = ordered.next();
            return next == null ? null : load(next);
        }
        if (upcoming == null) {
            return null;
        }
        if (upcoming.equals(known)) {
            knownMet = true;
            return null;
        }
        Commit commit = load(upcoming);
        if (commit.parents().length > 1 && !firstParents) {
            return order(commit);
        }
        upcoming = commit.parents().length == 0 ? null : commit.parents()[0];
        if (upcoming == null) {
            end = commit.id();
        }
        return commit;
    }

    /** The commit that {@link #next} would give; {@code null} when that is not known. */
    @Nullable
    ObjectId upcoming() {
        return upcoming;
    }

    /** A commit, as parents of a clone that is shallow are cut off. */
    Commit load(ObjectId id) throws IOException {
        if (last != null && last.id().equals(id)) {
            return last;
        }
        Commit commit = Commit.read(reader, id);
        last = shallow.contains(id) ? new Commit(commit.id(), commit.tree(), new ObjectId[0]) : commit;
        return last;
    }

    private @Nullable Commit order(Commit merge) throws IOException {
        RevWalk walk = new RevWalk(reader);
        walk.setRetainBody(false);
        RevCommit start = walk.parseCommit(merge.id());
        if (known != null) {
            try {
                knownMet = walk.isMergedInto(walk.parseCommit(known), start);
            } catch (IOException e) {
                knownMet = false; // It was rewritten, and is no longer there.
            }
            walk.reset();
        }
        walk.sort(RevSort.TOPO);
        walk.markStart(start);
        if (known != null && knownMet) {
            walk.markUninteresting(walk.parseCommit(known));
        }
        ordered = walk;
        upcoming = null;
        return next();
    }

    /** At the end: whether the commit that was read before has been met. */
    boolean isKnownMet() {
        return knownMet;
    }

    /** At the end: the commit behind which a shallow clone has no more; {@code null} when the history is whole. */
    @Nullable
    ObjectId cutOffAt() {
        if (ordered != null) {
            return shallow.isEmpty() ? null : shallow.iterator().next();
        }
        return end != null && shallow.contains(end) ? end : null;
    }

    @Override
    public void close() {
        if (ordered != null) {
            ordered.close(); // The reader stays the caller's to close.
        }
    }
}
