package org.listlens.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What earlier runs noted of how far they came. Immutable. */
public final class Positions {
    /** Nothing was read yet. */
    public static final Positions NONE = new Positions(List.of());

    private final Map<String, Map<String, Position>> byArchive = new TreeMap<>();

    /** Takes positions; of several for one part the last. */
    public Positions(Collection<Position> positions) {
        for (Position position : positions) {
            Map<String, Position> parts = byArchive.computeIfAbsent(position.archive(), archive -> new TreeMap<>());
            if (position.isForgotten()) {
                parts.remove(position.part());
            } else {
                parts.put(position.part(), position);
            }
        }
    }

    /** All positions in an archive, in the order of their parts. */
    public Collection<Position> of(String archive) {
        Map<String, Position> parts = byArchive.get(archive);
        return parts == null ? List.of() : Collections.unmodifiableCollection(parts.values());
    }

    /** The position of a part; {@code null} when there is none. */
    public @Nullable Position find(String archive, String part) {
        Map<String, Position> parts = byArchive.get(archive);
        return parts == null ? null : parts.get(part);
    }

    /** All positions. */
    public List<Position> all() {
        List<Position> all = new ArrayList<>();
        byArchive.values().forEach(parts -> all.addAll(parts.values()));
        return all;
    }

    public boolean isEmpty() {
        return all().isEmpty();
    }

    /** These with others in the place of those of the same parts; without the forgotten ones. */
    public Positions with(Collection<Position> others) {
        List<Position> all = all();
        all.addAll(others);
        return new Positions(all);
    }
}
