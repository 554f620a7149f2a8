package org.listlens.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineClient;
import org.listlens.engine.RetryPolicy;
import org.listlens.index.PseudonymCheck;
import org.listlens.index.Verification;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.source.MailSource;
import org.listlens.source.SourceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code listlens verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Reads mail archives again and proves that every mail in them is in the index, whole and with the same"
                    + " digest, or was rejected with a reason. Says what is missing. Changes nothing.",
            "",
            "Give the options that change what a mail is, --mbox, --max-mail-size and --pseudonymize, as they were given"
                    + " to \"listlens index\". Exits with 0 when everything is accounted for, with 3 otherwise.",
            ""
        })
final class VerifyCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** So many findings are shown; all of them go into the file. */
    private static final int SHOWN = 20;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ArchiveOptions archives = new ArchiveOptions();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final PseudonymOptions pseudonyms = new PseudonymOptions();

    @Parameters(paramLabel = "SOURCE", arity = "0..*", description = "Archives to compare with the index.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--missing",
            paramLabel = "FILE",
            description =
                    "Write everything that is not in the index as it should be to this file, one JSON object a line.")
    private @Nullable Path missing;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that read (default: one for each core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws Exception {
        if (arguments.isEmpty()) {
            throw new UsageException(
                    "Nothing to verify: name an archive that was indexed, as in \"listlens verify archive.mbox\".");
        }
        if (arguments.stream().filter("-"::equals).count() > 1) {
            throw new UsageException("Standard input can be read only once: name - once.");
        }
        new Ranges(spec).check("--threads", threads, 1, 256);
        PseudonymKey key = pseudonyms.key();
        List<MailSource> sources = archives.open(arguments, Duration.ofMinutes(1), false);
        try (EngineClient client = engine.connect()) {
            client.detect();
            RetryPolicy retry = RetryPolicy.lasting(PATIENCE);
            new PseudonymCheck(client, retry).refuseMixing(key == null ? null : key.check());
            Verification verification = new Verification(client, retry, sources, archives.limits(), key, threads);
            List<Verification.Finding> first = new ArrayList<>();
            Verification.Report report = run(verification, first);
            for (SourceException failure : report.failures()) {
                System.err.println("listlens: " + TerminalText.line(String.valueOf(failure.getMessage()), 2_000));
            }
            if (json) {
                new VerifyJson(report, first).print(System.out);
            } else {
                print(report, first);
            }
            System.out.flush();
            if (!report.failures().isEmpty()) {
                return ExitCode.USAGE;
            }
            return report.complete() ? ExitCode.OK : ExitCode.REJECTED;
        }
    }

    private Verification.Report run(Verification verification, List<Verification.Finding> first)
            throws IOException, InterruptedException {
        try (Writer file = missing == null ? Writer.nullWriter() : open(missing);
                JsonGenerator lines = new JsonFactory().createGenerator(file).setRootValueSeparator(null);
                Interruption interruption = new Interruption(verification::stop);
                Progress progress = Progress.show(verification::progress)) {
            return verification.run(finding -> {
                if (first.size() < SHOWN) {
                    first.add(finding);
                }
                VerifyJson.write(lines, finding);
                lines.writeRaw('\n');
            });
        }
    }

    private static Writer open(Path file) {
        try {
            return Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UsageException("What is missing cannot be written to " + file + " ("
                    + e.getClass().getSimpleName() + "): name a file in a folder that is there and may be written to.");
        }
    }

    private void print(Verification.Report report, List<Verification.Finding> first) {
        double seconds = report.elapsed().toMillis() / 1e3;
        row(
                "Read",
                Units.count(report.read(), "mail") + ", " + Units.octets(report.octets()) + " in "
                        + String.format(Locale.ROOT, "%.1f s", seconds)
                        + (seconds < 0.1 ? "" : " (" + Units.count(Math.round(report.read() / seconds)) + " mails/s)")
                        + (report.interrupted() ? "; interrupted before the end" : ""));
        row(
                "Result",
                Units.count(report.verified()) + " verified + " + Units.count(report.duplicate()) + " duplicate + "
                        + Units.count(report.rejected()) + " rejected as recorded + "
                        + Units.count(report.unrecorded()) + " rejected and not recorded + "
                        + Units.count(report.missing()) + " missing + " + Units.count(report.incomplete())
                        + " incomplete");
        long findings = report.missing() + report.incomplete() + report.unrecorded();
        if (findings == 0) {
            return;
        }
        System.out.println();
        for (Verification.Finding finding : first) {
            System.out.println("  " + TerminalText.line(finding.origin().toString(), 200)
                    + (finding.messageId() == null ? "" : " <" + TerminalText.line(finding.messageId(), 100) + ">")
                    + ": " + TerminalText.line(finding.detail(), 400));
        }
        if (findings > first.size()) {
            System.out.println("  and " + Units.count(findings - first.size()) + " more"
                    + (missing == null ? "; --missing FILE writes all of them" : ", all of them in " + missing));
        }
        System.out.println();
        System.out.println("\"listlens index --restart\" with the same archives indexes what is missing.");
    }

    private static void row(String name, String value) {
        System.out.println(String.format(Locale.ROOT, "%-6s  %s", name, value));
    }

    /** A result as JSON, for scripts. */
    private record VerifyJson(Verification.Report report, List<Verification.Finding> first) {
        void print(OutputStream out) throws IOException {
            try (JsonGenerator generator = new JsonFactory()
                    .createGenerator(out)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .useDefaultPrettyPrinter()) {
                generator.writeStartObject();
                generator.writeNumberField("read", report.read());
                generator.writeNumberField("verified", report.verified());
                generator.writeNumberField("duplicate", report.duplicate());
                generator.writeNumberField("rejected", report.rejected());
                generator.writeNumberField("unrecorded", report.unrecorded());
                generator.writeNumberField("missing", report.missing());
                generator.writeNumberField("incomplete", report.incomplete());
                generator.writeNumberField("octets", report.octets());
                generator.writeNumberField("elapsed_ms", report.elapsed().toMillis());
                generator.writeBooleanField("interrupted", report.interrupted());
                generator.writeArrayFieldStart("first");
                for (Verification.Finding finding : first) {
                    write(generator, finding);
                }
                generator.writeEndArray();
                generator.writeEndObject();
                generator.writeRaw('\n');
            }
        }

        static void write(JsonGenerator generator, Verification.Finding finding) throws IOException {
            generator.writeStartObject();
            generator.writeStringField("fault", finding.fault().name().toLowerCase(Locale.ROOT));
            generator.writeStringField("source", finding.origin().source());
            generator.writeStringField("position", finding.origin().position());
            if (finding.messageId() != null) {
                generator.writeStringField("message_id", finding.messageId());
            }
            generator.writeStringField("detail", finding.detail());
            generator.writeEndObject();
        }
    }
}
