package org.listlens.clock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.generate.Generator;
import org.listlens.generate.GeneratorOptions;

/** Compares estimates with the truth about generated mails, some of whose clocks are ahead, behind or drifting. */
class ClockTruthTest {
    private static final Map<Long, Solved> SOLVED = new HashMap<>();

    @TempDir
    static @Nullable Path folder;

    /** All mails of an archive and what they tell of the clocks. */
    private record Solved(List<Mail> mails, HostClocks clocks) {
        @Nullable
        ClockWindow window(Mail mail, int index) {
            String host = mail.way().passages().get(index).host();
            return host == null ? null : clocks.at(host, mail.way().referenceMs(index));
        }
    }

    /** A copy's way, and the truth about each of its stamps. */
    private record Mail(Way way, List<JsonNode> truths) {}

    private static Solved solved(long seed) {
        return SOLVED.computeIfAbsent(seed, ClockTruthTest::solve);
    }

    private static Solved solve(long seed) {
        try {
            Path archive = Files.createDirectory(Objects.requireNonNull(folder).resolve(Long.toString(seed)));
            Generator.generate(GeneratorOptions.of(seed, 3_000), archive);
            return solve(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Solved solve(Path archive) throws IOException {
        List<Mail> mails = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        List<Way> ways = new ArrayList<>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (String line : Files.readAllLines(archive.resolve("manifest.ndjson"))) {
            JsonNode copy = json.readTree(line);
            if (copy.path("duplicate").asBoolean()) {
                continue;
            }
            List<Passage> passages = new ArrayList<>();
            List<JsonNode> truths = new ArrayList<>();
            for (JsonNode hop : copy.path("hops")) {
                if (hop.has("stamp_ms")) {
                    passages.add(new Passage(
                            hop.path("position").asInt(),
                            hop.at("/by/host").textValue(),
                            hop.path("stamp_ms").asLong(),
                            1000,
                            null));
                    truths.add(hop);
                }
            }
            Way way = new Way(passages);
            mails.add(new Mail(way, truths));
            ways.add(way);
            for (long day : way.days()) {
                first = Math.min(first, day);
                last = Math.max(last, day);
            }
        }
        HostClocks clocks = new HostClocks();
        clocks.add(ClockSolver.solve(ways, first, last));
        return new Solved(mails, clocks);
    }

    @ParameterizedTest
    @ValueSource(longs = {42, 7, 2026})
    void everyOffsetLiesWithinItsBounds(long seed) {
        Solved solved = solved(seed);
        List<String> outside = new ArrayList<>();
        int bounded = 0;
        int wrong = 0;
        for (Mail mail : solved.mails()) {
            for (int i = 0; i < mail.truths().size(); i++) {
                JsonNode truth = mail.truths().get(i);
                ClockWindow window = solved.window(mail, i);
                if (window == null || window.minMs() == null || window.maxMs() == null) {
                    continue;
                }
                bounded++;
                long offset = truth.path("offset_ms").asLong();
                wrong += offset == 0 ? 0 : 1;
                if (offset < window.minMs() || offset > window.maxMs()) {
                    outside.add(offset + " ms outside of " + window);
                }
            }
        }
        assertThat(bounded).isGreaterThan(5_000);
        assertThat(wrong).isGreaterThan(1_000);
        assertThat(outside).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {42, 7, 2026})
    void theClocksThatAreWrongAreFoundAndNoOthers(long seed) {
        Solved solved = solved(seed);
        int wrong = 0;
        List<String> mistaken = new ArrayList<>();
        for (Mail mail : solved.mails()) {
            for (int i = 0; i < mail.truths().size(); i++) {
                ClockWindow window = solved.window(mail, i);
                long offset = mail.truths().get(i).path("offset_ms").asLong();
                if (window != null && window.offsetMs() != null) {
                    wrong += offset == 0 ? 0 : 1;
                    if ((offset != 0) != (window.verdict() == ClockWindow.Verdict.WRONG)) {
                        mistaken.add(offset + " ms: " + window);
                    }
                }
            }
        }
        assertThat(wrong).isGreaterThan(1_000);
        assertThat(mistaken).hasSizeLessThan(wrong / 100);
    }

    @ParameterizedTest
    @ValueSource(longs = {42, 7, 2026})
    void correctedDelaysAreTrueWithinTwoSeconds(long seed) {
        Solved solved = solved(seed);
        int delays = 0;
        int close = 0;
        int rawClose = 0;
        int negative = 0;
        List<String> off = new ArrayList<>();
        for (Mail mail : solved.mails()) {
            List<Correction.Delay> corrected =
                    Correction.of(mail.way(), solved.clocks()).delays();
            for (int i = 1; i < mail.truths().size(); i++) {
                JsonNode before = mail.truths().get(i - 1);
                JsonNode after = mail.truths().get(i);
                long truth =
                        after.path("true_ms").asLong() - before.path("true_ms").asLong();
                long ms = corrected.get(i - 1).ms();
                delays++;
                negative += ms < 0 ? 1 : 0;
                rawClose += Math.abs(after.path("stamp_ms").asLong()
                                        - before.path("stamp_ms").asLong()
                                        - truth)
                                <= 2_000
                        ? 1
                        : 0;
                if (Math.abs(ms - truth) <= 2_000) {
                    close++;
                } else {
                    off.add(ms + " instead of " + truth + " at " + after.at("/by/host"));
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d delays: raw within 2 s %.2f %%, corrected %.2f %%, negative %.3f %%%n",
                delays,
                100.0 * rawClose / delays,
                100.0 * close / delays,
                100.0 * negative / delays);
        assertThat((double) close / delays)
                .as(() -> off.subList(0, Math.min(20, off.size())).toString())
                .isGreaterThan(0.99);
        assertThat((double) negative / delays).isLessThan(0.003);
    }

    /** What is estimated for a day does not depend on which days are estimated with it. */
    @Test
    void aDayGivesTheSameByItselfAsWithOthers() {
        Solved solved = solved(42);
        List<Way> ways = new ArrayList<>();
        solved.mails().forEach(mail -> ways.add(mail.way()));
        long first = Long.MAX_VALUE;
        for (Way way : ways) {
            first = Math.min(first, way.days().getFirst());
        }
        List<ClockWindow> together = ClockSolver.solve(ways, first + 20, first + 39);
        List<String> alone = new ArrayList<>();
        for (long day = first + 20; day < first + 40; day++) {
            List<Way> near = new ArrayList<>();
            for (Way way : ways) {
                boolean isNear = false;
                for (long at : way.days()) {
                    isNear |= Math.abs(at - day) <= ClockSolver.REACH_DAYS;
                }
                if (isNear) {
                    near.add(way);
                }
            }
            ClockSolver.solve(near, day, day).forEach(window -> alone.add(window.toString()));
        }
        assertThat(together).hasSizeGreaterThan(500);
        assertThat(alone)
                .containsExactlyInAnyOrderElementsOf(
                        together.stream().map(ClockWindow::toString).toList());
    }
}
