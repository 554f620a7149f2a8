package org.listlens.source;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How far a part of an archive was read: what a later run needs to go on from there. It is written only after the engine
 * has all that lies before it. Only the source that made it understands its state.
 *
 * @param archive what it is a position in: the absolute path of a file, a Maildir or a repository, or the URI of a
 *     mailbox, without password
 * @param part which part of what is known of the archive it is; {@code ""} where one position says all
 * @param state what the source wants to know, by names of its own; empty when the position is to be forgotten
 * @param mails how many mails it stands for
 */
public record Position(String archive, String part, Map<String, String> state, long mails) {
    public Position {
        Objects.requireNonNull(archive);
        Objects.requireNonNull(part);
        state = Collections.unmodifiableMap(new TreeMap<>(state));
    }

    /** The only position in an archive. */
    public Position(String archive, Map<String, String> state, long mails) {
        this(archive, "", state, mails);
    }

    /** Tells that a position is to be forgotten. */
    public static Position forgotten(String archive, String part) {
        return new Position(archive, part, Map.of(), 0);
    }

    /** Whether the position is to be forgotten. */
    public boolean isForgotten() {
        return state.isEmpty();
    }
}
