package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.listlens.clock.ClockSolver;

class DayGroupsTest {
    @Test
    void daysFarApartAreNotReadTogether() {
        long far = 10 + ClockSolver.REACH_DAYS + 1;
        assertThat(DayGroups.of(new TreeSet<>(List.of(1L, 2L, 10L, far)), day -> 1))
                .containsExactly(List.of(1L, 2L, 10L), List.of(far));
    }

    @Test
    void aGroupHasNoMoreThanMemoryHoldsButForSingleDays() {
        assertThat(DayGroups.of(new TreeSet<>(List.of(1L, 2L, 3L, 4L, 5L)), day -> day == 3 ? 90_000 : 20_000))
                .containsExactly(List.of(1L, 2L), List.of(3L), List.of(4L, 5L));
    }

    @Test
    void ofNoDaysThereIsNoGroup() {
        assertThat(DayGroups.of(new TreeSet<>(), day -> 1)).isEmpty();
    }
}
