package org.listlens.clock;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the mails of one day say of pairs of clocks: for each pair of hosts in the order of the way, the least time that
 * any mail took by their stamps. It is the mail's true time plus what the second clock is ahead of the first.
 */
final class DayEvidence {
    /** Two clocks agree when a mail seems to have taken so long at most: two wrong ones seldom do. */
    private static final long AGREEMENT_MS = 6_000;

    /** Two clocks contradict each other when a mail seems to have taken less than this, all roundings allowed for. */
    private static final long CONTRADICTION_MS = -500;

    private final Map<Integer, Map<Integer, Long>> leastByFirst = new HashMap<>();
    private final Map<Integer, Map<Integer, Long>> leastBySecond = new HashMap<>();
    private final Map<Integer, Set<Integer>> contradictions = new HashMap<>();
    private final Map<Integer, Set<Integer>> agreements = new HashMap<>();

    /** Adds what one mail took at most from the first host to the second. */
    void add(int first, int second, long atMostMs) {
        leastByFirst.computeIfAbsent(first, host -> new HashMap<>()).merge(second, atMostMs, Math::min);
        leastBySecond.computeIfAbsent(second, host -> new HashMap<>()).merge(first, atMostMs, Math::min);
    }

    /** Sums up; to be called once, after the last mail. */
    void close() {
        leastByFirst.forEach((first, seconds) -> seconds.forEach((second, ms) -> {
            if (ms < CONTRADICTION_MS) {
                link(contradictions, first, second);
            }
        }));
        leastByFirst.forEach((first, seconds) -> seconds.forEach((second, ms) -> {
            if (ms >= CONTRADICTION_MS
                    && ms <= AGREEMENT_MS
                    && !contradictions.getOrDefault(first, Set.of()).contains(second)) {
                link(agreements, first, second);
            }
        }));
    }

    private static void link(Map<Integer, Set<Integer>> links, int a, int b) {
        links.computeIfAbsent(a, host -> new HashSet<>()).add(b);
        links.computeIfAbsent(b, host -> new HashSet<>()).add(a);
    }

    /** The hosts that contradict each host, for all that are contradicted. */
    Map<Integer, Set<Integer>> contradictions() {
        return contradictions;
    }

    /** The least that a mail took from a host to each that had it later, by the stamps; negative where they contradict. */
    Map<Integer, Map<Integer, Long>> leastByFirst() {
        return leastByFirst;
    }

    /** The least that a mail took to a host from each that had it before. */
    Map<Integer, Map<Integer, Long>> leastBySecond() {
        return leastBySecond;
    }

    /** How many other hosts agree with a host. */
    int agreeing(int host) {
        return agreements.getOrDefault(host, Set.of()).size();
    }
}
