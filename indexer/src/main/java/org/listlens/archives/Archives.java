package org.listlens.archives;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.listlens.git.GitSource;
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
        MailSource git = argument.equals(Sources.STANDARD_INPUT) ? null : git(argument, options);
        return git != null ? git : Sources.open(argument, options);
    }

    private static @Nullable MailSource git(String argument, SourceOptions options) throws SourceException {
        try {
            return GitSource.recognise(Path.of(argument), options);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
