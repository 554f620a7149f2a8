package org.listlens.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.listlens.link.ArchiveLinks;
import picocli.CommandLine.Option;

/** Where mails can be read on the web. */
final class LinkOptions {
    @Option(
            names = "--archive-links",
            paramLabel = "FILE",
            description =
                    "Where mails can be read, a line for a list: \"talk.example.org"
                            + " https://example.org/{message_id}\"; *.example.org stands for all lists there. {list} and {list_id}"
                            + " may be in the URL too. Goes before the table that comes with the program; - for the URL is none.")
    private @Nullable Path file;

    /**
     * Reads the table.
     *
     * @throws UsageException when the file cannot be read or has a line that makes no sense
     */
    ArchiveLinks load() {
        if (file == null) {
            return ArchiveLinks.shipped();
        }
        try {
            return ArchiveLinks.shipped().with(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new UsageException("There is no file " + file + " for --archive-links: check the path.");
        } catch (IOException e) {
            throw new UsageException("The file " + file + " for --archive-links cannot be read ("
                    + e.getClass().getSimpleName() + "): name a text file in UTF-8 that you may read.");
        } catch (ArchiveLinks.MalformedLineException e) {
            throw new UsageException("Line " + e.line() + " of " + file + " for --archive-links makes no sense: "
                    + e.getMessage() + ".");
        }
    }
}
