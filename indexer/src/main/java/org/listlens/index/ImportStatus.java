package org.listlens.index;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engine has been given so far.
 *
 * @param indices what there is, one for each kind of document; empty when nothing was ever indexed
 * @param sources the archives that were given, by name
 * @param unfinished runs of which no end is recorded, the newest first: they go on, or were killed
 * @param rejected how many entries could not be indexed
 * @param reasons why, the most frequent first; not all of them
 */
public record ImportStatus(
        List<Index> indices, List<Source> sources, List<Run> unfinished, long rejected, List<Reason> reasons) {
    public ImportStatus {
        indices = List.copyOf(indices);
        sources = List.copyOf(sources);
        unfinished = List.copyOf(unfinished);
        reasons = List.copyOf(reasons);
    }

    /**
     * The documents of one kind.
     *
     * @param alias the alias that they are searched under
     * @param names the indices behind it
     * @param documents how many
     * @param octets what they take on disk, copies on other nodes aside
     * @param version the version of the index's mappings; {@code null} when it does not say
     */
    public record Index(
            String alias,
            List<String> names,
            long documents,
            long octets,
            @Nullable Integer version) {
        public Index {
            names = List.copyOf(names);
        }
    }

    /**
     * A run as the ledger has it.
     *
     * @param finished {@code null} when no end is recorded
     */
    public record Run(
            String id,
            @Nullable String version,
            List<String> sources,
            Instant started,
            @Nullable Instant finished,
            Ledger.Counts counts) {
        public Run {
            sources = List.copyOf(sources);
        }
    }

    /**
     * An archive that was given.
     *
     * @param name an absolute path, a URI, or {@code -}
     * @param description what it was recognised as; {@code null} when no run has noted it
     * @param mails how many mails were read, by the positions that runs have reached in it; {@code null} when it has none
     * @param copies how many copies are in the index that lie in it
     * @param checked when it was found last to hold nothing that is not indexed
     * @param followed whether the last run that read it goes on with new mail, as far as it has noted
     * @param lagMs how long what it holds has been waiting, in milliseconds, when that was noted
     * @param error what kept the last run from reading it to its end
     * @param noted when that run noted this
     * @param last the last run that was given it; {@code null} when there is no record of one
     */
    public record Source(
            String name,
            @Nullable String description,
            @Nullable Long mails,
            long copies,
            @Nullable Instant checked,
            boolean followed,
            @Nullable Long lagMs,
            @Nullable String error,
            @Nullable Instant noted,
            @Nullable Run last) {}

    /** Why entries were rejected, and how many for this reason. */
    public record Reason(String reason, long entries) {}
}
