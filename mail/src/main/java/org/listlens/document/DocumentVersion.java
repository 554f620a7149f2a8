package org.listlens.document;

/**
 * The version of what is made of a mail. It is raised whenever the same mail comes out as another document than before,
 * so that indices can be told that hold what an earlier program made of it.
 */
public final class DocumentVersion {
    public static final int CURRENT = 2;

    private DocumentVersion() {}
}
