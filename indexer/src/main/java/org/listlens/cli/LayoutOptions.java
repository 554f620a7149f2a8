package org.listlens.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.document.DocumentVersion;
import org.listlens.engine.IndexLayout;
import org.listlens.engine.Partition;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how indices are laid out that a command creates. */
final class LayoutOptions {
    /** As many as engines take. */
    private static final int MOST_SHARDS = 1024;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "Primary shards of the indices of messages, deliveries, hops and quotes when they are created"
                    + " (default: 1); docs/scale.md tells how to choose. Indices that exist keep theirs until"
                    + " \"setup --upgrade --shards N\".")
    private @Nullable Integer shards;

    @Option(
            names = "--partition",
            paramLabel = "HOW",
            description = "With year, deliveries and hops lie in one index for each year, all behind the same aliases;"
                    + " with none in one (default: none, or as it is). Indices that exist stay as they are until"
                    + " \"setup --upgrade --reread --partition HOW\".")
    private @Nullable Division partition;

    /** How deliveries and hops are divided. */
    enum Division {
        none,
        year
    }

    /** Refuses values that are out of range. */
    void check() {
        if (shards != null) {
            new Ranges(spec).check("--shards", shards, 1, MOST_SHARDS);
        }
    }

    IndexLayout layout() {
        check();
        return layout(shards, partition == null ? null : partition == Division.year ? Partition.YEAR : Partition.NONE);
    }

    /** The layout of a command that has no wishes. */
    static IndexLayout any() {
        return layout(null, null);
    }

    private static IndexLayout layout(@Nullable Integer shards, @Nullable Partition partition) {
        Map<String, Integer> each = new HashMap<>();
        Set<String> divisible = new HashSet<>();
        for (DocumentKind kind : DocumentKind.values()) {
            if (shards != null && kind.isLarge()) {
                each.put(kind.alias(), shards);
            }
            if (kind.isOfCopy()) {
                divisible.add(kind.alias());
            }
        }
        return new IndexLayout(each, divisible, partition, DocumentVersion.CURRENT);
    }
}
