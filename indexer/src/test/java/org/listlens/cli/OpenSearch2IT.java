package org.listlens.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The suite on the oldest OpenSearch that is supported, from Maven Central's jars. */
@SuiteEngine(name = "opensearch-2", title = "OpenSearch 2.19, a process, Maven jars")
class OpenSearch2IT extends EngineSuite {
    private @Nullable OldEngine node;

    @Override
    String start() throws Exception {
        node = OldEngine.start("opensearch-2", temporary.resolve("node"));
        return node.url();
    }

    @Override
    int messages() {
        return 1000;
    }

    @AfterAll
    void stop() throws Exception {
        Objects.requireNonNull(node).close();
    }
}
