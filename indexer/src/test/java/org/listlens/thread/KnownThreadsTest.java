package org.listlens.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownThreadsTest {
    private final ThreadIds ids = new ThreadIds();
    private final KnownThreads threads = new KnownThreads();

    @Test
    void aMailHasItsPlaceOnceAllAreAdded() {
        threads.add("b", List.of("a"), List.of(), "copy b");
        threads.add("c", List.of(), List.of("b"), "copy c");
        threads.add("c", List.of(), List.of("b"), "another copy of c");
        assertThat(threads.place("b", ids)).isNull();

        threads.solve();

        assertThat(threads.place("c", ids)).isEqualTo(new KnownThreads.Place(ThreadIds.name(ids.hash("a")), 2));
        assertThat(threads.place("a", ids)).isNull();
        assertThat(threads.place("nowhere", ids)).isNull();
        assertThat(threads.place(null, ids)).isNull();
    }

    @Test
    void aThreadWithTwoMailsUnderOneIdThatDisagreeIsNotKnown() {
        threads.add("a", List.of(), List.of(), "1");
        threads.add("b", List.of("a"), List.of(), "2");
        threads.add("b", List.of("x", "a"), List.of(), "3");
        threads.add("other", List.of(), List.of(), "4");
        threads.solve();

        assertThat(threads.place("a", ids)).isNull();
        assertThat(threads.place("b", ids)).isNull();
        assertThat(threads.place("other", ids)).isNotNull();
    }
}
