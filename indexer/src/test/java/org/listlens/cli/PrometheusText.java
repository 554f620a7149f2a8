package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of metrics as Prometheus reads it; refuses what that would.
 *
 * @param types by metric, in order
 * @param helps by metric
 * @param samples by name with labels
 */
record PrometheusText(Map<String, String> types, Map<String, String> helps, Map<String, Double> samples) {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"\\})? (-?[0-9.E-]+)");

    static PrometheusText parse(String text) {
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, String> helps = new HashMap<>();
        Map<String, Double> samples = new HashMap<>();
        assertThat(text).endsWith("\n");
        String family = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                String[] parts = line.split(" ", 4);
                family = parts[2];
                assertThat(helps.put(family, parts[3])).as(line).isNull();
            } else if (line.startsWith("# TYPE ")) {
                String[] parts = line.split(" ", 4);
                assertThat(parts[2]).isEqualTo(family);
                types.put(family, parts[3]);
            } else {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                boolean summary = "summary".equals(types.get(family));
                assertThat(sample.group(1))
                        .isIn(summary ? new Object[] {family + "_sum", family + "_count"} : new Object[] {family});
                String key = sample.group(1) + Objects.requireNonNullElse(sample.group(2), "");
                assertThat(samples.put(key, Double.valueOf(sample.group(3))))
                        .as(line)
                        .isNull();
            }
        }
        return new PrometheusText(types, helps, samples);
    }

    double value(String sample) {
        Double value = samples.get(sample);
        return value == null ? fail("no sample " + sample) : value;
    }
}
