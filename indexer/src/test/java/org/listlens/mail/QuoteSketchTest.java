package org.listlens.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuoteSketchTest {
    @Test
    void whatIsWrittenIsRead() {
        QuoteSketch sketch = QuoteSketch.of(new int[][] {{3, -1, 3, 2}, {}, {7}});

        assertThat(sketch.toList()).containsExactly("0 /////wAAAAIAAAAD", "2 AAAABw==");
        assertThat(QuoteSketch.parse(sketch.toList()).toList()).isEqualTo(sketch.toList());
        assertThat(sketch.hashes(0)).containsExactly(-1, 2, 3);
        assertThat(sketch.hashes(1)).isEmpty();
        assertThat(sketch.hashes(2)).containsExactly(7);
        assertThat(sketch.hashes(99)).isEmpty();
    }

    @Test
    void theSmallestAreKept() {
        int[] many = IntStream.range(0, 1_000).map(i -> 999 - i).toArray();
        QuoteSketch sketch = QuoteSketch.of(new int[][] {many.clone(), many.clone()});

        assertThat(sketch.hashes(0)).hasSize(QuoteSketch.MAX_NEW);
        assertThat(sketch.hashes(1)).hasSize(QuoteSketch.MAX_QUOTED).contains(0, 15);
    }

    @Test
    void whatIsNoSketchIsPassedOver() {
        QuoteSketch sketch =
                QuoteSketch.parse(List.of("", " ", "x AAAABw==", "17 AAAABw==", "123 AAAABw==", "1 *", "2 AAAABw=="));

        assertThat(sketch.toList()).containsExactly("2 AAAABw==");
    }
}
