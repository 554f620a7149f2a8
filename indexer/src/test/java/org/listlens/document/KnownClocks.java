package org.listlens.document;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.ClockWindow;
import org.listlens.clock.HostClocks;

/** The clocks of hosts on 2021-07-06: that of a list's host ran ahead. */
final class KnownClocks {
    private static final long START = Instant.parse("2021-07-06T00:00:00Z").toEpochMilli();

    private KnownClocks() {}

    static HostClocks clocks() {
        HostClocks clocks = new HostClocks();
        clocks.add(List.of(
                right("out.example.com", 0.8),
                list(),
                right("mx.lists.example.org", 0.9),
                right("mx.example.net", 0.958)));
        return clocks;
    }

    static HostWindow host() {
        return new HostWindow(list(), List.of("a.lists.example.org", "b.lists.example.org"), 7_000L, 4_554_000L);
    }

    static ClockWindow list() {
        return window("lists.example.org", 157_000L, 155_000L, 159_000L, 1_700, ClockWindow.Verdict.WRONG, 0.987);
    }

    private static ClockWindow right(String host, double confidence) {
        return window(host, 0L, -1_000L, 1_000L, 0, ClockWindow.Verdict.RIGHT, confidence);
    }

    private static ClockWindow window(
            String host,
            @Nullable Long offset,
            @Nullable Long min,
            @Nullable Long max,
            long drift,
            ClockWindow.Verdict verdict,
            double confidence) {
        return new ClockWindow(host, START, START + 86_400_000, offset, min, max, drift, verdict, confidence, 12);
    }
}
