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
        assertThat(sketch.size(0)).isEqualTo(3);
        assertThat(sketch.size(1)).isZero();
        assertThat(sketch.size(2)).isEqualTo(1);
        assertThat(sketch.size(99)).isZero();
    }

    @Test
    void theSmallestAreKept() {
        int[] many = IntStream.range(0, 1_000).map(i -> 999 - i).toArray();
        QuoteSketch sketch = QuoteSketch.of(new int[][] {many.clone(), many.clone()});

        assertThat(sketch.size(0)).isEqualTo(QuoteSketch.MAX_NEW);
        assertThat(sketch.size(1)).isEqualTo(QuoteSketch.MAX_QUOTED);
        assertThat(sketch.found(1, sketch)).isEqualTo(QuoteSketch.MAX_QUOTED);
    }

    @Test
    void whatIsQuotedIsFoundAmongWhatIsNew() {
        QuoteSketch reply = QuoteSketch.of(new int[][] {{1}, {2, 3, 4}, {5}});
        QuoteSketch source = QuoteSketch.of(new int[][] {{2, 4, 6}, {5}});

        assertThat(reply.found(1, source)).isEqualTo(2);
        assertThat(reply.found(2, source)).isZero();
        assertThat(source.found(1, reply)).isZero();
        assertThat(reply.found(7, source)).isZero();
    }

    @Test
    void whatIsNoSketchIsPassedOver() {
        QuoteSketch sketch =
                QuoteSketch.parse(List.of("", " ", "x AAAABw==", "17 AAAABw==", "123 AAAABw==", "1 *", "2 AAAABw=="));

        assertThat(sketch.toList()).containsExactly("2 AAAABw==");
    }
}
