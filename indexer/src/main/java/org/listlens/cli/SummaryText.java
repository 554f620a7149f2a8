package org.listlens.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.index.Ledger;
import org.listlens.index.Summary;

/** The closing summary of a run, as text of at most 100 columns. */
final class SummaryText {
    private static final int LISTS = 8;
    private static final int REJECTIONS = 10;
    private static final int COLUMNS = 100;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintStream out;

    SummaryText(PrintStream out) {
        this.out = out;
    }

    void print(Summary summary) {
        Ledger.Counts counts = summary.counts();
        double seconds = summary.elapsed().toMillis() / 1e3;
        row(
                "Read",
                Units.count(counts.read(), "mail") + ", " + Units.octets(summary.mailOctets()) + " in "
                        + String.format(Locale.ROOT, "%.1f s", seconds)
                        + (seconds < 0.1 ? "" : " (" + Units.count(Math.round(counts.read() / seconds)) + " mails/s)")
                        + (summary.interrupted() ? "; interrupted before the end" : ""));
        row(
                "Ledger",
                Units.count(counts.indexed()) + " indexed + " + Units.count(counts.unchanged()) + " unchanged + "
                        + Units.count(counts.duplicate()) + " duplicate + " + Units.count(counts.rejected())
                        + " rejected = " + Units.count(counts.read() - counts.open()) + " of "
                        + Units.count(counts.read()) + " read");
        Instant from = summary.from();
        Instant to = summary.to();
        if (from != null && to != null) {
            row("Period", DAY.format(from) + " to " + DAY.format(to));
        }
        lists(summary.lists());
        Long p50 = summary.p50Ms();
        Long p95 = summary.p95Ms();
        Long p99 = summary.p99Ms();
        if (p50 != null && p95 != null && p99 != null) {
            row(
                    "Latency",
                    "p50 " + Units.duration(p50) + ", p95 " + Units.duration(p95) + ", p99 " + Units.duration(p99)
                            + " from first to last stamp, over " + Units.count(summary.latencies())
                            + (summary.latencies() == 1 ? " copy" : " copies"));
            row(
                    "Hops",
                    Units.count(summary.hops()) + "; clocks disagree in " + Units.count(summary.skewed())
                            + (summary.skewed() == 1 ? " copy" : " copies") + " (a hop takes negative time)");
        }
        if (summary.clocks() != null && summary.clocks().hosts() > 0) {
            clocks(summary.clocks());
        }
        defects(summary.defects());
        slowest(summary.slowest());
        busiest(summary);
        rejections(summary);
    }

    private void row(String name, String value) {
        out.println(String.format(Locale.ROOT, "%-9s  %s", name, value));
    }

    private void lists(List<Summary.ListCount> lists) {
        for (int i = 0; i < Math.min(LISTS, lists.size()); i++) {
            Summary.ListCount list = lists.get(i);
            row(i == 0 ? "Lists" : "", TerminalText.line(list.id(), 60) + "  " + Units.count(list.mails()));
        }
        if (lists.size() > LISTS) {
            row("", "and " + Units.count(lists.size() - LISTS) + " more");
        }
    }

    private void clocks(Summary.WrongClocks clocks) {
        String name = "Clocks";
        for (Summary.WrongClock clock : clocks.worst()) {
            row(
                    name,
                    TerminalText.line(clock.host(), 40) + "  " + offsets(clock) + ", in " + Units.count(clock.windows())
                            + (clock.windows() == 1 ? " window" : " windows"));
            name = "";
        }
        if (clocks.hosts() > clocks.worst().size()) {
            row("", "and " + Units.count(clocks.hosts() - clocks.worst().size()) + " more that are wrong at times");
        }
    }

    private static String offsets(Summary.WrongClock clock) {
        long min = clock.minOffsetMs();
        long max = clock.maxOffsetMs();
        if (min == max || Units.duration(min).equals(Units.duration(max))) {
            return Units.duration(Math.abs(max)) + (max < 0 ? " behind" : " ahead");
        }
        return min < 0 && max > 0
                ? Units.duration(-min) + " behind to " + Units.duration(max) + " ahead"
                : Units.duration(Math.min(Math.abs(min), Math.abs(max))) + " to "
                        + Units.duration(Math.max(Math.abs(min), Math.abs(max)))
                        + (max <= 0 ? " behind" : " ahead");
    }

    private void defects(List<Summary.DefectCount> defects) {
        String name = "Defects";
        StringBuilder line = new StringBuilder();
        for (Summary.DefectCount defect : defects) {
            String entry = defect.code().label() + " " + Units.count(defect.mails());
            if (!line.isEmpty() && line.length() + entry.length() > COLUMNS - 15) {
                row(name, line.toString());
                line.setLength(0);
                name = "";
            }
            line.append(line.isEmpty() ? "" : ", ").append(entry);
        }
        if (!line.isEmpty()) {
            row(name, line.toString());
        }
    }

    private void slowest(List<Summary.SlowMail> slowest) {
        if (slowest.isEmpty()) {
            return;
        }
        out.println();
        out.println("Slowest mails, and the host that held each");
        for (Summary.SlowMail slow : slowest) {
            String host = slow.heldBy() == null ? "unnamed host" : TerminalText.line(slow.heldBy(), 28);
            String held = slow.heldMs() == null ? "" : host + " " + Units.duration(slow.heldMs());
            out.println(String.format(
                    Locale.ROOT,
                    "  %-13s %-16s  %-42s  %s",
                    Units.duration(slow.latencyMs()),
                    slow.at() == null ? "" : MINUTE.format(slow.at()),
                    held,
                    subject(slow.subject(), 40)));
        }
    }

    private void busiest(Summary summary) {
        if (summary.busiest().isEmpty()) {
            return;
        }
        out.println();
        out.println("Busiest of " + Units.count(summary.threads(), "thread"));
        for (Summary.BusyThread thread : summary.busiest()) {
            out.println(String.format(
                    Locale.ROOT, "  %7s  %s", Units.count(thread.mails()), subject(thread.subject(), 80)));
        }
    }

    private void rejections(Summary summary) {
        if (summary.counts().rejected() == 0) {
            return;
        }
        out.println();
        out.println("Rejected");
        List<Summary.Rejection> rejections = summary.rejections();
        for (int i = 0; i < Math.min(REJECTIONS, rejections.size()); i++) {
            Summary.Rejection rejection = rejections.get(i);
            out.println("  " + TerminalText.line(rejection.origin().toString(), 200) + ": "
                    + TerminalText.line(rejection.reason(), 400));
        }
        if (summary.counts().rejected() > REJECTIONS) {
            out.println("  and " + Units.count(summary.counts().rejected() - REJECTIONS) + " more");
        }
    }

    private static String subject(@Nullable String subject, int columns) {
        return subject == null || subject.isBlank() ? "(no subject)" : TerminalText.line(subject, columns);
    }
}
