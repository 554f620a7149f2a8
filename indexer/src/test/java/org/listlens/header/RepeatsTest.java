package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    @Test
    void givesWhatWasReadFromATextAndNothingForOthers() {
        Repeats<Integer> repeats = new Repeats<>(64, 100);
        repeats.put("mail.example.com", 1);

        assertThat(repeats.get(new String("mail.example.com"))).isEqualTo(1);
        assertThat(repeats.get("mail.example.org")).isNull();
    }

    @Test
    void textsOfTheSameHashAreNotMistakenForOneAnother() {
        Repeats<String> repeats = new Repeats<>(64, 100);
        assertThat("AaAa").hasSameHashCodeAs("BBBB");
        repeats.put("AaAa", "first");

        assertThat(repeats.get("BBBB")).isNull();

        repeats.put("BBBB", "second");

        assertThat(repeats.get("BBBB")).isEqualTo("second");
        assertThat(repeats.get("AaAa")).isNull();
    }

    @Test
    void holdsNoMoreTextsThanItHasPlaces() {
        Repeats<Integer> repeats = new Repeats<>(16, 100);
        for (int i = 0; i < 1_000; i++) {
            repeats.put("host" + i, i);
        }
        int held = 0;
        for (int i = 0; i < 1_000; i++) {
            Integer value = repeats.get("host" + i);
            if (value != null) {
                assertThat(value).isEqualTo(i);
                held++;
            }
        }

        assertThat(held).isBetween(1, 16);
    }

    @Test
    void longTextsAreNotHeld() {
        Repeats<Integer> repeats = new Repeats<>(16, 10);
        repeats.put("0123456789", 1);
        repeats.put("0123456789x", 2);

        assertThat(repeats.get("0123456789")).isEqualTo(1);
        assertThat(repeats.get("0123456789x")).isNull();
    }

    @Test
    void sizesOtherThanPowersOfTwoAreRefused() {
        assertThatThrownBy(() -> new Repeats<>(12, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Repeats<>(0, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void severalThreadsGetNothingButWhatBelongsToTheirText() throws Exception {
        Repeats<List<String>> repeats = new Repeats<>(8, 100);
        Callable<Integer> reader = () -> {
            int wrong = 0;
            for (int i = 0; i < 200_000; i++) {
                String text = "host" + i % 40;
                List<String> value = repeats.get(text);
                if (value == null) {
                    repeats.put(text, List.of(text));
                } else if (!value.equals(List.of(text))) {
                    wrong++;
                }
            }
            return wrong;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(reader));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isZero();
            }
        }
    }
}
