package org.listlens.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.listlens.node.LocalEngine;
import org.listlens.node.LocalEngineSettings;

/** The suite on the embedded engine. */
@SuiteEngine(name = "embedded", title = "embedded engine, a process, Maven jars")
class EmbeddedEngineIT extends EngineSuite {
    @Override
    String start() throws Exception {
        return LocalEngine.start(LocalEngineSettings.implicit(data(), Path.of(System.getProperty("listlens.root"))))
                .url()
                .toString();
    }

    private Path data() {
        return temporary.resolve("data");
    }

    @AfterAll
    void stop() throws Exception {
        new LocalEngine(data()).stop(Duration.ofMinutes(1));
    }
}
