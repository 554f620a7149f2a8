package org.listlens.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.listlens.mail.Origin;
import org.listlens.source.Position;

/**
 * Tells which positions may be written: those before which every mail that was read has its outcome. Outcomes come in
 * any order; a mail without one holds back all positions behind it. Thread-safe.
 */
final class Acknowledgements {
    /** The mails between two positions. */
    private static final class Stretch {
        private long open;
        private final List<Position> positions = new ArrayList<>();
    }

    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private final Map<Copy, Stretch> open = new HashMap<>();

    /**
     * A mail under way: the same copy may be under way from several places.
     *
     * @param id of the copy
     * @param origin the place
     */
    record Copy(String id, Origin origin) {}

    Acknowledgements() {
        stretches.add(new Stretch());
    }

    /** A mail is about to be written. One that is the same, and under way, speaks for it. */
    synchronized void accepted(Copy copy) {
        Stretch last = stretches.getLast();
        if (!last.positions.isEmpty()) {
            last = new Stretch();
            stretches.add(last);
        }
        if (open.putIfAbsent(copy, last) == null) {
            last.open++;
        }
    }

    /** A mail is in the engine, or will never be. */
    synchronized void settled(Copy copy) {
        Stretch stretch = open.remove(copy);
        if (stretch != null) {
            stretch.open--;
        }
    }

    /** A position behind all that was accepted so far. */
    synchronized void reached(Position position) {
        stretches.getLast().positions.add(position);
    }

    /** The positions that may be written now, each part once; they are not given again. */
    synchronized List<Position> take() {
        Map<List<String>, Position> last = new LinkedHashMap<>();
        while (stretches.getFirst().open == 0 && !stretches.getFirst().positions.isEmpty()) {
            for (Position position : stretches.getFirst().positions) {
                List<String> key = List.of(position.archive(), position.part());
                // New parts before the old ones that they stand for are forgotten.
                last.remove(key);
                last.put(key, position);
            }
            stretches.removeFirst();
            if (stretches.isEmpty()) {
                stretches.add(new Stretch());
            }
        }
        return new ArrayList<>(last.values());
    }
}
