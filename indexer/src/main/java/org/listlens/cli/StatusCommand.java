package org.listlens.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineInfo;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.Templates;
import org.listlens.index.ImportStatus;
import org.listlens.index.StoredStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code listlens status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows what was indexed: every archive with what it was recognised as, how many of its mails were read, when and"
                    + " by which run, how far behind the index is where it is followed, and what went wrong last; the"
                    + " indices and their mappings; runs without an end; and why mails were rejected.",
            ""
        })
final class StatusCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (EngineClient client = engine.connectIfUsed()) {
            if (client == null) {
                System.out.println(
                        json
                                ? "{}"
                                : "Nothing is indexed yet in " + engine.data()
                                        + ": \"listlens index ARCHIVE\" begins.");
                return ExitCode.OK;
            }
            EngineInfo info = client.detect();
            ImportStatus status = new StoredStatus(client, RetryPolicy.lasting(PATIENCE)).read();
            Map<String, Integer> program = Templates.versions(Home.mappings());
            if (json) {
                StatusJson.print(status, info, client.where(), program, System.out);
            } else {
                Page page = new Page(Page.width(System.getenv("COLUMNS")));
                new StatusText(page, program, Instant.now()).write(status, info, client.where());
                page.print(System.out);
            }
        }
        System.out.flush();
        return ExitCode.OK;
    }
}
