package org.listlens.archives;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.listlens.git.GitSource;
import org.listlens.mailbox.ImapSource;
import org.listlens.mailbox.NntpSource;
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
        return switch (scheme(argument)) {
            case "imap", "imaps" -> new ImapSource(argument, options);
            case "nntp", "nntps" -> new NntpSource(argument, options);
            default -> path(argument, options);
        };
    }

    private static MailSource path(String argument, SourceOptions options) throws SourceException {
        MailSource git = null;
        if (!argument.equals(Sources.STANDARD_INPUT)) {
            try {
                git = GitSource.recognise(Path.of(argument), options);
            } catch (InvalidPathException e) {
                // Sources tells what is wrong with it.
                return Sources.open(argument, options);
            }
        }
        return git != null ? git : Sources.open(argument, options);
    }

    /** What a URI begins with, in small letters; {@code ""} for a path. */
    private static String scheme(String argument) {
        int colon = argument.indexOf("://");
        return colon < 0 ? "" : argument.substring(0, colon).toLowerCase(Locale.ROOT);
    }
}
