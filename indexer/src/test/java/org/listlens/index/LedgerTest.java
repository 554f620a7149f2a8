package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void countsEachOutcomeByItself() {
        times(15, ledger::read);
        times(5, ledger::indexed);
        times(4, ledger::unchanged);
        times(3, ledger::duplicate);
        times(2, ledger::rejected);

        assertThat(ledger.counts()).isEqualTo(new Ledger.Counts(15, 5, 4, 3, 2));
    }

    @Test
    void openIsWhatHasNoOutcome() {
        assertThat(ledger.counts().open()).isZero();
        assertThat(new Ledger.Counts(15, 5, 4, 3, 2).open()).isEqualTo(1);
        assertThat(new Ledger.Counts(14, 5, 4, 3, 2).open()).isZero();
        assertThat(new Ledger.Counts(13, 5, 4, 3, 2).open()).isEqualTo(-1);
    }

    @Test
    void losesNothingWhenManyThreadsCount() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform()
                    .start(() -> times(10_000, () -> {
                        ledger.read();
                        ledger.indexed();
                    })));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ledger.counts()).isEqualTo(new Ledger.Counts(40_000, 40_000, 0, 0, 0));
    }

    private static void times(int count, Runnable action) {
        for (int i = 0; i < count; i++) {
            action.run();
        }
    }
}
