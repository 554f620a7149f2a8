package org.listlens.document;

import java.time.Instant;
import java.util.Objects;
import org.listlens.mail.Origin;

/**
 * A mail that could not be indexed.
 *
 * @param run the {@link ImportRun#id()} of the run that met it
 * @param origin where the mail lies
 * @param reason why it could not be indexed, for people
 * @param met when the run met it
 */
public record Rejection(String run, Origin origin, String reason, Instant met) {
    public Rejection {
        Objects.requireNonNull(run);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(met);
    }

    /** The {@code _id} of its document, made of the place alone: a later run that rejects the same mail replaces it. */
    public String id() {
        return id(origin);
    }

    /** The {@code _id} of the rejection of what lies at a place. */
    public static String id(Origin origin) {
        return Digests.of(Digests.sha256(), origin.source(), origin.position());
    }
}
