package org.listlens.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.archives.Archives;
import org.listlens.mail.Limits;
import org.listlens.source.MailSource;
import org.listlens.source.MboxDialect;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how archives are read. */
final class ArchiveOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--mbox",
            paramLabel = "DIALECT",
            description = "Read every mbox as this dialect (mboxo, mboxrd, mboxcl, mboxcl2) instead of finding it out.")
    private @Nullable MboxDialect mbox;

    @Option(
            names = "--max-mail-size",
            paramLabel = "MB",
            defaultValue = "32",
            description = "Read at most this much of a mail (default: ${DEFAULT-VALUE}).")
    private int maxMailSize;

    @Option(
            names = "--archive-user",
            paramLabel = "NAME",
            description = "Who logs in to a mailbox or web server, unless its URL says so. The password comes from"
                    + " LISTLENS_ARCHIVE_PASSWORD, --archive-password-file or the configuration file, an OAuth 2.0 token"
                    + " from LISTLENS_ARCHIVE_TOKEN.")
    private @Nullable String user;

    @Option(
            names = "--archive-password-file",
            paramLabel = "FILE",
            description = "Read the password of the mailbox or web server from this file.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--archive-ca-file",
            paramLabel = "FILE",
            description = "Trust the certificates in this PEM file instead of the JDK's when archives are fetched.")
    private @Nullable Path caFile;

    @Option(
            names = "--archive-insecure",
            description = "Trust any certificate when archives are fetched, and send passwords without TLS.")
    private boolean insecure;

    @Option(
            names = "--archive-timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for an answer of a mailbox or web server (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(
            names = "--max-download",
            paramLabel = "MB",
            defaultValue = "10000",
            description = "Download at most this much of one file (default: ${DEFAULT-VALUE}).")
    private int maxDownload;

    /**
     * Opens archives.
     *
     * @param interval how long to wait between two looks at one that does not tell of new mail
     * @param awaited whether mail is expected to come, so that an archive may be empty now
     */
    List<MailSource> open(List<String> arguments, Duration interval, boolean awaited) throws IOException {
        Secrets.refuseIn(arguments, "LISTLENS_ARCHIVE_PASSWORD or --archive-password-file");
        SourceOptions options = options(interval, awaited);
        List<MailSource> sources = new ArrayList<>();
        for (String argument : arguments) {
            sources.add(Archives.open(argument, options));
        }
        return sources;
    }

    /** How much of a mail is read, and the other bounds. */
    Limits limits() {
        new Ranges(spec).check("--max-mail-size", maxMailSize, 1, 1024);
        Limits standard = Limits.DEFAULT;
        return new Limits(
                maxMailSize << 20,
                standard.fieldBytes(),
                standard.fields(),
                standard.addresses(),
                standard.references(),
                standard.hops(),
                standard.parts(),
                standard.nesting(),
                standard.textChars(),
                standard.defects());
    }

    private SourceOptions options(Duration interval, boolean awaited) {
        new Ranges(spec).check("--archive-timeout", timeout, 1, 3_600);
        new Ranges(spec).check("--max-download", maxDownload, 1, 10_000_000);
        if (insecure) {
            System.err.println("Warning: --archive-insecure trusts any certificate and sends passwords without TLS;"
                    + " whoever is in between can read along.");
        }
        return new SourceOptions(
                limits(),
                mbox,
                new RemoteOptions(
                        user,
                        Secrets.password(spec, passwordFile, "archive-password"),
                        Secrets.find(spec, "archive-token"),
                        caFile,
                        insecure,
                        interval,
                        Duration.ofSeconds(timeout),
                        maxDownload * 1_000_000L),
                awaited);
    }

    /** What makes the same mail another document when it is read anew: the dialect and how much is read. */
    String fingerprint() {
        return "mbox=" + (mbox == null ? "" : mbox.label()) + ",mail-size=" + maxMailSize;
    }
}
