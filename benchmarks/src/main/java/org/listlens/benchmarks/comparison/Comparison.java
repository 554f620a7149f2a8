package org.listlens.benchmarks.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.listlens.source.SourceException;

/**
 * Measures Listlens beside other programs and prints a table, ratios first.
 *
 * <pre>
 * benchmarks/compare [--runs N] [--copies N] [--only PART,…] ARCHIVE…
 * </pre>
 *
 * The parts are {@code read} (no engine; against {@code gzip -dc}), {@code index} (against replaying the same documents,
 * {@code notmuch new} and {@code mu index}, and the disk), {@code memory} (a mail of 200 MB) and {@code growth} (10⁴, 10⁵
 * and 10⁶ generated mails, which takes half an hour; only when asked for).
 */
public final class Comparison {
    private static final long LARGE_MAIL = 200L << 20;
    private static final int[] SIZES = {10_000, 100_000, 1_000_000};

    private final Programs programs;
    private final String listlens;
    private final Path folder;
    private final int runs;
    private final PrintStream out;

    private Comparison(Programs programs, String listlens, Path folder, int runs, PrintStream out) {
        this.programs = programs;
        this.listlens = listlens;
        this.folder = folder;
        this.runs = runs;
        this.out = out;
    }

    private static final Set<String> PARTS = new TreeSet<>(Set.of("read", "index", "memory", "growth"));

    /** Measures; {@code listlens.launcher} and {@code listlens.folder} name the launcher and a folder for what it writes. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int runs = 3;
        int copies = 10;
        Set<String> only = new TreeSet<>(Set.of("read", "index", "memory"));
        List<String> archives = new ArrayList<>();
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--runs" -> runs = Integer.parseInt(arguments[++i]);
                    case "--copies" -> copies = Integer.parseInt(arguments[++i]);
                    case "--only" -> only = new TreeSet<>(Arrays.asList(arguments[++i].split(",", -1)));
                    default -> archives.add(arguments[i]);
                }
            }
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            System.err.println("compare: an option lacks its value or has a wrong one; see --help.");
            System.exit(2);
        }
        if (!PARTS.containsAll(only)) {
            System.err.println("compare: --only takes " + String.join(", ", PARTS) + ", with commas between.");
            System.exit(2);
        }
        String launcher = System.getProperty("listlens.launcher", "listlens");
        Path folder = Files.createDirectories(Path.of(System.getProperty("listlens.folder", "target/comparison")))
                .toAbsolutePath();
        Map<String, String> environment = new HashMap<>();
        environment.put("LISTLENS_DATA", folder.resolve("engine").toString());
        environment.put("LISTLENS_CONFIG", "/dev/null");
        environment.put("NOTMUCH_CONFIG", folder.resolve("notmuch-config").toString());
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Comparison comparison =
                new Comparison(new Programs(environment, folder.resolve("programs.log")), launcher, folder, runs, out);
        if (archives.isEmpty() && !only.equals(Set.of("growth"))) {
            archives.addAll(comparison.generated(20_000));
        }
        comparison.machine();
        Mails mails = null;
        try {
            mails = archives.isEmpty() ? null : Mails.of(archives, folder);
        } catch (SourceException e) {
            System.err.println("compare: " + e.getMessage());
            System.exit(2);
        }
        if (mails != null) {
            out.printf(Locale.ROOT, "%,d mails, %.1f MB%n", mails.count(), mails.octets() / 1e6);
            if (only.contains("read")) {
                comparison.read(mails, copies);
            }
            if (only.contains("memory")) {
                comparison.memory();
            }
            if (only.contains("index")) {
                comparison.index(mails);
            }
        }
        if (only.contains("growth")) {
            comparison.growth();
        }
    }

    private void machine() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown processor");
        String load = Files.readString(Path.of("/proc/loadavg"));
        out.printf(
                "%d cores, %s, load before %s; medians of %d runs%n",
                Runtime.getRuntime().availableProcessors(), model, load.substring(0, load.indexOf(' ')), runs);
    }

    /** Reading, parsing and writing documents, without an engine. */
    private void read(Mails mails, int copies) throws IOException, InterruptedException {
        Path plain = mails.copies(copies, folder.resolve("copies.mbox"));
        programs.run("gzip", "-f", plain.toString());
        String archive = plain + ".gz";
        programs.run(listlens, "index", "--output", "ndjson", mails.mbox().toString());
        List<Cost> unpacked = new ArrayList<>();
        List<Cost> read = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            unpacked.add(programs.run("gzip", "-dc", archive));
            read.add(programs.run(listlens, "index", "--output", "ndjson", archive));
        }
        Cost gzip = Cost.median(unpacked);
        Cost ours = Cost.median(read);
        row(
                "NDJSON without an engine, processor time against gzip -dc",
                ours.cpuSeconds() / gzip.cpuSeconds(),
                "%.1f s against %.1f s, %d copies".formatted(ours.cpuSeconds(), gzip.cpuSeconds(), copies));
        row("the same, mails a second", mails.count() * copies / ours.seconds(), "%.1f s".formatted(ours.seconds()));
        row("the same, peak RSS in MB", ours.peakRss() / 1e6, "");
        Files.delete(Path.of(archive));
    }

    private void memory() throws IOException, InterruptedException {
        Path large = Mails.withLargeOne(LARGE_MAIL, folder.resolve("large.mbox"));
        Cost cost = programs.run(listlens, "index", "--output", "ndjson", large.toString());
        row("peak RSS in MB, a mail of 200 MB among others", cost.peakRss() / 1e6, "%.1f s".formatted(cost.seconds()));
        Files.delete(large);
    }

    /** Everything into an engine that has run already. */
    private void index(Mails mails) throws IOException, InterruptedException {
        Path documents = folder.resolve("documents.ndjson");
        List<Cost> replays = new ArrayList<>();
        List<Cost> indexed = new ArrayList<>();
        long disk;
        try (Engine engine = Engine.start(programs, listlens)) {
            engine.clear();
            Cost cold = indexed(engine, List.of(mails.mbox().toString()));
            row(
                    "end to end, cold engine: mails a second",
                    mails.count() / cold.seconds(),
                    "%.1f s".formatted(cold.seconds()));
            long count = engine.dump(documents);
            out.printf(Locale.ROOT, "%,d documents, %.1f MB of NDJSON%n", count, Files.size(documents) / 1e6);
            for (int i = 0; i < runs; i++) {
                replays.add(engine.replay(documents));
                engine.clear();
                indexed.add(indexed(engine, List.of(mails.mbox().toString())));
            }
            disk = engine.merged();
        }
        Cost ours = Cost.median(indexed);
        Cost replay = Cost.median(replays);
        row(
                "end to end against replaying the documents, wall",
                ours.seconds() / replay.seconds(),
                "%.1f s against %.1f s".formatted(ours.seconds(), replay.seconds()));
        row(
                "the same, processor time",
                ours.cpuSeconds() / replay.cpuSeconds(),
                "%.1f s against %.1f s".formatted(ours.cpuSeconds(), replay.cpuSeconds()));
        row("end to end, warm engine: mails a second", mails.count() / ours.seconds(), "");
        row("peak RSS of the indexer in MB", ours.peakRss() / 1e6, "");
        row("disk after merging, against raw mail", (double) disk / mails.octets(), "%.1f MB".formatted(disk / 1e6));
        if (programs.has("notmuch")) {
            Cost notmuch = notmuch(mails);
            row(
                    "end to end, times as fast as notmuch new",
                    notmuch.seconds() / ours.seconds(),
                    "%.1f s".formatted(notmuch.seconds()));
            row(
                    "processor time with the engine's, against notmuch new",
                    ours.cpuSeconds() / notmuch.cpuSeconds(),
                    "%.1f s against %.1f s".formatted(ours.cpuSeconds(), notmuch.cpuSeconds()));
        }
        if (programs.has("mu")) {
            Cost mu = mu(mails);
            row(
                    "end to end, times as fast as mu index",
                    mu.seconds() / ours.seconds(),
                    "%.1f s".formatted(mu.seconds()));
        }
    }

    private Cost indexed(Engine engine, List<String> archives) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(listlens, "index"));
        command.addAll(archives);
        double before = engine.cpuSeconds();
        Cost cost = programs.run(Programs.NOWHERE, command);
        return cost.plusCpu(engine.cpuSeconds() - before);
    }

    private Cost notmuch(Mails mails) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("notmuch-config"),
                "[database]\npath=" + mails.maildir() + "\n[user]\nname=Nobody\nprimary_email=nobody@example.com\n");
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            programs.run("rm", "-rf", mails.maildir().resolve(".notmuch").toString());
            costs.add(programs.run("notmuch", "new", "--quiet"));
        }
        programs.run("rm", "-rf", mails.maildir().resolve(".notmuch").toString());
        return Cost.median(costs);
    }

    private Cost mu(Mails mails) throws IOException, InterruptedException {
        String home = folder.resolve("mu").toString();
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            programs.run("rm", "-rf", home);
            programs.run("mu", "init", "--muhome=" + home, "--maildir=" + mails.maildir());
            costs.add(programs.run("mu", "index", "--quiet", "--muhome=" + home));
        }
        return Cost.median(costs);
    }

    /** How the time of a mail grows with their number; one run each. */
    private void growth() throws IOException, InterruptedException {
        double before = 0;
        for (int size : SIZES) {
            List<String> archives = generated(size);
            try (Engine engine = Engine.start(programs, listlens)) {
                engine.clear();
                Cost cost = indexed(engine, archives);
                double each = cost.seconds() * 1000 / size;
                row(
                        String.format(Locale.ROOT, "%,d generated mails, time of a mail against ten times fewer", size),
                        before == 0 ? 1 : each / before,
                        "%.3f ms a mail, %.0f s, processor %.3f ms a mail, disk %.1f MB, RSS %.0f MB"
                                .formatted(
                                        each,
                                        cost.seconds(),
                                        cost.cpuSeconds() * 1000 / size,
                                        engine.merged() / 1e6,
                                        cost.peakRss() / 1e6));
                before = each;
                engine.clear();
            }
        }
    }

    /** The archives of a synthetic sample. */
    private List<String> generated(int mails) throws IOException, InterruptedException {
        Path sample = folder.resolve("generated");
        programs.run("rm", "-rf", sample.toString());
        programs.run(listlens, "generate", "--seed", "7", "--messages", Integer.toString(mails), sample.toString());
        try (Stream<Path> files = Files.list(sample)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".mbox"))
                    .sorted()
                    .toList();
        }
    }

    private void row(String what, double value, String details) {
        out.printf(Locale.ROOT, "%10.2f  %-66s %s%n", value, what, details);
    }
}
