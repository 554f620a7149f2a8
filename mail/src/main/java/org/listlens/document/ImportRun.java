package org.listlens.document;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One import run, as the ledger has it. When it is finished, {@code read} is the sum of {@code indexed},
 * {@code unchanged}, {@code duplicate} and {@code rejected}.
 *
 * @param id the run, of all runs
 * @param version the version of Listlens that ran
 * @param sources the archives that the run was given
 * @param pseudonyms by which runs tell whether they made pseudonyms with the same key; {@code null} when persons were left
 *     readable
 * @param lists the lists that it met
 * @param started when it began
 * @param finished when it ended; {@code null} while it runs
 * @param read how many mails were read
 * @param indexed how many of them were written, new or changed
 * @param unchanged how many were already indexed as they are
 * @param duplicate how many were copies that the run had met before
 * @param rejected how many could not be indexed
 * @param octets how many octets of mail were read
 */
public record ImportRun(
        String id,
        String version,
        List<String> sources,
        @Nullable String pseudonyms,
        List<String> lists,
        Instant started,
        @Nullable Instant finished,
        long read,
        long indexed,
        long unchanged,
        long duplicate,
        long rejected,
        long octets) {
    public ImportRun {
        Objects.requireNonNull(id);
        Objects.requireNonNull(version);
        sources = List.copyOf(sources);
        lists = List.copyOf(lists);
        Objects.requireNonNull(started);
    }
}
