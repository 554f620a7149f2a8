package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedNamesTest {
    @Test
    void namesKeepTheirNumbers() {
        PackedNames names = new PackedNames();
        Map<String, Integer> expected = new HashMap<>();
        List<String> order = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 300_000; i++) {
            String name = "host" + random.nextInt(1 + i) + (i % 7 == 0 ? ".bücher" : "") + ".example.org";
            Integer number = expected.putIfAbsent(name, order.size());
            if (number == null) {
                order.add(name);
            }
            assertThat(names.number(name)).isEqualTo(number == null ? order.size() - 1 : number);
        }

        assertThat(names.size()).isEqualTo(order.size());
        for (int i = 0; i < order.size(); i++) {
            assertThat(names.name(i)).isEqualTo(order.get(i));
        }
    }

    @Test
    void anyNameIsTaken() {
        PackedNames names = new PackedNames();
        String longest = "x".repeat(70_000);

        assertThat(names.number("")).isZero();
        assertThat(names.number(longest)).isEqualTo(1);
        assertThat(names.number(longest + "y")).isEqualTo(2);
        assertThat(names.number("")).isZero();

        assertThat(names.name(0)).isEmpty();
        assertThat(names.name(1)).isEqualTo(longest.substring(0, 65_535));
    }
}
