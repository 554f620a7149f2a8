package org.listlens.engine;

import org.jspecify.annotations.Nullable;

/**
 * Indices that take one another's place: {@code NAME-v1}, {@code NAME-v2} … behind the alias {@code NAME}. Where a kind
 * of documents lies in parts, each part is such a series: {@code NAME-v1-PART}, {@code NAME-v2-PART} … behind the alias
 * {@code NAME-PART}, by which it is written to and read by ids, and all parts are behind {@code NAME}, by which they are
 * searched together. Nobody can write by that one, so that a program that knows nothing of parts writes nothing into the
 * wrong one.
 *
 * @param name of the template
 * @param part {@code null} where there are none
 */
record IndexSeries(String name, @Nullable String part) implements Comparable<IndexSeries> {
    /** The part that is always there, for what belongs into no other. */
    static final String REST = "undated";

    private static final int DIGITS = 8;

    /** The series of an index behind the alias of a name. */
    static IndexSeries of(String name, IndexState index) {
        return new IndexSeries(name, index.partition() == Partition.NONE ? null : partOf(name, index.name()));
    }

    /** The part that an index has, by its name; {@code null} when it has none. */
    static @Nullable String partOf(String name, String index) {
        int end = numberEnd(name, index);
        return end > 0 && end + 1 < index.length() && index.charAt(end) == '-' ? index.substring(end + 1) : null;
    }

    /** The alias that the index in use is written to by. */
    String alias() {
        return part == null ? name : name + '-' + part;
    }

    /** Whether it is what stands for the kind: all of it, or the part that is always there. */
    boolean isMain() {
        return part == null || part.equals(REST);
    }

    String index(int number) {
        return name + "-v" + number + (part == null ? "" : "-" + part);
    }

    /** The names of all its indices, and perhaps of some others. */
    String pattern() {
        return name + "-v*" + (part == null ? "" : "-" + part);
    }

    /** The number in the name of an index; 0 when it is none of the series. */
    int number(String index) {
        int end = numberEnd(name, index);
        return end > 0 && index.substring(end).equals(part == null ? "" : "-" + part)
                ? Integer.parseInt(index, name.length() + 2, end, 10)
                : 0;
    }

    /** Where the number ends in the name of an index; 0 when there is none. */
    private static int numberEnd(String name, String index) {
        int start = name.length() + "-v".length();
        if (!index.startsWith(name + "-v")) {
            return 0;
        }
        int end = start;
        while (end < index.length() && index.charAt(end) >= '0' && index.charAt(end) <= '9') {
            end++;
        }
        return end == start || end - start > DIGITS ? 0 : end;
    }

    @Override
    public int compareTo(IndexSeries other) {
        return alias().compareTo(other.alias());
    }
}
