package org.listlens.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostClocksTest {
    @Test
    void windowsComeBackAsTheyWere() {
        List<ClockWindow> windows = new ArrayList<>();
        Random random = new Random(8);
        for (int host = 0; host < 2_000; host++) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                long day = random.nextInt(-30, 3_000) * Way.DAY_MS;
                long set = random.nextLong(1, Way.DAY_MS);
                if (random.nextBoolean()) {
                    windows.add(window(random, "mx" + host + ".example.com", day, day + Way.DAY_MS));
                } else {
                    windows.add(window(random, "mx" + host + ".example.com", day + set, day + Way.DAY_MS));
                    windows.add(window(random, "mx" + host + ".example.com", day, day + set));
                }
            }
        }
        HostClocks clocks = new HostClocks();
        assertThat(clocks.isEmpty()).isTrue();
        clocks.add(windows);
        assertThat(clocks.isEmpty()).isFalse();

        Map<String, TreeMap<Long, ClockWindow>> expected = new TreeMap<>();
        for (ClockWindow window : windows) {
            expected.computeIfAbsent(window.host(), host -> new TreeMap<>()).put(window.startMs(), window);
        }
        for (ClockWindow window : windows) {
            for (long time : new long[] {
                window.startMs() - 1, window.startMs(), window.endMs() - 1, window.endMs(), window.endMs() + Way.DAY_MS
            }) {
                Map.Entry<Long, ClockWindow> entry =
                        Objects.requireNonNull(expected.get(window.host())).floorEntry(time);
                assertThat(clocks.at(window.host(), time))
                        .isEqualTo(entry == null || time >= entry.getValue().endMs() ? null : entry.getValue());
            }
        }
        assertThat(clocks.at("elsewhere.example.com", 0)).isNull();
    }

    private static ClockWindow window(Random random, String host, long startMs, long endMs) {
        return new ClockWindow(
                host,
                startMs,
                endMs,
                some(random),
                some(random),
                some(random),
                random.nextInt(-3, 3),
                List.of(ClockWindow.Verdict.values()).get(random.nextInt(3)),
                random.nextDouble(),
                random.nextInt(1_000_000));
    }

    private static @Nullable Long some(Random random) {
        return random.nextBoolean() ? null : (Long) random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
    }
}
