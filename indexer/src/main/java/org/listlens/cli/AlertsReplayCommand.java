package org.listlens.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.listlens.alert.Firing;
import org.listlens.alert.Replay;
import org.listlens.engine.EngineClient;
import org.listlens.index.EngineSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code listlens alerts replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Evaluates the monitors all through a time that has passed, each time with what had come until then, and prints a"
                    + " line for each firing: when its trouble began, the monitor, what it fired on and what was measured at the"
                    + " worst, when it fired first, and for how long. What monitors fire on is only known when mails have come,"
                    + " so a firing may be later than its trouble.",
            ""
        })
final class AlertsReplayCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration USUAL = Duration.ofDays(28);
    private static final long MOST_STEPS = 1_000_000;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final MonitorOptions options = new MonitorOptions();

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "The first evaluation: 2021-03-01 (midnight UTC) or 2021-03-01T12:00:00Z (default: four weeks"
                    + " before the end).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DATE", description = "The end, in the same form (default: now).")
    private @Nullable String to;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "The time between evaluations, such as 10m (default: ${DEFAULT-VALUE}).")
    private String every = "1h";

    @Option(names = "--json", description = "Print a JSON object for each firing.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Instant last = to == null ? Instant.now() : Times.instant("--to", to);
        Instant first = from == null ? last.minus(USUAL) : Times.instant("--from", from);
        Duration step = Times.duration("--every", every);
        if (!first.isBefore(last)) {
            throw new UsageException("--from " + from + " is not before "
                    + (to == null
                            ? "now, where a replay without --to ends: take an earlier time."
                            : "--to " + to + ": swap them."));
        }
        if (step.compareTo(SHORTEST) < 0 || Duration.between(first, last).dividedBy(step) > MOST_STEPS) {
            throw new UsageException("--every " + every + " would be too many evaluations: take a longer time.");
        }
        try (EngineClient client = engine.connect()) {
            client.detect();
            EngineSearch search = MonitorOptions.search(client);
            Replay replay = new Replay(search, options.prepare(search, first, last), first, last, step);
            List<Replay.Episode> episodes = replay.run();
            PrintStream out = System.out;
            for (Replay.Episode episode : episodes) {
                out.println(json ? json(episode, last) : text(episode));
            }
            out.flush();
            System.err.println(Units.count(episodes.size(), "firing") + " by "
                    + Units.count(replay.evaluated(), "evaluation") + ", " + Units.count(replay.skipped())
                    + " skipped where nothing had come");
        }
        return ExitCode.OK;
    }

    private static String text(Replay.Episode episode) {
        Firing firing = episode.worst();
        Instant ended = episode.ended();
        return time(episode.began()) + "  " + firing.monitor().definition().name() + "  " + FiringText.subject(firing)
                + "  " + FiringText.line(firing) + "  fired " + time(episode.fired()) + ' '
                + (ended == null
                        ? "and on"
                        : "for " + duration(Duration.between(episode.fired(), ended)) + " until " + time(ended));
    }

    private static String json(Replay.Episode episode, Instant last) throws IOException {
        ObjectNode object = FiringJson.of(episode.worst());
        object.put("began", time(episode.began())).put("fired", time(episode.fired()));
        @Nullable Instant ended = episode.ended();
        object.put("last", time(episode.last()));
        if (ended != null) {
            object.put("ended", time(ended));
        }
        object.put(
                "duration_ms",
                Duration.between(episode.fired(), ended == null ? last : ended).toMillis());
        return new ObjectMapper().writeValueAsString(object);
    }

    private static String duration(Duration duration) {
        return Units.duration(duration.toMillis());
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
