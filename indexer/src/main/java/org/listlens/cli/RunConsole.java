package org.listlens.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException;
import org.listlens.index.IndexRun;
import org.listlens.index.Ledger;
import org.listlens.index.Summary;
import org.listlens.source.SourceException;

/**
 * A run as its user sees it: progress meanwhile, the summary at the end, a well-ordered end when it is interrupted, and
 * the exit code.
 *
 * @param run the run
 * @param out where the summary goes
 * @param summaryJson file that the summary is written to as well
 * @param engine where documents go; {@code null} without an engine
 */
record RunConsole(
        IndexRun run,
        PrintStream out,
        @Nullable Path summaryJson,
        @Nullable String engine) {
    /** What is to be done. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Does the work and returns the exit code. */
    int show(Work work) throws IOException, InterruptedException {
        try (Interruption interruption = new Interruption(run::stop)) {
            try (Progress progress = Progress.show(run::progress)) {
                work.run();
            } catch (EngineException e) {
                Ledger.Counts counts = run.counts();
                if (counts.read() > 0) {
                    System.err.println("listlens: " + Units.count(counts.indexed() + counts.unchanged(), "mail")
                            + " of " + Units.count(counts.read())
                            + " read are in the index; the same command again goes on.");
                }
                throw e;
            }
            Summary summary = run.summary();
            if (summary.counts().read() > 0) {
                new SummaryText(out).print(summary);
            } else if (!run.ended().isEmpty()) {
                out.println("Nothing new: all that is in "
                        + Units.count(run.ended().size(), "source") + " was read before (--restart reads it again).");
            }
            if (summaryJson != null) {
                write(summary, summaryJson);
            }
            out.flush();
            return exitCode(summary);
        }
    }

    private void write(Summary summary, Path file) {
        try {
            SummaryJson.write(summary, engine, file);
        } catch (IOException e) {
            throw new UsageException(
                    "The summary cannot be written to " + file + " (" + e + "); all mails are indexed.");
        }
    }

    private int exitCode(Summary summary) {
        for (SourceException failure : run.failures()) {
            System.err.println("listlens: " + TerminalText.line(String.valueOf(failure.getMessage()), 2_000));
        }
        if (!run.failures().isEmpty()) {
            return ExitCode.USAGE;
        }
        return summary.counts().rejected() > 0 ? ExitCode.REJECTED : ExitCode.OK;
    }
}
