package org.listlens.engine;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;

/**
 * How indices are to be laid out that are created. What exists keeps the layout that it has until an upgrade builds it
 * anew.
 *
 * @param shards the primary shards of an index by its alias; what is not named is as the templates say, or as it was
 * @param divisible the aliases of what can lie in parts; all of them do, or none
 * @param partition whether these do; {@code null} for as it is, or not at all
 * @param documents the version of what is made of a mail. Another may put the same mail into another part
 */
public record IndexLayout(
        Map<String, Integer> shards,
        Set<String> divisible,
        @Nullable Partition partition,
        int documents) {
    /** As the templates say, or as it was. */
    public static final IndexLayout ANY = new IndexLayout(Map.of(), Set.of(), null, 0);

    public IndexLayout {
        shards = Map.copyOf(shards);
        divisible = Set.copyOf(divisible);
    }

    /** The same without a wish for anything else than there is. */
    IndexLayout asItIs() {
        return new IndexLayout(Map.of(), divisible, null, documents);
    }

    /** The primary shards that indices of a name are to have; {@code null} when that is left open. */
    @Nullable
    Integer shards(String name) {
        return shards.get(name);
    }

    /** Whether an index has the shards that are wanted. */
    boolean allowsShards(String name, IndexState index) {
        Integer wanted = shards(name);
        return wanted == null || wanted == index.shards();
    }

    /**
     * How the documents of a name are to be divided.
     *
     * @param now the indices in use
     */
    Partition partition(String name, Map<IndexSeries, IndexState> now) {
        if (!divisible.contains(name)) {
            for (Map.Entry<IndexSeries, IndexState> index : now.entrySet()) {
                if (index.getKey().name().equals(name)) {
                    return index.getValue().partition();
                }
            }
            return Partition.NONE;
        }
        if (partition != null) {
            return partition;
        }
        for (Map.Entry<IndexSeries, IndexState> index : now.entrySet()) {
            if (divisible.contains(index.getKey().name()) && index.getValue().partition() != Partition.NONE) {
                return index.getValue().partition();
            }
        }
        return Partition.NONE;
    }

    /**
     * Checks that an index has the shards that are wanted.
     *
     * @throws EngineException when it has not
     */
    void requireShards(String name, IndexState index, String where) throws EngineException {
        Integer wanted = shards(name);
        if (wanted != null && wanted != index.shards()) {
            throw new EngineException(
                    Kind.REFUSED,
                    "The index " + index.name() + " at " + where + " has " + index.shards()
                            + (index.shards() == 1 ? " shard" : " shards") + ", which it keeps, and not " + wanted
                            + ": leave --shards out, or run 'listlens setup --upgrade --shards " + wanted
                            + "', which builds the indices anew.");
        }
    }

    /**
     * Checks that an index is divided as it is wanted.
     *
     * @throws EngineException when it is not
     */
    void requirePartition(String name, IndexState index, String where) throws EngineException {
        if (partition != null && divisible.contains(name) && index.partition() != partition) {
            boolean years = partition == Partition.YEAR;
            throw new EngineException(
                    Kind.REFUSED,
                    "The documents of " + name + " at " + where
                            + (years ? " lie in one index" : " lie in indices by year")
                            + " and not " + (years ? "in indices by year" : "in one index")
                            + ": leave --partition out, or run 'listlens setup --upgrade --reread --partition "
                            + (years ? "year" : "none") + "', which makes all documents anew.");
        }
    }
}
