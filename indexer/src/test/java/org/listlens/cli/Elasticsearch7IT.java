package org.listlens.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The suite on the oldest Elasticsearch that is supported, from Maven Central's jars, which have no Painless. */
@SuiteEngine(name = "elasticsearch-7", title = "Elasticsearch 7.17, a process, Maven jars")
class Elasticsearch7IT extends EngineSuite {
    private @Nullable OldEngine node;

    @Override
    String start() throws Exception {
        node = OldEngine.start("elasticsearch-7", temporary.resolve("node"));
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
