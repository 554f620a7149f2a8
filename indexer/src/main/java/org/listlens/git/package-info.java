/**
 * Mails in git: a public-inbox of version 1 or 2 as a folder of epochs, as one repository, bare or with a work tree, or
 * as a bundle. {@link org.listlens.git.GitSource} is the way in. An {@link org.listlens.git.Epoch} gives the tip of a
 * branch, {@link org.listlens.git.Commits} goes from there to what an earlier run has read, a {@link
 * org.listlens.git.Survey} tells which mails live, and {@link org.listlens.git.Reading} hands them over, oldest commit
 * first. JGit does the work; no git program is run, no configuration but the repository's own is read, and nothing is
 * written into a repository, unless following it fetches what is new.
 */
@NullMarked
package org.listlens.git;

import org.jspecify.annotations.NullMarked;
