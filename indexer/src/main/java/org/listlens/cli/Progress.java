package org.listlens.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.listlens.index.RunProgress;

/** Shows how far a run has come: a bar on a terminal, a line every ten seconds otherwise. */
final class Progress implements AutoCloseable {
    private static final int LINE_SECONDS = 10;
    private static final int BAR_MILLIS = 200;
    private static final int BAR_COLUMNS = 100;

    private final Supplier<RunProgress> run;
    private final ScheduledExecutorService timer;
    private final Future<?> ticks;
    private final @Nullable ProgressBar bar;
    private final long startedNanos = System.nanoTime();

    /** Begins to show a run on stderr. */
    static Progress show(Supplier<RunProgress> run) {
        return new Progress(run, System.err, onTerminal());
    }

    private Progress(Supplier<RunProgress> run, PrintStream out, boolean terminal) {
        this.run = run;
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("progress").factory());
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName("Reading")
                    .setInitialMax(run.get().total())
                    .setUnit(" MB", 1_000_000)
                    .showSpeed()
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(out, BAR_COLUMNS))
                    .build();
            ticks = timer.scheduleAtFixedRate(() -> draw(bar), BAR_MILLIS, BAR_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            bar = null;
            ticks = timer.scheduleAtFixedRate(() -> out.println(line()), LINE_SECONDS, LINE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Whether stderr is a terminal; the launcher knows and tells. */
    private static boolean onTerminal() {
        return Boolean.getBoolean("listlens.terminal");
    }

    private void draw(ProgressBar drawn) {
        RunProgress now = run.get();
        if (now.mails() == 0 && now.traces() > 0) {
            drawn.setExtraMessage("  " + traces(now));
            return;
        }
        drawn.stepTo(now.octets());
        drawn.setExtraMessage("  " + Units.count(now.mails(), "mail") + ", " + Units.count(perSecond(now.mails()))
                + "/s, " + Units.count(now.rejected()) + " rejected");
    }

    private String line() {
        RunProgress now = run.get();
        if (now.mails() == 0 && now.traces() > 0) {
            return Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + traces(now);
        }
        long total = now.total();
        long read = now.octets();
        StringBuilder line = new StringBuilder(160)
                .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .append(' ')
                .append(Units.count(now.mails(), "mail"))
                .append(" read, ")
                .append(Units.count(perSecond(now.mails())))
                .append("/s, ")
                .append(String.format(Locale.ROOT, "%.1f MB/s, ", perSecond(now.mailOctets()) / 1e6))
                .append(Units.count(now.rejected()))
                .append(" rejected");
        if (total > 0 && read > 0) {
            long left = (long) (elapsed().toMillis() * ((double) Math.max(0, total - read) / read));
            line.append(String.format(Locale.ROOT, ", %.0f %%", 100.0 * Math.min(read, total) / total))
                    .append(", about ")
                    .append(Units.duration(left / 1000 * 1000))
                    .append(" left");
        }
        return line.toString();
    }

    /** While the traces are read, which comes before the mails. */
    private static String traces(RunProgress now) {
        return Units.count(now.traces(), "trace") + " read, to know the clocks first";
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private long perSecond(long count) {
        return count * 1000 / Math.max(1, elapsed().toMillis());
    }

    @Override
    public void close() {
        ticks.cancel(false);
        timer.shutdown();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (bar != null) {
            draw(bar);
            bar.close();
        }
    }
}
