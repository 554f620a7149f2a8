package org.listlens.git;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** One history of commits that hold mails. An inbox has one or, in version 2, several that follow each other. */
sealed interface Epoch permits BundleEpoch, RepositoryEpoch {
    /** What it is, for the user. */
    String kind();

    /** Where it lies, as the origins of its mails name it. */
    Path path();

    /**
     * The newest commit; {@code null} when there is none yet.
     *
     * @throws IOException when there is none to be found, or not only one
     */
    @Nullable
    ObjectId tip() throws IOException;

    /** Opens it to read its objects; the caller closes it. */
    Repository open() throws IOException;

    /** The octets of its objects on disk, compressed. */
    long size() throws IOException;

    /** What is equal as long as nothing was added. */
    Object look() throws IOException;
}
