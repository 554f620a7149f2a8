package org.listlens.clock;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which clocks of a day are wrong: the fewest, and those with the fewest clocks that agree with them, such that
 * the others do not contradict each other. Days around count less the farther they are, so that a day of few mails is
 * read in the light of the days before and after.
 */
final class Blame {
    /** How many days on each side count. */
    static final int DAYS = 7;

    /** After so many days an agreement counts half. */
    private static final double HALF_LIFE_DAYS = 3;

    /** What the agreement of one clock on the same day counts; whole numbers add up the same in any order. */
    private static final long AGREEMENT = 1_000_000;

    /** What a clock is believed with that nobody agrees with. */
    private static final long TRUST = AGREEMENT / 2;

    /** What an agreement counts by how many days it is away. */
    private static final long[] WEIGHTS = weights();

    /** Below this share of the evidence nobody is blamed. */
    private static final double MAJORITY = 0.6;

    private final long day;
    private final Map<Long, DayEvidence> evidence;
    private final Map<Integer, Long> trust = new HashMap<>();
    private final Map<Integer, Double> blamed = new HashMap<>();
    private final Map<Integer, Double> disputed = new HashMap<>();

    Blame(long day, Map<Long, DayEvidence> evidence) {
        this.day = day;
        this.evidence = evidence;
        DayEvidence today = evidence.get(day);
        if (today != null) {
            decide(today);
        }
    }

    /** Greedy cover of the contradictions by the hosts that explain most of them for the least trust lost. */
    private void decide(DayEvidence today) {
        // In the order of their numbers, so that equals are decided the same way every time.
        Map<Integer, Set<Integer>> open = new TreeMap<>();
        today.contradictions().forEach((host, others) -> open.put(host, new HashSet<>(others)));
        while (!open.isEmpty()) {
            int worst = -1;
            double least = Double.MAX_VALUE;
            for (Map.Entry<Integer, Set<Integer>> host : open.entrySet()) {
                double cost = (double) trust(host.getKey()) / host.getValue().size();
                if (cost < least) {
                    worst = host.getKey();
                    least = cost;
                }
            }
            Set<Integer> others = Objects.requireNonNull(open.remove(worst));
            long against = 0;
            for (int other : others) {
                against += trust(other);
                Set<Integer> rest = open.get(other);
                if (rest != null) {
                    rest.remove(worst);
                    if (rest.isEmpty()) {
                        open.remove(other);
                    }
                }
            }
            double share = (double) against / (against + trust(worst));
            if (share >= MAJORITY) {
                blamed.put(worst, share);
                continue;
            }
            disputed.put(worst, share);
            for (int other : others) {
                disputed.putIfAbsent(other, 1 - share);
                int slower = slower(today, worst, other);
                if (slower >= 0) {
                    blamed.putIfAbsent(slower, MAJORITY);
                }
            }
        }
        acquit(today);
    }

    /** Clears those who are contradicted by nobody but the blamed. */
    private void acquit(DayEvidence today) {
        disputed.keySet()
                .removeIf(host -> blamed.containsKey(host)
                        || blamed.keySet().containsAll(today.contradictions().getOrDefault(host, Set.of())));
    }

    /**
     * Of two clocks that contradict each other, that which explains waiting too: a clock that is behind makes mails seem
     * to wait after it, one that is ahead before it. -1 when it is neither or both.
     */
    private int slower(DayEvidence today, int one, int other) {
        Long forth = today.leastByFirst().getOrDefault(one, Map.of()).get(other);
        boolean reversed = forth == null || forth >= 0;
        int ahead = reversed ? other : one;
        int behind = reversed ? one : other;
        Long least = today.leastByFirst().getOrDefault(ahead, Map.of()).get(behind);
        if (least == null) {
            return -1;
        }
        boolean waitsBefore = waits(today.leastBySecond().getOrDefault(ahead, Map.of()), -least);
        boolean waitsAfter = waits(today.leastByFirst().getOrDefault(behind, Map.of()), -least);
        return waitsBefore == waitsAfter ? -1 : waitsBefore ? ahead : behind;
    }

    /** Whether all mails between a clock and right ones seem to have waited so long. */
    private boolean waits(Map<Integer, Long> leastMs, long ms) {
        boolean any = false;
        for (Map.Entry<Integer, Long> pair : leastMs.entrySet()) {
            if (isRight(pair.getKey())) {
                any = true;
                if (pair.getValue() < ms) {
                    return false;
                }
            }
        }
        return any;
    }

    private long trust(int host) {
        Long known = trust.get(host);
        if (known != null) {
            return known;
        }
        long sum = TRUST;
        for (int away = -DAYS; away <= DAYS; away++) {
            DayEvidence there = evidence.get(day + away);
            if (there != null) {
                sum += there.agreeing(host) * WEIGHTS[Math.abs(away)];
            }
        }
        trust.put(host, sum);
        return sum;
    }

    private static long[] weights() {
        long[] weights = new long[DAYS + 1];
        for (int away = 0; away <= DAYS; away++) {
            weights[away] = Math.round(AGREEMENT * Math.pow(2, -away / HALF_LIFE_DAYS));
        }
        return weights;
    }

    /** Whether a clock is neither blamed nor disputed. */
    boolean isRight(int host) {
        return !blamed.containsKey(host) && !disputed.containsKey(host);
    }

    ClockWindow.Verdict verdict(int host) {
        return blamed.containsKey(host)
                ? ClockWindow.Verdict.WRONG
                : disputed.containsKey(host) ? ClockWindow.Verdict.DISPUTED : ClockWindow.Verdict.RIGHT;
    }

    /** The share of the evidence that speaks for the verdict, 0 to 1. */
    double confidence(int host) {
        @Nullable Double share = blamed.containsKey(host) ? blamed.get(host) : disputed.get(host);
        if (share != null) {
            return share;
        }
        long trusted = trust(host);
        DayEvidence today = evidence.get(day);
        Set<Integer> against = today == null ? Set.of() : today.contradictions().getOrDefault(host, Set.of());
        long doubt = TRUST;
        for (int other : against) {
            doubt += trust(other);
        }
        return (double) trusted / (trusted + doubt);
    }
}
