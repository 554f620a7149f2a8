package org.listlens.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.people.Mailmap;
import org.listlens.people.Organizations;
import org.listlens.people.People;
import org.listlens.people.Robots;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say who is who. */
final class PeopleOptions {
    private static final int LINES_NAMED = 5;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--mailmap",
            paramLabel = "FILE",
            description = "Names and addresses that authors want to go by, in the format of git's .mailmap.")
    private @Nullable Path mailmap;

    @Option(
            names = "--organizations",
            paramLabel = "FILE",
            description = "Organisations by the domains of addresses, a line each: \"example.com Example Company\", or"
                    + " \"example.net -\" for none. Goes before the table that comes with the program, line by"
                    + " line; the line \"* -\" leaves that out.")
    private @Nullable Path organizations;

    /**
     * Reads the files.
     *
     * @throws UsageException when a file cannot be read or has a line that makes no sense; {@link ConfigurationException}
     *     when it is named by the configuration
     */
    People load() {
        if (mailmap == null && organizations == null) {
            return People.SHIPPED;
        }
        Mailmap map = mailmap == null ? Mailmap.EMPTY : new Mailmap(read("mailmap", mailmap));
        List<Integer> unreadable = map.unreadableLines();
        if (mailmap != null && !unreadable.isEmpty()) {
            System.err.println("The mailmap " + mailmap + " has lines without an address in angle brackets, which are"
                    + " ignored: " + lines(unreadable) + ".");
        }
        Organizations table = Organizations.shipped();
        if (organizations != null) {
            try {
                table = table.with(read("organizations", organizations));
            } catch (Organizations.MalformedLineException e) {
                throw wrong(
                        "organizations",
                        "Line " + e.line() + " of the table of organisations " + organizations + " makes no sense: "
                                + e.getMessage() + ".");
            }
        }
        return new People(map, table, Robots.shipped());
    }

    /** What makes the same mail another document when it is read anew: the contents of the files. */
    String fingerprint() {
        return "mailmap=" + digest("mailmap", mailmap) + ",organizations=" + digest("organizations", organizations);
    }

    private String digest(String option, @Nullable Path file) {
        if (file == null) {
            return "";
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(read(option, file).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String lines(List<Integer> numbers) {
        StringBuilder lines = new StringBuilder(numbers.size() == 1 ? "line " : "lines ");
        for (int i = 0; i < Math.min(numbers.size(), LINES_NAMED); i++) {
            lines.append(i == 0 ? "" : ", ").append(numbers.get(i));
        }
        return numbers.size() > LINES_NAMED
                ? lines + " and " + (numbers.size() - LINES_NAMED) + " more"
                : lines.toString();
    }

    private String read(String option, Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw wrong(option, "There is no file " + file + " for --" + option + ": check the path.");
        } catch (IOException e) {
            throw wrong(
                    option,
                    "The file " + file + " for --" + option + " cannot be read ("
                            + e.getClass().getSimpleName() + "): name a text file that you may read.");
        }
    }

    private RuntimeException wrong(String option, String sentence) {
        Configuration.Value configured =
                spec == null || spec.commandLine().getParseResult().hasMatchedOption("--" + option)
                        ? null
                        : Main.of(spec).configuration().find(option);
        return configured == null
                ? new UsageException(sentence)
                : new ConfigurationException(sentence + " It comes from " + configured.place() + ".");
    }
}
