package org.listlens.index;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of archives whether they still hold what deliveries say that they held. Where there is doubt they do: an archive
 * that was not met when the sources were read, but is there, may be one that they do not read, or be empty.
 */
final class PruneScope {
    /** So many sources are asked for at once: each makes two clauses, of which engines take a thousand. */
    private static final int AT_ONCE = 200;

    /** What a source is named in documents, and whether it may tell that mails are gone. */
    private record Root(String name, boolean trusted) {
        boolean holds(String archive) {
            return archive.equals(name) || archive.startsWith(below());
        }

        String below() {
            return name.endsWith("/") ? name : name + '/';
        }
    }

    private final PresentCopies present;
    private final boolean pseudonyms;
    private final List<Root> roots = new ArrayList<>();

    /** @param pseudonyms whether documents have pseudonyms in the place of addresses, in paths as well */
    PruneScope(PresentCopies present, boolean pseudonyms) {
        this.present = present;
        this.pseudonyms = pseudonyms;
    }

    /**
     * Adds a source.
     *
     * @param trusted whether what is not in it is gone
     */
    void add(String name, boolean trusted) {
        roots.add(new Root(name, trusted));
    }

    /** Notes of a source that it must not tell that mails are gone. */
    void distrust(int number) {
        roots.set(number, new Root(roots.get(number).name(), false));
    }

    boolean isTrusted(int number) {
        return roots.get(number).trusted();
    }

    /** Whether an archive is a source or lies in it. */
    boolean isIn(int number, String archive) {
        return roots.get(number).holds(archive);
    }

    int size() {
        return roots.size();
    }

    /**
     * The deliveries that name an archive of some sources.
     *
     * @param from the number of the first of these sources
     * @param to that behind the last
     * @param query finds them
     */
    record Part(int from, int to, ObjectNode query) {}

    /** The deliveries that name an archive of the trusted sources; those of many in several parts. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < roots.size(); from += AT_ONCE) {
            int to = Math.min(roots.size(), from + AT_ONCE);
            ObjectNode query = query(roots.subList(from, to));
            if (query != null) {
                parts.add(new Part(from, to, query));
            }
        }
        return parts;
    }

    private static @Nullable ObjectNode query(List<Root> some) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ArrayNode either =
                query.putObject("bool").put("minimum_should_match", 1).putArray("should");
        boolean any = false;
        for (String field : List.of("archive.sources", "archive.source")) {
            ArrayNode names = either.addObject().putObject("terms").putArray(field);
            for (Root root : some) {
                if (root.trusted()) {
                    any = true;
                    names.add(root.name());
                    either.addObject().putObject("prefix").put(field, root.below());
                }
            }
        }
        return any ? query : null;
    }

    /** The archives that a copy still lies in, or that nothing is known of. */
    List<String> remaining(String copy, List<String> archives) {
        List<String> remaining = new ArrayList<>(archives.size());
        for (String archive : archives) {
            if (!isGone(copy, archive)) {
                remaining.add(archive);
            }
        }
        return remaining;
    }

    /** Whether a copy is known to lie in an archive no longer. */
    boolean isGone(String copy, String archive) {
        boolean asked = false;
        for (Root root : roots) {
            if (root.holds(archive)) {
                if (!root.trusted()) {
                    return false;
                }
                asked = true;
            }
        }
        return asked && !present.has(copy, archive) && (present.met(archive) || isMissing(archive));
    }

    private boolean isMissing(String archive) {
        // The name of a file is not known where it has pseudonyms in it.
        if (!archive.startsWith("/") || (pseudonyms && archive.contains(".invalid"))) {
            return false;
        }
        try {
            return !Files.exists(Path.of(archive), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
