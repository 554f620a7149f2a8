package org.listlens.cli;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.opensearch.testcontainers.OpenSearchContainer;
import org.testcontainers.DockerClientFactory;

/** The suite on the oldest OpenSearch that is supported, in a container, where Docker is. */
@EnabledIf(value = "dockerIsThere", disabledReason = "there is no Docker to run OpenSearch 2.19 in")
class ContainerIT extends EngineSuite {
    private @Nullable OpenSearchContainer<?> container;

    static boolean dockerIsThere() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @Override
    String start() {
        OpenSearchContainer<?> started = new OpenSearchContainer<>("opensearchproject/opensearch:2.19.1");
        container = started;
        started.start();
        return started.getHttpHostAddress();
    }

    @AfterAll
    void stop() {
        if (container != null) {
            container.stop();
        }
    }
}
