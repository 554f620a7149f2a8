package org.listlens.document;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a source as a whole.
 *
 * @param name the source, as the user named it, made absolute
 * @param description what it was recognised as
 * @param run the {@link ImportRun#id()} of the run that read it last
 * @param version the version of Listlens that ran
 * @param documents the {@link DocumentVersion} of that program
 * @param checked when it was found last to hold nothing that is not indexed; {@code null} when it never was
 * @param followed whether the run goes on with new mail
 * @param lagMs how long what the source holds has been waiting; 0 when nothing does; {@code null} when the source is not
 *     followed
 * @param error what kept the run from reading or writing it to its end, for people; {@code null} when nothing did
 * @param noted when this was written
 */
public record SourceNote(
        String name,
        String description,
        String run,
        String version,
        int documents,
        @Nullable Instant checked,
        boolean followed,
        @Nullable Long lagMs,
        @Nullable String error,
        Instant noted) {
    public SourceNote {
        Objects.requireNonNull(name);
        Objects.requireNonNull(description);
        Objects.requireNonNull(run);
        Objects.requireNonNull(version);
        Objects.requireNonNull(noted);
    }

    /** The {@code _id} of its document. */
    public String id() {
        return Digests.of(Digests.sha256(), "source", name);
    }
}
