package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GatheringTest {
    @Test
    void aWholeComesWithItsLastItem() {
        Gathering<String> gathering = new Gathering<>(10);
        gathering.expect(1, 2);
        gathering.expect(2, 1);
        gathering.expect(1, 1);

        assertThat(gathering.add(1, "a")).isNull();
        assertThat(gathering.add(2, "b")).containsExactly("b");
        assertThat(gathering.add(1, "c")).isNull();
        assertThat(gathering.rest()).containsExactly(1L);
        assertThat(gathering.add(1, "d")).containsExactly("a", "c", "d");
        assertThat(gathering.rest()).isEmpty();
    }

    @Test
    void whatWasNotAnnouncedIsLeftOut() {
        Gathering<String> gathering = new Gathering<>(10);
        gathering.expect(1, 1);

        assertThat(gathering.add(2, "x")).isNull();
        assertThat(gathering.add(1, "a")).containsExactly("a");
        assertThat(gathering.add(1, "one too many")).isNull();
        assertThat(gathering.rest()).isEmpty();
    }

    @Test
    void whereTooManyWaitTheOnesBegunFirstAreGivenUp() {
        Gathering<String> gathering = new Gathering<>(2);
        gathering.expect(1, 3);
        gathering.expect(2, 3);
        gathering.expect(3, 2);

        gathering.add(1, "a");
        gathering.add(2, "b");
        gathering.add(3, "c");

        assertThat(gathering.add(3, "d")).containsExactly("c", "d");
        gathering.add(1, "too late");
        gathering.add(2, "e");
        assertThat(gathering.add(2, "f")).containsExactly("b", "e", "f");
        assertThat(gathering.rest()).containsExactly(1L);
    }

    /** However many may wait: each whole is given away in full, or left, and one too large for all is left. */
    @Test
    void nothingIsGivenAwayInPart() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            Map<Long, List<String>> wholes = new TreeMap<>();
            List<Map.Entry<Long, String>> items = new ArrayList<>();
            for (long whole = 0; whole < 20; whole++) {
                for (int i = random.nextInt(6); i >= 0; i--) {
                    wholes.computeIfAbsent(whole, unused -> new ArrayList<>()).add(whole + "/" + i);
                    items.add(Map.entry(whole, whole + "/" + i));
                }
            }
            Collections.shuffle(items, random);
            Gathering<String> gathering = new Gathering<>(random.nextInt(40));
            wholes.forEach((whole, its) -> gathering.expect(whole, its.size()));
            for (Map.Entry<Long, String> item : items) {
                List<String> complete = gathering.add(item.getKey(), item.getValue());
                if (complete != null) {
                    assertThat(complete).containsExactlyInAnyOrderElementsOf(wholes.remove(item.getKey()));
                }
            }
            assertThat(gathering.rest()).isEqualTo(wholes.keySet());
        }
    }
}
