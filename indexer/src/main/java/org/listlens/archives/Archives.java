package org.listlens.archives;

import org.listlens.source.MailSource;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;

/** Opens archives of all kinds. */
public final class Archives {
    private Archives() {}

    /**
     * Opens an archive, and recognises it by its content or its URI.
     *
     * @param argument a path, a URI, or {@code -} for standard input
     * @throws SourceException when there is no such archive, or no mail in it
     */
    public static MailSource open(String argument, SourceOptions options) throws SourceException {
        return Sources.open(argument, options);
    }
}
