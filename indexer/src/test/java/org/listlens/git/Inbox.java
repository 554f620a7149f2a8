package org.listlens.git;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.BundleWriter;
import org.jspecify.annotations.Nullable;

/** A repository that a test writes: mails are added and deleted as public-inbox does it. */
final class Inbox implements AutoCloseable {
    static final String BRANCH = Constants.R_HEADS + "master";

    final Path gitDir;
    final Repository repository;
    private final Map<String, ObjectId> files = new TreeMap<>();
    private @Nullable ObjectId tip;

    Inbox(Path gitDir) throws IOException {
        this.gitDir = gitDir;
        Files.createDirectories(gitDir);
        repository = Jgit.create(gitDir);
        repository.updateRef(Constants.HEAD).link(BRANCH);
    }

    /** Version 2: adds a mail. */
    ObjectId add(byte[] mail) throws IOException {
        files.clear();
        files.put("m", blob(mail));
        return commit();
    }

    /** Version 2: deletes a mail. */
    ObjectId delete(byte[] mail) throws IOException {
        files.clear();
        files.put("d", blob(mail));
        return commit();
    }

    /** Version 1: writes a file. */
    ObjectId put(String path, byte[] mail) throws IOException {
        files.put(path, blob(mail));
        return commit();
    }

    /** Version 1: removes a file. */
    ObjectId remove(String path) throws IOException {
        files.remove(path);
        return commit();
    }

    /** The path of version 1 for a mail with some Message-ID. */
    static String path(String messageId) {
        String name = new ObjectInserter.Formatter()
                .idFor(Constants.OBJ_BLOB, messageId.getBytes(StandardCharsets.UTF_8))
                .name();
        return name.substring(0, 2) + '/' + name.substring(2);
    }

    /** Begins the branch anew: the next commit has no parent. */
    void begin() {
        tip = null;
        files.clear();
    }

    /** Goes back to a commit, with the files of version 2 that are to be known. */
    void back(ObjectId commit) {
        tip = commit;
        files.clear();
    }

    ObjectId tip() {
        return java.util.Objects.requireNonNull(tip);
    }

    ObjectId blob(byte[] octets) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, octets);
            inserter.flush();
            return id;
        }
    }

    /** Commits the files as they are. */
    ObjectId commit(ObjectId... otherParents) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCache cache = DirCache.newInCore();
            DirCacheBuilder builder = cache.builder();
            for (Map.Entry<String, ObjectId> file : files.entrySet()) {
                DirCacheEntry entry = new DirCacheEntry(file.getKey());
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(file.getValue());
                builder.add(entry);
            }
            builder.finish();
            return commit(inserter, cache.writeTree(inserter), otherParents);
        }
    }

    /** Commits no files. */
    ObjectId commitNothing() throws IOException {
        files.clear();
        return commit();
    }

    /** Commits a tree, whatever it is. */
    ObjectId commitTree(ObjectId tree) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            return commit(inserter, tree);
        }
    }

    private ObjectId commit(ObjectInserter inserter, ObjectId tree, ObjectId... otherParents) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        PersonIdent author =
                new PersonIdent("A", "a@example.org", Instant.ofEpochSecond(1_500_000_000L), ZoneOffset.UTC);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage("mail");
        commit.setTreeId(tree);
        if (tip != null) {
            commit.addParentId(tip);
        }
        for (ObjectId parent : otherParents) {
            commit.addParentId(parent);
        }
        tip = inserter.insert(commit);
        inserter.flush();
        RefUpdate update = repository.updateRef(BRANCH);
        update.setNewObjectId(tip);
        update.forceUpdate();
        return tip;
    }

    /** Writes all into a bundle. */
    void bundle(Path file) throws IOException {
        BundleWriter writer = new BundleWriter(repository);
        writer.include(BRANCH, tip());
        write(writer, file);
    }

    /** Writes into a bundle what came after a commit. */
    void bundleSince(ObjectId commit, Path file) throws IOException {
        BundleWriter writer = new BundleWriter(repository);
        writer.include(BRANCH, tip());
        try (RevWalk walk = new RevWalk(repository)) {
            writer.assume(walk.parseCommit(commit));
        }
        write(writer, file);
    }

    private static void write(BundleWriter writer, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            writer.writeBundle(NullProgressMonitor.INSTANCE, out);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
