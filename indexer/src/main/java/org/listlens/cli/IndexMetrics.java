package org.listlens.cli;

import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.RetryCause;
import org.listlens.engine.Traffic;
import org.listlens.index.IndexRun;
import org.listlens.index.Ledger;
import org.listlens.metrics.JvmMetrics;
import org.listlens.metrics.MetricType;
import org.listlens.metrics.MetricsText;

/**
 * The metrics of {@code index}, over all runs that one process makes. The table of docs/metrics.md has the same, which a
 * test sees to. Thread-safe.
 */
final class IndexMetrics implements Consumer<MetricsText> {
    // Of the runs before the one that goes on. Guarded by this.
    private long read;
    private long indexed;
    private long unchanged;
    private long duplicate;
    private long rejected;
    private long refused;
    private long mailOctets;
    private long archiveOctets;
    private @Nullable Instant newest;
    private @Nullable Instant remembered;
    private @Nullable IndexRun run;

    private volatile @Nullable Traffic traffic;
    private volatile @Nullable Following following;

    /** A run begins, and with it the one before it has ended. */
    synchronized IndexRun begin(IndexRun next) {
        IndexRun last = run;
        if (last != null) {
            Ledger.Counts counts = last.counts();
            read += counts.read();
            indexed += counts.indexed();
            unchanged += counts.unchanged();
            duplicate += counts.duplicate();
            rejected += counts.rejected();
            refused += last.refused();
            mailOctets += last.mailOctets();
            archiveOctets += last.progress().octets();
            newest = later(newest, last.newest());
            remembered = later(remembered, last.remembered());
        }
        run = next;
        return next;
    }

    /** What is sent to the engine is counted, too. */
    void engine(Traffic sent) {
        traffic = sent;
    }

    /** Sources are followed from here on. */
    void following(Following its) {
        following = its;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    @Override
    public void accept(MetricsText text) {
        text.metric("listlens_build_info", MetricType.GAUGE, "1, with the version of Listlens.")
                .sample("version", Version.number(), 1);
        run(text);
        Traffic sent = traffic;
        if (sent != null) {
            engine(text, sent);
        }
        Following its = following;
        if (its != null) {
            its.metrics(text);
        }
        JvmMetrics.write(text);
    }

    private synchronized void run(MetricsText text) {
        IndexRun now = run;
        if (now == null) {
            return;
        }
        Ledger.Counts counts = now.counts();
        text.metric("listlens_mails_read_total", MetricType.COUNTER, "Entries that were read from archives.")
                .sample(read + counts.read());
        text.metric(
                        "listlens_mails_indexed_total",
                        MetricType.COUNTER,
                        "Mails for which a document was created or changed.")
                .sample(indexed + counts.indexed());
        text.metric("listlens_mails_unchanged_total", MetricType.COUNTER, "Mails whose documents were all there.")
                .sample(unchanged + counts.unchanged());
        text.metric(
                        "listlens_mails_duplicate_total",
                        MetricType.COUNTER,
                        "Mails of which the same run had read the same copy before.")
                .sample(duplicate + counts.duplicate());
        // The engine's refusals are counted first, in a run as here, so that the difference is never below 0.
        long byEngine = refused + now.refused();
        text.metric(
                        "listlens_mails_rejected_total",
                        MetricType.COUNTER,
                        "Entries that are no mail that can be read (archive), or that the engine refused (engine).")
                .sample("reason", "archive", Math.max(0, rejected + now.counts().rejected() - byEngine))
                .sample("reason", "engine", byEngine);
        text.metric("listlens_mail_bytes_total", MetricType.COUNTER, "Size of the mails read.")
                .sample(mailOctets + now.mailOctets());
        text.metric(
                        "listlens_archive_bytes_total",
                        MetricType.COUNTER,
                        "Octets read from archives, as they lie on disk.")
                .sample(archiveOctets + now.progress().octets());
        text.metric("listlens_pipeline_batches", MetricType.GAUGE, "Batches of mails between reading and writing.")
                .sample(now.batches());
        text.metric("listlens_pipeline_batches_limit", MetricType.GAUGE, "How many there may be: then reading waits.")
                .sample(now.batchesLimit());
        time(
                text,
                "listlens_newest_mail_timestamp_seconds",
                "When the newest mail read came to its first host, in seconds since 1970.",
                later(newest, now.newest()));
        time(
                text,
                "listlens_checkpoint_timestamp_seconds",
                "When positions were last written, in seconds since 1970.",
                later(remembered, now.remembered()));
    }

    /** A time, which is absent as long as it is unknown. */
    static void time(MetricsText text, String name, String help, @Nullable Instant time) {
        if (time != null) {
            text.metric(name, MetricType.GAUGE, help).sample(time.toEpochMilli() / 1e3);
        }
    }

    private static void engine(MetricsText text, Traffic sent) {
        text.metric("listlens_bulk_requests_total", MetricType.COUNTER, "Bulk requests, repetitions included.")
                .sample(sent.bulkRequests());
        text.metric(
                        "listlens_bulk_request_bytes_total",
                        MetricType.COUNTER,
                        "Size of the bulk requests before compression.")
                .sample(sent.bulkOctets());
        text.metric("listlens_bulk_requests_in_flight", MetricType.GAUGE, "Bulk requests without an answer yet.")
                .sample(sent.bulkUnderWay());
        text.metric("listlens_retries_total", MetricType.COUNTER, "Requests that were made again, by the cause.");
        for (RetryCause cause : RetryCause.values()) {
            text.sample("cause", cause.name().toLowerCase(Locale.ROOT), sent.retries(cause));
        }
        text.metric(
                "listlens_documents_written_total",
                MetricType.COUNTER,
                "Documents that the engine created, changed or deleted, by the alias of their index.");
        sent.documents().forEach((alias, count) -> text.sample("index", alias, count));
    }
}
