package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.listlens.engine.EngineException;

@Timeout(60)
class SideBySideTest {
    /** Each waits for the other, so neither would end if they were done one after the other. */
    @Test
    void bothRunAtTheSameTime() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);

        SideBySide.run(
                () -> {
                    first.countDown();
                    second.await();
                },
                () -> {
                    second.countDown();
                    first.await();
                });

        assertThat(first.getCount() + second.getCount()).isZero();
    }

    @Test
    void aFailureOfTheFirstIsThrownWhenTheSecondHasEnded() {
        AtomicBoolean ended = new AtomicBoolean();
        EngineException failure = new EngineException(EngineException.Kind.REFUSED, "no");

        assertThatThrownBy(() -> SideBySide.run(
                        () -> {
                            throw failure;
                        },
                        () -> {
                            Thread.sleep(20);
                            ended.set(true);
                        }))
                .isSameAs(failure);
        assertThat(ended).isTrue();
    }

    @Test
    void aFailureOfTheSecondEndsTheFirst() {
        AtomicBoolean interrupted = new AtomicBoolean();
        EngineException failure = new EngineException(EngineException.Kind.REFUSED, "no");
        CountDownLatch begun = new CountDownLatch(1);

        assertThatThrownBy(() -> SideBySide.run(
                        () -> {
                            begun.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.set(true);
                                throw e;
                            }
                        },
                        () -> {
                            begun.await();
                            throw failure;
                        }))
                .isSameAs(failure);
        assertThat(interrupted).isTrue();
    }

    @Test
    void whoIsInterruptedInterruptsTheOther() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread caller = Thread.currentThread();

        assertThatThrownBy(() -> SideBySide.run(
                        () -> {
                            begun.countDown();
                            caller.interrupt();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.set(true);
                            }
                        },
                        () -> begun.await()))
                .isInstanceOf(InterruptedException.class);
        assertThat(interrupted).isTrue();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aDefectOfTheFirstIsThrownAsItIs() {
        assertThatThrownBy(() -> SideBySide.run(
                        () -> {
                            throw new IllegalArgumentException("defect");
                        },
                        () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("defect");
    }
}
