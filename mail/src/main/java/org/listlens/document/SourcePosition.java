package org.listlens.document;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * How far a part of an archive is indexed: everything that lies before is acknowledged by the engine, or recorded as
 * rejected.
 *
 * @param archive the archive; {@link org.listlens.document.Rejection} has the same name for what lies in it
 * @param part which part of what is known of the archive; empty where one position says all
 * @param state what the source needs to go on from there, by names of its own; empty when the position is to be deleted
 * @param mails how many mails it stands for
 * @param settings a digest of all that makes the same mail another document; for runs with other settings the position
 *     does not hold
 * @param index the engine's own id of the index that has the deliveries; when they lie in another, the position does not
 *     hold
 * @param run the {@link ImportRun#id()} of the run that came so far
 * @param reached when
 */
public record SourcePosition(
        String archive,
        String part,
        Map<String, String> state,
        long mails,
        String settings,
        String index,
        String run,
        Instant reached) {
    public SourcePosition {
        Objects.requireNonNull(archive);
        Objects.requireNonNull(part);
        state = Map.copyOf(state);
        Objects.requireNonNull(settings);
        Objects.requireNonNull(index);
        Objects.requireNonNull(run);
        Objects.requireNonNull(reached);
    }

    /** The {@code _id} of its document. */
    public String id() {
        return Digests.of(Digests.sha256(), "position", archive, part);
    }
}
