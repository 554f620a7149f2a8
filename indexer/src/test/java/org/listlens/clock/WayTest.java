package org.listlens.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WayTest {
    private static final String HOST = "mx.example.org";

    /** A way with a stamp each day, and whether its host is named. */
    private static Way way(long[] days, boolean... named) {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < days.length; i++) {
            @Nullable String host = named[i] ? HOST : null;
            passages.add(new Passage(i + 1, host, days[i] * Way.DAY_MS + 1, 1000, null));
        }
        return new Way(passages);
    }

    @Test
    void daysAreThoseOfNamedHostsSortedAndEachOnce() {
        assertThat(way(new long[0]).days()).isEmpty();
        assertThat(way(new long[] {7}, true).days()).containsExactly(7L);
        assertThat(way(new long[] {7, 7, 7}, true, true, true).days()).containsExactly(7L);
        assertThat(way(new long[] {7, 7, 7}, false, false, false).days()).isEmpty();
        // The reference time of each is the middle of it and its neighbours: 8, 8, 9, 9.
        assertThat(way(new long[] {7, 8, 9, 10}, true, true, true, true).days()).containsExactly(8L, 9L);
        assertThat(way(new long[] {7, 8, 9, 10}, false, false, true, true).days())
                .containsExactly(9L);
        // Backwards: 9, 9, 8, 8.
        assertThat(way(new long[] {10, 9, 8, 7}, true, true, true, true).days()).containsExactly(8L, 9L);
        // Before 1970, and a third day: 4, 4, 1, -2, -2.
        assertThat(way(new long[] {7, 4, 1, -2, -5}, true, true, true, true, true)
                        .days())
                .containsExactly(-2L, 1L, 4L);
    }
}
