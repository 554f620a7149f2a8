package org.listlens.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;

/**
 * How indices are to be laid out that are created. What exists keeps the layout that it has until an upgrade builds it
 * anew.
 *
 * @param shards the primary shards of an index by its alias; what is not named is as the templates say, or as it was
 */
public record IndexLayout(Map<String, Integer> shards) {
    /** As the templates say, or as it was. */
    public static final IndexLayout ANY = new IndexLayout(Map.of());

    public IndexLayout {
        shards = Map.copyOf(shards);
    }

    /** The primary shards that indices of an alias are to have; {@code null} when that is left open. */
    @Nullable
    Integer shards(String alias) {
        return shards.get(alias);
    }

    /** Whether an index may be what is wanted. */
    boolean allows(String alias, IndexState index) {
        Integer wanted = shards(alias);
        return wanted == null || wanted == index.shards();
    }

    /**
     * Checks that an index is as it is wanted.
     *
     * @throws EngineException when it is not
     */
    void require(String alias, IndexState index, String where) throws EngineException {
        Integer wanted = shards(alias);
        if (wanted != null && wanted != index.shards()) {
            throw new EngineException(
                    Kind.REFUSED,
                    "The index " + index.name() + " at " + where + " has " + index.shards()
                            + (index.shards() == 1 ? " shard" : " shards") + ", which it keeps, and not " + wanted
                            + ": leave --shards out, or run 'listlens setup --upgrade --shards " + wanted
                            + "', which builds the indices anew.");
        }
    }
}
