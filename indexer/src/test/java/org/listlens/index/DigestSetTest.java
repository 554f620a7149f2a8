package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestSetTest {
    private final DigestSet digests = new DigestSet();

    @Test
    void aDigestIsNewOnce() {
        assertThat(digests.add(hex(1, 2))).isTrue();
        assertThat(digests.add(hex(1, 2))).isFalse();
        assertThat(digests.add(hex(2, 1))).isTrue();
    }

    @Test
    void allZeroIsADigestLikeAnyOther() {
        assertThat(digests.add(hex(0, 0))).isTrue();
        assertThat(digests.add(hex(0, 0))).isFalse();
        assertThat(digests.add(hex(0, 1))).isTrue();
        assertThat(digests.add(hex(1, 0))).isTrue();
        assertThat(digests.add(hex(0, 1))).isFalse();
        assertThat(digests.add(hex(1, 0))).isFalse();
    }

    @Test
    void everyBitCounts() {
        assertThat(digests.add(hex(0, 0))).isTrue();
        for (int bit = 0; bit < 64; bit++) {
            assertThat(digests.add(hex(1L << bit, 0))).as("high bit %s", bit).isTrue();
            assertThat(digests.add(hex(0, 1L << bit))).as("low bit %s", bit).isTrue();
        }
    }

    @Test
    void growsWithoutForgettingOrInventing() {
        Random random = new Random(42);
        Set<String> known = new HashSet<>();
        List<String> added = new ArrayList<>();
        digests.add(hex(0, 0));
        for (int i = 0; i < 50_000; i++) {
            // One in four has been there before.
            String digest =
                    i % 4 == 3 ? added.get(random.nextInt(added.size())) : hex(random.nextLong(), random.nextLong());
            assertThat(digests.add(digest)).as("addition %s", i).isEqualTo(known.add(digest));
            added.add(digest);
        }
        assertThat(added).allSatisfy(digest -> assertThat(digests.add(digest)).isFalse());
        assertThat(digests.add(hex(0, 0))).isFalse();
    }

    @Test
    void digestsThatWantTheSameSlotAreKeptApart() {
        for (int i = 1; i <= 5_000; i++) {
            assertThat(digests.add(hex(7, i))).isTrue();
        }
        for (int i = 1; i <= 5_000; i++) {
            assertThat(digests.add(hex(7, i))).isFalse();
        }
    }

    private static String hex(long high, long low) {
        return String.format("%016x%016x", high, low);
    }
}
