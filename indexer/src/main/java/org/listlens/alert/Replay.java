package org.listlens.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;

/** What monitors would have fired on, had they been evaluated all through a time that has passed. */
public final class Replay {
    private final EngineSearch search;
    private final List<PreparedMonitor> monitors;
    private final Instant from;
    private final Instant to;
    private final Duration every;
    private long evaluated;
    private long skipped;

    /**
     * Prepares a replay.
     *
     * @param from the first evaluation
     * @param to no evaluation is later
     * @param every the time from one evaluation to the next
     */
    public Replay(EngineSearch search, List<PreparedMonitor> monitors, Instant from, Instant to, Duration every) {
        this.search = search;
        this.monitors = List.copyOf(monitors);
        this.from = from;
        this.to = to;
        this.every = every;
    }

    /**
     * A firing from its first evaluation to its last.
     *
     * @param worst what was measured when its first value was at its highest
     * @param fired when it fired first
     * @param last when it fired last
     * @param ended the first evaluation by which it was over; {@code null} when it was not at the end of the replay
     */
    public record Episode(
            Firing worst,
            Instant fired,
            Instant last,
            @Nullable Instant ended) {
        /** When the trouble began, as far as that is known, else when the monitor fired. */
        public Instant began() {
            Instant since = worst.since();
            return since != null && since.isBefore(fired) ? since : fired;
        }
    }

    /** How many evaluations were asked of the engine. */
    public long evaluated() {
        return evaluated;
    }

    /** How many were known without asking. */
    public long skipped() {
        return skipped;
    }

    /** Evaluates everything. The episodes are in the order in which their troubles began. */
    public List<Episode> run() throws EngineException, InterruptedException {
        List<Episode> episodes = new ArrayList<>();
        for (PreparedMonitor monitor : monitors) {
            History history = new History();
            List<Evaluation.Step> steps = steps(monitor);
            new Evaluation(search).evaluate(steps, (step, firings) -> history.step(step.asOf(), firings));
            episodes.addAll(history.end());
        }
        episodes.sort(Comparator.comparing(Episode::began)
                .thenComparing(Episode::fired)
                .thenComparing(episode -> episode.worst().monitor().definition().name())
                .thenComparing(episode -> episode.worst().subject()));
        return episodes;
    }

    /** The evaluations of a monitor whose answers may differ from the ones before. */
    private List<Evaluation.Step> steps(PreparedMonitor monitor) throws EngineException, InterruptedException {
        List<Evaluation.Step> steps = new ArrayList<>();
        if (monitor.parts().isEmpty()) {
            return steps;
        }
        Set<PreparedMonitor.Edge> edges = monitor.edges();
        Map<String, Activity> activities = new HashMap<>();
        Map<PreparedMonitor.Edge, Activity> passing = new LinkedHashMap<>();
        for (PreparedMonitor.Edge edge : edges) {
            Activity activity = activities.get(edge.field());
            if (activity == null) {
                activity = Activity.read(
                        search,
                        monitor.definition().kind(),
                        monitor.concerned(),
                        edge.field(),
                        beginning(edges, edge.field()),
                        to,
                        every);
                activities.put(edge.field(), activity);
            }
            passing.put(edge, activity);
        }
        for (Instant asOf = from; !asOf.isAfter(to); asOf = asOf.plus(every)) {
            Instant now = asOf;
            boolean same = !asOf.equals(from)
                    && passing.entrySet().stream().noneMatch(edge -> {
                        Instant end = now.minus(edge.getKey().back());
                        return edge.getValue().between(end.minus(every), end);
                    });
            if (same) {
                skipped++;
            } else {
                evaluated++;
                steps.add(new Evaluation.Step(monitor, asOf));
            }
        }
        return steps;
    }

    /** The end of a step that lies before everything that a monitor looks back at. */
    private Instant beginning(Set<PreparedMonitor.Edge> edges, String field) {
        Duration longest = every;
        for (PreparedMonitor.Edge edge : edges) {
            if (edge.field().equals(field) && edge.back().compareTo(longest) > 0) {
                longest = edge.back();
            }
        }
        return from.minus(every.multipliedBy(longest.dividedBy(every) + 2));
    }

    /** Follows the firings of one monitor through time. */
    private final class History {
        private final Map<String, Episode> open = new LinkedHashMap<>();
        private final List<Episode> closed = new ArrayList<>();

        void step(Instant asOf, List<Firing> firings) {
            Set<String> subjects = new HashSet<>();
            for (Firing firing : firings) {
                if (subjects.add(firing.subject())) {
                    open.merge(
                            firing.subject(),
                            new Episode(firing, asOf, asOf, null),
                            (before, now) -> new Episode(worse(before.worst(), firing), before.fired(), asOf, null));
                }
            }
            open.entrySet().removeIf(entry -> {
                boolean over = !subjects.contains(entry.getKey());
                if (over) {
                    closed.add(ended(entry.getValue(), asOf));
                }
                return over;
            });
        }

        /** What has not ended lasts to the end: no evaluation that was skipped would have said otherwise. */
        List<Episode> end() {
            open.values().forEach(episode -> closed.add(ended(episode, null)));
            return closed;
        }

        private Episode ended(Episode episode, @Nullable Instant at) {
            Instant last = at == null ? to : at.minus(every);
            return new Episode(episode.worst(), episode.fired(), last, at);
        }

        private Firing worse(Firing before, Firing now) {
            Instant since = before.since();
            Firing worse = rank(now) > rank(before) ? now : before;
            boolean earlier = since != null && (now.since() == null || since.isBefore(now.since()));
            return new Firing(worse.monitor(), worse.subject(), worse.values(), earlier ? since : now.since());
        }

        private double rank(Firing firing) {
            String first = firing.monitor().definition().values().getFirst().name();
            return firing.values().containsKey(first)
                    ? Objects.requireNonNull(firing.values().get(first)).asDouble()
                    : 0;
        }
    }
}
