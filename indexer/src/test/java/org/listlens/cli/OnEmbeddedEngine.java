package org.listlens.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.node.LocalEngine;
import org.listlens.node.LocalEngineSettings;

/**
 * Tests that have an embedded engine for themselves, and a folder in which its data lies. With {@code -Dlistlens.on} and
 * the name of a module under {@code engines} they run on that one instead.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnEmbeddedEngine {
    @TempDir
    static @Nullable Path folder;

    private static final @Nullable String ON = System.getProperty("listlens.on");

    private @Nullable TestEngine engine;
    private @Nullable OldEngine old;

    static Path temporary() {
        return Objects.requireNonNull(folder);
    }

    TestEngine engine() {
        return Objects.requireNonNull(engine);
    }

    @BeforeAll
    void startEngine() throws Exception {
        Path root = Path.of(System.getProperty("listlens.root"));
        System.setProperty("listlens.home", root.toString());
        if (ON != null) {
            old = OldEngine.start(ON, temporary().resolve("old"));
            engine = new TestEngine(old.url());
            return;
        }
        engine = new TestEngine(
                LocalEngine.start(LocalEngineSettings.implicit(temporary().resolve("data"), root))
                        .url()
                        .toString());
    }

    @AfterAll
    void stopEngine() throws Exception {
        if (old != null) {
            old.close();
            return;
        }
        new LocalEngine(temporary().resolve("data")).stop(Duration.ofMinutes(1));
    }
}
