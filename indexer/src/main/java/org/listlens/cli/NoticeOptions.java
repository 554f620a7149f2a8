package org.listlens.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.alert.FiringState;
import org.listlens.alert.MailNotice;
import org.listlens.alert.Webhook;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whom to tell of what fires. */
final class NoticeOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--webhook", paramLabel = "URL", description = "Post what fires to this URL, as JSON.")
    private @Nullable URI webhook;

    @Option(
            names = "--mail-to",
            paramLabel = "ADDRESS",
            split = ",",
            description = "Mail what fires to these addresses; needs --smtp.")
    private @Nullable List<String> mailTo;

    @Option(
            names = "--mail-from",
            paramLabel = "ADDRESS",
            description = "Sender of these mails (default: the first of --mail-to).")
    private @Nullable String mailFrom;

    @Option(
            names = "--smtp",
            paramLabel = "URL",
            description = "Send mail by this server: smtp://[USER@]HOST[:PORT] or smtps://…; the password comes from"
                    + " LISTLENS_SMTP_PASSWORD.")
    private @Nullable URI smtp;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Remember in this file what fires, and tell only what has begun or ceased since.")
    private @Nullable Path state;

    /** Tells those who want to know; what was not told is told by the next check. */
    void tell(CheckReport report) throws IOException, InterruptedException {
        MailNotice mail = mail();
        Webhook hook = hook();
        FiringState before = before();
        if (report.news(before)) {
            if (hook != null) {
                try {
                    hook.post(CheckReport.pretty(report.notice(before)));
                } catch (IOException e) {
                    throw new IOException(
                            "The webhook at " + hook.url().getHost() + " does not take the notice (" + reason(e)
                                    + "): check --webhook.",
                            e);
                }
            }
            if (mail != null) {
                try {
                    mail.send(report.headline(), report.noticeText(before));
                } catch (IOException e) {
                    throw new IOException(
                            "The mail server " + mail.server().getHost() + " does not take the notice (" + reason(e)
                                    + "): check --smtp.",
                            e);
                }
            }
        }
        if (state != null && before != null) {
            try {
                before.next(report.names(), report.firings()).write(state, report.asOf());
            } catch (IOException e) {
                throw new IOException(
                        "The file " + state + " for --state cannot be written (" + reason(e)
                                + "): name one that you may write.",
                        e);
            }
        }
    }

    private @Nullable FiringState before() {
        if (state == null) {
            return null;
        }
        try {
            return FiringState.read(state);
        } catch (IOException e) {
            throw new UsageException("The file " + state + " for --state cannot be used (" + reason(e)
                    + "): remove it or name another.");
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private @Nullable Webhook hook() {
        if (webhook == null) {
            return null;
        }
        try {
            return new Webhook(webhook);
        } catch (IllegalArgumentException e) {
            throw new UsageException("\"" + webhook + "\" is no URL for --webhook: write https://….");
        }
    }

    private @Nullable MailNotice mail() {
        if (mailTo == null && smtp == null) {
            return null;
        }
        if (mailTo == null || mailTo.isEmpty() || smtp == null) {
            throw new UsageException("--mail-to and --smtp belong together: give both, or none of them.");
        }
        Secrets.refuseIn("--smtp", smtp.toString(), "LISTLENS_SMTP_PASSWORD");
        try {
            return new MailNotice(
                    smtp, Secrets.find(spec, "smtp-password"), mailFrom == null ? mailTo.getFirst() : mailFrom, mailTo);
        } catch (IllegalArgumentException e) {
            throw new UsageException("No mail can be sent with --smtp " + smtp.getScheme() + "://" + smtp.getHost()
                    + " (" + e.getMessage()
                    + "): write smtp://mail.example.org and addresses such as ops@example.org.");
        }
    }
}
