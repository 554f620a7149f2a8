package org.listlens.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.listlens.archives.Archives;
import org.listlens.clock.HostClocks;
import org.listlens.clock.Way;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.inspect.Document;
import org.listlens.inspect.Inspection;
import org.listlens.inspect.KnownClocks;
import org.listlens.inspect.MailPicker;
import org.listlens.inspect.StoredMails;
import org.listlens.mail.ParsedMail;
import org.listlens.node.LocalEngineException;
import org.listlens.source.MailSource;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code listlens inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Explains one mail: its hops with their delays, raw and corrected for wrong clocks, the host that held it,"
                    + " TLS, authentication, quotes and defects.",
            "",
            "FILE is anything that index reads, or - for standard input. What is no file and holds an @ is a Message-ID,"
                    + " and looked up in the engine.",
            ""
        })
final class InspectCommand implements Callable<Integer> {
    /** How long an engine that is asked for clocks only may keep the page waiting. */
    private static final Duration CLOCKS_PATIENCE = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LISTED = 20;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final PeopleOptions people = new PeopleOptions();

    @Parameters(paramLabel = "FILE|MESSAGE-ID", description = "The mail to inspect.")
    private String argument = "";

    @Option(
            names = "--number",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of several mails in a file, or copies of one Message-ID, inspect this one (default:"
                    + " ${DEFAULT-VALUE}).")
    private int number;

    @Option(
            names = "--message-id",
            paramLabel = "ID",
            description = "Of the mails in the file, inspect the one with this Message-ID.")
    private @Nullable String messageId;

    @Option(
            names = "--clocks",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "Ask the engine what it knows of the hosts' clocks: never, always, or auto, which does so if"
                    + " --url is given or the embedded engine has data, which starts it (default: ${DEFAULT-VALUE}).")
    private Clocks clocks = Clocks.auto;

    @Option(names = "--json", description = "Print the mail's documents and those of the clocks as one JSON object.")
    private boolean json;

    /** When the engine is asked for clocks. */
    enum Clocks {
        auto,
        always,
        never
    }

    @Override
    public Integer call() throws Exception {
        if (number < 1) {
            throw new UsageException("The value " + number + " of --number is out of range: give 1 or more.");
        }
        if (argument.equals(Sources.STANDARD_INPUT) || exists(argument)) {
            show(ofFile());
        } else if (argument.indexOf('@') >= 0) {
            if (messageId != null) {
                throw new UsageException("There is no file " + argument
                        + " to look for --message-id in: check the path, or give the Message-ID alone.");
            }
            try (EngineClient client = engine.connect()) {
                show(ofId(client, bare(argument)));
            }
        } else {
            throw new UsageException("There is no file " + argument
                    + ", and without an @ it is no Message-ID either: check the path, or give the Message-ID of a mail"
                    + " that is indexed.");
        }
        return ExitCode.OK;
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** A Message-ID as the index has it, without the brackets that mails and log files have around it. */
    static String bare(String id) {
        String text = id.strip();
        return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
    }

    private Inspection ofFile() throws IOException, LocalEngineException, InterruptedException {
        MailSource source = Archives.open(argument, SourceOptions.DEFAULT);
        String id = messageId == null ? null : bare(messageId);
        MailPicker picker = new MailPicker(number, id, people.load());
        picker.read(source);
        ParsedMail mail = picker.picked();
        String name = argument.equals(Sources.STANDARD_INPUT) ? "standard input" : argument;
        String among = id == null ? "" : " with the Message-ID <" + id + ">";
        if (mail == null) {
            RejectedEntry rejected = picker.rejected();
            throw picker.count() == 0
                    ? new UsageException("There is no mail" + among + " in " + name
                            + (rejected == null ? "." : "; a part of it cannot be read: " + rejected.reason() + "."))
                    : tooFew(picker.count(), Units.count(picker.count(), "mail") + among + " in " + name);
        }
        if (picker.count() > 1) {
            System.err.println("This is mail " + Units.count(number) + " of the " + Units.count(picker.count()) + among
                    + " in " + TerminalText.line(name, 1_000) + "; choose another with --number"
                    + (id == null ? " or --message-id." : "."));
        }
        return Inspection.of(mail, clocks(mail));
    }

    private static UsageException tooFew(int count, String what) {
        return new UsageException("There " + (count == 1 ? "is" : "are") + " only " + what + ": give --number 1"
                + (count == 1 ? "." : " to " + count + "."));
    }

    /** What the engine knows; the page must not want for an engine, unless that was asked for. */
    private KnownClocks clocks(ParsedMail mail) throws IOException, LocalEngineException, InterruptedException {
        KnownClocks none = new KnownClocks(new HostClocks(), List.of());
        Way way = Way.of(mail.hops());
        if (clocks == Clocks.never || way.days().isEmpty()) {
            return none;
        }
        if (clocks == Clocks.always) {
            try (EngineClient client = engine.connect()) {
                return new StoredMails(client, RetryPolicy.lasting(PATIENCE)).clocks(way);
            }
        }
        try (EngineClient client = engine.connectIfUsed()) {
            return client == null ? none : new StoredMails(client, RetryPolicy.lasting(CLOCKS_PATIENCE)).clocks(way);
        } catch (EngineException | LocalEngineException e) {
            System.err.println("Without corrected delays, because the engine could not be asked for clocks: "
                    + TerminalText.line(String.valueOf(e.getMessage()), 1_000));
            return none;
        }
    }

    private Inspection ofId(EngineClient client, String id) throws IOException, InterruptedException {
        StoredMails stored = new StoredMails(client, RetryPolicy.lasting(PATIENCE));
        List<Document> copies = stored.deliveries(id);
        if (copies.isEmpty()) {
            throw new UsageException(
                    "There is no mail with the Message-ID <" + id + "> in mail-deliveries at " + client.where()
                            + ", and no file of that name: index its archive first, or name the file that has it.");
        }
        if (number > copies.size()) {
            throw tooFew(
                    copies.size(),
                    copies.size() == 1
                            ? "1 copy of <" + id + ">"
                            : Units.count(copies.size()) + " copies of <" + id + ">");
        }
        if (copies.size() > 1) {
            list(copies);
        }
        return stored.inspect(copies.get(number - 1));
    }

    private void list(List<Document> copies) {
        System.err.println("This is copy " + number + " of " + copies.size() + "; choose another with --number:");
        for (int i = 0; i < Math.min(LISTED, copies.size()); i++) {
            Document copy = copies.get(i);
            Long latency = copy.number("delivery.latency_ms");
            System.err.println("  " + (i + 1) + "  "
                    + TerminalText.line(
                            String.join(", ", copy.texts("list.id")) + "  "
                                    + (latency == null ? "" : Units.duration(latency) + "  ")
                                    + copy.text("archive.source") + ":" + copy.text("archive.position"),
                            200));
        }
        if (copies.size() > LISTED) {
            System.err.println("  and " + (copies.size() - LISTED) + " more");
        }
    }

    private void show(Inspection inspection) throws IOException {
        PrintStream out = System.out;
        if (json) {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            inspection.writeJson(writer);
        } else {
            Page page = new Page(Page.width(System.getenv("COLUMNS")));
            new InspectText(page, inspection).write();
            page.print(out);
        }
        out.flush();
    }
}
