package org.listlens.cli;

import java.nio.file.Path;
import org.listlens.node.LocalEngine;
import org.listlens.node.LocalEngineException;

/** The folder of Listlens: a checkout or an unpacked distribution. */
final class Home {
    private Home() {}

    /** The folder with the mappings. */
    static Path mappings() throws LocalEngineException {
        return LocalEngine.home().resolve("mappings");
    }

    /** The folder with the dashboards. */
    static Path dashboards() throws LocalEngineException {
        return LocalEngine.home().resolve("dashboards");
    }
}
