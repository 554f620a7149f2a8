package org.listlens.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Numbers by row, {@link Frame#row}, period and a name, such as mails by author. In each row, the names with the largest
 * sums are kept; what the others have is summed under no name.
 */
final class Table {
    /** What the names beyond those that are kept are counted under. */
    static final String OTHERS = "";

    private final int width;
    private final List<Map<String, SortedMap<Integer, long[]>>> rows = new ArrayList<>();

    /**
     * @param rows how many rows there are
     * @param width how many numbers there are to each name; the first tells which names are kept
     */
    Table(int rows, int width) {
        this.width = width;
        for (int row = 0; row < rows; row++) {
            this.rows.add(new LinkedHashMap<>());
        }
    }

    /** Adds numbers; the last of several is kept as the largest, if there are more than two. */
    void add(int row, int period, String name, long... numbers) {
        long[] sums = rows.get(row)
                .computeIfAbsent(name, unused -> new TreeMap<>())
                .computeIfAbsent(period, unused -> new long[width]);
        merge(sums, numbers);
    }

    private static void merge(long[] sums, long[] numbers) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = i == 2 ? Math.max(sums[i], numbers[i]) : sums[i] + numbers[i];
        }
    }

    /** The names that are kept in some row. */
    Set<String> names(int most) {
        Set<String> names = new HashSet<>();
        for (Map<String, SortedMap<Integer, long[]>> row : rows) {
            names.addAll(kept(row, most));
        }
        return names;
    }

    private static Set<String> kept(Map<String, SortedMap<Integer, long[]>> row, int most) {
        Map<String, Long> sums = new HashMap<>();
        row.forEach((name, periods) -> {
            long sum = 0;
            for (long[] numbers : periods.values()) {
                sum += numbers[0];
            }
            sums.put(name, sum);
        });
        List<String> names = new ArrayList<>(sums.keySet());
        names.sort(Comparator.<String, Long>comparing(name -> sums.getOrDefault(name, 0L))
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        return new HashSet<>(names.subList(0, Math.min(most, names.size())));
    }

    /**
     * The table.
     *
     * @param most how many names are kept in a row
     * @param labels what the reader sees in the place of names; a name without a label is its own
     */
    ObjectNode json(int most, Map<String, String> labels) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode keys = json.putArray("keys");
        ArrayNode cells = json.put("width", width).putArray("rows");
        Map<String, Integer> places = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            Set<String> kept = kept(rows.get(row), most);
            Map<String, SortedMap<Integer, long[]>> folded = new LinkedHashMap<>();
            rows.get(row).forEach((name, periods) -> {
                SortedMap<Integer, long[]> into =
                        folded.computeIfAbsent(kept.contains(name) ? name : OTHERS, unused -> new TreeMap<>());
                periods.forEach(
                        (period, numbers) -> merge(into.computeIfAbsent(period, unused -> new long[width]), numbers));
            });
            ArrayNode numbers = cells.addArray();
            folded.forEach((name, periods) -> {
                int place = places.computeIfAbsent(name, unused -> {
                    keys.add(SafeText.line(labels.getOrDefault(name, name), 80));
                    return places.size();
                });
                periods.forEach((period, sums) -> {
                    numbers.add(place).add(period);
                    for (long sum : sums) {
                        numbers.add(sum);
                    }
                });
            });
        }
        return json;
    }
}
