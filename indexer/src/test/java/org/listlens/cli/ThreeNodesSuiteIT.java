package org.listlens.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The suite on a cluster of three nodes, so with replicas and searches that go over the network. */
@SuiteEngine(name = "three-nodes", title = "OpenSearch of the pom, three processes, Maven jars")
class ThreeNodesSuiteIT extends EngineSuite {
    private @Nullable ThreeNodes nodes;

    @Override
    String start() throws Exception {
        nodes = new ThreeNodes(temporary.resolve("nodes"));
        return nodes.url(0);
    }

    @AfterAll
    void stop() {
        Objects.requireNonNull(nodes).close();
    }
}
