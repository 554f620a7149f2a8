package org.listlens.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.listlens.engine.EngineClient;
import org.listlens.engine.RetryPolicy;
import org.listlens.index.StoredDiscussions;
import org.listlens.thread.Discussion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code listlens thread}. */
@Command(
        name = "thread",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows the discussion that a mail belongs to: the tree of its mails, how long each answer took, how long each"
                    + " mail was under way, and who quotes whom.",
            "",
            "MESSAGE-ID is that of any mail of the thread, or of one that its mails refer to; or the thread's id as"
                    + " documents have it in thread.id.",
            ""
        })
final class ThreadCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Parameters(paramLabel = "MESSAGE-ID", description = "A mail of the thread, or the thread's id.")
    private String argument = "";

    @Option(names = "--json", description = "Print the thread and its mails as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        String id = InspectCommand.bare(argument);
        try (EngineClient client = engine.connect()) {
            StoredDiscussions stored = new StoredDiscussions(client, RetryPolicy.lasting(PATIENCE));
            List<Discussion> discussions = stored.find(id);
            if (discussions.isEmpty()) {
                throw new UsageException("There is no mail with the Message-ID <" + TerminalText.line(id, 200)
                        + "> in mail-messages at " + client.where()
                        + ", nor any that refers to it: index its archive first, or check the Message-ID.");
            }
            for (Discussion discussion : discussions) {
                show(discussion, stored.latencies(discussion));
            }
        }
        System.out.flush();
        return ExitCode.OK;
    }

    private void show(Discussion discussion, Map<String, Long> latencies) throws Exception {
        if (json) {
            Writer writer = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
            try (JsonGenerator generator = new JsonFactory()
                    .createGenerator(writer)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .useDefaultPrettyPrinter()) {
                ThreadJson.write(generator, discussion, latencies);
            }
            writer.write('\n');
            writer.flush();
        } else {
            Page page = new Page(Page.width(System.getenv("COLUMNS")));
            new ThreadText(page, discussion, latencies).write();
            page.print(System.out);
        }
    }
}
