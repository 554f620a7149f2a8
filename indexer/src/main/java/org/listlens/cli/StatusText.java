package org.listlens.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineInfo;
import org.listlens.index.ImportStatus;
import org.listlens.index.Ledger;

/**
 * What was indexed, as text.
 *
 * @param program the versions of the mappings that the program comes with, by alias
 * @param now what ages count to
 */
record StatusText(Page page, Map<String, Integer> program, Instant now) {
    private static final int SOURCES = 50;
    private static final int UNFINISHED = 5;

    /** A run that follows notes so at least once a minute. */
    private static final Duration SILENCE = Duration.ofMinutes(3);

    void write(ImportStatus status, EngineInfo info, String where) {
        page.line(info.distribution().title() + ' ' + info.version() + " at " + where);
        if (status.indices().isEmpty()) {
            page.line("Nothing is indexed there yet: \"listlens index ARCHIVE\" begins.");
            return;
        }
        indices(status.indices());
        sources(status.sources());
        unfinished(status);
        rejections(status);
    }

    private void indices(List<ImportStatus.Index> indices) {
        page.blank();
        boolean older = false;
        for (ImportStatus.Index index : indices) {
            Integer ours = program.get(index.alias());
            boolean differs = ours != null && !ours.equals(index.version());
            older |= ours != null && (index.version() == null || index.version() < ours);
            page.line(String.format(
                    Locale.ROOT,
                    "%-16s %12s %11s   mappings %s%s",
                    index.alias(),
                    Units.count(index.documents()),
                    Units.octets(index.octets()),
                    index.version() == null ? "unknown" : index.version(),
                    differs ? ", of this program " + ours : ""));
        }
        if (older) {
            page.line("The next run brings the mappings up to date.");
        }
    }

    private void sources(List<ImportStatus.Source> sources) {
        for (int i = 0; i < Math.min(SOURCES, sources.size()); i++) {
            source(sources.get(i));
        }
        if (sources.size() > SOURCES) {
            page.blank();
            page.line("and " + Units.count(sources.size() - SOURCES, "more source") + "; --json has them all");
        }
    }

    private void source(ImportStatus.Source source) {
        page.blank();
        page.line(TerminalText.line(source.name().equals("-") ? "standard input" : source.name(), page.width()));
        String description = source.description();
        String mails = source.mails() == null ? "" : Units.count(source.mails(), "mail") + " read, ";
        page.wrapped(
                "  ",
                (description == null ? "" : TerminalText.line(description, 80) + "; ") + mails
                        + Units.count(source.copies()) + (source.copies() == 1 ? " copy" : " copies")
                        + " in the index");
        if (source.last() != null) {
            page.wrapped("  ", "last run " + run(source.last()));
        }
        page.wrapped("  ", progress(source));
        if (source.error() != null) {
            page.wrapped("  ", "error: " + TerminalText.line(source.error(), 1_000));
        }
    }

    private String progress(ImportStatus.Source source) {
        Instant noted = source.noted();
        Duration silence = noted == null ? Duration.ZERO : Duration.between(noted, now);
        if (source.followed() && silence.compareTo(SILENCE) > 0) {
            return "was followed, and nothing was heard of the run for " + ago(noted)
                    + ": it was killed, or cannot reach the engine";
        }
        if (source.followed()) {
            return source.lagMs() == null || source.lagMs() == 0
                    ? "followed, nothing waits"
                    : "followed, " + Units.duration(source.lagMs()) + " behind";
        }
        return source.checked() == null
                ? "never read to its end"
                : "read to its end " + ago(source.checked()) + " ago, and not followed";
    }

    private String ago(@Nullable Instant time) {
        return time == null
                ? "an unknown time"
                : Units.duration(Math.max(0, Duration.between(time, now).toMillis()) / 1_000 * 1_000);
    }

    private static String run(ImportStatus.Run run) {
        Ledger.Counts counts = run.counts();
        return run.started().truncatedTo(ChronoUnit.SECONDS) + (run.version() == null ? "" : " by " + run.version())
                + ": " + Units.count(counts.indexed()) + " indexed + " + Units.count(counts.unchanged())
                + " unchanged + " + Units.count(counts.duplicate()) + " duplicate + "
                + Units.count(counts.rejected()) + " rejected of " + Units.count(counts.read()) + " read"
                + (run.finished() == null ? ", without an end" : "");
    }

    private void unfinished(ImportStatus status) {
        if (status.unfinished().isEmpty()) {
            return;
        }
        page.blank();
        page.line(Units.count(status.unfinished().size(), "run")
                + " without an end: going on, or killed; the same command again goes on where it was");
        for (int i = 0; i < Math.min(UNFINISHED, status.unfinished().size()); i++) {
            ImportStatus.Run run = status.unfinished().get(i);
            String more = run.sources().size() > 1
                    ? " and " + Units.count(run.sources().size() - 1) + " more"
                    : "";
            page.wrapped(
                    "  ",
                    run(run) + "; "
                            + (run.sources().isEmpty()
                                    ? "no source"
                                    : TerminalText.line(run.sources().getFirst(), 200) + more));
        }
    }

    private void rejections(ImportStatus status) {
        if (status.rejected() == 0) {
            return;
        }
        page.blank();
        page.line(Units.count(status.rejected()) + " rejected");
        for (ImportStatus.Reason reason : status.reasons()) {
            page.wrapped(
                    String.format(Locale.ROOT, "  %7s  ", Units.count(reason.entries())),
                    TerminalText.line(reason.reason(), 400));
        }
    }
}
