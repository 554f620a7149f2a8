package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;

class RunStatisticsTest {
    private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
    private static final Ledger.Counts COUNTS = new Ledger.Counts(3, 3, 0, 0, 0);

    private final RunStatistics statistics = new RunStatistics();

    @Test
    void ofNothingKnowsNothing() {
        Summary summary = summary();

        assertThat(summary.from()).isNull();
        assertThat(summary.to()).isNull();
        assertThat(summary.p50Ms()).isNull();
        assertThat(summary.p95Ms()).isNull();
        assertThat(summary.p99Ms()).isNull();
        assertThat(summary.latencies()).isZero();
        assertThat(summary.threads()).isZero();
        assertThat(summary.lists()).isEmpty();
        assertThat(summary.busiest()).isEmpty();
        assertThat(summary.slowest()).isEmpty();
        assertThat(summary.defects()).isEmpty();
        assertThat(summary.rejections()).isEmpty();
    }

    @Test
    void addsUpHopsSkewPeriodListsAndDefects() {
        statistics.add(mail("a", NOON, List.of("b.example.org"), 3, 1_000L, true, List.of(DefectCode.MISSING_DATE)));
        statistics.add(mail("b", null, List.of("a.example.org", "b.example.org"), 2, null, false, List.of()));
        statistics.add(mail(
                "c",
                NOON.minusSeconds(60),
                List.of("c.example.org", "b.example.org", "a.example.org"),
                0,
                -90_000L,
                true,
                List.of(DefectCode.MISSING_FROM, DefectCode.MISSING_DATE)));
        statistics.add(mail("d", NOON.plusSeconds(60), List.of("a.example.org"), 0, null, false, List.of()));

        Summary summary = summary();

        assertThat(summary.counts()).isEqualTo(COUNTS);
        assertThat(summary.octets()).isEqualTo(10);
        assertThat(summary.mailOctets()).isEqualTo(20);
        assertThat(summary.elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(summary.interrupted()).isTrue();
        assertThat(summary.from()).isEqualTo(NOON.minusSeconds(60));
        assertThat(summary.to()).isEqualTo(NOON.plusSeconds(60));
        assertThat(summary.hops()).isEqualTo(5);
        assertThat(summary.skewed()).isEqualTo(2);
        assertThat(summary.latencies()).isEqualTo(2);
        assertThat(summary.p50Ms()).isEqualTo(-90_000);
        assertThat(summary.p95Ms()).isEqualTo(1_000);
        assertThat(summary.lists())
                .as("the busiest first, equals by name")
                .containsExactly(
                        new Summary.ListCount("a.example.org", 3),
                        new Summary.ListCount("b.example.org", 3),
                        new Summary.ListCount("c.example.org", 1));
        assertThat(summary.defects())
                .containsExactly(
                        new Summary.DefectCount(DefectCode.MISSING_DATE, 2),
                        new Summary.DefectCount(DefectCode.MISSING_FROM, 1));
        assertThat(summary.threads()).isEqualTo(4);
    }

    @Test
    void keepsTheTenSlowestWhateverTheirOrder() {
        for (int i = 0; i < 40; i++) {
            int scattered = i * 17 % 40;
            statistics.add(mail("m" + scattered, NOON, List.of(), 2, scattered * 1_000L - 5_000, false, List.of()));
        }

        List<Summary.SlowMail> slowest = summary().slowest();

        assertThat(slowest)
                .extracting(Summary.SlowMail::latencyMs)
                .containsExactly(
                        34_000L, 33_000L, 32_000L, 31_000L, 30_000L, 29_000L, 28_000L, 27_000L, 26_000L, 25_000L);
        assertThat(slowest.getFirst())
                .isEqualTo(new Summary.SlowMail(
                        new Origin("m39.mbox", "0"), "m39", "Subject m39", NOON, 34_000, "mx.example.com", 34_000L));
    }

    @Test
    void ofEquallySlowMailsTheFirstByPlaceAreKept() {
        for (int i = 29; i >= 0; i--) {
            statistics.add(mail("m" + (10 + i), NOON, List.of(), 2, 1_000L, false, List.of()));
        }
        assertThat(summary().slowest())
                .extracting(Summary.SlowMail::messageId)
                .containsExactly("m10", "m11", "m12", "m13", "m14", "m15", "m16", "m17", "m18", "m19");
    }

    @Test
    void whereNoHostHeldTheMailNoneIsNamed() {
        statistics.add(mail("a", NOON, List.of(), 2, -1_000L, true, List.of()));
        assertThat(summary().slowest()).singleElement().satisfies(slow -> {
            assertThat(slow.heldBy()).isNull();
            assertThat(slow.heldMs()).isNull();
        });
    }

    @Test
    void namesAThousandRejectionsAtMost() {
        for (int i = 0; i < 1_500; i++) {
            statistics.reject(new Origin("x.mbox", Integer.toString(i)), "reason " + i);
        }
        assertThat(summary().rejections())
                .hasSize(1_000)
                .startsWith(new Summary.Rejection(new Origin("x.mbox", "0"), "reason 0"));
    }

    @Test
    void aSummaryStaysAsItWasMade() {
        statistics.reject(new Origin("x.mbox", "0"), "first");
        Summary before = summary();
        statistics.reject(new Origin("x.mbox", "1"), "second");
        statistics.add(mail("a", NOON, List.of("a.example.org"), 1, 5L, false, List.of()));
        assertThat(before.rejections()).hasSize(1);
        assertThat(before.lists()).isEmpty();
        assertThat(before.slowest()).isEmpty();
    }

    private Summary summary() {
        return statistics.summary(COUNTS, 10, 20, Duration.ofSeconds(1), true);
    }

    private static MailFacts mail(
            String id,
            @Nullable Instant at,
            List<String> lists,
            int hops,
            @Nullable Long latencyMs,
            boolean skewed,
            List<DefectCode> defects) {
        return new MailFacts(
                new Origin(id + ".mbox", "0"),
                id,
                "Subject " + id,
                MailFacts.hash(id),
                new long[0],
                at,
                lists,
                hops,
                latencyMs,
                latencyMs == null || latencyMs <= 0 ? null : new ParsedMail.Hold("mx.example.com", latencyMs),
                skewed,
                defects);
    }
}
