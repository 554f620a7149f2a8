package org.listlens.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.link.ArchiveLinks;
import org.listlens.report.Page;
import org.listlens.report.Report;
import org.listlens.report.Scope;
import org.listlens.report.UnknownListException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code listlens report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Writes one HTML page that shows what is in the index: how late mail is and who held it, whose clock is wrong,"
                    + " who discusses what with whom. The page needs no network and nothing else; it can be filtered by list"
                    + " and period, and printed.",
            ""
        })
final class ReportCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final LinkOptions links = new LinkOptions();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write the page (default: ${DEFAULT-VALUE}); - for standard output. A file that is"
                    + " there is replaced.",
            defaultValue = "listlens-report.html")
    private String output = "listlens-report.html";

    @Option(
            names = "--list",
            paramLabel = "ID",
            split = ",",
            description = "Only mail of this list: its List-Id, its address, or the first part of either. Several with"
                    + " commas between.")
    private List<String> lists = List.of();

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "Only mail from this day on, such as 2021-01-31 (UTC).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DATE", description = "Only mail up to this day and on it.")
    private @Nullable String to;

    @Option(
            names = "--thread",
            paramLabel = "ID",
            description = "Show one discussion instead: that of the mail with this Message-ID, or with this thread.id.")
    private @Nullable String thread;

    @Option(names = "--json", description = "Write the data of the page alone, as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Scope scope = scope();
        ArchiveLinks table = links.load();
        try (EngineClient client = engine.connect()) {
            String text = text(client, scope, table, json);
            if (output.equals("-")) {
                PrintStream out = System.out;
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } else {
                Path file = Path.of(output);
                write(file, text);
                System.out.println("The report is in " + file.toAbsolutePath().normalize() + " ("
                        + Units.octets(Files.size(file)) + ").");
            }
        }
        return ExitCode.OK;
    }

    private Scope scope() {
        if (thread != null && (!lists.isEmpty() || from != null || to != null)) {
            throw new UsageException(
                    "--thread shows one discussion, whole: leave --list, --from and --to out, or --thread.");
        }
        Instant begin = from == null ? null : day("--from", from);
        Instant end = to == null ? null : day("--to", to).plus(Duration.ofDays(1));
        if (begin != null && end != null && !begin.isBefore(end)) {
            throw new UsageException("--from " + from + " is later than --to " + to + ": exchange them.");
        }
        return new Scope(lists, begin, end, thread == null ? null : InspectCommand.bare(thread));
    }

    private static Instant day(String option, String value) {
        try {
            LocalDate day = LocalDate.parse(value);
            if (day.getYear() < 1 || day.getYear() > 9998) {
                throw new DateTimeException("beyond what documents have");
            }
            return day.atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new UsageException(
                    "\"" + value + "\" for " + option + " is no day: write year, month and day, such as 2021-01-31.");
        }
    }

    /** The page, or its data alone. */
    static String text(EngineClient client, Scope scope, ArchiveLinks links, boolean json)
            throws EngineException, InterruptedException {
        ObjectNode data;
        try {
            data = new Report(client, RetryPolicy.lasting(PATIENCE), links).data(scope, Instant.now());
        } catch (UnknownListException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        if (data == null) {
            throw new UsageException("There is no mail with the Message-ID <"
                    + TerminalText.line(String.valueOf(scope.thread()), 200) + "> in mail-messages at " + client.where()
                    + ", nor any that refers to it: index its archive first, or check the Message-ID.");
        }
        return json ? data.toPrettyString() + '\n' : Page.html(data);
    }

    /** Writes a file whole or not at all. */
    static void write(Path file, String text) {
        if (Files.isDirectory(file)) {
            throw new UsageException(
                    "The report cannot be written to " + file + ", which is a folder: name a file in it.");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new UsageException("The report cannot be written to " + file + " ("
                    + e.getClass().getSimpleName()
                    + "): name a file in a folder that is there and that you may write to.");
        }
    }
}
