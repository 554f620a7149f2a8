package org.listlens.git;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.listlens.source.Position;

/**
 * How far a repository was read, as its position notes it.
 *
 * @param commit the commit up to which all mails were handed over; {@code null} when none was
 * @param tip the tip of the branch at that time: what commits up to it delete was left out
 * @param cutOffAt where the history began because the clone was shallow
 * @param mails how many mails were handed over
 */
record Noted(
        @Nullable ObjectId commit,
        @Nullable ObjectId tip,
        @Nullable ObjectId cutOffAt,
        long mails) {
    private static final Noted NOTHING = new Noted(null, null, null, 0);

    static Noted of(@Nullable Position position) {
        if (position == null) {
            return NOTHING;
        }
        Map<String, String> state = position.state();
        return new Noted(id(state, "commit"), id(state, "tip"), id(state, "shallow"), position.mails());
    }

    private static @Nullable ObjectId id(Map<String, String> state, String name) {
        String text = state.get(name);
        return text != null && ObjectId.isId(text) ? ObjectId.fromString(text) : null;
    }

    Position position(String archive) {
        Map<String, String> state = new TreeMap<>();
        put(state, "commit", commit);
        put(state, "tip", tip);
        put(state, "shallow", cutOffAt);
        return new Position(archive, state, mails);
    }

    private static void put(Map<String, String> state, String name, @Nullable ObjectId id) {
        if (id != null) {
            state.put(name, id.name());
        }
    }
}
