/**
 * From what the user names to the source that reads it: {@link org.listlens.archives.Archives} knows all kinds of archives,
 * each of which knows only itself.
 */
@NullMarked
package org.listlens.archives;

import org.jspecify.annotations.NullMarked;
