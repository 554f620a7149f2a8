package org.listlens.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.listlens.source.LeftOut;
import org.listlens.source.MailSource;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceException;
import org.listlens.source.SourceWatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code listlens test source} and {@code listlens test connection}. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "(source | connection)",
        description = "Tries things out before they are used; changes nothing.",
        subcommands = {TestCommand.SourceTest.class, ConnectionTestCommand.class})
final class TestCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
    }

    /** What became of one source. */
    private record Tried(
            String argument,
            @Nullable MailSource source,
            SourceSurvey survey,
            @Nullable String unfollowed,
            @Nullable String error) {}

    /** {@code listlens test source}. */
    @Command(
            name = "source",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = {
                "Reads archives to their end and says what was recognised: format, mails, lists, dates, what is left out or"
                        + " cannot be read, and whether later runs can go on from there. Needs no engine.",
                ""
            })
    static final class SourceTest implements Callable<Integer> {
        /** So many lists are shown. */
        private static final int LISTS = 10;

        @Mixin
        private final ArchiveOptions archives = new ArchiveOptions();

        @Parameters(
                arity = "1..*",
                paramLabel = "SOURCE",
                description = "Anything that index reads, or - for standard input.")
        private List<String> arguments = List.of();

        @Option(names = "--json", description = "Print one JSON object instead of text.")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            List<Tried> all = new ArrayList<>();
            for (String argument : arguments) {
                Tried tried = tried(argument);
                all.add(tried);
                if (!json) {
                    show(tried, all.size() > 1);
                }
            }
            if (json) {
                print(all);
            }
            int code = ExitCode.OK;
            for (Tried tried : all) {
                code = tried.error() != null
                        ? ExitCode.USAGE
                        : code == ExitCode.OK && tried.survey().rejections() > 0 ? ExitCode.REJECTED : code;
            }
            return code;
        }

        private Tried tried(String argument) throws IOException {
            SourceSurvey survey = new SourceSurvey(archives.limits());
            MailSource source = null;
            try {
                source = archives.open(List.of(argument), Duration.ofMinutes(1), false)
                        .getFirst();
                source.read(survey);
                return new Tried(argument, source, survey, unfollowed(source), null);
            } catch (SourceException e) {
                return new Tried(argument, source, survey, null, String.valueOf(e.getMessage()));
            }
        }

        /** Why a source cannot be followed; {@code null} when it can. */
        private static @Nullable String unfollowed(MailSource source) {
            try (SourceWatch watch = source.watch()) {
                return null;
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        }

        private static void show(Tried tried, boolean apart) {
            if (tried.error() != null) {
                System.out.flush();
                System.err.println("listlens: " + TerminalText.line(tried.error(), 2_000));
            }
            MailSource source = tried.source();
            if (source == null) {
                return;
            }
            SourceSurvey survey = tried.survey();
            Page page = new Page(Page.width(System.getenv("COLUMNS")));
            if (apart) {
                page.line("");
            }
            page.line(TerminalText.line(source.name(), 2_000));
            row(page, "recognised", source.description());
            for (String clause : source.evidence()) {
                row(page, "", clause);
            }
            row(page, "mails", Units.count(survey.mails()) + " (" + Units.octets(survey.octets()) + ")");
            row(page, "dates", dates(survey));
            lists(page, survey);
            row(page, "left out", leftOut(survey));
            row(page, "later runs", survey.isResumable() ? "go on where this one ended" : "read all of it again");
            row(page, "--follow", tried.unfollowed() == null ? "can follow it" : tried.unfollowed());
            row(page, "rejected", survey.rejections() == 0 ? "nothing" : Units.count(survey.rejections()));
            for (RejectedEntry entry : survey.rejected()) {
                page.wrapped(
                        "    ",
                        TerminalText.line(entry.origin().toString(), 500) + "  "
                                + TerminalText.line(entry.reason(), 500));
            }
            if (survey.rejections() > SourceSurvey.KEPT) {
                page.line("    and " + Units.count(survey.rejections() - SourceSurvey.KEPT) + " more");
            }
            page.print(System.out);
            System.out.flush();
        }

        private static void row(Page page, String name, String text) {
            page.wrapped("  " + Page.padded(name, 12), TerminalText.line(text, 2_000));
        }

        private static String dates(SourceSurvey survey) {
            Instant first = survey.first();
            Instant last = survey.last();
            String range = first == null || last == null
                    ? "none"
                    : first.truncatedTo(ChronoUnit.SECONDS) + " … " + last.truncatedTo(ChronoUnit.SECONDS);
            return survey.undated() == 0
                    ? range
                    : range + ", " + Units.count(survey.undated(), "mail") + " without any";
        }

        private static void lists(Page page, SourceSurvey survey) {
            List<Map.Entry<String, Long>> lists = survey.lists();
            row(page, "lists", lists.isEmpty() ? "none" : Units.count(lists.size()));
            for (int i = 0; i < Math.min(LISTS, lists.size()); i++) {
                page.line("    " + TerminalText.line(lists.get(i).getKey(), 200) + "  "
                        + Units.count(lists.get(i).getValue()));
            }
            if (lists.size() > LISTS) {
                page.line("    and " + Units.count(lists.size() - LISTS) + " more");
            }
        }

        private static String leftOut(SourceSurvey survey) {
            StringJoiner text = new StringJoiner(", ");
            survey.leftOut().forEach((why, count) -> text.add(Units.count(count) + ' ' + why.label()));
            return text.length() == 0 ? "nothing" : text.toString();
        }

        private static void print(List<Tried> all) throws IOException {
            Writer writer = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
            try (JsonGenerator generator = new JsonFactory()
                    .createGenerator(writer)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .useDefaultPrettyPrinter()) {
                generator.writeStartObject();
                generator.writeArrayFieldStart("sources");
                for (Tried tried : all) {
                    write(generator, tried);
                }
                generator.writeEndArray();
                generator.writeEndObject();
            }
            writer.write('\n');
            writer.flush();
        }

        private static void write(JsonGenerator json, Tried tried) throws IOException {
            json.writeStartObject();
            json.writeStringField("argument", tried.argument());
            if (tried.error() != null) {
                json.writeStringField("error", tried.error());
            }
            MailSource source = tried.source();
            if (source != null) {
                json.writeStringField("name", source.name());
                json.writeStringField("description", source.description());
                json.writeArrayFieldStart("evidence");
                for (String clause : source.evidence()) {
                    json.writeString(clause);
                }
                json.writeEndArray();
                counts(json, tried.survey());
                json.writeBooleanField("resumable", tried.survey().isResumable());
                json.writeBooleanField("followable", tried.error() == null && tried.unfollowed() == null);
            }
            json.writeEndObject();
        }

        private static void counts(JsonGenerator json, SourceSurvey survey) throws IOException {
            json.writeNumberField("mails", survey.mails());
            json.writeNumberField("octets", survey.octets());
            Instant first = survey.first();
            Instant last = survey.last();
            if (first != null && last != null) {
                json.writeStringField("first_date", first.toString());
                json.writeStringField("last_date", last.toString());
            }
            json.writeNumberField("undated", survey.undated());
            json.writeObjectFieldStart("lists");
            for (Map.Entry<String, Long> list : survey.lists()) {
                json.writeNumberField(list.getKey(), list.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("left_out");
            for (LeftOut why : LeftOut.values()) {
                json.writeNumberField(why.label(), survey.leftOut().getOrDefault(why, 0L));
            }
            json.writeEndObject();
            json.writeNumberField("rejected", survey.rejections());
            json.writeArrayFieldStart("rejections");
            for (RejectedEntry entry : survey.rejected()) {
                json.writeStartObject();
                json.writeStringField("source", entry.origin().source());
                json.writeStringField("position", entry.origin().position());
                json.writeStringField("reason", entry.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
