package org.listlens.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.listlens.generate.Generator;
import org.listlens.generate.GeneratorOptions;
import org.listlens.generate.GeneratorSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code listlens generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Makes a synthetic archive: several lists behind different mail software, threads, patches,"
                + " crossposts, drifting clocks, blocked queues, malformed mail; and a manifest of the truth about it."
                + " The same options make the same archive everywhere.")
final class GenerateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", arity = "1", description = "Folder to write the archive to.")
    private Path folder = Path.of("");

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many mails (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which of all archives of that size (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws Exception {
        GeneratorOptions options;
        try {
            options = GeneratorOptions.of(seed, messages);
        } catch (IllegalArgumentException e) {
            throw new UsageException("The archive cannot be made: " + e.getMessage() + ".");
        }
        GeneratorSummary made;
        try {
            made = Generator.generate(options, folder);
        } catch (IOException e) {
            throw new UsageException("The archive cannot be written to " + folder + " (" + e
                    + "): name a folder that you may write to and that has room.");
        }
        System.out.println(Units.count(made.copies(), "mail") + " (" + Units.octets(made.octets()) + ") in "
                + Units.count(made.files().size(), "archive") + " in " + folder + ", with manifest.ndjson");
        return ExitCode.OK;
    }
}
