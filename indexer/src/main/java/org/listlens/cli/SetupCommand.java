package org.listlens.cli;

import java.util.concurrent.Callable;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineInfo;
import org.listlens.engine.Templates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code listlens setup}. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Installs the mappings and creates the indices, as \"index\" does by itself when they are missing.")
final class SetupCommand implements Callable<Integer> {
    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Override
    public Integer call() throws Exception {
        try (EngineClient client = engine.connect()) {
            EngineInfo info = client.detect();
            Templates.Installed installed = Templates.install(client, Home.mappings());
            System.out.println(client.where() + " is " + info);
            if (installed.templates().isEmpty() && installed.created().isEmpty()) {
                System.out.println("Everything was installed already.");
            }
            installed.templates().forEach(name -> System.out.println("Installed template " + name));
            installed.created().forEach(name -> System.out.println("Created index " + name));
        }
        return ExitCode.OK;
    }
}
