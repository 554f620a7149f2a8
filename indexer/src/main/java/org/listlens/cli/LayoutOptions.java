package org.listlens.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.IndexLayout;
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

    /** Refuses values that are out of range. */
    void check() {
        if (shards != null) {
            new Ranges(spec).check("--shards", shards, 1, MOST_SHARDS);
        }
    }

    /** Whether anything is asked for. */
    boolean isGiven() {
        return shards != null;
    }

    IndexLayout layout() {
        check();
        Map<String, Integer> each = new HashMap<>();
        for (DocumentKind kind : DocumentKind.values()) {
            if (shards != null && kind.isLarge()) {
                each.put(kind.alias(), shards);
            }
        }
        return new IndexLayout(each);
    }
}
