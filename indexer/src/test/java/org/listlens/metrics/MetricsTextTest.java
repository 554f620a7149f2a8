package org.listlens.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricsTextTest {
    @Test
    void escapesWhatTheFormatKeepsForItself() {
        MetricsText text = new MetricsText()
                .metric("source_up", MetricType.GAUGE, "A \"b\" \\ c\nd.")
                .sample("source", "C:\\mail\n\"x\"", 0.25);
        assertThat(text.toString()).isEqualTo("""
                        # HELP source_up A "b" \\\\ c\\nd.
                        # TYPE source_up gauge
                        source_up{source="C:\\\\mail\\n\\"x\\""} 0.25
                        """);
    }

    @Test
    void writesWholeNumbersAsSuch() {
        MetricsText text = new MetricsText()
                .metric("a", MetricType.GAUGE, "A.")
                .sample(1_795_000_000_123.0)
                .metric("b", MetricType.SUMMARY, "B.")
                .sample("_sum", "gc", "G1", 1e-9)
                .sample("_count", "gc", "G1", 4);
        assertThat(text.toString())
                .contains("\na 1795000000123\n", "\nb_sum{gc=\"G1\"} 1.0E-9\n", "\nb_count{gc=\"G1\"} 4\n");
    }

    @Test
    void namesCountersAsTheyAreToBeNamed() {
        MetricsText text = new MetricsText().metric("a_total", MetricType.COUNTER, "A.");
        assertThatThrownBy(() -> text.metric("a_total", MetricType.COUNTER, "Again."))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text.metric("b", MetricType.COUNTER, "B."))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text.metric("c_total", MetricType.GAUGE, "C."))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
