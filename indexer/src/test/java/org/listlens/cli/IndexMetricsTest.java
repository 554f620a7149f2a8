package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineSettings;
import org.listlens.engine.IndexLayout;
import org.listlens.index.IndexRun;
import org.listlens.index.RunRecorder;
import org.listlens.index.Summary;
import org.listlens.mail.Limits;
import org.listlens.metrics.MetricsText;
import org.listlens.sink.BulkSettings;
import org.listlens.sink.NdjsonSink;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.Positions;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;

/** What {@code index} tells Prometheus, and that docs/metrics.md says the same. */
class IndexMetricsTest {
    private static final String MAIL = """
            From jane@example.org Fri Jul  8 12:08:34 2011
            Received: from mx.example.org (mx.example.org [192.0.2.1])
             by lists.example.net (Postfix) with ESMTP id 3R1xbz0HJXz2FWW9
             for <list@example.net>; Fri,  8 Jul 2011 12:08:34 +0000 (UTC)
            From: Jane <jane@example.org>
            To: list@example.net
            Subject: %1$s
            Date: Fri, 8 Jul 2011 12:08:30 +0000
            Message-ID: <%1$s@example.org>

            Hello, this is %1$s.

            """;

    @TempDir
    Path folder;

    private PrometheusText read(IndexMetrics metrics) {
        MetricsText text = new MetricsText();
        metrics.accept(text);
        return PrometheusText.parse(text.toString());
    }

    private void run(IndexMetrics metrics, List<MailSource> sources) throws Exception {
        IndexRun run = metrics.begin(new IndexRun(sources, Limits.DEFAULT, 1));
        RunRecorder recorder = new RunRecorder() {
            @Override
            public void rejected(List<Summary.Rejection> rejections) {}

            @Override
            public void reached(List<Position> positions) {}
        };
        run.run(listener -> new NdjsonSink(OutputStream.nullOutputStream(), listener), Positions.NONE, recorder);
    }

    @Test
    void countsOverAllRuns() throws Exception {
        Path mbox = Files.writeString(
                folder.resolve("a.mbox"), MAIL.formatted("one") + MAIL.formatted("two") + MAIL.formatted("one"));
        IndexMetrics metrics = new IndexMetrics();
        List<MailSource> sources = List.of(Sources.open(mbox.toString(), SourceOptions.DEFAULT));
        run(metrics, sources);
        PrometheusText once = read(metrics);
        assertThat(once.value("listlens_mails_read_total")).isEqualTo(3);
        assertThat(once.value("listlens_mails_indexed_total")).isEqualTo(2);
        assertThat(once.value("listlens_mails_duplicate_total")).isEqualTo(1);
        assertThat(once.value("listlens_mails_rejected_total{reason=\"archive\"}"))
                .isZero();
        assertThat(once.value("listlens_archive_bytes_total")).isEqualTo((double) Files.size(mbox));
        assertThat(once.value("listlens_pipeline_batches")).isZero();
        assertThat(once.value("listlens_newest_mail_timestamp_seconds"))
                .isEqualTo((double) Instant.parse("2011-07-08T12:08:34Z").getEpochSecond());
        assertThat(once.types()).doesNotContainKeys("listlens_bulk_requests_total", "listlens_source_up");

        run(metrics, sources);
        PrometheusText twice = read(metrics);
        assertThat(twice.value("listlens_mails_read_total")).isEqualTo(6);
        assertThat(twice.value("listlens_mails_indexed_total")).isEqualTo(4);
        assertThat(twice.value("listlens_archive_bytes_total")).isEqualTo(2.0 * Files.size(mbox));
    }

    @Test
    void theTableHasAllMetricsAndNoOthers() throws Exception {
        Path mbox = Files.writeString(folder.resolve("a.mbox"), MAIL.formatted("one"));
        IndexMetrics metrics = new IndexMetrics();
        List<MailSource> sources = List.of(Sources.open(mbox.toString(), SourceOptions.DEFAULT));
        run(metrics, sources);
        PrometheusText found;
        try (EngineClient client = new EngineClient(EngineSettings.of("http://127.0.0.1:9"))) {
            metrics.engine(client.traffic());
            Indexing indexing =
                    new Indexing(client, folder, IndexLayout.ANY, BulkSettings.DEFAULT, sources, null, "settings");
            PrintStream log = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
            metrics.following(
                    new Following(sources, indexing, some -> new IndexRun(some, Limits.DEFAULT, 1), null, log));
            found = read(metrics);
        }
        assertThat(found.value("listlens_source_up{source=\"" + mbox.toRealPath() + "\"}"))
                .isEqualTo(1);
        assertThat(found.value("listlens_retries_total{cause=\"busy\"}")).isZero();
        assertThat(found.value("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();

        List<String> rows = new ArrayList<>();
        found.types().forEach((name, type) -> {
            String labels = found.samples().keySet().stream()
                    .filter(key -> key.startsWith(name + '{')
                            || key.startsWith(name + "_sum{")
                            || key.startsWith(name + "_count{"))
                    .map(key -> " `" + key.substring(key.indexOf('{') + 1, key.indexOf('=')) + "` ")
                    .findFirst()
                    .orElse(name.equals("listlens_documents_written_total") ? " `index` " : " ");
            rows.add("| `" + name + "` | " + type + " |" + labels + "| "
                    + found.helps().get(name) + " |");
        });
        List<String> documented =
                Files.readAllLines(Path.of(System.getProperty("listlens.root", ".."))
                                .resolve("docs/metrics.md"))
                        .stream()
                        .filter(line -> line.startsWith("| `"))
                        .toList();
        assertThat(documented).isEqualTo(rows);
    }
}
