package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.Fault;
import org.listlens.engine.FaultProxy;

/**
 * Indexes archives through a proxy that plays faults, again and again until none is left, and says what happened.
 *
 * @param runs how often the command was given
 * @param exitCodes how often it ended with which code
 * @param sentences what was said by those that gave up
 * @param requests how many there were
 * @param met how often each fault was met
 */
record FaultRun(
        int runs, Map<Integer, Integer> exitCodes, List<String> sentences, int requests, Map<Fault, Integer> met) {
    /** Faults drawn at random for requests drawn at random, the same for the same seed. */
    static final class RandomFaults implements FaultProxy.Plan {
        private static final List<Fault> FAULTS = List.of(Fault.values());

        private final SplittableRandom random;
        private final int oneIn;
        private int left;
        private boolean quiet;

        /**
         * Plans.
         *
         * @param faults how many in all
         * @param oneIn of so many requests one meets a fault, on average
         */
        RandomFaults(long seed, int faults, int oneIn) {
            this.random = new SplittableRandom(seed);
            this.left = faults;
            this.oneIn = oneIn;
        }

        @Override
        public synchronized @Nullable Fault next(String method, String path) {
            if (left == 0 || quiet || random.nextInt(oneIn) > 0) {
                return null;
            }
            left--;
            Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
            // Each costs the client's patience with an answer.
            return fault.stalls() && random.nextInt(4) > 0 ? Fault.RESET_AFTER : fault;
        }

        synchronized int left() {
            return left;
        }

        /** Lets everything pass from here on, or no more. */
        synchronized void quiet(boolean whether) {
            quiet = whether;
        }
    }

    /**
     * Runs.
     *
     * @param engine its address
     * @param arguments of {@code index}, without the engine's
     */
    static FaultRun of(String engine, RandomFaults faults, List<String> arguments) throws IOException {
        Map<Integer, Integer> exitCodes = new TreeMap<>();
        List<String> sentences = new ArrayList<>();
        int runs = 0;
        try (FaultProxy proxy = new FaultProxy(engine, faults)) {
            boolean complete = false;
            while (!complete || faults.left() > 0) {
                List<String> args = new ArrayList<>(List.of("index", "--url", proxy.url()));
                args.addAll(arguments);
                if (complete) {
                    args.add("--restart");
                }
                CommandLineRun run = CommandLineRun.of(Map.of(), args.toArray(String[]::new));
                runs++;
                exitCodes.merge(run.exitCode(), 1, Integer::sum);
                complete = run.exitCode() == ExitCode.OK || run.exitCode() == ExitCode.REJECTED;
                if (!complete) {
                    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.ENGINE);
                    sentences.add(run.err().lines().reduce("", (first, second) -> second));
                }
                assertThat(runs).as("it goes on: " + sentences).isLessThan(300);
            }
            // What the last fault may have kept from being done.
            faults.quiet(true);
            return new FaultRun(runs, exitCodes, sentences, proxy.requests(), proxy.met());
        }
    }
}
