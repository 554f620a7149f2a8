package org.listlens.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void smallNamesAreSummedAndTheLargestIsKept() {
        Table table = new Table(2, 3);
        table.add(0, 0, "a", 5, 1, 40);
        table.add(0, 1, "a", 6, 1, 30);
        table.add(0, 1, "b", 4, 1, 20);
        table.add(0, 1, "c", 3, 1, 70);
        table.add(1, 0, "c", 1, 1, 1);

        JsonNode json = table.json(1, Map.of("a", "Ada <x>\u202e"));
        assertThat(json.path("keys")).extracting(JsonNode::asText).containsExactly("Ada <x>", "", "c");
        assertThat(json.at("/rows/0"))
                .extracting(JsonNode::asInt)
                .containsExactly(0, 0, 5, 1, 40, 0, 1, 6, 1, 30, 1, 1, 7, 2, 70);
        assertThat(json.at("/rows/1")).extracting(JsonNode::asInt).containsExactly(2, 0, 1, 1, 1);
        assertThat(table.names(1)).containsExactlyInAnyOrder("a", "c");
    }

    /** A million deliveries of twenty lists over four years, as finely as they are then told. */
    @Test
    void durationsOfAMillionDeliveriesTakeLessThanTwoMegabytes() {
        Resolution resolution = Resolution.of(
                Instant.parse("2021-01-01T00:00:00Z"),
                Instant.parse("2025-01-01T00:00:00Z"),
                21,
                1_000_000,
                Resolution.COUNTS);
        Random random = new Random(3);
        int octets = 0;
        for (double spread : new double[] {2.5, 2, 1.5, 1.5, 1}) {
            Sums.Durations durations = new Sums.Durations(new ArrayList<>());
            for (int row = 0; row < 21; row++) {
                durations.rows().add(new TreeMap<>());
            }
            for (int i = 0; i < 1_000_000; i++) {
                int period = random.nextInt(resolution.fine().size());
                int bucket = LogBuckets.of(Math.round(Math.exp(2.3 + random.nextGaussian() * spread)) * 1_000);
                durations.add(0, period, bucket, 1);
                durations.add(1 + random.nextInt(20), period, bucket, 1);
            }
            octets += durations.json().toString().length();
        }
        assertThat(octets).isLessThan(2_000_000);
    }

    @Test
    void durationsCountFromOneBucketToTheNext() {
        Sums.Durations durations = new Sums.Durations(List.of(new TreeMap<>()));
        durations.add(0, 7, LogBuckets.of(1_000), 2);
        durations.add(0, 7, LogBuckets.ZERO, 1);
        durations.add(0, 3, LogBuckets.NEGATIVE, 4);
        int second = LogBuckets.of(1_000);
        assertThat(durations.json()).hasToString("[[[3,0,4],[7,1,1," + (second - 1) + ",2]]]");
    }
}
