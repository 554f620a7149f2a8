package org.listlens.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes synthetic archives. Memory holds the discussions that go on and the mails under way, however large the archive.
 */
public final class Generator {
    private Generator() {}

    /**
     * Writes an mboxrd file for each list ({@code LIST.mbox}), in order of arrival, with {@code manifest.ndjson}, the
     * truth about each archived copy, and {@code manifest-summary.json}. Files of those names are replaced.
     *
     * @param folder is made when missing
     * @throws IOException when the folder or a file in it cannot be written
     */
    public static GeneratorSummary generate(GeneratorOptions options, Path folder) throws IOException {
        Archive archive = new Archive(folder);
        try (archive) {
            new Simulation(options, archive).run();
        }
        Totals totals = archive.totals();
        totals.write(folder.resolve("manifest-summary.json"), options);
        return totals.summary(totals.files());
    }

    /**
     * Writes the same mails as one mboxrd stream, all lists in one order of arrival, without a manifest.
     *
     * @param mbox is flushed and left open
     * @throws IOException when the stream cannot be written
     */
    public static GeneratorSummary generate(GeneratorOptions options, OutputStream mbox) throws IOException {
        Archive archive = new Archive(mbox);
        try (archive) {
            new Simulation(options, archive).run();
        }
        return archive.totals().summary(List.of());
    }
}
